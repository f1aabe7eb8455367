/** Projects whole: from the folder or the studio to an image that runs. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StudioProject } from "../compiler-worker/api.ts";
import { parseManifest, printManifest, type GraphEdge } from "../compiler-worker/composition/project.ts";
import { Compiler } from "../compiler-worker/service/service.ts";
import { buildCommandLine } from "../scripts/build.mjs";
import { readLibraryArchive, readTemplates } from "../scripts/library-archive.mjs";
import { morganaProcess as morgana } from "./support/command-line.ts";
import { canRun, runNative } from "./support/run.ts";

const compiler = new Compiler({ archive: readLibraryArchive(), now: () => 0 });
const stages = (): void => undefined;

function template(name: string, replace: (source: string) => string = (s) => s): StudioProject {
  const found = readTemplates().find((t) => t.name === name);
  if (found === undefined) throw new Error(`there is no template ${name}`);
  const { "morgana.json": manifest, ...files } = found.files;
  if (manifest === undefined) throw new Error(`${name} is a MirageOS project`);
  const parsed = parseManifest(manifest);
  if (!parsed.ok) throw new Error(parsed.errors.join("\n"));
  return { manifest: parsed.manifest, files: { ...files, "unikernel.ml": replace(files["unikernel.ml"]!) } };
}
const withTarget = (project: StudioProject, target: string): StudioProject => ({ ...project, manifest: { ...project.manifest, target } });
const withEdges = (project: StudioProject, change: (edges: readonly GraphEdge[]) => readonly GraphEdge[]): StudioProject => ({ ...project, manifest: { ...project.manifest, edges: change(project.manifest.edges) } });

async function imageOf(project: StudioProject): Promise<Uint8Array> {
  const result = await compiler.build(project, stages);
  if (!result.ok) throw new Error(result.problems.map((p) => p.rendered).join("\n"));
  return result.image;
}

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "morgana-projects-"));
  await buildCommandLine();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a project into a folder of its own. */
function write(project: StudioProject): string {
  const directory = mkdtempSync(join(folder, "project-"));
  writeFileSync(join(directory, "morgana.json"), printManifest(project.manifest));
  for (const [name, text] of Object.entries(project.files)) writeFileSync(join(directory, name), text);
  return directory;
}

describe("MirageOS projects as the studio has them", () => {
  const { files } = readTemplates().find((t) => t.name === "mirage-site")!;
  const tree = { id: "folders", name: "site", files: Object.fromEntries(Object.entries(files).filter(([name]) => name.includes("/"))) };
  const project = (change: Record<string, string> = {}, keys: readonly string[] = []): StudioProject => ({
    manifest: { format: 1, name: "site", target: "qemu", nodes: [], edges: [] },
    files: { ...Object.fromEntries(Object.entries(files).filter(([name]) => !name.includes("/"))), ...change },
    mirage: { keys, folders: "folders" },
  });

  test("have the graph that config.ml says, with ports, keys and verdicts; the template has nothing to complain about", async () => {
    await compiler.addLibraries(tree);
    const analysis = await compiler.analyse(project());
    expect([analysis.problems, analysis.obstacles]).toEqual([[], []]);
    expect(analysis.mirage?.nodes).toMatchObject([{ kind: "device", id: "pages", device: "generic_kv_ro", parameters: { argument: "pages" } }, { kind: "application", id: "main", module: "Unikernel.Main" }]);
    expect(analysis.mirage?.edges).toEqual([{ from: "pages", to: "main", port: "kv_ro" }]);
    expect(analysis.edges).toMatchObject([{ index: 0, ok: true }]);
    expect(analysis.nodes.find((n) => n.id === "main")?.inputs).toMatchObject([{ name: "kv_ro", typeName: "kv_ro", signature: expect.stringContaining("val get : t -> key -> (string, error) result Lwt.t") as string }]);
    expect(analysis.mirage?.configuration.keys.map((k) => k.name)).toEqual(["kv_ro"]);
    const fits = await compiler.checkEdges({ ...project(), manifest: { ...project().manifest, nodes: [{ kind: "device", id: "disk", device: "ramdisk", parameters: {}, position: { x: 0, y: 0 } }] } }, [{ from: "pages", to: "main", port: "kv_ro" }, { from: "disk", to: "main", port: "kv_ro" }]);
    expect(fits.map((f) => f.ok)).toEqual([true, false]);
    expect((await compiler.catalogue()).mirage.find((c) => c.name === "ramdisk")).toMatchObject({ category: "Disks", type: "block" });
  });

  test.each(["hello", "echo-console"])("are what the graph of %s is as a configuration: the same graph, which does the same", async (name) => {
    const plain = template(name, (s) => s.replace("Duration.of_sec 1", "Duration.of_ms 1"));
    const { configuration } = await compiler.analyse(plain);
    const configured: StudioProject = { manifest: { ...plain.manifest, target: "unix", nodes: [], edges: [] }, files: { ...plain.files, "config.ml": configuration! }, mirage: { keys: [] } };
    const analysis = await compiler.analyse(configured);
    expect([analysis.problems, analysis.obstacles]).toEqual([[], []]);
    const ids = (list: readonly { readonly id: string }[]): string[] => list.map((n) => n.id).sort();
    expect(ids(analysis.mirage!.nodes)).toEqual(ids(plain.manifest.nodes));
    const ends = (list: readonly GraphEdge[]): string[] => list.map((e) => `${e.from} ${e.to}`).sort();
    expect(ends(analysis.mirage!.edges)).toEqual(ends(plain.manifest.edges));
    if (!canRun || name !== "hello") return;
    const [result] = runNative(await imageOf(configured));
    expect(result).toMatchObject({ output: "Hello, world!\n".repeat(4), status: 0 });
  });

  test("keep the problems of config.ml at its lines, and wrong keys are told", async () => {
    const wrong = await compiler.analyse(project({ "config.ml": files["config.ml"]!.replace("generic_kv_ro", "generic_kv_or") }));
    expect(wrong.mirage).toBeUndefined();
    expect(wrong.problems).toMatchObject([{ file: "config.ml", range: { startLine: 5, startColumn: 13 } }]);
    const keys = await compiler.analyse(project({}, ["--kv_ro=no"]));
    expect(keys.problems[0]?.message).toContain("kv_ro");
    expect(keys.obstacles).not.toEqual([]);
  });
});

