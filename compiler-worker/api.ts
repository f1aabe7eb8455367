/**
 * What the compiler offers to its front doors. The worker exposes a `CompilerService` to the studio (through comlink);
 * the command line calls the same functions. Everything here is plain data that can be posted between threads.
 *
 * Texts of the studio are ordinary JavaScript strings (UTF-16); positions are Monaco's: lines and columns from 1,
 * columns in UTF-16 units. The service converts from and to bytes.
 */
import type { Device } from "./composition/catalogue.ts";
import type { Combinator } from "./composition/mirage/dsl.ts";
import type { StatedGraph } from "./composition/mirage/graph.ts";
import type { Configuration } from "./composition/mirage/model.ts";
import type { GraphEdge, ProjectManifest } from "./composition/project.ts";

export interface TargetInfo {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** Suffix of the image's file name: `.elf`. */
  readonly suffix: string;
  /** How to boot the image, with `IMAGE` for the file: shown beside the download. */
  readonly bootCommand: string;
}

export interface Catalogue {
  readonly devices: readonly Device[];
  /** The combinators of MirageOS's configurations, which are the devices of MirageOS projects. */
  readonly mirage: readonly Combinator[];
  readonly targets: readonly TargetInfo[];
}

/** A project as the studio holds it. */
export interface StudioProject {
  readonly manifest: ProjectManifest;
  /** OCaml sources by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** Identities of the trees of libraries that it brings, which the compiler was given before by `addLibraries`. */
  readonly trees?: readonly string[];
  /** A MirageOS project: its graph is what `config.ml` among the files says, the manifest's is not looked at. */
  readonly mirage?: MirageSettings;
}

export interface MirageSettings {
  /** Configure-time keys as on the command line. */
  readonly keys: readonly string[];
  /** The tree (given by `addLibraries`) of files in folders: those put into the image, local libraries. */
  readonly folders?: string;
}

/** A folder or an archive with sources of OCaml libraries. */
export interface LibraryTree {
  readonly id: string;
  /** How messages name it: `re-1.11.0`. */
  readonly name: string;
  /** By path, with `/` between names; contents one code unit a byte. */
  readonly files: Readonly<Record<string, string>>;
}

/** What a tree of libraries comes to in a project. */
export interface TreeReport {
  readonly tree: string;
  readonly libraries: readonly BroughtLibrary[];
  /** What is wrong with the tree apart from its libraries. */
  readonly problems: readonly string[];
}

export interface BroughtLibrary {
  /** `re.emacs` */
  readonly name: string;
  readonly version: string | undefined;
  /** As its metadata have it: an SPDX expression, mostly. */
  readonly licence: string | undefined;
  readonly summary: string | undefined;
  /** How many modules it has. */
  readonly modules: number;
  /** Those that a program sees, and the functors in them; empty when the library cannot be used. */
  readonly devices: readonly Device[];
  readonly problems: readonly { readonly severity: "error" | "warning"; readonly message: string }[];
}

/** The files of a MirageOS project by path (`config.ml`, `unikernel.ml`, `files/index.html`): texts, or bytes. */
export type MirageFiles = Readonly<Record<string, string | Uint8Array>>;

export interface MirageOptions {
  /** As `morgana build -t` takes it; the default is `unix`. */
  readonly target?: string;
  /** Configure-time keys as on the command line: `--net=host`, `--no-dhcp`. */
  readonly keys?: readonly string[];
}

/** A MirageOS project as it was found. */
export interface OpenedMirageProject {
  readonly problems: readonly Problem[];
  /** What config.ml says; undefined when it could not be evaluated. */
  readonly configuration: Configuration | undefined;
  /** What is wrong with target and keys. */
  readonly usage: string | undefined;
  /** Why *Build* would make nothing: one sentence each; empty when it can build. */
  readonly obstacles: readonly string[];
  /** The generated `main.ml`, when config.ml could be evaluated. */
  readonly main: string | undefined;
}

export interface TextRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One entry of the problems list. */
export interface Problem {
  readonly severity: "error" | "warning";
  /** File of the project or of a library (`re-1.11.0/lib/core.ml`); undefined for a problem of the graph as a whole. */
  readonly file: string | undefined;
  readonly range: TextRange | undefined;
  /** Node or edge (by index in the manifest) that the problem belongs to. */
  readonly node: string | undefined;
  readonly edge: number | undefined;
  readonly message: string;
  /** As the command line prints it: `File "unikernel.ml", line 3, characters 4-9:` and what follows. */
  readonly rendered: string;
}

