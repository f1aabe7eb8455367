/**
 * The folders of a source tree as dune sees them: which it enters, the stanzas that hold in each, and the files in each with those
 * that rules make (dune's documentation, "dirs", "subdir", "include", "copy_files", "include_subdirs").
 */
import type { SourceFile } from "../syntax/diagnostics.ts";
import type { Place } from "./description.ts";
import { parseDuneProject, projectVersion, type DuneProject } from "./dune-project.ts";
import { NOT_RUN, readRule, type Execute, type Executed, type Rule } from "./dune-rules.ts";
import { constantVariables, DuneError, evaluateCondition, evaluateSet, expandOne, globMatcher, type Variables } from "./dune-values.ts";
import { GENERATORS, GeneratorError, type Generated } from "./generators/generators.ts";
import { joinPath, resolvePath, sourceFile, type FileTree } from "./file-tree.ts";
import { headOf, parseSexps, SexpError, type Sexp } from "./sexp.ts";

export interface Stanza {
  readonly sexp: Sexp & { readonly kind: "list" };
  readonly file: SourceFile;
}

/** What is wrong with a dune file: libraries that it defines cannot be trusted. */
export interface FolderProblem {
  readonly place: Place;
  readonly message: string;
}

export interface DuneFolder {
  readonly path: string;
  readonly stanzas: Stanza[];
  readonly problems: FolderProblem[];
  readonly project: DuneProject | undefined;
  /** Folders below that dune enters, by path. */
  readonly subfolders: readonly string[];
}

/** Where a file's text comes from. */
export type Origin =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  /** Made by a program that cannot be run here. */
  | { readonly kind: "program"; readonly what: string; readonly place: Place }
  /** Made by a generator that is run here and refuses its input. */
  | { readonly kind: "refused"; readonly message: string; readonly place: Place };

/** Files of another folder that are in this one, too. */
interface Copy {
  readonly folder: string;
  readonly accepts: (name: string) => boolean;
}

/** A stanza by which a generator of lexers or parsers makes modules. */
interface Generator {
  readonly stanza: Stanza;
  readonly what: string;
  /** Which of the generators that are run here it is, if it is one. */
  readonly tool: string | undefined;
  /** Targets and the files that they are made of. */
  readonly targets: ReadonlyMap<string, string>;
}

/** Runs a dune file that is an OCaml program: the stanzas that it sends, or why there are none. */
export type RunDuneProgram = (file: SourceFile) => { readonly stanzas: string } | { readonly failure: string; readonly line: number };

/** An executable of the tree: its modules' files, the main one, and what it is run with. */
export interface ExecutableRun {
  /** Texts of `.ml` and `.mli` files by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
  readonly libraries: readonly string[];
  readonly args: readonly string[];
  /** Files that it may read. */
  readonly readable: Readonly<Record<string, string>>;
}

/** Runs OCaml programs of trees here. */
export interface ProgramRunner {
  readonly dune: RunDuneProgram;
  readonly executable: (run: ExecutableRun) => Executed;
}

/** A tree deeper or wider than this was not written by hand. */
const MAX_DEPTH = 64;
const MAX_FOLDERS = 20_000;
const MAX_INCLUDES = 50;
/** A file that is copied from folder to folder more often is not followed. */
const MAX_COPIES = 100;

/** A dune file in OCaml's syntax begins so (dune's documentation, "OCaml syntax"). */
const OCAML_SYNTAX = /^\s*\(\*\s*-\*-\s*tuareg\s*-\*-\s*\*\)/;

/** Stanzas that concern the folders themselves. */
const ABOUT_FOLDERS = new Set(["dirs", "data_only_dirs", "vendored_dirs", "ignored_subdirs", "subdir", "include"]);

export class DuneFolders {
  readonly tree: FileTree;
  readonly #runner: ProgramRunner | undefined;
  readonly #folders = new Map<string, DuneFolder>();
  readonly #rules = new Map<string, readonly Rule[]>();
  readonly #copiesOf = new Map<string, readonly Copy[]>();
  readonly #generatorsOf = new Map<string, readonly Generator[]>();
  /** What generators made, by their names and inputs. */
  readonly #made = new Map<string, Generated>();
  /** Files being looked for, against copies in a circle. */
  readonly #active = new Set<string>();