describe("templates", () => {
  test.each(readTemplates().filter((t) => t.files["morgana.json"] !== undefined).map((t) => t.name))("%s has nothing to complain about", async (name) => {
    const analysis = await compiler.analyse(template(name));
    expect(analysis.problems).toEqual([]);
    expect(analysis.obstacles).toEqual([]);
    expect(analysis.edges.every((e) => e.ok && e.pending === undefined)).toBe(true);
    expect(printManifest(template(name).manifest)).toBe(readFileSync(`public/templates/${name}/morgana.json`, "utf8"));
  });

  test.runIf(canRun)("hello greets, reads its boot arguments, and is the same from the browser and the command line", async () => {
    const message = "Grüße, 世界 \"42\"";
    const project = template("hello", (s) => s.replace('"Hello, world!"', JSON.stringify(message)).replace("Duration.of_sec 1", "Duration.of_ms 1"));
    // What was analysed and built before leaves no trace in the image.
    await compiler.analyse({ ...project, files: { ...project.files, "console.ml": "module type S = sig type t end", "lwt.ml": "let x = 1" } });
    await compiler.build(withTarget(template("echo-console"), "qemu"), stages);
    for (const target of ["unix", "qemu"]) {
      const directory = write(project);
      const out = join(directory, "image");
      expect(morgana("build", directory, "--target", target, "-o", out)).toMatchObject({ status: 0, stderr: "", stdout: expect.stringMatching(/^Licences in the image: ISC .*\n$/) });
      const image = await imageOf(withTarget(project, target));
      expect(Buffer.from(image).equals(readFileSync(out))).toBe(true);
      if (target !== "unix") continue;
      const [plain] = runNative(image);
      expect(plain).toMatchObject({ output: Buffer.from(`${message}\n`.repeat(4)).toString("latin1"), errors: "", status: 0 });
      expect(spawnSync(out, ["--help"], { encoding: "utf8" })).toMatchObject({ status: 63, stdout: expect.stringContaining("--delay") });
      expect(spawnSync(out, ["--no-such"], { encoding: "utf8" })).toMatchObject({ status: 64, stdout: "", stderr: expect.stringContaining("--no-such") });
    }
  }, 300_000);

  test.runIf(canRun)("echo-console says back what it reads", async () => {
    const image = await imageOf(withTarget(template("echo-console"), "unix"));
    const [session] = runNative(image, [{}], "one\r\ntwo\x7f\x7fry\n\nquit\nnot read\n");
    expect(session!.status).toBe(0);
    // With echo on, what is typed appears too.
    expect(session!.output.split("\n")).toEqual(['Type something; "quit" ends.', "> one", "one", "> two\b \b\b \bry", "try", "> ", "> quit", "2 lines echoed.", ""]);
    const [ended] = runNative(image, [{}], "last");
    expect(ended).toMatchObject({ status: 0, output: expect.stringMatching(/> last\nlast\n> 1 line echoed\.\n$/) });
  });

  test.runIf(canRun)("an exception that nothing handles ends the program as OCaml does", async () => {
    const image = await imageOf(withTarget(template("hello", (s) => s.replace("let rec greet n =", 'let rec greet n = if n = 2 then failwith "no more" else')), "unix"));
    expect(runNative(image)[0]).toMatchObject({ status: 2, errors: expect.stringContaining('Fatal error: exception Failure("no more")') });
  });
});