/** A functor parameter or the result of a node's module. */
export interface Port {
  /** Parameter name; "" for the result. */
  readonly name: string;
  /** The module type as written or named: `Mirage_flow.S`. */
  readonly typeName: string;
  /** The signature in full, as OCaml prints it. */
  readonly signature: string;
}

/** What the type checker says of a node. */
export interface NodeTypes {
  readonly id: string;
  /** One for each functor parameter, in order. */
  readonly inputs: readonly Port[];
  readonly output: Port | undefined;
  /** Why its module has no type (a syntax error, no such module, …); undefined when it has one. */
  readonly error: string | undefined;
}

/** One item by which a provided signature fails the required one. */
export interface Mismatch {
  /** Path of modules to the item: `["TCP"]`; empty at the top. */
  readonly path: readonly string[];
  /** `value`, `type`, `module`, `module type`, `exception`, `class`. */
  readonly itemKind: string;
  readonly name: string;
  /** What is required, as an item of a signature; "" when not applicable. */
  readonly required: string;
  /** What is provided; undefined when the item is missing. */
  readonly provided: string | undefined;
  readonly reason: string;
}

export interface EdgeCheck {
  /** Index in the manifest's `edges`. */
  readonly index: number;
  /** No mismatch was found. */
  readonly ok: boolean;
  /** Why more cannot be said yet (something below is not wired); undefined when the check is whole. */
  readonly pending: string | undefined;
  /** Signature that the port requires and the module type that the source node gives. */
  readonly required: string;
  readonly provided: string;
  readonly mismatches: readonly Mismatch[];
  /** OCaml's message in full. */
  readonly message: string;
}

export interface Analysis {
  readonly problems: readonly Problem[];
  readonly nodes: readonly NodeTypes[];
  readonly edges: readonly EdgeCheck[];
  /** Why *Build* would make nothing: one sentence each; empty when it can build. */
  readonly obstacles: readonly string[];
  /** The generated `main.ml`, when the graph is complete. */
  readonly main: string | undefined;
  /** The graph as a MirageOS `config.ml`, when it is complete and one can say it. Not of MirageOS projects, which have their own. */
  readonly configuration?: string | undefined;
  /** One for each of the project's trees of libraries. */
  readonly trees: readonly TreeReport[];
  /** Of a MirageOS project whose `config.ml` could be evaluated. */
  readonly mirage?: MirageView;
}

/** What `config.ml` says, for the canvas. */
export interface MirageView extends StatedGraph {
  readonly configuration: Configuration;
}

export interface StageTime {
  readonly stage: string;
  readonly milliseconds: number;
}

export interface ImagePart {
  /** `text`, `rodata`, `data`, `headers`, … */
  readonly name: string;
  readonly bytes: number;
}

export type BuildResult =
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly obstacles: readonly string[]; readonly stages: readonly StageTime[] }
  | {
      readonly ok: true;
      readonly problems: readonly Problem[];
      readonly stages: readonly StageTime[];
      readonly fileName: string;
      readonly image: Uint8Array;
      /** Lower-case hexadecimal. */
      readonly sha256: string;
      /** What the image is once it has unpacked itself; its own length if it does not. */
      readonly unpackedBytes: number;
      /** Of the image once unpacked. */
      readonly parts: readonly ImagePart[];
      /** Each licence with the packages under it whose code is in the image. */
      readonly licences: string;
    };

/** A place in a file of the project. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

export interface Hover {
  readonly range: TextRange;
  /** OCaml text: a type, or an item of a signature. */
  readonly code: string;
  /** The definition's documentation comment. */
  readonly documentation: string | undefined;
}

export interface Definition {
  /** A file of the project, or of the library: `lwt/lwt.mli`. */
  readonly file: string;
  readonly origin: "project" | "library";
  /** The file's text. */
  readonly text: string;
  readonly range: TextRange;
  /** Of a library's module with interface and implementation, the other file. */
  readonly other?: { readonly file: string; readonly text: string };
}

export interface Completion {
  readonly label: string;
  readonly kind: "value" | "constructor" | "label" | "type" | "module" | "moduleType" | "keyword";
  readonly detail: string;
  readonly documentation: string | undefined;
}

export interface CompletionList {
  /** What a chosen completion replaces. */
  readonly range: TextRange;
  readonly items: readonly Completion[];
}

/** A place where a symbol of the program stands. */
export interface SymbolReference {
  readonly file: string;
  readonly range: TextRange;
  readonly isDefinition: boolean;
}

