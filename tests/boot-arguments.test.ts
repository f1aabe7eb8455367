/** What every unikernel takes on its command line, and its log, as a process and under QEMU. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Compiler } from "../compiler-worker/service/service.ts";
import { readLibraryArchive } from "../scripts/library-archive.mjs";
import { canRun } from "./support/run.ts";

const hasQemu = spawnSync("qemu-system-x86_64", ["--version"]).status === 0;

const UNIKERNEL = `
let source = Logs.Src.create "mine" ~doc:"A source"
module Log = (val Logs.src_log source : Logs.LOG)
let word = Mirage_runtime.register_arg Cmdliner.Arg.(value & opt string "none" & info [ "w"; "word" ] ~doc:"A word." ~docv:"WORD")
let crash = Mirage_runtime.register_arg Cmdliner.Arg.(value & flag & info [ "crash" ] ~doc:"Raise an exception.")
let tag = Logs.Tag.def "size" Format.pp_print_int
let rec sum n = if n = 0 then failwith "crash" else 1 + sum (n - 1)
let start () =
  Printf.printf "name %S word %S backtrace %b randomized %b\\n%!" (Mirage_runtime.name ()) (word ()) (Printexc.backtrace_status ()) (Hashtbl.is_randomized ());
  Logs.app (fun m -> m "for all");
  Logs.err (fun m -> m "an error");
  Logs.warn (fun m -> m ~header:"HEAD" "a warning");
  Logs.info (fun m -> m ~tags:Logs.Tag.(empty |> add tag 42) "two@\\nlines");
  Logs.debug (fun m -> m "details");
  Log.info (fun m -> m "of mine");
  Log.debug (fun m -> m "more of mine");
  Lwt.bind (Mirage_sleep.ns 1000L) (fun () -> if crash () then Lwt.return (ignore (sum 2)) else Lwt.return_unit)
`;

interface Outcome {
  readonly status: number | null;
  /** What was printed, and the log, whose times are replaced by T; of a machine both come over the console. */
  readonly output: string;
  readonly log: string;
}

/** The time of a log line and its zone: a process knows that it keeps UTC, a machine does not know its zone. */
const TIMES = { unix: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ:/gm, qemu: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-00:00:/gm };

