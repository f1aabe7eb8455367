import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import type { GraphEdge, GraphNode } from "../project.ts";
import { applicationInputs, applicationPath } from "./application.ts";
import { readCombinators } from "./dsl.ts";
import { editConfiguration, type EditedGraph } from "./edit.ts";

const combinators = new Map(readCombinators({ name: "mirage.mli", text: readFileSync("public/library/mirage/mirage.mli", "latin1") }).map((c) => [c.name, c]));

describe("the combinators of the DSL", () => {
  test("are read with their devices, arguments, categories and comments", () => {
    expect(combinators.get("generic_kv_ro")).toEqual({
      name: "generic_kv_ro", category: "Files that are read", doc: "What the key --kv_ro says, or key: crunch or direct_kv_ro.", type: "kv_ro", inputs: [], isFunctor: false,
      arguments: [{ label: "group", optional: true, type: "string" }, { label: "key", optional: true, type: "[ `Crunch | `Direct ] value" }, { label: undefined, optional: false, type: "string" }],
    });
    expect(combinators.get("merge_git_clients")?.inputs.map((i) => i.port)).toEqual(["git_client", "git_client2"]);
    expect(combinators.get("dhcp_proj_net")).toMatchObject({ isFunctor: true, inputs: [{ port: "dhcp_ipv4", type: "dhcp_ipv4" }], type: "network" });
    expect(combinators.get("direct_udp")).toMatchObject({ inputs: [{ type: "'a ip" }], type: "'a udp" });
    for (const absent of ["etif", "kv_ro", "make_dhcp_requests", "generic_stackv4v6_with_lease"]) expect(combinators.has(absent), absent).toBe(false);
  });
});

const device = (id: string, maker: string, parameters = {}): GraphNode => ({ kind: "device", id, device: maker, parameters, position: { x: 0, y: 0 } });
const application = (id: string, module: string): GraphNode => ({ kind: "application", id, module, position: { x: 0, y: 0 } });
const wire = (from: string, to: string, port: string): GraphEdge => ({ from, to, port });

const TEXT = `(* A comment. *)
open Mirage

let data = crunch "files" (* the data *)
let stack = generic_stackv4v6 default_network
let he = generic_happy_eyeballs ~group:"he" stack
let main = main ~packages:[ package "fmt" ] "Unikernel.Main" (kv_ro @-> stackv4v6 @-> job)

(* Another comment. *)
let () = register "x" [ main $ data $ stack; other ]
`;
const BEFORE: EditedGraph = {
  nodes: [device("data", "crunch", { argument: "files" }), device("default_network", "default_network"), device("stack", "generic_stackv4v6"), device("he", "generic_happy_eyeballs", { group: '"he"' }), application("main", "Unikernel.Main")],
  edges: [wire("default_network", "stack", "network"), wire("stack", "he", "stackv4v6"), wire("data", "main", "kv_ro"), wire("stack", "main", "stackv4v6")],
};
const inputs: Readonly<Record<string, readonly { port: string; type: string }[]>> = { second: [{ port: "kv_ro", type: "kv_ro" }, { port: "block", type: "block" }], third: [], stack: [{ port: "network", type: "network" }], he: [{ port: "stackv4v6", type: "stackv4v6" }], main: [{ port: "kv_ro", type: "kv_ro" }, { port: "stackv4v6", type: "stackv4v6" }] };
const edited = (after: EditedGraph, text = TEXT): ReturnType<typeof editConfiguration> => editConfiguration(text, BEFORE, after, combinators, (node) => inputs[node] ?? []);
const without = (list: readonly GraphEdge[], port: string, to: string): GraphEdge[] => list.filter((e) => e.port !== port || e.to !== to);

