/** Configure-time keys and boot arguments of a MirageOS project, whole or of one of its devices. */
import { useId, type ReactNode } from "react";
import type { BootArgument, ConfigureKey } from "../../compiler-worker/composition/mirage/model.ts";
import { setConfigureKey } from "../actions/project.ts";
import { moduleOfFile } from "../model/document.ts";
import { useStudio, useStudioState } from "../studio.ts";
import { TextField } from "../ui/field.tsx";
import { SectionTitle } from "./inspector.tsx";

/** Help texts have Cmdliner's markup: `$(b,--net)`, `$(docv)`. */
function plainHelp(doc: string, valueName: string | undefined): string {
  return doc.replace(/\$\([bi],([^)]*)\)/g, "$1").replace(/\$\(docv\)/g, valueName ?? "VALUE").replace(/\$\([a-z]+\)/g, "");
}

const NONE: { readonly keys: readonly ConfigureKey[]; readonly bootArguments: readonly BootArgument[] } = { keys: [], bootArguments: [] };

/** `node`: only those that this device asks for. */
export function ConfigurationSection({ node }: { readonly node?: string }): ReactNode {
  const { keys, bootArguments } = useStudioState((state) => {
    const configuration = state.document.mirage === undefined ? undefined : state.checked?.configured?.configuration;
    if (configuration === undefined) return NONE;
    // Terms without an option's name are worth a line where the project defines them; the library's are listed by their options.
    const modules = new Set(state.document.files.map((file) => moduleOfFile(file.name)));
    const shown = configuration.bootArguments.filter((argument) => argument.name !== undefined || modules.has(argument.term.split(".")[0] ?? ""));
    if (node === undefined) return { keys: configuration.keys, bootArguments: shown };
    const stated = configuration.nodes.find((n) => n.id === node);
    const isOwn = (argument: BootArgument): boolean => argument.name !== undefined && stated?.bootArguments.includes(argument.name) === true;
    return { keys: configuration.keys.filter((key) => stated?.keys.includes(key.name) === true), bootArguments: configuration.bootArguments.filter(isOwn) };
  });
  return (
    <>
      {keys.length > 0 && (
        <>
          <SectionTitle>Configure-time keys</SectionTitle>
          <div className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-x-3 gap-y-2">
            {keys.map((key) => (
              <KeyField key={key.name} configureKey={key} />
            ))}
          </div>
        </>
      )}
      {bootArguments.length > 0 && (
        <>
          <SectionTitle>Boot arguments</SectionTitle>
          <ul className="flex flex-col gap-1">
            {bootArguments.map((argument) => (
              <li key={argument.variable} className="min-w-0">
                <code className="font-mono text-[12px]">
                  {argument.name === undefined ? argument.term : `--${argument.name}${argument.valueName === undefined ? "" : `=${argument.valueName}`}`}
                </code>
                <span className="ml-2 text-[11.5px] text-ink-soft">
                  {argument.doc === undefined ? (argument.name === undefined ? "Defined by your sources." : "") : plainHelp(argument.doc, argument.valueName)}
                  {argument.default !== undefined && argument.default !== "" && ` Default: ${argument.default}.`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function KeyField({ configureKey }: { readonly configureKey: ConfigureKey }): ReactNode {
  const studio = useStudio();
  const id = useId();
  const given = useStudioState((state) => state.document.mirage?.keys.find((key) => configureKey.options.some((option) => key === option || key.startsWith(`${option}=`))));
  const { name, options, valueName, choices, doc } = configureKey;
  const value = given === undefined ? undefined : given.includes("=") ? given.slice(given.indexOf("=") + 1) : "";
  const set = (next: string | undefined): void => setConfigureKey(studio, options, next);
  const hint = `${plainHelp(doc, valueName)}${configureKey.default === undefined || configureKey.default === "" ? "" : ` Default: ${configureKey.default}.`}`;
  if (valueName === undefined) {
    return (
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="flex items-center gap-2 font-medium">
          <input id={id} type="checkbox" className="size-4 accent-accent" checked={given !== undefined} aria-describedby={`${id}-hint`} onChange={(event) => set(event.target.checked ? "" : undefined)} />
          <span className="font-mono text-[12px]">--{name}</span>
        </label>
        <p id={`${id}-hint`} className="text-[11.5px] text-ink-faint">
          {hint}
        </p>
      </div>
    );
  }
  if (choices.length > 0) {
    return (
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="font-mono text-[12px] font-medium">
          --{name}
        </label>
        <select id={id} className="h-7 rounded-md border border-line bg-sunken px-2" value={value ?? ""} aria-describedby={`${id}-hint`} onChange={(event) => set(event.target.value === "" ? undefined : event.target.value)}>
          <option value="">{configureKey.default === undefined || configureKey.default === "" ? "not given" : `default (${configureKey.default})`}</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
        <p id={`${id}-hint`} className="text-[11.5px] text-ink-faint">
          {hint}
        </p>
      </div>
    );
  }
  return <TextField label={<span className="font-mono text-[12px]">--{name}</span>} value={value ?? ""} lazy mono hint={hint} onChange={(text) => set(text === "" ? undefined : text)} />;
}
