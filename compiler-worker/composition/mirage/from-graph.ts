/**
 * A studio project's graph as a MirageOS configuration: each device is an `impl` of a type of its own, so that the same wires can be
 * drawn. Opened as a MirageOS project it gives the same graph, with the same sources.
 */
import { literal, type MainNode } from "../main.ts";

const RESERVED = new Set("main job impl code typ register package open type let module fun of with and in if then else match do done end begin val rec true false as".split(" "));

/** `nodes` in the order of dependencies, the application last; undefined when a functor takes `()`, which no configuration can give. */
export function configurationOfGraph(projectName: string, nodes: readonly MainNode[]): string | undefined {
  if (nodes.some((node) => node.arguments.includes(undefined))) return undefined;
  const names = new Map<string, string>();
  for (const { id } of nodes) {
    const word = id.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^[^A-Za-z]+/, "").toLowerCase();
    const base = word === "" || RESERVED.has(word) ? `${word}node` : word;
    let name = base;
    for (let n = 2; [...names.values()].includes(name); n++) name = `${base}_${n}`;
    names.set(id, name);
  }
  const application = nodes.at(-1)!;
  const typeOf = (id: string): string => `${names.get(id)!}_t`;
  const chain = (node: MainNode, result: string): string => {
    const types = [...node.arguments.map((from) => typeOf(from!)), result].join(" @-> ");
    return node.arguments.length === 0 ? types : `(${types})`;
  };
  const given = (node: MainNode): string => node.arguments.map((from) => ` $ ${names.get(from!)!}`).join("");
  const devices = nodes.slice(0, -1).map((node) => {
    const name = names.get(node.id)!;
    const parameters = [...node.parameters].sort((a, b) => Number(b.parameter.labelled) - Number(a.parameter.labelled)).map(({ parameter, value }) => `${parameter.labelled ? `~${parameter.name}:` : ""}${literal(value)}`);
    const isPlain = node.arguments.length === 0 && node.parameters.every((p) => p.parameter.labelled);
    const constant = [...parameters, ...(isPlain ? ["()"] : [])].join(" ");
    const call = node.arguments.length === 0 ? `code ~pos:__POS__ "%s.connect %s" m ${literal(constant)}` : `code ~pos:__POS__ "%s.connect %s" m (String.concat " " (${literal(constant)} :: args))`;
    const connect = node.connects ? ` ~connect:(fun _ m ${node.arguments.length === 0 ? "_" : "args"} -> ${call})` : "";
    return `type ${name} = ${name.charAt(0).toUpperCase()}${name.slice(1)}
let ${typeOf(node.id)} = typ ${name.charAt(0).toUpperCase()}${name.slice(1)}
let ${name} = impl${connect} ${literal(node.module)} ${chain(node, typeOf(node.id))}${given(node)}
`;
  });
  const name = names.get(application.id)!;
  return `(* mirage >= 4.9.0 & < 4.12.0 *)
(* The graph of the canvas as a MirageOS configuration. *)
open Mirage

${devices.join("\n")}
let ${name} = main ${literal(application.module)} ${chain(application, "job")}${given(application)}
let () = register ${literal(projectName)} [ ${name} ]
`;
}
