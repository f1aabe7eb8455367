/** What the editor's questions cost in a file of 2,000 lines: the compiler's part, in milliseconds of its thread's processor time (which is what
 * passes for the user while nothing else takes the processor). */
import type { StudioProject } from "../compiler-worker/api.ts";
import { PROJECT_FORMAT } from "../compiler-worker/composition/project.ts";
import { Compiler } from "../compiler-worker/service/service.ts";
import { readLibraryArchive } from "../scripts/library-archive.mjs";
import { threadSeconds } from "./front-end.ts";

const LINES = 2_000;
const ROUNDS = 7;

const now = (): number => threadSeconds() * 1000;

/** Modules of records, variants, functions over lists and promises, as applications have them. */
function section(n: number): string {
  return `module Section_${n} = struct
  type state = { count : int; names : string list; last : int option }
  type event = Add of string | Drop of int | Reset

  let initial = { count = ${n}; names = []; last = None }

  let apply state event =
    match event with
    | Add name -> { state with count = state.count + 1; names = name :: state.names }
    | Drop k -> { state with count = max 0 (state.count - k); last = Some k }
    | Reset -> initial

  let describe state =
    let last = match state.last with None -> "none" | Some k -> string_of_int k in
    Printf.sprintf "%d names (%s), last %s" state.count (String.concat ", " (List.map String.trim state.names)) last

  let run events =
    let open Lwt.Infix in
    Lwt_list.fold_left_s (fun state event -> Lwt.pause () >|= fun () -> apply state event) initial events >|= describe
end
`;
}

/** The file, with a number that each edit changes. */
function source(edit: number): string {
  const sections: string[] = [];
  const each = section(0).split("\n").length;
  for (let n = 0; n * each < LINES; n++) sections.push(section(n));
  return `${sections.join("\n")}\nmodule Main = struct\n  let start () = Lwt.bind (Section_0.run [ Section_0.Add "${edit}" ]) (fun text -> print_endline text; Lwt.return_unit)\nend\n`;
}

function projectOf(text: string): StudioProject {
  return { manifest: { format: PROJECT_FORMAT, name: "long", target: "unix", nodes: [{ kind: "application", id: "main", module: "Unikernel.Main", position: { x: 0, y: 0 } }], edges: [] }, files: { "unikernel.ml": text } };
}

const median = (numbers: number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

export async function benchEditor(): Promise<void> {
  const compiler = new Compiler({ archive: readLibraryArchive(), now: () => performance.now() });
  let edit = 0;
  const current = (): StudioProject => projectOf(source(edit));
  const lines = source(0).split("\n");
  const start = now();
  const { problems } = await compiler.analyse(current());
  console.log(`${lines.length} lines, first analysis ${(now() - start).toFixed(0)} ms, ${problems.length} problems`);
  const middle = lines.findIndex((line, i) => i > LINES / 2 && line.includes("max 0 (state.count - k)"));
  const at = (word: string): { readonly line: number; readonly column: number } => ({ line: middle + 1, column: lines[middle]!.indexOf(word) + 2 });
  const measure = async (what: string, ask: (project: StudioProject) => Promise<unknown>, edited: boolean): Promise<void> => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      if (edited) edit++;
      const project = current();
      const begun = now();
      await ask(project);
      times.push(now() - begun);
    }
    console.log(`${what}: ${median(times).toFixed(0)} ms (median of ${ROUNDS}, at most ${Math.max(...times).toFixed(0)})`);
  };
  await measure("keystroke to diagnostics", (project) => compiler.analyse(project), true);
  await measure("hover", (project) => compiler.hover(project, "unikernel.ml", at("state.count")), false);
  await measure("definition", (project) => compiler.definition(project, "unikernel.ml", at("state.count")), false);
  await measure("highlights of a name's uses", (project) => compiler.references(project, "unikernel.ml", at("state.count"), true), false);
  await measure("highlights after a keystroke", (project) => compiler.references(project, "unikernel.ml", at("state.count"), true), true);
  await measure("renaming", (project) => compiler.rename(project, "unikernel.ml", at("k);"), "amount"), false);
  await measure("signature of a call, after a keystroke", (project) => compiler.signatureHelp(project, "unikernel.ml", at("0 (state")), true);
  await measure("outline", (project) => compiler.outline(project, "unikernel.ml"), false);
  await measure("completion after a keystroke", (project) => compiler.complete(project, "unikernel.ml", at("state.count")), true);
  await measure("analysis, then completion", async (project) => {
    await compiler.analyse(project);
    await compiler.complete(project, "unikernel.ml", at("state.count"));
  }, true);
}