export interface TextEdit {
  readonly file: string;
  readonly range: TextRange;
  readonly text: string;
}

/** What is to be renamed, or why it cannot be. */
export type Renamable = { readonly ok: true; readonly name: string; readonly range: TextRange } | { readonly ok: false; readonly reason: string };

/** Names of the graph that are names of the program's text. */
export interface GraphRenaming {
  /** Modules of application nodes. */
  readonly modules: readonly { readonly node: string; readonly module: string }[];
  /** Ports, which are parameters of functors. */
  readonly ports: readonly { readonly node: string; readonly from: string; readonly to: string }[];
}

export type Renaming =
  | {
      readonly ok: true;
      readonly edits: readonly TextEdit[];
      /** What the graph calls otherwise then. */
      readonly graph: GraphRenaming;
    }
  | { readonly ok: false; readonly reason: string };

export interface SignatureHelp {
  /** `List.map : ('a -> 'b) -> 'a list -> 'b list` */
  readonly label: string;
  /** Where the parameters are in it, in UTF-16 units from 0. */
  readonly parameters: readonly { readonly start: number; readonly end: number }[];
  /** Index of the parameter that is being written. */
  readonly active: number;
  readonly documentation: string | undefined;
}

export interface OutlineItem {
  readonly name: string;
  readonly kind: "module" | "functor" | "moduleType" | "value" | "function" | "type" | "constructor" | "field" | "exception" | "class" | "method";
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly children: readonly OutlineItem[];
}

/** What could be written for a problem to go away. */
export interface CodeFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Message and place of the problem. */
  readonly message: string;
  readonly range: TextRange;
}

export interface CompilerService {
  catalogue(): Promise<Catalogue>;
  /** Takes a tree of libraries, which projects name afterwards. */
  addLibraries(tree: LibraryTree): Promise<void>;
  /** Types and checks the project; called after every edit. Never rejects for what the user wrote. */
  analyse(project: StudioProject): Promise<Analysis>;
  /**
   * Would these wires fit? Each edge is checked by itself, as if it were in the project in place of the wire that its
   * port has now (the other wires as they are). One answer for each edge, in order; `index` is the place in `edges`.
   * An edge that names a node or a port that does not exist is answered with `ok: false` and the reason as `message`.
   */
  checkEdges(project: StudioProject, edges: readonly GraphEdge[]): Promise<readonly EdgeCheck[]>;
  /** The type, or the definition, of what is at a place, in a file of the project or (`lwt/lwt.mli`) of the library; undefined when nothing is known. */
  hover(project: StudioProject, file: string, position: TextPosition): Promise<Hover | undefined>;
  /** Where the name at a place is defined; of an item of an interface, where it is implemented. */
  definition(project: StudioProject, file: string, position: TextPosition): Promise<Definition | undefined>;
  /** Where a module that the project can name is defined: `Mirage_sleep`. */
  moduleSource(project: StudioProject, path: string): Promise<Definition | undefined>;
  /** What could be written at a place, types shown. */
  complete(project: StudioProject, file: string, position: TextPosition): Promise<CompletionList>;
  /** The signature of the function whose argument is being written at a place. */
  signatureHelp(project: StudioProject, file: string, position: TextPosition): Promise<SignatureHelp | undefined>;
  /** Where what is named at a place stands in the project; `within` its file only. */
  references(project: StudioProject, file: string, position: TextPosition, within: boolean): Promise<readonly SymbolReference[]>;
  renamable(project: StudioProject, file: string, position: TextPosition): Promise<Renamable>;
  /** The edits by which what is named at a place gets another name; refused when the program would mean something else by them. */
  rename(project: StudioProject, file: string, position: TextPosition, name: string): Promise<Renaming>;
  /** The definitions of a file. */
  outline(project: StudioProject, file: string): Promise<readonly OutlineItem[]>;
  /** Fixes for the problems of a file that touch a range. */
  fixes(project: StudioProject, file: string, range: TextRange): Promise<readonly CodeFix[]>;
  /** Evaluates the `config.ml` of a MirageOS project and checks the whole. Never rejects for what is in the files. */
  openMirageProject(files: MirageFiles, options: MirageOptions): Promise<OpenedMirageProject>;
  /** Compiles a MirageOS project. */
  buildMirageProject(files: MirageFiles, options: MirageOptions, onStage: (stage: string) => void): Promise<BuildResult>;
  /** Compiles for `project.manifest.target`. `onStage` is told each stage as it begins. */
  build(project: StudioProject, onStage: (stage: string) => void): Promise<BuildResult>;
}