describe("morgana check and build", () => {
  test("tell what is wrong and make nothing", () => {
    const wrong = withEdges(template("hello"), (edges) => edges.map((e) => ({ ...e, from: e.port === "Console" ? "sleep" : "console" })));
    const directory = write(wrong);
    const check = morgana("check", directory);
    expect(check).toMatchObject({ status: 1, stdout: "" });
    expect(check.stderr).toContain('File "morgana.json", edge 0:\nError: The wire from "sleep" to Console of "application" does not fit: ');
    expect(check.stderr).toContain("val ns : int64 -> unit Lwt.t");
    const out = join(directory, "image");
    expect(morgana("build", directory, "-o", out)).toMatchObject({ status: 1, stderr: check.stderr });
    expect(existsSync(out)).toBe(false);
    const json = JSON.parse(morgana("check", "--json", directory).stdout) as { problems: { edge?: number }[]; obstacles: string[] };
    expect(json.problems.map((p) => p.edge)).toEqual([0, 1]);
    expect(json.obstacles).toHaveLength(2);
  });

  test("read manifests with care", () => {
    const directory = write(template("hello"));
    writeFileSync(join(directory, "morgana.json"), '{"format":1,"name":"a/b","target":"qemu","nodes":[{"kind":"device","id":"x","device":"console","parameters":{"a":[]}}],"edges":[{"from":"x","to":"y","port":"P"}]}');
    const { status, stderr } = morgana("check", directory);
    expect(status).toBe(1);
    for (const text of ["name: a name of letters", "nodes[0].parameters.a: a string", 'edges[0].to: no node has the identifier "y"']) expect(stderr).toContain(text);
    rmSync(join(directory, "morgana.json"));
    expect(morgana("check", directory)).toMatchObject({ status: 2 });
  });

  test("a program's modules may be called as the library's are", async () => {
    const directory = write({
      manifest: { ...template("hello").manifest, name: "names", nodes: [{ kind: "application", id: "app", module: "Unikernel", position: { x: 0, y: 0 } }], edges: [] },
      files: { "timer.ml": 'let name = "my timer"\nexception Late', "list.ml": "let length _ = 42", "main.ml": "let x = 1", "unikernel.ml": 'let start () = Printf.printf "%s %d %d %s\\n" Timer.name (List.length []) Main.x (Printexc.to_string Timer.Late); Lwt.return_unit' },
    });
    const out = join(directory, "image");
    expect(morgana("build", directory, "--target", "unix", "-o", out)).toMatchObject({ status: 0, stderr: "" });
    if (canRun) expect(spawnSync(out, { encoding: "utf8" })).toMatchObject({ status: 0, stdout: "my timer 42 1 Timer.Late\n" });
    const plain = join(directory, "plain");
    expect(morgana("build", join(directory, "timer.ml"), join(directory, "list.ml"), "-o", plain)).toMatchObject({ status: 0, stderr: "" });
  }, 300_000);

  test("files are initialized in the order of their implementations, wherever the interfaces stand", () => {
    const directory = mkdtempSync(join(folder, "order-"));
    const file = (name: string, text: string): string => {
      writeFileSync(join(directory, name), text);
      return join(directory, name);
    };
    const interfaces = [file("second.mli", "val y : int"), file("first.mli", "val x : int")];
    const implementations = [file("first.ml", 'let () = print_string "first, " let x = 1'), file("second.ml", 'let () = print_string "second, " let y = 2'), file("user.ml", "let () = print_int (First.x + Second.y)")];
    const out = join(directory, "program");
    expect(morgana("build", ...interfaces, ...implementations, "-o", out)).toMatchObject({ status: 0, stderr: "" });
    if (canRun) expect(spawnSync(out, { encoding: "utf8" })).toMatchObject({ status: 0, stdout: "first, second, 3" });
  }, 300_000);
});