describe("a change of the graph in config.ml", () => {
  it("that is none changes nothing", () => expect(edited(BEFORE)).toEqual({ ok: true, text: TEXT }));

  it.each<[string, EditedGraph, readonly [string, string][]]>([
    ["a wire that goes leaves its name", { ...BEFORE, edges: without(BEFORE.edges, "kv_ro", "main") }, [["main $ data $ stack", "main $ unwired_kv_ro $ stack"]]],
    ["a wire of a combinator that goes", { ...BEFORE, edges: without(BEFORE.edges, "stackv4v6", "he") }, [['~group:"he" stack', '~group:"he" unwired_stackv4v6']]],
    ["an argument that changes", { ...BEFORE, nodes: [device("data", "crunch", { argument: "other" }), ...BEFORE.nodes.slice(1)] }, [['crunch "files"', 'crunch "other"']]],
    ["an argument that comes", { ...BEFORE, nodes: BEFORE.nodes.map((n) => (n.id === "stack" ? device("stack", "generic_stackv4v6", { group: '"in"' }) : n)) }, [["generic_stackv4v6 default", 'generic_stackv4v6 ~group:"in" default']]],
    ["an argument that goes", { ...BEFORE, nodes: BEFORE.nodes.map((n) => (n.id === "he" ? device("he", "generic_happy_eyeballs") : n)) }, [['generic_happy_eyeballs ~group:"he" stack', "generic_happy_eyeballs stack"]]],
    ["a module that changes", { ...BEFORE, nodes: BEFORE.nodes.map((n) => (n.id === "main" ? application("main", "Other.Main") : n)) }, [['"Unikernel.Main"', '"Other.Main"']]],
    [
      "a device that comes, with a wire to it",
      { nodes: [...BEFORE.nodes, device("kv1", "generic_kv_ro", { argument: "static" })], edges: [...without(BEFORE.edges, "kv_ro", "main"), wire("kv1", "main", "kv_ro")] },
      [["main $ data $ stack", "main $ kv1 $ stack"], ["let main =", 'let kv1 = generic_kv_ro "static"\nlet main =']],
    ],
    ["a device that goes", { nodes: BEFORE.nodes.filter((n) => n.id !== "he"), edges: without(BEFORE.edges, "stackv4v6", "he") }, [['let he = generic_happy_eyeballs ~group:"he" stack\n', ""]]],
    ["an application that goes", { nodes: BEFORE.nodes.filter((n) => n.id !== "main"), edges: BEFORE.edges.filter((e) => e.to !== "main") }, [["main $ data $ stack; other", "other"], [TEXT.split("\n")[6] + "\n", ""]]],
    [
      "an application that comes, with a wire to it",
      { nodes: [...BEFORE.nodes, application("second", "Second.Main")], edges: [...BEFORE.edges, wire("data", "second", "kv_ro")] },
      [["let () =", 'let second = Mirage.main "Second.Main" (kv_ro @-> block @-> job)\nlet () ='], ["other ]", "other; second $ data $ unwired_block ]"]],
    ],
    ["an application without ports", { ...BEFORE, nodes: [...BEFORE.nodes, application("third", "Third")] }, [["let () =", 'let third = Mirage.main "Third" job\nlet () ='], ["other ]", "other; third ]"]]],
    ["a device that is called otherwise", { nodes: BEFORE.nodes.map((n) => (n.id === "stack" ? { ...n, id: "net" } : n)), edges: BEFORE.edges.map((e) => ({ ...e, from: e.from === "stack" ? "net" : e.from, to: e.to === "stack" ? "net" : e.to })) }, [["let stack", "let net"], ['"he" stack', '"he" net'], ["$ data $ stack", "$ data $ net"]]],
    ["an application that is called otherwise", { nodes: BEFORE.nodes.map((n) => (n.id === "main" ? { ...n, id: "reader" } : n)), edges: BEFORE.edges.map((e) => ({ ...e, to: e.to === "main" ? "reader" : e.to })) }, [["let main = main", "let reader = main"], ["[ main $", "[ reader $"]]],
    ["a device that waits for its wires", { ...BEFORE, nodes: [...BEFORE.nodes, device("disk1", "fat_ro")] }, [["let () =", "let disk1 = fat_ro unwired_block\nlet () ="]]],
  ])("%s", (_, after, changes) => {
    const expected = changes.reduce((text, [from, to]) => text.replace(from, to), TEXT);
    expect(edited(after)).toEqual({ ok: true, text: expected });
  });

  it.each<[string, string, EditedGraph, RegExp]>([
    ["is refused where what it changes is computed", TEXT.replace("main $ data", "main $ (if true then data else data)"), { ...BEFORE, edges: without(BEFORE.edges, "kv_ro", "main") }, /written inside of its own expression/],
    ["is refused in a text with a syntax error", `${TEXT}let`, { ...BEFORE, edges: [] }, /syntax error/],
    ["is refused for new applications where the jobs are computed", TEXT.replace("[ main $ data $ stack; other ]", "(jobs ())"), { ...BEFORE, nodes: [...BEFORE.nodes, application("third", "Third")] }, /computes the list of its jobs/],
    ["is refused for names of the library's values", TEXT, { nodes: BEFORE.nodes.map((n) => (n.id === "default_network" ? { ...n, id: "net" } : n)), edges: BEFORE.edges.map((e) => ({ ...e, from: e.from === "default_network" ? "net" : e.from })) }, /no variable default_network/],
    ["is refused for names that are taken", TEXT, { nodes: BEFORE.nodes.map((n) => (n.id === "data" ? { ...n, id: "other" } : n)), edges: BEFORE.edges.map((e) => ({ ...e, from: e.from === "data" ? "other" : e.from })) }, /a name other already/],
  ])("%s", (_, text, after, reason) => {
    const result = edited(after, text);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.reason).toMatch(reason);
  });
});

describe("an application of a source", () => {
  test("is its module with a function start, given what its parameters name", () => {
    const source = "module Helper = struct let x = 1 end\nmodule Main (A : Mirage_kv.RO) (_ : Tcpip.Stack.V4V6 with type t = int) (B : Mirage_kv.RO) : sig val start : A.t -> unit end = struct let start _ = () end\n";
    expect(applicationPath(source)).toEqual(["Main"]);
    expect(applicationInputs(source, ["Main"])).toEqual({ ok: true, inputs: [{ port: "kv_ro", type: "kv_ro" }, { port: "stackv4v6", type: "stackv4v6" }, { port: "kv_ro2", type: "kv_ro" }] });
    expect(applicationPath("let start () = Lwt.return_unit")).toEqual([]);
    expect(applicationInputs("module Main (A : Own.S) = struct let start _ = () end", ["Main"])).toMatchObject({ ok: false, reason: expect.stringContaining("The parameter A of Main is Own.S") });
  });
});