  constructor(tree: FileTree, runner?: ProgramRunner) {
    this.tree = tree;
    this.#runner = runner;
    this.#scan();
  }

  /** All folders that dune enters, outer ones first. */
  all(): Iterable<DuneFolder> {
    return this.#folders.values();
  }

  get(path: string): DuneFolder | undefined {
    return this.#folders.get(path);
  }

  /** Whether any folder has a dune file. */
  get isDune(): boolean {
    for (const folder of this.#folders.values()) if (folder.stanzas.length > 0 || folder.problems.length > 0) return true;
    return false;
  }

  #scan(): void {
    const pending: { path: string; depth: number; project: DuneProject | undefined; inherited: Stanza[] }[] = [{ path: "", depth: 0, project: undefined, inherited: [] }];
    for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
      const listing = this.tree.list(item.path);
      if (listing === undefined || this.#folders.size >= MAX_FOLDERS) continue;
      const stanzas: Stanza[] = [];
      const problems: FolderProblem[] = [];
      const project = listing.files.includes("dune-project") ? (this.#readProject(item.path, listing.files, problems) ?? item.project) : item.project;
      const name = listing.files.includes("dune") ? "dune" : listing.files.includes("dune-file") ? "dune-file" : undefined;
      const file = name === undefined ? undefined : sourceFile(this.tree, joinPath(item.path, name));
      const all = [...item.inherited, ...(file === undefined ? [] : this.#readStanzas(file, problems))];
      const below = new Map<string, Stanza[]>();
      const about: Stanza[] = [];
      const queue = all.map((stanza) => ({ stanza, depth: 0 }));
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { stanza, depth } = next;
        const head = headOf(stanza.sexp);
        const first = stanza.sexp.items[1];
        if (head === "include") {
          const path = first?.kind === "atom" ? resolvePath(item.path, first.value) : undefined;
          const included = path === undefined ? undefined : sourceFile(this.tree, path);
          if (included === undefined || depth > MAX_INCLUDES) problems.push({ place: placeOf(stanza), message: included === undefined ? `the file ${first?.kind === "atom" ? first.value : ""} that is included here is not there (a rule may make it: run dune build once and keep it)` : "files are included in a circle" });
          else queue.unshift(...this.#readStanzas(included, problems).map((s) => ({ stanza: s, depth: depth + 1 })));
        } else if (head === "subdir") {
          // The folder's name may be a path.
          if (first?.kind !== "atom") problems.push({ place: placeOf(stanza), message: "(subdir FOLDER STANZAS...) is expected" });
          else {
            const names = first.value.split("/").filter((n) => n !== "" && n !== ".");
            const inner = stanza.sexp.items.slice(2).filter((s): s is Stanza["sexp"] => s.kind === "list");
            const child = names[0];
            if (child !== undefined && !names.includes("..")) {
              const list = below.get(child) ?? [];
              const rest = names.slice(1).join("/");
              list.push(...(rest === "" ? inner : [{ kind: "list" as const, line: stanza.sexp.line, items: [{ kind: "atom" as const, value: "subdir", line: stanza.sexp.line }, { kind: "atom" as const, value: rest, line: stanza.sexp.line }, ...inner] }]).map((sexp) => ({ sexp, file: stanza.file })));
              below.set(child, list);
            }
          }
        } else if (head !== undefined && ABOUT_FOLDERS.has(head)) about.push(stanza);
        else stanzas.push(stanza);
      }
      const entered = this.#entered(listing.folders, about, problems);
      const subfolders = entered.map((child) => joinPath(item.path, child));
      this.#folders.set(item.path, { path: item.path, stanzas, problems, project, subfolders });
      if (item.depth < MAX_DEPTH) for (const child of [...entered].reverse()) pending.push({ path: joinPath(item.path, child), depth: item.depth + 1, project, inherited: below.get(child) ?? [] });
    }
  }

  #readProject(folder: string, names: readonly string[], problems: FolderProblem[]): DuneProject | undefined {
    const file = sourceFile(this.tree, joinPath(folder, "dune-project"));
    if (file === undefined) return undefined;
    try {
      const opam = names.flatMap((name) => {
        const beside = name.length > 5 && name.endsWith(".opam") ? sourceFile(this.tree, joinPath(folder, name)) : undefined;
        return beside === undefined ? [] : [[name.slice(0, -5), beside] as const];
      });
      return parseDuneProject(file, new Map(opam));
    } catch (error) {
      if (!(error instanceof SexpError)) throw error;
      problems.push({ place: { file, line: error.line }, message: `this dune-project file cannot be read: ${error.message}` });
      return undefined;
    }
  }

  #readStanzas(given: SourceFile, problems: FolderProblem[]): Stanza[] {
    let file = given;
    if (OCAML_SYNTAX.test(file.text) && this.#runner !== undefined) {
      const ran = this.#runner.dune(file);
      if ("failure" in ran) {
        problems.push({ place: { file, line: ran.line }, message: `this dune file is an OCaml program, which was run here and failed: ${ran.failure}` });
        return [];
      }
      file = { name: `${file.name} (what it prints)`, text: ran.stanzas };
    } else if (OCAML_SYNTAX.test(file.text)) {
      problems.push({ place: { file, line: 1 }, message: "this dune file is an OCaml program that prints stanzas, which is not run here: replace it by what it prints (dune keeps it in _build/.dune)" });
      return [];
    }
    try {
      return parseSexps(file.text).flatMap((sexp) => {
        if (sexp.kind === "list" && headOf(sexp) !== undefined) return [{ sexp, file }];
        problems.push({ place: { file, line: sexp.line }, message: "a stanza (name ...) is expected here" });
        return [];
      });
    } catch (error) {
      if (!(error instanceof SexpError)) throw error;
      problems.push({ place: { file, line: error.line }, message: `this dune file cannot be read: ${error.message}` });
      return [];
    }
  }

  /** The subfolders that dune enters, of those that are there. */
  #entered(folders: readonly string[], about: readonly Stanza[], problems: FolderProblem[]): readonly string[] {
    const standard = (name: string): boolean => !/^[._]/.test(name);
    let isEntered = standard;
    const excluded: ((name: string) => boolean)[] = [];
    for (const stanza of about) {
      const head = headOf(stanza.sexp);
      try {
        const items = stanza.sexp.items.slice(1);
        const accepts = predicate(head === "ignored_subdirs" && items[0]?.kind === "list" ? items[0].items : items, head === "dirs" ? standard : () => false, stanza.sexp.line);
        if (head === "dirs") isEntered = accepts;
        else if (head !== "vendored_dirs") excluded.push(accepts);
      } catch (error) {
        if (!(error instanceof DuneError)) throw error;
        problems.push({ place: { file: stanza.file, line: error.line }, message: error.message });
      }
    }
    return folders.filter((name) => isEntered(name) && !excluded.some((accepts) => accepts(name)));
  }

