import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Analysis, Catalogue } from "../../compiler-worker/api.ts";
import type { StudioDocument } from "../model/document.ts";
import { connect, edgeKey, moveNodes } from "../model/graph.ts";
import { buildObstacles, edgeStatus, isChecked, isStale, knownPorts } from "../store/selectors.ts";
import { createStudioStore, type StudioStore } from "../store/store.ts";
import { createCompilerClient, type CompilerClient } from "./client.ts";
import { emptyAnalysis, ScriptedCompiler } from "./scripted-compiler.ts";

const catalogue: Catalogue = { devices: [], mirage: [], targets: [] };

const document: StudioDocument = {
  name: "demo",
  target: "qemu",
  nodes: [
    { kind: "application", id: "application", module: "Unikernel.Main", position: { x: 0, y: 0 } },
    { kind: "device", id: "console", device: "console", parameters: {}, position: { x: 0, y: 0 } },
  ],
  edges: [{ from: "console", to: "application", port: "Console" }],
  files: [{ id: "f", name: "unikernel.ml" }], libraries: [], packages: [],
};

const port = (name: string) => ({ name, typeName: "S", signature: "sig end" });

/** An analysis in which the application has one input of this name. */
function analysisWith(input: string): Analysis {
  return {
    ...emptyAnalysis,
    nodes: [
      { id: "application", inputs: [port(input)], output: undefined, error: undefined },
      { id: "console", inputs: [], output: port(""), error: undefined },
    ],
    edges: [{ index: 0, ok: true, pending: undefined, required: "", provided: "", mismatches: [], message: "" }],
  };
}

