/** `morgana check DIR` and `morgana build DIR` for MirageOS projects: a folder with `config.ml` and without `morgana.json`. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_FILE } from "../composition/project.ts";
import { CONFIG_FILE } from "../composition/mirage/evaluate.ts";
import { analyseMirageProject, type MirageComposition } from "../composition/mirage/project.ts";
import { imageTargets } from "../image/image.ts";
import type { Library } from "../packages/library.ts";
import { TypingSession } from "../typing/session.ts";
import { parseArguments, UsageError, type Arguments, type OptionSpec } from "./arguments.ts";
import { libraryFor } from "./packages.ts";
import { bytesToText } from "./report.ts";

/** Folders that hold what other tools made. */
const NOT_READ = new Set(["_build", ".git", ".hg", "node_modules", "duniverse", "_opam"]);
/** Projects are held in memory whole. */
const MAX_BYTES = 512 * 1024 * 1024;

/** The MirageOS project among a command's arguments, if there is one. */
export function mirageFolder(args: readonly string[]): string | undefined {
  return args.find((arg) => !arg.startsWith("-") && existsSync(join(arg, CONFIG_FILE)) && !existsSync(join(arg, PROJECT_FILE)));
}

/**
 * Tells a command's own options from the configure-time keys, which only the configuration knows: what is neither an option of
 * the command nor the folder is given to the configuration, in order.
 */
export function splitArguments(command: string, args: readonly string[], folder: string, specs: readonly OptionSpec[]): { readonly given: Arguments; readonly keys: readonly string[] } {
  const own: string[] = [];
  const keys: string[] = [];
  let isFolderSeen = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    const name = arg.startsWith("--") ? arg.split("=", 1)[0]! : arg;
    const spec = specs.find((s) => s.name === name || s.short === name);
    if (spec !== undefined) {
      own.push(arg);
      if (spec.value !== undefined && !arg.includes("=") && i + 1 < args.length) own.push(args[++i]!);
    } else if (arg === folder && !isFolderSeen) {
      isFolderSeen = true;
      own.push(arg);
    } else keys.push(arg);
  }
  return { given: parseArguments(command, own, specs), keys };
}

/** All files of a project's folder by path, one code unit a byte. */
export function readMirageFiles(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const open = new Set<string>();
  let bytes = 0;
  const read = (path: string, prefix: string): void => {
    const real = realpathSync(path);
    // A link to a folder around it.
    if (open.has(real)) return;
    open.add(real);
    for (const name of readdirSync(path).sort()) {
      if (NOT_READ.has(name)) continue;
      const file = join(path, name);
      const stat = statSync(file, { throwIfNoEntry: false });
      const key = `${prefix}${Buffer.from(name, "utf8").toString("latin1")}`;
      if (stat?.isDirectory() === true) read(file, `${key}/`);
      else if (stat?.isFile() === true) {
        bytes += stat.size;
        if (bytes > MAX_BYTES) throw new UsageError(`${folder}: the project is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
        files[key] = readFileSync(file, "latin1");
      }
    }
    open.delete(real);
  };
  read(folder, "");
  return files;
}

export interface MirageAnalysis {
  readonly composition: MirageComposition;
  readonly library: Library;
  readonly session: TypingSession;
}

/** Evaluates and checks a project. Throws `UsageError` for wrong keys. */
export function analyseMirageFolder(command: string, folder: string, given: Arguments, keys: readonly string[]): MirageAnalysis {
  const files = readMirageFiles(folder);
  // Libraries of the project's own (`~local_libs`) lie in its folders, with dune files.
  const hasLibraries = Object.keys(files).some((name) => name.includes("/") && name.endsWith("/dune"));
  const { library } = libraryFor(given, hasLibraries ? [folder] : [], { linking: command === "build" });
  const session = new TypingSession(library);
  const project = { files, target: given.value("--target") ?? "unix", keys: keys.map((key) => Buffer.from(key, "utf8").toString("latin1")) };
  const composition = analyseMirageProject(session, project, library, imageTargets.map((t) => t.name));
  if (composition.usage !== undefined) throw new UsageError(`${command}: ${bytesToText(composition.usage)}`);
  return { composition, library, session };
}