describe.each(["unix", "qemu"] as const)("boot arguments on %s", (target) => {
  const available = target === "unix" ? canRun : hasQemu;
  let folder = "";
  let file = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "morgana-arguments-"));
    file = join(folder, "image");
    const compiler = new Compiler({ archive: readLibraryArchive(), now: () => 0 });
    const manifest = { format: 1 as const, name: "given", target, nodes: [{ kind: "application" as const, id: "app", module: "Unikernel", position: { x: 0, y: 0 } }], edges: [] };
    const result = await compiler.build({ manifest, files: { "unikernel.ml": UNIKERNEL } }, () => undefined);
    if (!result.ok) throw new Error(result.problems.map((p) => p.rendered).join("\n"));
    writeFileSync(file, result.image);
    chmodSync(file, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs with a command line, which is which of a machine is split by MirageOS's rules, of a process here at the spaces. */
  function run(commandLine: string): Outcome {
    const options = { encoding: "latin1" as const, timeout: 60_000, env: { ...process.env, TZ: "" } };
    const cut = (text: string): string => text.replace(TIMES[target], "T:");
    if (target === "unix") {
      const { status, stdout, stderr } = spawnSync(file, commandLine === "" ? [] : commandLine.split(" "), options);
      return { status, output: stdout, log: cut(stderr) };
    }
    const machine = ["-accel", "tcg", "-M", "microvm", "-m", "32", "-display", "none", "-serial", "stdio", "-no-reboot", "-device", "isa-debug-exit,iobase=0xf4"];
    const { status, stdout } = spawnSync("qemu-system-x86_64", [...machine, "-kernel", file, ...(commandLine === "" ? [] : ["-append", commandLine])], options);
    return { status: status === null ? null : (status - 1) / 2, output: stdout, log: cut(stdout) };
  }

  it.runIf(available)("has MirageOS's defaults and log lines", () => {
    const { status, output, log } = run("");
    expect(status).toBe(0);
    expect(output).toContain('name "given" word "none" backtrace true randomized true\n');
    const indentation = target === "unix" ? "2026-11-27T13:39:05Z: size=42 [INFO] [application] " : "2026-11-27T13:39:05-00:00: size=42 [INFO] [application] ";
    expect(log.slice(log.indexOf("T:"))).toBe(
      `T:  [application] for all\nT: [ERROR] [application] an error\nT: [HEAD] [application] a warning\nT: size=42 [INFO] [application] two\n${" ".repeat(indentation.length)}lines\nT: [INFO] [mine] of mine\n`,
    );
  });

  it.runIf(available)("takes the levels of the log, for all and by source", () => {
    const lines = (commandLine: string): string[] => run(commandLine).log.split("\n").filter((line) => line.startsWith("T:")).map((line) => line.slice(2).trim());
    expect(lines("-l error,mine:debug")).toEqual(["[application] for all", "[ERROR] [application] an error", "[INFO] [mine] of mine", "[DEBUG] [mine] more of mine"]);
    expect(lines("--logs=*:app,mine:info")).toEqual(["[application] for all", "[INFO] [mine] of mine"]);
    expect(lines("--logs=quiet")).toEqual([]);
  });

  it.runIf(available)("takes the name and the options of the OCaml runtime", () => {
    const { output, status } = run("--name=other --backtrace=false --randomize-hashtables=false --delay=0 --minor-heap-size=65536");
    expect(output).toContain('name "other" word "none" backtrace false randomized false\n');
    expect(status).toBe(0);
  });

  it.runIf(target === "qemu" && available)("splits the command line by MirageOS's rules", () => {
    expect(run(String.raw`--word="two words" --name=a\ b`).output).toContain('name "a b" word "two words"');
    expect(run(String.raw`  -w  "say \"x\"\\"  `).output).toContain(String.raw`word "say \"x\"\\"`);
    const unbalanced = run('--word="open');
    expect(unbalanced.status).not.toBe(0);
    expect(unbalanced.output).toMatch(/quote/);
  });

  it.runIf(available)("shows the manual and ends with 63", () => {
    for (const option of ["--help", "--help=plain"]) {
      const { output, status } = run(option);
      expect(status).toBe(63);
      const sections = [...output.matchAll(/^[A-Z][A-Z ]+$/gm)].map((m) => m[0]);
      expect(sections).toEqual(["NAME", "SYNOPSIS", "OPTIONS", "LOG AND MONITORING OPTIONS", "OCAML RUNTIME OPTIONS", "COMMON OPTIONS", "EXIT STATUS"]);
      for (const name of ["-w WORD, --word=WORD", "--delay", "--name", "-l LEVEL, --logs=LEVEL", "--backtrace=BOOL (absent=true)", "--randomize-hashtables=BOOL (absent=true)", "--allocation-policy", "--stack-limit"]) expect(output).toContain(name);
    }
  });

  it.runIf(available)("refuses wrong arguments and ends with 64", () => {
    for (const [wrong, message] of [["--no-such", /unknown option.*--no-such/], ["--delay=x", /--delay/], ["-l nonsense", /nonsense/], ["--dela=1", /unknown option.*--dela.*--delay/], ["stray", /too many arguments.*stray/]] as const) {
      const { status, log } = run(wrong);
      expect(status).toBe(64);
      expect(log).toMatch(message);
    }
  });

  it.runIf(available)("tells where an exception came from that nothing handles", () => {
    const { status, log } = run("--crash");
    expect(status).toBe(2);
    expect(log).toMatch(/Fatal error: exception Failure\("crash"\)\nRaised at .*\n(Called from Unikernel\.sum in file "unikernel\.ml", line 7, .*\n){2,}/);
    expect(run("--crash --backtrace=false").log).toMatch(/Fatal error: exception Failure\("crash"\)\n$/);
  });
});