describe("the compiler's client", () => {
  let store: StudioStore;
  let client: CompilerClient;
  let compilers: ScriptedCompiler[];

  const compiler = (): ScriptedCompiler => {
    const last = compilers.at(-1);
    if (last === undefined) throw new Error("no compiler was started");
    return last;
  };
  const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(200).then(() => undefined);
  const type = (text: string): void => store.update({ texts: { f: text } });

  beforeEach(async () => {
    vi.useFakeTimers();
    store = createStudioStore();
    compilers = [];
    client = createCompilerClient({
      store,
      connect: (onDeath) => {
        const started = new ScriptedCompiler(onDeath);
        compilers.push(started);
        return started.connection(catalogue);
      },
      giveUpAfter: 10_000,
      slowAfter: 1_000,
    });
    store.open("p", document, { f: "one" });
    await settle();
  });
  afterEach(() => {
    client.dispose();
    vi.useRealTimers();
  });

  test("a project is checked when it is opened", async () => {
    expect(compiler().analyses).toHaveLength(1);
    expect(compiler().analyses[0]?.input.files).toEqual({ "unikernel.ml": "one" });
    expect(store.getState().checking).toBe("yes");
    compiler().analyses[0]?.answer(analysisWith("Console"));
    await settle();
    expect(store.getState().checking).toBe("no");
    expect(isChecked(store.getState())).toBe(true);
    expect(edgeStatus(store.getState(), document.edges[0]!)).toBe("fits");
    expect(buildObstacles(store.getState())).toEqual([]);
  });

  test("while one check runs, only the newest text waits", async () => {
    for (const text of ["two", "three", "four"]) {
      type(text);
      await settle();
    }
    expect(compiler().analyses).toHaveLength(1);
    compiler().analyses[0]?.answer(emptyAnalysis);
    await settle();
    expect(compiler().analyses.map((call) => call.input.files["unikernel.ml"])).toEqual(["one", "four"]);
    expect(store.getState().checking).toBe("yes");
    compiler().analyses[1]?.answer(emptyAnalysis);
    await settle();
    expect(store.getState().checking).toBe("no");
  });

  test("an answer about a project that was closed is dropped", async () => {
    store.open("q", { ...document, name: "other" }, { f: "else" });
    await settle();
    compiler().analyses[0]?.answer({ ...emptyAnalysis, obstacles: ["of the old project"] });
    await settle();
    expect(store.getState().checked).toBeUndefined();
    compiler().analyses[1]?.answer(emptyAnalysis);
    await settle();
    expect(store.getState().checked?.obstacles).toEqual([]);
  });

  test("moving a node asks nothing", async () => {
    compiler().analyses[0]?.answer(emptyAnalysis);
    await settle();
    store.edit((before) => moveNodes(before, { console: { x: 50, y: 50 } }));
    await settle();
    expect(compiler().analyses).toHaveLength(1);
    expect(store.getState().checking).toBe("no");
    expect(isChecked(store.getState())).toBe(true);
  });

  test("verdicts follow their wires when others come and go", async () => {
    compiler().analyses[0]?.answer(analysisWith("Console"));
    await settle();
    store.edit((before) => connect({ ...before, edges: [] }, { from: "application", to: "application", port: "X" }));
    const added = store.getState().document.edges[0]!;
    expect(edgeStatus(store.getState(), added)).toBe("broken");
    expect(store.getState().checked?.edges[edgeKey(added)]).toBeUndefined();
  });

  test("ports stay while the module has an error, and a wire to a lost port is broken", async () => {
    compiler().analyses[0]?.answer(analysisWith("Console"));
    await settle();
    type("let = ");
    await settle();
    compiler().analyses[1]?.answer({ ...emptyAnalysis, nodes: [{ id: "application", inputs: [], output: undefined, error: "a syntax error" }], edges: [{ index: 0, ok: false, pending: "unknown", required: "", provided: "", mismatches: [], message: "" }] });
    await settle();
    const [application] = document.nodes;
    expect(knownPorts(store.getState(), application!).inputs.map((input) => input.name)).toEqual(["Console"]);
    expect(edgeStatus(store.getState(), document.edges[0]!)).toBe("unknown");
    type("renamed");
    await settle();
    compiler().analyses[2]?.answer(analysisWith("Renamed"));
    await settle();
    expect(edgeStatus(store.getState(), document.edges[0]!)).toBe("broken");
    expect(store.getState().document.edges).toHaveLength(1);
  });

  test("a worker that ends is replaced, and the project is checked again", async () => {
    compiler().die("out of memory");
    expect(store.getState().compiler.phase).toBe("restarting");
    await settle();
    expect(compilers).toHaveLength(2);
    expect(compilers[0]?.terminated).toBe(true);
    expect(compiler().analyses).toHaveLength(1);
    compiler().analyses[0]?.answer(emptyAnalysis);
    await settle();
    expect(store.getState().compiler.phase).toBe("ready");
    expect(store.getState().checking).toBe("no");
  });

  test("a project that ends the worker twice is not tried again before it changes", async () => {
    compiler().die("first");
    await settle();
    compiler().die("second");
    await settle();
    expect(compilers).toHaveLength(3);
    expect(compiler().analyses).toHaveLength(0);
    expect(store.getState().checked?.problems[0]?.message).toContain("ended while it checked this project");
    type("harmless");
    await settle();
    expect(compiler().analyses).toHaveLength(1);
    compiler().analyses[0]?.answer(emptyAnalysis);
    await settle();
    expect(store.getState().checked?.problems).toEqual([]);
  });

  test("after three deaths in a row only the user starts the compiler", async () => {
    for (const reason of ["a", "b", "c"]) {
      compiler().die(reason);
      await settle();
      type(reason);
      await settle();
    }
    expect(store.getState().compiler).toEqual({ phase: "stopped", reason: "c" });
    expect(compilers).toHaveLength(3);
    expect(buildObstacles(store.getState())[0]).toContain("stopped");
    client.restart();
    await settle();
    expect(compilers).toHaveLength(4);
    compiler().analyses[0]?.answer(emptyAnalysis);
    await settle();
    expect(store.getState().compiler.phase).toBe("ready");
  });

  test("a check without an answer is shown as slow, then given up", async () => {
    await vi.advanceTimersByTimeAsync(2_000);
    expect(store.getState().checking).toBe("slow");
    await vi.advanceTimersByTimeAsync(9_000);
    expect(compilers.length).toBeGreaterThan(1);
  });

  test("a check that fails is an internal error, shown as a problem", async () => {
    compiler().analyses[0]?.fail(new Error("not implemented"));
    await settle();
    expect(store.getState().checked?.problems[0]?.message).toBe("Internal error of the compiler: not implemented");
    expect(store.getState().compiler.phase).toBe("ready");
    expect(buildObstacles(store.getState())).toHaveLength(1);
  });

  test("messages lose the room that their later lines leave for the word Error", async () => {
    const problem = { severity: "error" as const, file: "a.ml", range: undefined, node: undefined, edge: undefined, rendered: "" };
    compiler().analyses[0]?.answer({ ...emptyAnalysis, problems: [{ ...problem, message: "has type int\n       but was expected of type\n         string" }] });
    await settle();
    expect(store.getState().checked?.problems[0]?.message).toBe("has type int\nbut was expected of type\n  string");
  });

  test("a build shows its stages, and is out of date after a change", async () => {
    compiler().analyses[0]?.answer(emptyAnalysis);
    await settle();
    const built = client.build();
    compiler().stages[0]?.("type check");
    compiler().stages[0]?.("link");
    const running = store.getState().build;
    expect(running.status === "running" && running.stages.map((stage) => stage.stage)).toEqual(["type check", "link"]);
    compiler().builds[0]?.answer({ ok: true, problems: [], stages: [], fileName: "demo.elf", image: new Uint8Array(4), sha256: "", unpackedBytes: 4, parts: [], licences: "" });
    await built;
    expect(store.getState().build.status).toBe("done");
    expect(isStale(store.getState())).toBe(false);
    type("other");
    expect(isStale(store.getState())).toBe(true);
    type("one");
    expect(isStale(store.getState())).toBe(false);
  });

  test("a build that is stopped leaves nothing behind, and its worker is replaced", async () => {
    compiler().analyses[0]?.answer(emptyAnalysis);
    await settle();
    const built = client.build();
    client.cancelBuild();
    await built;
    await settle();
    expect(store.getState().build.status).toBe("none");
    expect(compilers).toHaveLength(2);
    compilers[0]?.stages[0]?.("late");
    expect(store.getState().build.status).toBe("none");
  });

  test("a compiler is given the project's libraries once, a new one again; their modules are in the catalogue", async () => {
    const tree = { id: "t", name: "re", files: {} };
    const device = { id: "re:Re", title: "Re", summary: "", category: "Library re", icon: "package", module: "Re", package: "re", parameters: [], targets: undefined };
    store.edit((before) => ({ ...before, libraries: [{ id: "t", name: "re" }] }), { trees: { t: tree } });
    compiler().analyses[0]?.answer(emptyAnalysis);
    await settle();
    expect(compiler().trees).toEqual([tree]);
    expect(compiler().analyses[1]?.input.trees).toEqual(["t"]);
    compiler().analyses[1]?.answer({ ...emptyAnalysis, trees: [{ tree: "t", problems: [], libraries: [{ name: "re", version: undefined, licence: undefined, summary: undefined, modules: 1, devices: [device], problems: [] }] }] });
    await settle();
    expect(store.getState().catalogue?.devices).toContainEqual(device);
    store.update({ texts: { f: "let x = 3" } });
    await settle();
    expect(compiler().trees).toHaveLength(1);
    compiler().die("out of memory");
    await settle();
    expect(compiler().trees).toEqual([tree]);
    expect(store.getState().catalogue?.devices).toContainEqual(device);
  });

  test("which wires would fit is asked once for a project", async () => {
    compiler().analyses[0]?.answer(emptyAnalysis);
    await settle();
    const edge = { from: "console", to: "application", port: "Other" };
    const asked = client.checkEdges([edge]);
    compiler().questions[0]?.answer([{ index: 0, ok: true, pending: undefined, required: "", provided: "", mismatches: [], message: "" }]);
    await asked;
    expect(store.getState().fits?.checks[edgeKey(edge)]?.ok).toBe(true);
    await client.checkEdges([edge]);
    expect(compiler().questions).toHaveLength(1);
    type("changed");
    void client.checkEdges([edge]);
    expect(compiler().questions).toHaveLength(2);
  });
});
