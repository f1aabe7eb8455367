/** MirageOS projects as they are: checked, built, run as processes and booted under QEMU. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { evaluateConfiguration } from "../compiler-worker/composition/mirage/evaluate.ts";
import type { Configuration } from "../compiler-worker/composition/mirage/model.ts";
import { printConfiguration } from "../compiler-worker/composition/mirage/print.ts";
import { analyseMirageProject } from "../compiler-worker/composition/mirage/project.ts";
import { TypingSession } from "../compiler-worker/typing/session.ts";
import { buildCommandLine } from "../scripts/build.mjs";
import { morgana, type Outcome } from "./support/command-line.ts";
import { testLibrary } from "./support/library.ts";
import { canRun } from "./support/run.ts";

const hasQemu = spawnSync("qemu-system-x86_64", ["--version"]).status === 0;

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "morgana-mirage-"));
  await buildCommandLine();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A project of the texts given. */
function project(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(folder, "project-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text, "latin1");
  }
  return directory;
}

/** What it prints, as a process or as a machine: in the machine's output the log is among the lines. */
function run(image: string, target: "unix" | "qemu", args: readonly string[]): Outcome {
  if (target === "unix") {
    const { status, stdout, stderr } = spawnSync(image, args, { encoding: "latin1", timeout: 60_000 });
    return { status, stdout, stderr };
  }
  const append = args.length === 0 ? [] : ["-append", args.map((a) => (/[\s"]/.test(a) ? `"${a}"` : a)).join(" ")];
  const { status, stdout, stderr } = spawnSync("qemu-system-x86_64", ["-accel", "tcg", "-cpu", "max", "-M", "microvm", "-m", "64", "-nographic", "-no-reboot", "-kernel", image, ...append], { encoding: "latin1", timeout: 120_000 });
  return { status, stdout: stdout.replace(/\r\n/g, "\n"), stderr };
}

const STORED = "tests/mirage";
const withoutTimes = (text: string): string => text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|-00:00)/g, "TIME");

/** Lines that each project prints with these arguments, besides the log. */
const RUNS: readonly { readonly name: string; readonly args: readonly string[]; readonly lines: readonly string[]; readonly log?: readonly string[]; readonly keys?: readonly string[] }[] = [
  { name: "hello", args: ["--greeting=Good evening", "--times=1", "--name=guest"], lines: ["guest is done"], log: ["TIME: [INFO] [application] Good evening, red world"] },
  { name: "hello", args: ["-l", "debug", "--times", "1", "--colour", "green"], lines: ["hello is done"], log: ["TIME: [INFO] [application] Hello, green world", "TIME: [DEBUG] [application] 0 to go"] },
  { name: "clocks", args: [], lines: ["slept: true", "later: true", "a year of this century: true", "soon"] },
  { name: "files", args: [], lines: ["/index.html: 15 bytes of text/html", "/sub/", "/sub/bytes.bin: 6 bytes of application/octet-stream", '"not a key\\n"', "no /server.pem", "Hello"] },
  {
    name: "hashing",
    args: ["abc"],
    // FIPS 180-4 and RFC 7693 have "abc" as their example; RFC 2104 and the CRC were computed with other implementations.
    lines: ["sha256 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "blake2b ba80a53f981c4d0d6a2797b69f12f6e9", "hmac 4fd0b215276ef12f2b3e4c8ecac2811498b656fc", "crc32 891568578", "base64 YWJj", "hex 616263"],
  },
  { name: "random", args: [], lines: ["16 16 false", "a die: true"] },
  { name: "store", args: [], lines: ["oxy", "false 3"] },
  { name: "shared", args: [], lines: ["connect left", "connect scale", "first: left 2 10", "second: left 3"] },
  { name: "library", args: [], lines: ["3 nested", "0"] },
  { name: "shared", args: ["--factor=3"], keys: ["--double", "--counter", "right"], lines: ["connect right", "connect scale", "first: right 2 3", "connect left", "second: left 1"] },
];

describe.each(["unix", "qemu"] as const)("projects on %s", (target) => {
  const available = target === "unix" ? canRun : hasQemu;
  const images = new Map<string, string>();
  const imageOf = (name: string, keys: readonly string[]): string => {
    const key = [name, ...keys].join(" ");
    const known = images.get(key);
    if (known !== undefined) return known;
    const image = join(folder, `${target}-${images.size}`);
    expect(morgana("build", join(STORED, name), "-t", target, "-o", image, ...keys)).toMatchObject({ status: 0, stderr: "" });
    images.set(key, image);
    return image;
  };

  test.skipIf(!available).each(RUNS)("$name $args $keys", ({ name, args, lines, log, keys }) => {
    const image = imageOf(name, keys ?? []);
    const outcome = run(image, target, args);
    const printed = (target === "unix" ? outcome.stdout : outcome.stdout).split("\n");
    const isLog = (line: string): boolean => /^\d{4}-\d\d-\d\dT/.test(line);
    expect(printed.filter((line) => !isLog(line) && line !== "")).toEqual(lines);
    const logged = (target === "unix" ? outcome.stderr.split("\n") : printed).filter(isLog).map(withoutTimes);
    expect(logged).toEqual(log ?? []);
    if (target === "unix") expect(outcome.status).toBe(0);
  }, 600_000);

  test.skipIf(!available)("wrong arguments and --help end it before it starts", () => {
    const image = imageOf("hello", []);
    const help = run(image, target, ["--help=plain"]);
    for (const text of ["--greeting=TEXT", "What is said.", "--colour", "--times", "--delay", "--logs"]) expect(help.stdout).toContain(text);
    const wrong = run(image, target, ["--colour=blue"]);
    expect(wrong.stdout + wrong.stderr).toContain("blue");
    expect(help.stdout + wrong.stdout).not.toContain("is done");
    if (target === "unix") expect([help.status, wrong.status]).toEqual([63, 64]);
  }, 600_000);
});

describe("what other tools left in the folder of a project", () => {
  const broken = "let () = (";
  const LEFT = { "_build/default/unikernel.ml": broken, "mirage/main.ml": broken, "dune": "(include dune.build)", "dune.build": "(executable (name main))", "dist/dune": "(rule (targets x))" };
  // Sources of packages: those of Morgana's own are used in their place, if there are such.
  const PACKAGES = { "duniverse/fmt/dune": "(library (name fmt) (public_name fmt))", "duniverse/fmt/fmt.ml": broken, "duniverse/quux/dune": "(library (name quux) (public_name quux) (libraries fmt))", "duniverse/quux/quux.ml": 'let pp = Fmt.(list ~sep:sp int)', "duniverse/quux/dune-project": "(lang dune 3.0)" };
  const config = (packages: string, libraries: string): string => `open Mirage\nlet packages = ${packages}\nlet () = register "x" [ main ~packages ~local_libs:${libraries} "Unikernel" job ]\n`;

  test("is not read, but packages that only it has are used", () => {
    const files = { ...LEFT, ...PACKAGES, "config.ml": config('[ package "fmt"; package "quux" ]', '[ "mine" ]'), "unikernel.ml": 'let start () = Fmt.pr "@[%a@]@." Quux.pp Mine.numbers; Lwt.return_unit', "mine/dune": "(library (name mine))", "mine/mine.ml": "let numbers = [ 1; 2 ]" };
    const image = join(folder, "left");
    expect(morgana("build", project(files), "-o", image)).toMatchObject({ status: 0, stderr: "" });
    if (canRun) expect(run(image, "unix", []).stdout).toBe("1 2\n");
  }, 600_000);

  test("packages and local libraries that are nowhere are named at the configuration's line", () => {
    const files = { "config.ml": config('[ package "absent" ]', '[ "theirs" ]'), "unikernel.ml": "let start () = Lwt.return_unit" };
    const { status, stderr } = morgana("check", project(files));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^File "config.ml", line 2, characters 25-33:\nWarning: There is no package absent here/m);
    expect(stderr).toMatch(/^File "config.ml", line 3, characters 53-61:\nError: The project has no library theirs/m);
  }, 600_000);
});

describe("devices that only some targets have", () => {
  const CONFIG = 'open Mirage\nlet () = register "folder" [ main "Unikernel.Main" (kv_rw @-> job) $ direct_kv_rw "data" ]\n';
  const UNIKERNEL = "module Main (K : Mirage_kv.RW) = struct\n  let start k = Lwt.map (function Ok () -> print_string \"kept\" | Error e -> Logs.err (fun m -> m \"%a\" K.pp_write_error e)) (K.set k (Mirage_kv.Key.v \"a/b\") \"text\")\nend\n";

  test("a folder of the system is there for its processes, and a build for another target says so", () => {
    const project = join(folder, "of-system");
    mkdirSync(join(project, "data"), { recursive: true });
    writeFileSync(join(project, "config.ml"), CONFIG);
    writeFileSync(join(project, "unikernel.ml"), UNIKERNEL);
    expect(morgana("build", project, "-t", "qemu", "-o", join(folder, "of-system.elf"))).toEqual({ status: 1, stdout: "", stderr: 'morgana: "direct_kv_rw" asks the system that runs the program, which only the target unix has.\n' });
    const executable = join(folder, "of-system.exe");
    expect(morgana("build", project, "-t", "unix", "-o", executable).status).toBe(0);
    expect(spawnSync(executable, [], { cwd: project, encoding: "utf8" }).stdout).toBe("kept");
    expect(readFileSync(join(project, "data", "a", "b"), "utf8")).toBe("text");
  }, 600_000);
});

describe("devices that are not there yet", () => {
  test("are typed all the same: the check passes, and the build names them", () => {
    expect(morgana("check", join(STORED, "network"), "-t", "hvt")).toEqual({ status: 0, stdout: "", stderr: "" });
    const image = join(folder, "network");
    const { status, stderr } = morgana("build", join(STORED, "network"), "-t", "qemu", "-o", image);
    expect(status).toBe(1);
    expect(existsSync(image)).toBe(false);
    expect(stderr).toMatch(/^morgana: "default_network" needs what the library does not have yet: /m);
    expect(stderr).toMatch(/^morgana: "disk" \(block_of_file\) needs/m);
    expect(stderr).not.toContain("Error");
    const json = JSON.parse(morgana("build", "--json", join(STORED, "network"), "-t", "qemu").stdout) as { problems: unknown[]; obstacles: string[] };
    expect(json.problems).toEqual([]);
    expect(json.obstacles.length).toBeGreaterThan(1);
  }, 600_000);

  test("are what the configure-time keys choose", () => {
    const files = Object.fromEntries(["config.ml", "unikernel.ml"].map((name) => [name, readFileSync(join(STORED, "network", name), "latin1")]));
    const session = new TypingSession(testLibrary());
    const main = (target: string, ...keys: string[]): string => analyseMirageProject(session, { files, target, keys }, testLibrary(), ["unix", "qemu"]).main ?? "";
    expect(main("qemu")).toContain("Dhcp_ipv4.Make");
    expect(main("qemu", "--no-dhcp")).not.toContain("Dhcp_ipv4");
    expect(main("qemu", "--no-dhcp")).toContain("Static_ipv4.Make");
    expect(main("unix", "--no-dhcp")).toContain("Tcpip_stack_socket.V4V6");
    expect(main("unix", "--net=host")).toContain("Udpv4v6_socket.connect");
    expect(main("unix", "--net", "ocaml", "--utcp")).toContain("Utcp_mirage.Make");
    expect(main("hvt")).toContain('Netif.connect "service"');
  }, 600_000);

  test("keys that do not exist are errors of the command line, with the list of those that do", () => {
    const { status, stderr } = morgana("check", join(STORED, "network"), "--dhcp=false");
    expect(status).toBe(2);
    expect(stderr).toContain("unknown option '--dhcp'");
    expect(stderr).toContain("--dhcp=BOOL became the flag --no-dhcp");
    expect(stderr).toContain("\n  --net=host|socket|ocaml|direct (default: none)\n  --no-dhcp\n  --utcp\n");
    expect(morgana("check", join(STORED, "network"), "--net=carrier-pigeon")).toMatchObject({ status: 2, stderr: expect.stringContaining("carrier-pigeon") });
    expect(morgana("check", join(STORED, "network"), "-t", "toaster")).toMatchObject({ status: 2, stderr: expect.stringContaining("there is no target toaster") });
    expect(morgana("check", join(STORED, "network"), "-t", "hvt", "--net=host")).toMatchObject({ status: 1, stderr: expect.stringContaining('File "config.ml", line 5') });
  }, 600_000);
});

describe("mistakes in config.ml are told at their line", () => {
  const UNIKERNEL = "module Main (F : Mirage_kv.RO) = struct let start (_ : F.t) = Lwt.return_unit end\n";
  const CASES: readonly { readonly name: string; readonly config: string; readonly unikernel?: string; readonly line?: number; readonly says: readonly string[] }[] = [
    { name: "types", config: 'open Mirage\nlet main = main "Unikernel.Main" (kv_ro @-> job)\nlet () = register "x" [ main $ ramdisk "d" ]\n', line: 3, says: ["This expression has type", "block", "is not compatible with type", "kv_ro"] },
    { name: "too many arguments", config: 'open Mirage\nlet f = crunch "files"\nlet main = main "Unikernel.Main" (kv_ro @-> kv_ro @-> job)\nlet () = register "x" [ main $ f $ f ]\n', line: 3, says: ["Unikernel.Main takes 1 argument (F), but it is given 2 devices", "kv_ro -> kv_ro -> job"] },
    { name: "no functor", config: 'open Mirage\nlet main = main "Unikernel" (kv_ro @-> job)\nlet () = register "x" [ main $ crunch "files" ]\n', unikernel: "let start _ = Lwt.return_unit", line: 2, says: ["Unikernel is no functor, but it is given 1 device"] },
    { name: "no such module", config: 'open Mirage\n\nlet () = register "x" [ main "Unikernle" job ]\n', line: 3, says: ["There is no module Unikernle: neither a file unikernle.ml"] },
    { name: "a module without start in it", config: 'open Mirage\nlet () = register "x" [ main "Unikernel.Main" job ]\n', unikernel: "let start () = Lwt.return_unit", line: 2, says: ["unikernel.ml defines no module Main", "has a function `start' itself"] },
    { name: "a signature that does not fit", config: 'open Mirage\nlet main = main "Unikernel.Main" (kv_ro @-> job)\nlet () = register "x" [ main $ crunch "files" ]\n', unikernel: "module Main (F : Mirage_kv.RW) = struct let start (_ : F.t) = Lwt.return_unit end", line: 2, says: ['The parameter F of Unikernel.Main cannot be', "set", "is required"] },
    { name: "no folder", config: 'open Mirage\nlet f = crunch "fils"\nlet () = register "x" [ main "Unikernel.Main" (kv_ro @-> job) $ f ]\n', line: 2, says: ["The project has no folder fils"] },
    { name: "two stacks of one consumer", config: 'open Mirage\nlet one = generic_stackv4v6 ~group:"one" (netif ~group:"one" "a")\nlet two = generic_stackv4v6 ~group:"two" (netif ~group:"two" "b")\nlet eyeballs = generic_happy_eyeballs one\nlet dns = generic_dns_client two eyeballs\nlet main = main "Unikernel.Main" (dns_client @-> job)\nlet () = register "x" [ main $ dns ]\n', unikernel: "module Main (D : sig type t end) = struct let start (_ : D.t) = Lwt.return_unit end", line: 5, says: ['different network stacks: "two"; "eyeballs" on "one"'] },
    { name: "an exception", config: 'open Mirage\nlet check l = if List.length l > 1 then failwith "two" else l\nlet names = check [ "a"; "b" ]\nlet () = register "x" []\n', line: 3, says: ["The configuration fails: two"] },
    { name: "an exception of a connect function", config: 'open Mirage\ntype t = T\nlet f = crunch "files"\nlet d = impl ~connect:(fun _ _ -> function [ _; _ ] -> code ~pos:__POS__ "x" | _ -> connect_err "d" 2) "D" job\nlet () = register "x" [ d ]\n', line: 4, says: ["The connect function of d takes 2 arguments"] },
    { name: "no register", config: 'open Mirage\nlet f = crunch "files"\n', says: ["`register", "is missing"] },
    { name: "a loop without end", config: 'open Mirage\nlet n = let rec f x = if x < 0 then x else f ((x + 1) mod 10) in f 1\nlet () = register "x" []\n', line: 2, says: ["too many steps"] },
    { name: "code that has no type", config: 'open Mirage\nlet d = impl ~connect:(fun _ _ _ ->\n  code ~pos:__POS__ "return (1 + true)") "Unikernel" job\nlet () = register "x" [ d ]\n', line: 3, says: ["has type bool", "int"] },
    { name: "a boot argument that is none", config: 'open Mirage\nlet a = runtime_arg ~pos:__POS__ "Unikernel.port"\nlet () = register "x" [ main ~runtime_args:[ a ] "Unikernel" job ]\n', unikernel: "let port = 80\nlet start _ = Lwt.return_unit", line: 2, says: ["The boot argument Unikernel.port does not fit"] },
    { name: "files that are read", config: 'open Mirage\nlet names =\n  let ic = open_in "names.txt" in\n  input_line ic\nlet () = register "x" []\n', line: 3, says: ["Sys_error", "names.txt"] },
    { name: "a bound of MirageOS's version", config: '(* mirage >= 4.4.0 & < 4.9.0 *)\nopen Mirage\nlet () = register "x" [ noop ]\n', line: 1, says: ["Warning", "for MirageOS >= 4.4.0 & < 4.9.0"] },
    { name: "foreign", config: 'open Mirage\nlet main = foreign "Unikernel.Main" (kv_ro @-> job)\nlet () = register "x" [ main $ crunch "files" ]\n', line: 2, says: ["Unbound value foreign", "foreign became main"] },
    { name: "clocks as devices", config: 'open Mirage\nlet main = main "Unikernel.Main" (pclock @-> job)\nlet () = register "x" [ main $ default_posix_clock ]\n', line: 2, says: ["Unbound value pclock", "Mirage_ptime"] },
    { name: "packages of register", config: 'open Mirage\nlet () = register ~packages:[ package "fmt" ] "x" [ noop ]\n', line: 2, says: ["give them to main, which has ~packages"] },
    { name: "keys of main", config: 'open Mirage\nlet k = Key.(create "hello" Arg.(opt Cmdliner.Arg.string "x" (info [ "hello" ])))\nlet () = register "x" [ main ~keys:[ Key.v k ] "Unikernel" job ]\n', line: 3, says: ["boot arguments are given with ~runtime_args"] },
    { name: "Key.abstract", config: 'open Mirage\nlet k = Key.abstract Key.target\nlet () = register "x" [ noop ]\n', line: 2, says: ["Unbound value Key.abstract", "Key.v"] },
    { name: "a stage of a key", config: 'open Mirage\nlet k = Key.(create "hello" Arg.(opt ~stage:`Run string "x" (info [ "hello" ])))\nlet () = register "x" [ noop ]\n', line: 2, says: ["Mirage_runtime.register_arg"] },
    { name: "code as a string", config: 'open Mirage\nlet d = impl ~connect:(fun _ m _ -> m ^ ".connect ()") "D" job\nlet () = register "x" [ d ]\n', line: 2, says: ["Code is made with code"] },
  ];
  // One session for all, as in the studio.
  let session: TypingSession;
  const found = (files: Readonly<Record<string, string>>): string => {
    session ??= new TypingSession(testLibrary());
    const { findings } = analyseMirageProject(session, { files, target: "unix", keys: [] }, testLibrary(), ["unix", "qemu"]);
    return findings.map((f) => f.rendered).join("\n");
  };
  test.each(CASES)("$name", ({ config, unikernel, line, says }) => {
    const told = found({ "config.ml": config, "unikernel.ml": unikernel ?? UNIKERNEL, "files/a.txt": "a" });
    for (const text of says) expect(told).toContain(text);
    expect(told).toContain(line === undefined ? 'File "config.ml"' : `File "config.ml", line ${line},`);
    expect(told.includes("Error")).toBe(!says.includes("Warning"));
  }, 600_000);

  test("none: the project's files can be read, in whatever way, and the environment is seen", () => {
    const config = `open Mirage
let read name = In_channel.with_open_bin name In_channel.input_all
let first = let ic = open_in "./words.txt" in let word = input_line ic in seek_in ic 4; let second = input_line ic in close_in ic; word ^ second
let listed = String.concat "+" (List.sort compare (Array.to_list (Sys.readdir "files")))
let kinds = Printf.sprintf "%b %b %b %b" (Sys.file_exists "files") (Sys.is_directory "files/a.txt") (Sys.file_exists "nothing") (Sys.is_directory (Sys.getcwd ()))
let written = match open_out "new" with _ -> "written" | exception Sys_error message -> message
let actions = Action.(run (bind (read_file (Fpath.v "files/a.txt")) ~f:(fun text -> map (ls (Fpath.v "files") (fun _ -> true)) ~f:(fun l -> text :: Stdlib.List.map Fpath.to_string l))))
let actions = match actions with Ok l -> String.concat " " l | Error (\`Msg m) -> m
let app = impl ~connect:(fun _ m _ -> code ~pos:__POS__ "%s.start %S" m (String.concat "|" [ read "words.txt"; first; listed; kinds; written; actions; Option.value (Sys.getenv_opt "WHO") ~default:"-" ])) "Unikernel" job
let () = register "reads" [ app; (if Sys.file_exists "extra.ml" then main "Extra" job else noop) ]
`;
    session ??= new TypingSession(testLibrary());
    const files = { "config.ml": config, "unikernel.ml": "let start text = print_string text; Lwt.return_unit", "words.txt": "one\ntwo\n", "files/a.txt": "a", "files/b/c": "" };
    const { configuration, findings } = analyseMirageProject(session, { files, target: "unix", keys: [], environment: { WHO: "me" } }, testLibrary(), ["unix", "qemu"]);
    expect(findings).toEqual([]);
    const said = configuration!.devices.find((d) => d.module === "Unikernel")!.connect;
    expect(said).toBe(`Unikernel.start "one\\ntwo\\n|onetwo|a.txt+b|true false false true|new: Read-only file system|a files/a.txt files/b|me"`);
    expect(configuration!.nodes.map((n) => n.module)).not.toContain("Extra");
  }, 600_000);

  test("mistakes in the sources are told together with them", () => {
    const told = found({ "config.ml": 'open Mirage\nlet () = register "x" [ main "Unikernel" jab ]\n', "unikernel.ml": "let start () = Lwt.return_unti\n" });
    expect(told).toContain("jab");
    expect(told).toContain("return_unti");
  }, 600_000);

  test("and `start' that does not fit, in the source that has it", () => {
    const told = found({ "config.ml": 'open Mirage\nlet () = register "x" [ main "Unikernel.Main" (kv_ro @-> job) $ crunch "files" ]\n', "unikernel.ml": "module Main (F : Mirage_kv.RO) = struct\n  let start (_ : int) = Lwt.return_unit\nend\n", "files/a": "" });
    expect(told).toContain('File "unikernel.ml", line 2, characters 6-11:\nError: The argument number 1 of `start');
  }, 600_000);
});

describe("a configuration printed from its nodes", () => {
  let session: TypingSession;
  const configurationOf = (config: string): Configuration => {
    session ??= new TypingSession(testLibrary());
    const { configuration, findings } = evaluateConfiguration(session, testLibrary(), { text: config, target: "virtio", keys: [] });
    if (configuration === undefined) throw new Error(findings.map((f) => f.rendered).join("\n"));
    return configuration;
  };
  const withoutPlaces = ({ nodes, jobs, name }: Configuration): unknown => ({ name, jobs, nodes: nodes.map((n) => ({ ...n, place: undefined })).sort((a, b) => (a.id < b.id ? -1 : 1)) });

  test("states the same nodes again", () => {
    const config = `open Mirage
let stack = generic_stackv4v6 ~group:"in" ~ipv4_gateway:(Ipaddr.V4.of_string_exn "10.0.0.1") default_network
let he = generic_happy_eyeballs ~connect_timeout:1_000_000L stack
let dns = generic_dns_client ~nameservers:[ "tcp:8.8.8.8" ] stack he
let files = crunch "a \\"b\\""
let more = generic_kv_ro "c"
let disk = ccm_block ~nonce_len:8 (Runtime_arg.create ~pos:__POS__ "Unikernel.key") (ramdisk "d")
let dhcp = let net = netif "x" in let eth = ethif net in ipv4_of_dhcp net eth (arp eth)
let second = main ~packages:[ package "fmt" ~min:"0.8"; package ~sublibs:[ "a"; "" ] "b" ] "Other" job
let main =
  main ~runtime_args:[ runtime_arg ~pos:__POS__ "Unikernel.x" ] ~deps:[ dep second ] "Unikernel.Main"
    (stackv4v6 @-> dns_client @-> kv_ro @-> kv_ro @-> block @-> kv_rw @-> network @-> job)
  $ stack $ dns $ files $ more $ disk $ kv_rw_mem () $ (dhcp_proj_net $ dhcp)
let () = register "all of it" [ second; main; noop ]
`;
    const first = configurationOf(config);
    const printed = printConfiguration(first);
    if (!printed.ok) throw new Error(JSON.stringify(printed.reasons));
    const again = configurationOf(printed.text);
    // Nodes without a variable get one, so the second text is the one that stays.
    const second = printConfiguration(again);
    expect(second).toEqual({ ok: true, text: second.ok ? second.text : "" });
    expect(withoutPlaces(configurationOf(second.ok ? second.text : ""))).toEqual(withoutPlaces(again));
    expect(again.devices.map((d) => [d.module, d.arguments, d.connect])).toEqual(first.devices.map((d) => [d.module, d.arguments, d.connect]));
    for (const id of ["stack", "he", "dns", "files", "more", "disk", "dhcp", "second", "main"]) expect(again.nodes.map((n) => n.id)).toContain(id);
  }, 600_000);

  test("is refused for devices of its own, which only its own text can make", () => {
    const printed = printConfiguration(configurationOf(readFileSync(join(STORED, "shared", "config.ml"), "latin1")));
    expect(printed.ok ? [] : printed.reasons.map((r) => r.node)).toEqual(expect.arrayContaining(["left", "scaled"]));
  }, 600_000);
});

test("an image is named after the unikernel, and the same each time", () => {
  const directory = project({ "config.ml": 'open Mirage\nlet () = register "my-unikernel" [ main "Unikernel" job ]\n', "unikernel.ml": 'let start () = print_endline "hi"; Lwt.return_unit' });
  const build = (): Buffer => {
    const { status, stderr } = spawnSync(process.execPath, [join(process.cwd(), "dist/cli/morgana.mjs"), "build", directory, "-t", "virtio"], { encoding: "utf8", cwd: directory, timeout: 500_000 });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    return readFileSync(join(directory, "my-unikernel.elf"));
  };
  expect(build().equals(build())).toBe(true);
}, 600_000);
