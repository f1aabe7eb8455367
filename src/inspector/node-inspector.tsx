/** A node in the inspector: what it is, its parameters, its ports and the wires to them. */
import { BookOpen, CircleAlert, FileCode, Trash2, TriangleAlert } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import type { DeviceParameter } from "../../compiler-worker/composition/catalogue.ts";
import type { DeviceNode, GraphNode, ParameterValue } from "../../compiler-worker/composition/project.ts";
import { removeElements, selectPort, setParameter } from "../actions/graph.ts";
import { showModuleSource } from "../actions/navigate.ts";
import { attempt } from "../actions/notify.ts";
import { showFile } from "../actions/project.ts";
import { focusPanel } from "../actions/view.ts";
import { CONFIGURATION_FILE } from "../model/configuration.ts";
import { moduleOfFile } from "../model/document.ts";
import { modulePathError, nodeIdError, renameNode, setModule } from "../model/graph.ts";
import { categoryIndex, deviceOf, findPort, knownPorts, nodeTitle, nodeTypes, problemsOf } from "../store/selectors.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Code } from "../ui/code.tsx";
import { categoryColour, NodeIcon } from "../ui/device-icon.tsx";
import { TextField } from "../ui/field.tsx";
import { ConfigurationSection } from "./configuration-section.tsx";
import { SectionTitle } from "./inspector.tsx";
import { PortWiring } from "./port-wiring.tsx";

interface Remark {
  readonly severity: "error" | "warning";
  readonly message: string;
}