test.skipIf(!canRun)("--gc-stress makes a program that collects at every allocation", () => {
  const file = join(folder, "allocates.ml");
  writeFileSync(file, `let collections () = (Gc.quick_stat ()).Gc.minor_collections
let () =
  let before = collections () in
  let list = List.init 200 string_of_int in
  Printf.printf "%d %b\\n" (List.length list) (collections () - before >= 200)
`);
  const image = join(folder, "allocates");
  for (const [options, printed] of [[[], "200 false\n"], [["--gc-stress"], "200 true\n"]] as const) {
    expect(morgana("build", file, "-o", image, ...options)).toMatchObject({ status: 0, stderr: "" });
    expect(spawnSync(image, { encoding: "latin1" }).stdout).toBe(printed);
  }
});

describe("input that needs a larger stack than Node's main thread has", () => {
  const times = (count: number, text: (i: number) => string): string => Array.from({ length: count }, (_, i) => text(i)).join("");
  const source = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  test.each([
    ["parentheses", `${"(".repeat(50_000)}1${")".repeat(50_000)}`],
    ["functions", `${"fun x -> ".repeat(5000)}1`],
    ["matches", `fun x -> ${times(5000, (i) => `match x with ${i} -> 1 | _ -> `)}2`],
    ["calls", `${"succ (".repeat(5000)}1${")".repeat(5000)}`],
  ])("is typed: %s", (name, expression) => {
    expect(morgana("check", source(`${name}.ml`, `let _f = ${expression}`))).toMatchObject({ status: 0, stdout: "", stderr: "" });
  });
  test("is refused with a place when there is an error in it, and said once", () => {
    const { status, stderr } = morgana("check", source("wrong.ml", `let x = ${"(".repeat(20_000)}1 + "a"${")".repeat(20_000)}`));
    expect(status).toBe(1);
    expect(stderr.match(/Error:/g)).toHaveLength(1);
    expect(stderr).toContain('File "');
    expect(stderr).toContain("characters 20012-20015");
  });
  test("is compiled: long lists and chains of definitions", () => {
    const out = join(folder, "long");
    const file = source("long.ml", `let list = [${times(10_000, (i) => `${i};`)}]\nlet f y = ${times(5000, (i) => `let a${i} = ${i === 0 ? "y" : `a${i - 1} + 1`} in `)}a4999\nlet () = Printf.printf "%d %d" (List.length list) (f 1)`);
    expect(morgana("build", file, "-o", out)).toMatchObject({ status: 0, stderr: "" });
    if (canRun) expect(spawnSync(out, { encoding: "utf8" })).toMatchObject({ status: 0, stdout: "10000 5000" });
  }, 300_000);
});

test("the command line works without the code that V8 keeps beside it, and with another's", () => {
  const copy = mkdtempSync(join(folder, "cli-"));
  cpSync("dist/cli", copy, { recursive: true });
  const file = join(copy, "a.ml");
  writeFileSync(file, "let answer = 42\n");
  const check = (): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, "morgana.mjs"), "check", "--signature", file], { encoding: "utf8" });
    return `${status} ${stdout}${stderr}`;
  };
  const code = join(copy, "commands.cjs.v8");
  expect(check()).toBe("0 val answer : int\n");
  writeFileSync(code, readFileSync(code).subarray(0, 1000));
  expect(check()).toBe("0 val answer : int\n");
  writeFileSync(code, "");
  expect(check()).toBe("0 val answer : int\n");
  rmSync(code);
  expect(check()).toBe("0 val answer : int\n");
});

test("nodes and packages are listed", () => {
  const nodes = JSON.parse(morgana("nodes", "--json").stdout) as { id: string; inputs: { name: string; typeName: string }[]; error?: string }[];
  expect(nodes.filter((n) => n.error !== undefined)).toEqual([]);
  expect(nodes.find((n) => n.id === "lines")!.inputs.map((p) => [p.name, p.typeName])).toEqual([["Console", "Console.S"]]);
  const packages = JSON.parse(morgana("packages", "--json").stdout) as { name: string; modules: string[] }[];
  expect(packages.find((p) => p.name === "lwt")!.modules).toContain("Lwt_list");
});
