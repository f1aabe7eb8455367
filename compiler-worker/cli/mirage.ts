/** `morgana check DIR` and `morgana build DIR` for MirageOS projects: a folder with `config.ml` and without `morgana.json`. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_FILE } from "../composition/project.ts";
import { CONFIG_FILE } from "../composition/mirage/evaluate.ts";
import { diagnosticFinding } from "../composition/findings.ts";
import { FOLDERS_OF_TOOLS, localLibraries, missingLibraries, requestedLibraries } from "../composition/mirage/libraries.ts";
import { analyseMirageProject, evaluateMirageProject, type MirageComposition } from "../composition/mirage/project.ts";
import { imageTargets } from "../image/image.ts";
import { ARCHIVE_NAME } from "../packages/archive/unpack.ts";
import { Library, OwnPackages } from "../packages/library.ts";
import { asFallback, type LibrarySource } from "../packages/resolve.ts";
import { SourceTree } from "../packages/source-tree.ts";
import { TypingSession } from "../typing/session.ts";
import { parseArguments, UsageError, type Arguments, type OptionSpec } from "./arguments.ts";
import { deferrable, readArchive } from "./files.ts";
import { FolderTree } from "./folder-tree.ts";
import { libraryFor } from "./packages.ts";
import { bytesToText } from "./report.ts";

/** Where opam-monorepo puts the sources of a project's packages: they serve for those that Morgana does not have itself. */
const PACKAGE_SOURCES = "duniverse";
/** Projects are held in memory whole. */
const MAX_BYTES = 512 * 1024 * 1024;

/** The MirageOS project among a command's arguments, if there is one. */
export function mirageFolder(args: readonly string[]): string | undefined {
  return args.find((arg) => !arg.startsWith("-") && existsSync(join(arg, CONFIG_FILE)) && !existsSync(join(arg, PROJECT_FILE)));
}

/**
 * Tells a command's own options from the configure-time keys, which only the configuration knows: what is neither an option of
 * the command nor the folder, nor a folder or an archive of libraries, is given to the configuration, in order.
 */
export function splitArguments(command: string, args: readonly string[], folder: string, specs: readonly OptionSpec[]): { readonly given: Arguments; readonly keys: readonly string[] } {
  const own: string[] = [];
  const keys: string[] = [];
  let isFolderSeen = false;
  // A folder or an archive of libraries; the value of a key is no such thing, whatever its name.
  const isTree = (i: number): boolean => {
    const before = args[i - 1];
    const isValue = before?.startsWith("-") === true && !before.includes("=") && !specs.some((s) => s.value === undefined && (s.name === before || s.short === before));
    return !isValue && !args[i]!.startsWith("-") && existsSync(args[i]!) && (ARCHIVE_NAME.test(args[i]!) || statSync(args[i]!).isDirectory());
  };
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
    } else if (isTree(i)) own.push(arg);
    else keys.push(arg);
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
      if (FOLDERS_OF_TOOLS.has(name)) continue;
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

/**
 * Evaluates and checks a project. The configuration is evaluated with Morgana's own packages; the project's local libraries and the
 * packages that it asks for are brought after that. Throws `UsageError` for wrong keys.
 */
export function analyseMirageFolder(command: string, folder: string, given: Arguments, keys: readonly string[]): MirageAnalysis {
  const files = readMirageFiles(folder);
  const own = new OwnPackages(readArchive());
  const plain = new Library(own);
  const bytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
  const environment = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [bytes(name), bytes(value ?? "")]));
  const project = { files, target: given.value("--target") ?? "unix", keys: keys.map(bytes), environment };
  const configuring = new TypingSession(plain, { deferrable });
  const evaluation = evaluateMirageProject(configuring, project, plain);
  const configuration = evaluation?.configuration;

  const local = configuration === undefined ? undefined : localLibraries(files, configuration);
  const requested = configuration === undefined ? [] : requestedLibraries(configuration, own);
  const trees = given.positional.filter((path) => path !== folder);
  const isPlain = local === undefined && requested.length === 0 && trees.length === 0 && !given.flag("--package") && !given.flag("--package-path");
  const library = isPlain ? plain : libraryFor(given, trees, { linking: command === "build", own, local, requested, fallbacks: packageSources(folder) }).library;
  const session = isPlain ? configuring : new TypingSession(library, { deferrable });

  const composition = analyseMirageProject(session, project, library, imageTargets.map((t) => t.name), evaluation);
  if (composition.usage !== undefined) throw new UsageError(`${command}: ${bytesToText(composition.usage)}`);
  if (configuration === undefined) return { composition, library, session };
  const missing = missingLibraries({ name: CONFIG_FILE, text: files[CONFIG_FILE]! }, configuration, local, library, own);
  const brought = [...missing, ...library.diagnostics.map(diagnosticFinding)];
  const obstacles = brought.filter((f) => f.severity === "error").map((f) => f.message.split("\n")[0]!);
  return { composition: { ...composition, findings: [...brought, ...composition.findings], obstacles: [...new Set([...obstacles, ...composition.obstacles])] }, library, session };
}

function packageSources(folder: string): readonly LibrarySource[] {
  const path = join(folder, PACKAGE_SOURCES);
  return existsSync(path) ? [asFallback(new SourceTree(new FolderTree(path)))] : [];
}