export function NodeInspector({ node }: { readonly node: GraphNode }): ReactNode {
  const studio = useStudio();
  const configured = useStudioState((state) => state.document.mirage !== undefined);
  const device = useStudioState((state) => deviceOf(state, node));
  const title = useStudioState((state) => nodeTitle(state, node));
  const colour = useStudioState((state) => categoryColour(categoryIndex(state, node)));
  const error = useStudioState((state) => nodeTypes(state, node.id)?.error);
  const ports = useStudioState((state) => knownPorts(state, node));
  const selectedPort = useStudioState((state) => (state.selection.port?.node === node.id ? state.selection.port.port : undefined));
  const problems = useStudioState((state) =>
    problemsOf(state)
      .filter((problem) => problem.node === node.id && problem.edge === undefined && problem.file === undefined && problem.message !== error)
      .map(({ severity, message }): Remark => ({ severity, message })),
  );
  const lost = useStudioState((state) => state.document.edges.filter((edge) => edge.to === node.id && !knownPorts(state, node).inputs.some((input) => input.name === edge.port)).map((edge) => edge.port));
  const remarks: Remark[] = [...(error === undefined ? [] : [{ severity: "error" as const, message: error }]), ...problems];
  return (
    <div data-testid={`inspector-${node.id}`}>
      <header className="flex items-start gap-2.5">
        <NodeIcon isApplication={node.kind === "application"} icon={device?.icon} colour={colour} isLarge />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-[14px] leading-5 font-semibold">{title}</h2>
          <p className="text-ink-soft">{node.kind === "application" ? "Your own module: its functor's parameters are its inputs." : (device?.summary ?? "")}</p>
        </div>
        <IconButton label="Delete node" hotkey="Delete" onClick={() => removeElements(studio, [node.id], [])}>
          <Trash2 size={15} aria-hidden />
        </IconButton>
      </header>
      {remarks.map(({ severity, message }) => (
        <div key={message} role="status" className={`mt-2 flex gap-2 rounded-md px-2.5 py-1.5 ${severity === "error" ? "bg-bad-soft text-bad" : "bg-warn-soft text-warn"}`}>
          {severity === "error" ? <CircleAlert size={15} className="mt-0.5 shrink-0" aria-label="error" /> : <TriangleAlert size={15} className="mt-0.5 shrink-0" aria-label="warning" />}
          <span className="min-w-0 break-words whitespace-pre-wrap">{message}</span>
        </div>
      ))}
      <div className="mt-3 grid grid-cols-[repeat(auto-fit,minmax(10rem,1fr))] gap-x-3 gap-y-2">
        <TextField label="Name" value={node.id} lazy mono hint={configured ? `As ${CONFIGURATION_FILE} calls it.` : "Unique on the canvas."} validate={(draft) => nodeIdError(studio.store.getState().document, node.id, draft)} onChange={(id) => rename(node.id, id)} />
        {node.kind === "application" ? (
          <ModuleField node={node.id} module={node.module} />
        ) : (
          <div className="flex min-w-0 flex-col gap-1">
            <span className="flex h-5 items-center justify-between font-medium">
              Module
              {device !== undefined && device.module !== "" && !configured && (
                <button type="button" className="inline-flex items-center gap-1 rounded text-[11.5px] font-normal text-accent hover:underline" onClick={() => void attempt(studio, `The source of ${device.module} could not be shown`, () => showModuleSource(studio, device.module))}>
                  <BookOpen size={12} aria-hidden /> Source
                </button>
              )}
            </span>
            <span className="truncate font-mono text-[12px] leading-7">{device?.module ?? "unknown"}</span>
            <span className="truncate text-[11.5px] text-ink-faint">{device === undefined ? "" : `package ${device.package}`}</span>
          </div>
        )}
      </div>
      {node.kind === "device" && (device?.parameters.length ?? 0) > 0 && (
        <>
          <SectionTitle>Parameters</SectionTitle>
          <div className="flex flex-col gap-2">{device?.parameters.map((parameter) => <ParameterField key={parameter.name} node={node} parameter={parameter} />)}</div>
        </>
      )}
      {node.kind === "device" && device !== undefined && <UnknownParameters node={node} known={device.parameters} />}
      <ConfigurationSection node={node.id} />
      <SectionTitle>Inputs</SectionTitle>
      {ports.inputs.length === 0 && lost.length === 0 ? (
        <p className="text-ink-faint">{error === undefined ? "None: the module is no functor." : "Unknown while the module has an error."}</p>
      ) : (
        <ul className="flex flex-col gap-1.5">
          {ports.inputs.map((port) => (
            <PortWiring key={port.name} node={node.id} port={port.name} typeName={port.typeName} selected={selectedPort === port.name}>
              {selectedPort === port.name && <PortSignature node={node} port={port.name} />}
            </PortWiring>
          ))}
          {lost.map((port) => (
            <PortWiring key={port} node={node.id} port={port} typeName={undefined} selected={selectedPort === port} />
          ))}
        </ul>
      )}
      {ports.output !== undefined && (
        <>
          <SectionTitle>Result</SectionTitle>
          <button type="button" aria-pressed={selectedPort === ""} className="flex w-full min-w-0 items-center rounded-md border border-line px-2.5 py-1 text-left hover:border-line-strong aria-pressed:border-accent aria-pressed:bg-accent-soft" onClick={() => selectPort(studio, node.id, "")}>
            <span className="truncate font-mono text-[12px]">{ports.output.typeName}</span>
          </button>
          {selectedPort === "" && <PortSignature node={node} port="" />}
        </>
      )}
    </div>
  );

  function rename(from: string, to: string): void {
    const { store } = studio;
    store.edit((document) => renameNode(document, from, to));
    // A configuration may refuse it.
    if (store.getState().document.nodes.some((other) => other.id === to)) store.update({ selection: { nodes: [to], edges: [], port: undefined } });
  }
}

function PortSignature({ node, port }: { readonly node: GraphNode; readonly port: string }): ReactNode {
  const found = useStudioState((state) => findPort(state, node, port));
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers give a promise, which is no function that an effect may give.
    void place.current?.scrollIntoView({ block: "nearest" });
  }, []);
  if (found === undefined) return null;
  return (
    <div ref={place} className="py-1.5">
      <Code text={found.signature} label={port === "" ? "Signature of the result" : `Signature of ${port}`} className="max-h-96" />
    </div>
  );
}

