/** Images of whole programs booted under QEMU (emulated): console, exit codes, exhaustion of stack and memory, on each machine type. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildProgram, unit } from "./support/run.ts";

const hasQemu = spawnSync("qemu-system-x86_64", ["--version"]).status === 0;

interface Boot {
  readonly machine?: string;
  readonly megabytes?: number;
  readonly debugExit?: boolean;
  readonly input?: string;
  /** After so many milliseconds it counts as hanging. */
  readonly timeout?: number;
}

/** What came over the serial port, and the status with which QEMU ended. */
function boot(image: Uint8Array, { machine = "microvm", megabytes = 16, debugExit = true, input = "", timeout = 50_000 }: Boot = {}): { output: string; status: number | null } {
  const directory = mkdtempSync(join(tmpdir(), "morgana-boot-"));
  try {
    const kernel = join(directory, "kernel.elf");
    writeFileSync(kernel, image);
    const device = debugExit ? ["-device", "isa-debug-exit,iobase=0xf4"] : [];
    const { stdout, status } = spawnSync("qemu-system-x86_64", ["-accel", "tcg", "-M", machine, "-m", String(megabytes), "-display", "none", "-serial", "stdio", "-no-reboot", ...device, "-kernel", kernel], { encoding: "latin1", timeout, input });
    return { output: stdout, status };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const program = (text: string): Uint8Array => buildProgram([unit("Program", text)], "qemu");

describe.skipIf(!hasQemu)("a program as an image for qemu", () => {
  const hello = `let () = print_endline "hello"; Printf.printf "%d %s %.3f\\n" 42 "x" 1.5`;
  for (const machine of ["pc", "q35", "microvm"]) {
    it(`prints and powers off on ${machine} in 8 MiB`, () => {
      expect(boot(program(hello), { machine, megabytes: 8, debugExit: false })).toEqual({ output: "hello\n42 x 1.500\n", status: 0 });
    });
  }

  it("tells its exit code", () => {
    expect(boot(program(`let () = print_endline "before"; exit 7`))).toEqual({ output: "before\n", status: 15 });
  });

  it("prints an uncaught exception and ends with code 2", () => {
    expect(boot(program(`exception Bad of int * string let () = at_exit (fun () -> print_endline "at exit"); raise (Bad (3, "x"))`))).toEqual({ output: `at exit\nFatal error: exception Program.Bad(3, "x")\n`, status: 5 });
  });

  it("raises Stack_overflow, again and again", () => {
    const text = `let rec deep n = 1 + deep (n + 1)
let () = for _ = 1 to 3 do (try ignore (deep 0) with Stack_overflow -> print_endline "overflow") done; print_endline "alive"`;
    expect(boot(program(text))).toEqual({ output: "overflow\noverflow\noverflow\nalive\n", status: 1 });
  });

  it("raises Out_of_memory and goes on", () => {
    const text = `let fill make = try let kept = ref [] in while true do kept := make () :: !kept done with Out_of_memory -> print_endline "full"
let () = fill (fun () -> Bytes.create 10_000); fill (fun () -> Bytes.create 1); fill (fun () -> Bytes.create 3_000_000);
  (try ignore (Array.make 1_000_000_000 0) with Out_of_memory -> print_endline "too large"); print_endline (String.make 5 'a')`;
    expect(boot(program(text))).toEqual({ output: "full\nfull\nfull\ntoo large\naaaaa\n", status: 1 });
  });

  it("sleeps and reads without the old interval timer and interrupt controller", () => {
    const image = program(`external monotonic : unit -> int64 = "morgana_monotonic_ns"
external wait : int64 -> bool -> bool = "morgana_wait"
let () =
  let start = monotonic () in
  for _ = 1 to 2 do ignore (wait (Int64.add (monotonic ()) 60_000_000L) false) done;
  let passed = Int64.to_int (Int64.sub (monotonic ()) start) / 1_000_000 in
  print_endline (if passed >= 120 && passed < 2000 then "slept" else string_of_int passed);
  print_endline (read_line ())`);
    for (const missing of ["pit=off", "pit=off,pic=off,acpi=off,rtc=off"]) expect(boot(image, { machine: `microvm,${missing}`, input: "a line\n", timeout: 20_000 })).toEqual({ output: "slept\na line\n", status: 1 });
  });

  it("runs for long in little memory", () => {
    const text = `let () = let total = ref 0 in for i = 1 to 200_000 do let l = [ i; i + 1 ] in let a = Array.make 300 i in total := !total + List.length l + a.(299) land 1 done; print_int !total`;
    expect(boot(program(text), { megabytes: 8 })).toEqual({ output: "500000", status: 1 });
  });

  it("handles effects without end in little memory", () => {
    const text = readFileSync(new URL("programs/effects_forever.ml", import.meta.url), "latin1");
    expect(boot(program(text), { megabytes: 8, timeout: 60_000 })).toEqual({ output: "state: 90000\nnested: 90000\nscheduler: 90000\nchained: 0\n", status: 1 });
  });

  it("allocates 10 GiB in 16 MiB", () => {
    // Entries that live long and are replaced, strings of changing lengths, lists, arrays of the young and of the old space.
    const text = `let allocated () = let minor, promoted, major = Gc.counters () in (minor +. major -. promoted) *. 8.
let table : (int, string) Hashtbl.t = Hashtbl.create 16
let window = Array.make 32 Bytes.empty
let () =
  let i = ref 0 in
  while allocated () < 10. *. 1024. ** 3. do
    incr i;
    let n = !i land 0xffff in
    Hashtbl.replace table (n land 1023) (String.make (n land 127) 'x');
    window.(n land 31) <- Bytes.create (if n land 3 = 0 then n else 2000);
    ignore (Sys.opaque_identity (List.rev (List.init 50 (fun k -> k + n))));
    ignore (Sys.opaque_identity (Array.make 512 (float_of_int n)))
  done;
  let right k v = if String.length v land 127 <> k land 127 then failwith "damaged" in
  Hashtbl.iter right table;
  Printf.printf "%d %b" (Hashtbl.length table) ((Gc.stat ()).Gc.live_words * 8 < 8 * 1024 * 1024)`;
    expect(boot(program(text), { megabytes: 16, timeout: 240_000 })).toEqual({ output: "1024 true", status: 1 });
  });

  it("turns faults of the processor into exceptions", () => {
    expect(boot(program(`let f x = try string_of_int (10 / x) with Division_by_zero -> "division" let () = print_endline (f (Sys.opaque_identity 0)); print_endline (f 5)`))).toEqual({ output: "division\n2\n", status: 1 });
  });

  // The input is there before the machine starts: nothing of it is lost when the console is set up.
  for (const machine of ["pc", "q35", "microvm"]) {
    it(`reads the console on ${machine}`, () => {
      expect(boot(program(`let () = let rec loop n = match input_line stdin with "end" -> Printf.printf "%d lines\\n" n | line -> print_endline (String.uppercase_ascii line); loop (n + 1) in loop 0`), { machine, input: "one\ntwo\nend\n" })).toEqual({ output: "ONE\nTWO\n2 lines\n", status: 1 });
    });
  }

  it("loses no input while it computes", () => {
    const lines = Array.from({ length: 1500 }, (_, i) => `line ${i}\n`).join("");
    const text = `let () =
  let first = input_line stdin in
  let total = ref 0 in for i = 1 to 20_000_000 do total := !total + (i land 3) done;
  let rec loop n = match input_line stdin with "end" -> n | line -> if line <> Printf.sprintf "line %d" n then Printf.printf "%d: %S\\n" n line; loop (n + 1) in
  Printf.printf "%s %d %d\\n" first !total (loop 1)`;
    expect(boot(program(text), { input: `${lines}end\n` })).toEqual({ output: "line 0 30000000 1500\n", status: 1 });
  });
});