  /** The names of a folder's files, with those that rules make, sorted. */
  fileNames(folder: string): readonly string[] {
    return [...this.#names(folder, new Set())].sort();
  }

  #names(folder: string, visited: Set<string>): Set<string> {
    const names = new Set(this.tree.list(folder)?.files ?? []);
    if (visited.has(folder) || visited.size > MAX_COPIES) return names;
    visited.add(folder);
    for (const rule of this.#rulesOf(folder)) for (const target of rule.targets.keys()) if (!target.includes("/")) names.add(target);
    for (const copy of this.#copies(folder)) for (const name of this.#names(copy.folder, visited)) if (copy.accepts(name)) names.add(name);
    for (const generator of this.#generators(folder)) for (const target of generator.targets.keys()) names.add(target);
    return names;
  }

  /** Where a file's text comes from; undefined when there is no such file. */
  origin(folder: string, name: string): Origin | undefined {
    const path = joinPath(folder, name);
    // Rules that are read, and run, for the sake of a file may read that file.
    if (this.#active.has(path)) return this.tree.list(folder)?.files.includes(name) === true ? { kind: "file", path } : undefined;
    if (this.#active.size > MAX_COPIES) return undefined;
    this.#active.add(path);
    try {
      return this.#origin(folder, name, path);
    } finally {
      this.#active.delete(path);
    }
  }

  #origin(folder: string, name: string, path: string): Origin | undefined {
    const isSource = this.tree.list(folder)?.files.includes(name) === true;
    for (const rule of this.#rulesOf(folder)) {
      const result = rule.targets.get(name);
      if (result === undefined || (isSource && (rule.sourceFirst || result.kind === "program"))) continue;
      if (result.kind === "text") return { kind: "text", path, text: result.text };
      if (result.kind === "refused") return { kind: "refused", message: result.message, place: this.#placeIn(folder, result.line) };
      if (result.kind === "generated") return this.#generated(result.tool, folder, result.of, path, this.#placeIn(folder, rule.line));
      if (result.kind === "program") return { kind: "program", what: result.what, place: this.#placeIn(folder, result.line) };
      const from = resolvePath(folder, result.of);
      const split = from === undefined ? undefined : { folder: from.split("/").slice(0, -1).join("/"), base: from.split("/").at(-1)! };
      const origin = split === undefined ? undefined : this.origin(split.folder, split.base);
      if (origin !== undefined) return origin;
      return { kind: "program", what: `copies ${result.of}, which is not there`, place: this.#placeIn(folder, rule.line) };
    }
    if (isSource) return { kind: "file", path };
    for (const copy of this.#copies(folder)) {
      if (!copy.accepts(name)) continue;
      const origin = this.origin(copy.folder, name);
      if (origin !== undefined) return origin;
    }
    for (const generator of this.#generators(folder)) {
      const source = generator.targets.get(name);
      if (source === undefined) continue;
      const place: Place = placeOf(generator.stanza);
      if (generator.tool === undefined) return { kind: "program", what: generator.what, place };
      return this.#generated(generator.tool, folder, source, path, place);
    }
    return undefined;
  }

  /** What a generator makes of a file of the folder. */
  #generated(tool: string, folder: string, source: string, path: string, place: Place): Origin {
    const generator = GENERATORS[tool]!;
    const text = this.readText(folder, source);
    if (text === undefined) return { kind: "refused", message: `the file ${source} is not there, of which ${tool} would make ${path.split("/").at(-1)!}`, place };
    const file = joinPath(this.tree.name, joinPath(folder, source));
    try {
      const key = `${tool} ${file}`;
      const whole = this.#made.get(key) ?? generator.run(text, file);
      this.#made.set(key, whole);
      const made = whole.get(/\.\w+$/.exec(path)?.[0] ?? "");
      return made === undefined ? { kind: "refused", message: `${tool} makes no ${path} of ${source}`, place } : { kind: "text", path, text: made };
    } catch (error) {
      if (!(error instanceof GeneratorError)) throw error;
      return { kind: "refused", message: error.message, place: { file: { name: file, text }, line: error.line } };
    }
  }

  #placeIn(folder: string, line: number): Place {
    const stanza = this.#folders.get(folder)?.stanzas.find((s) => s.sexp.line === line && headOf(s.sexp) === "rule");
    return { file: stanza?.file ?? { name: joinPath(this.tree.name, joinPath(folder, "dune")), text: "" }, line };
  }

  /** The text of a file of a folder by its path there. */
  readText(folder: string, path: string): string | undefined {
    const whole = resolvePath(folder, path);
    if (whole === undefined) return undefined;
    const origin = this.origin(whole.split("/").slice(0, -1).join("/"), whole.split("/").at(-1)!);
    return origin?.kind === "file" ? this.tree.read(origin.path) : origin?.kind === "text" ? origin.text : undefined;
  }

  /** Runs executables of the tree for what is in a folder. */
  executeIn(folder: string): Execute {
    return (program, cwd, args, readable) => {
      if (this.#runner === undefined) return undefined;
      if (program === "ocaml") return this.#runScript(folder, cwd, args, readable);
      if (!/^[^%]*\.(?:exe|bc)$/.test(program)) return undefined;
      const path = program.startsWith("/") ? resolvePath(this.#projectRoot(folder), program.slice(1)) : resolvePath(folder, cwd === "" ? program : `${cwd}/${program}`);
      const main = path?.split("/").at(-1)!.replace(/\.(?:exe|bc)$/, "");
      const found = path === undefined || main === undefined ? undefined : this.#executable(path.split("/").slice(0, -1).join("/"), main);
      if (main === undefined || found === undefined) return undefined;
      return this.#runner.executable({ ...found, main, args, readable: this.#readable(folder, cwd, [...args, ...readable]) });
    };
  }

  /** Files of a folder, for programs, by the names that they are given, by their own, and as they are seen from the folder that the program is run in; and that folder itself. */
  #readable(folder: string, cwd: string, names: readonly string[]): Record<string, string> {
    const from = resolvePath(folder, cwd === "" ? "." : cwd);
    const seen = (whole: string): string | undefined => (from === undefined || from === "" ? whole : whole.startsWith(`${from}/`) ? whole.slice(from.length + 1) : undefined);
    const files = names.flatMap((name) => {
      const text = this.readText(folder, name);
      return text === undefined ? [] : [[name, text], [name.split("/").at(-1)!, text], [seen(resolvePath(folder, name)!) ?? name, text]];
    });
    return Object.fromEntries([[`${seen(folder) ?? "."}/`, ""], ...files]);
  }

  /** `ocaml [FILE.cma …] SCRIPT.ml …`: a program in one file; what it asks of the toplevel other than libraries of OCaml's is not there. */
  #runScript(folder: string, cwd: string, words: readonly string[], readable: readonly string[]): Executed | undefined {
    const at = words.findIndex((word) => word.endsWith(".ml"));
    if (at < 0 || words.slice(0, at).some((word) => !/^(?:unix|str)\.cma$/.test(word))) return undefined;
    const [script, args] = [words[at]!, words.slice(at + 1)];
    const whole = this.readText(folder, cwd === "" ? script : `${cwd}/${script}`);
    const text = whole?.replace(/^#\s*load\s*"(?:unix|str)\.cma"\s*;;/gm, (directive) => " ".repeat(directive.length));
    if (text === undefined || /^#\s*[a-z]/m.test(text)) return undefined;
    const main = script.split("/").at(-1)!.replace(/\.ml$/, "");
    if (!/^[A-Za-z]\w*$/.test(main)) return undefined;
    return this.#runner!.executable({ files: { [`${main}.ml`]: text }, libraries: [], main, args, readable: this.#readable(folder, cwd, [...args, ...readable]) });
  }

  #variablesIn(folder: string): Variables {
    const root = rootVariables(folder, this.#projectRoot(folder));
    return (name, argument, line) => {
      const version = name === "version" && argument !== undefined ? projectVersion(this.#folders.get(folder)?.project, argument) : undefined;
      return version === undefined ? root(name, argument, line) : [version];
    };
  }

  /** The folder of the project that a folder is part of. */
  #projectRoot(folder: string): string {
    const file = this.#folders.get(folder)?.project?.file.name;
    return file === undefined ? "" : file.slice(this.tree.name.length + 1).split("/").slice(0, -1).join("/");
  }

  /** An executable by its name: the files of its modules, without those that begin other programs. */
  #executable(folder: string, main: string): { readonly files: Readonly<Record<string, string>>; readonly libraries: readonly string[] } | undefined {
    for (const { sexp } of this.#folders.get(folder)?.stanzas ?? []) {
      if (!/^executables?$/.test(headOf(sexp) ?? "")) continue;
      const field = (...names: string[]): readonly Sexp[] | undefined => sexp.items.flatMap((i) => (i.kind === "list" && names.includes(headOf(i) ?? "") ? [i.items.slice(1)] : []))[0];
      const words = (items: readonly Sexp[] | undefined): string[] => (items ?? []).flatMap((i) => (i.kind === "atom" ? [i.value] : []));
      const names = words(field("name", "names"));
      if (!names.includes(main)) continue;
      const restricted = field("modules");
      const bases = new Set(this.fileNames(folder).flatMap((name) => /^([A-Za-z]\w*)\.mli?$/.exec(name)?.[1] ?? []));
      let wanted: readonly string[] = [...bases];
      try {
        if (restricted !== undefined) wanted = evaluateSet(restricted, wanted, constantVariables, () => []);
      } catch (error) {
        if (!(error instanceof DuneError)) throw error;
        return undefined;
      }
      const lower = new Set(wanted.map((name) => name.toLowerCase()));
      const files: Record<string, string> = {};
      for (const base of bases) {
        if ((!lower.has(base.toLowerCase()) && base !== main) || (base !== main && names.includes(base))) continue;
        for (const name of [`${base}.ml`, `${base}.mli`]) {
          const text = this.readText(folder, name);
          if (text !== undefined) files[name] = text;
        }
      }
      return { files, libraries: words(field("libraries")) };
    }
    return undefined;
  }

  #rulesOf(folder: string): readonly Rule[] {
    const known = this.#rules.get(folder);
    if (known !== undefined) return known;
    // While they are read, a rule finds the results of those before it; one that needs those of later ones is read again.
    const rules: Rule[] = [];
    this.#rules.set(folder, rules);
    let pending = (this.#folders.get(folder)?.stanzas ?? []).filter((stanza) => headOf(stanza.sexp) === "rule");
    for (let left = pending.length + 1; pending.length > 0 && pending.length < left; ) {
      left = pending.length;
      const failed: { readonly stanza: Stanza; readonly rule: Rule }[] = [];
      for (const stanza of pending) {
        const rule = this.#readRule(folder, stanza);
        if (rule === undefined) continue;
        if ([...rule.targets.values()].some((result) => result.kind === "refused") || rule.isUnknown === true) failed.push({ stanza, rule });
        else rules.push(rule);
      }
      pending = failed.map((f) => f.stanza);
      if (pending.length === left || pending.length === 0) rules.push(...failed.map((f) => f.rule));
    }
    return rules;
  }

  #readRule(folder: string, stanza: Stanza): Rule | undefined {
    try {
      return readRule(stanza.sexp, this.#variablesIn(folder), (path) => this.readText(folder, path), this.executeIn(folder));
    } catch (error) {
      if (!(error instanceof DuneError)) throw error;
      // A rule that is not understood matters only to those who need its targets.
      const targets = stanza.sexp.items.filter((i) => headOf(i) === "targets" || headOf(i) === "target").flatMap((i) => (i.kind === "list" ? i.items.slice(1) : []));
      const what = `is not understood: ${error.message}`;
      return { line: stanza.sexp.line, sourceFirst: true, isUnknown: true, targets: new Map(targets.flatMap((t) => (t.kind === "atom" ? [[t.value, { kind: "program", what, line: stanza.sexp.line } as const] as const] : []))) };
    }
  }

  #copies(folder: string): readonly Copy[] {
    let known = this.#copiesOf.get(folder);
    if (known === undefined) {
      known = this.#readCopies(folder);
      this.#copiesOf.set(folder, known);
    }
    return known;
  }

  #readCopies(folder: string): readonly Copy[] {
    const copies: { folder: string; accepts: (name: string) => boolean }[] = [];
    const dune = this.#folders.get(folder);
    for (const stanza of dune?.stanzas ?? []) {
      const head = headOf(stanza.sexp);
      if (head !== "copy_files" && head !== "copy_files#") continue;
      const items = stanza.sexp.items.slice(1);
      const fields = items.filter((i) => i.kind === "list");
      const files = items[0]?.kind === "atom" ? items[0] : fields.find((i) => headOf(i) === "files")?.items[1];
      try {
        const condition = fields.find((i) => headOf(i) === "enabled_if")?.items[1];
        if (files === undefined || (condition !== undefined && !evaluateCondition(condition, constantVariables))) continue;
        const glob = expandOne(files, this.#variablesIn(folder));
        const slash = glob.lastIndexOf("/");
        const from = resolvePath(folder, slash < 0 ? "." : glob.slice(0, slash));
        const accepts = globMatcher(glob.slice(slash + 1));
        if (from === undefined || accepts === undefined || from === folder) throw new DuneError(`the files ${glob} cannot be copied here: ${from === undefined ? "they lie outside" : "the pattern is not understood"}`, stanza.sexp.line);
        copies.push({ folder: from, accepts });
      } catch (error) {
        if (!(error instanceof DuneError)) throw error;
        dune!.problems.push({ place: { file: stanza.file, line: error.line }, message: error.message });
      }
    }
    return copies;
  }

  /** Stanzas by which a generator of lexers or parsers makes modules. */
  #generators(folder: string): readonly Generator[] {
    let known = this.#generatorsOf.get(folder);
    if (known === undefined) {
      known = this.#readGenerators(folder);
      this.#generatorsOf.set(folder, known);
    }
    return known;
  }

  #readGenerators(folder: string): readonly Generator[] {
    const found: Generator[] = [];
    for (const stanza of this.#folders.get(folder)?.stanzas ?? []) {
      const head = headOf(stanza.sexp);
      if (head !== "ocamllex" && head !== "ocamlyacc" && head !== "menhir") continue;
      const items = stanza.sexp.items.slice(1);
      const named = items.find((i) => headOf(i) === "modules");
      const list = (named === undefined ? items : named.kind === "list" ? named.items.slice(1) : []).flatMap((i) => (i.kind === "atom" ? [i.value] : []));
      const merged = items.find((i) => headOf(i) === "merge_into");
      const base = merged?.kind === "list" && merged.items[1]?.kind === "atom" ? [merged.items[1].value] : list;
      const source = head === "ocamllex" ? "mll" : "mly";
      const targets = new Map(base.flatMap((m) => (head === "ocamllex" ? [`${m}.ml`] : [`${m}.ml`, `${m}.mli`]).map((target) => [target, `${m}.${source}`] as const)));
      found.push({ stanza, what: `runs ${head} on ${list.map((m) => `${m}.${source}`).join(", ")}${NOT_RUN}`, tool: head in GENERATORS ? head : undefined, targets });
    }
    return found;
  }
}

export function placeOf(stanza: Stanza): Place {
  return { file: stanza.file, line: stanza.sexp.line };
}

/** Paths to the roots of the project, as seen from a folder. */
function rootVariables(folder: string, root: string): Variables {
  const inside = root === "" ? folder : folder.slice(root.length + 1);
  return (name, argument, line) => {
    if (argument === undefined && (name === "project_root" || name === "workspace_root" || name === "root")) return [inside === "" ? "." : inside.split("/").map(() => "..").join("/")];
    return constantVariables(name, argument, line);
  };
}

/** Names of folders by a predicate: globs, `:standard`, `\`, `or`, `and`, `not` (dune's documentation, "Predicate Language"). */
function predicate(items: readonly Sexp[], standard: (name: string) => boolean, line: number, depth = 0): (name: string) => boolean {
  if (depth > MAX_DEPTH) throw new DuneError("this predicate is nested too deeply", line);
  const minus = items.findIndex((item) => item.kind === "atom" && item.value === "\\");
  const positive = (minus < 0 ? items : items.slice(0, minus)).map((item): ((name: string) => boolean) => {
    if (item.kind === "list") {
      const head = headOf(item);
      const rest = item.items.slice(1);
      if (head === "not") {
        const inner = predicate(rest, standard, item.line, depth + 1);
        return (name) => !inner(name);
      }
      if (head === "and") {
        const parts = rest.map((part) => predicate([part], standard, item.line, depth + 1));
        return (name) => parts.every((accepts) => accepts(name));
      }
      return predicate(head === "or" ? rest : item.items, standard, item.line, depth + 1);
    }
    if (item.value === ":standard") return standard;
    const accepts = globMatcher(item.value);
    if (accepts === undefined) throw new DuneError(`the pattern ${item.value} is not understood`, item.line);
    return accepts;
  });
  const without = minus < 0 ? undefined : predicate(items.slice(minus + 1), standard, line, depth + 1);
  return (name) => positive.some((accepts) => accepts(name)) && without?.(name) !== true;
}