function ModuleField({ node, module }: { readonly node: string; readonly module: string }): ReactNode {
  const studio = useStudio();
  const files = useStudioState((state) => state.document.files);
  const source = files.find((file) => file.name.endsWith(".ml") && moduleOfFile(file.name) === module.split(".")[0]);
  return (
    <TextField
      label="Module"
      value={module}
      lazy
      mono
      list={files.filter((file) => file.name.endsWith(".ml")).map((file) => `${moduleOfFile(file.name)}.Main`)}
      validate={modulePathError}
      onChange={(path) => studio.store.edit((document) => setModule(document, node, path))}
      hint={source === undefined ? "No file of the project defines it." : `In ${source.name}.`}
      aside={
        source !== undefined && (
          <button
            type="button"
            className="inline-flex items-center gap-1 rounded text-[11.5px] text-accent hover:underline"
            onClick={() => {
              showFile(studio, source.id);
              focusPanel(studio, "editor");
            }}
          >
            <FileCode size={12} aria-hidden /> Open
          </button>
        )
      }
    />
  );
}

function ParameterField({ node, parameter }: { readonly node: DeviceNode; readonly parameter: DeviceParameter }): ReactNode {
  const studio = useStudio();
  const id = useId();
  const given = node.parameters[parameter.name];
  const value = given ?? parameter.default;
  const wrong = given !== undefined && typeof given !== typeof parameter.default;
  const set = (next: ParameterValue | undefined): void => setParameter(studio, node.id, parameter.name, next);
  const reset =
    given === undefined ? undefined : (
      <button type="button" className="rounded text-[11.5px] text-accent hover:underline" onClick={() => set(undefined)}>
        Use default
      </button>
    );
  const typeTag = <span className="ml-1.5 font-mono text-[11px] font-normal text-ink-faint">{parameter.type}</span>;
  const hint = (
    <>
      {parameter.doc}
      {parameter.type !== "ocaml" && (
        <>
          {" "}
          Default: <code className="font-mono">{JSON.stringify(parameter.default)}</code>.
        </>
      )}
    </>
  );
  if (parameter.type === "bool") {
    return (
      <div className="flex flex-col gap-1">
        <div className="flex items-center justify-between gap-2">
          <label htmlFor={id} className="flex items-center gap-2 font-medium">
            <input id={id} type="checkbox" className="size-4 accent-accent" checked={value === true} aria-describedby={`${id}-hint`} onChange={(event) => set(event.target.checked === parameter.default ? undefined : event.target.checked)} />
            <span>
              {parameter.name}
              {typeTag}
            </span>
          </label>
          {reset}
        </div>
        <p id={`${id}-hint`} className={`text-[11.5px] ${wrong ? "text-bad" : "text-ink-faint"}`}>
          {wrong ? `The project gives ${JSON.stringify(given)}, which is no bool.` : hint}
        </p>
      </div>
    );
  }
  return (
    <TextField
      label={
        <>
          {parameter.name}
          {typeTag}
        </>
      }
      value={String(value)}
      mono
      numeric={parameter.type === "int"}
      hint={wrong ? <span className="text-bad">The project gives {JSON.stringify(given)}, which is no {parameter.type}.</span> : hint}
      aside={reset}
      validate={parameter.type === "int" ? integerError : undefined}
      onChange={(text) => {
        const next = parameter.type === "int" ? Number(text) : text;
        set(next === parameter.default ? undefined : next);
      }}
    />
  );
}

/** OCaml's native integers have 63 bits; the manifest's numbers are exact up to 53. */
function integerError(text: string): string | undefined {
  if (!/^-?[0-9]+$/.test(text)) return "A whole number is expected.";
  return Number.isSafeInteger(Number(text)) ? undefined : "The number is too large.";
}

/** Parameters that the project gives and the device does not have: shown, and kept until the user removes them. */
function UnknownParameters({ node, known }: { readonly node: DeviceNode; readonly known: readonly DeviceParameter[] }): ReactNode {
  const studio = useStudio();
  const unknown = Object.entries(node.parameters).filter(([name]) => !known.some((parameter) => parameter.name === name));
  if (unknown.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-col gap-1">
      {unknown.map(([name, value]) => (
        <li key={name} className="flex items-center justify-between gap-2 rounded-md bg-bad-soft px-2.5 py-1 text-bad">
          <span className="min-w-0 truncate">
            The device has no parameter <code className="font-mono">{name}</code> (given as {JSON.stringify(value)}).
          </span>
          <Button onClick={() => setParameter(studio, node.id, name, undefined)}>Remove</Button>
        </li>
      ))}
    </ul>
  );
}
