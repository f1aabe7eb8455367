/** The state of the studio: one object, from which every view is drawn. */
import type { BuildResult, Catalogue, EdgeCheck, MirageView, NodeTypes, Port, Problem, TreeReport } from "../../compiler-worker/api.ts";
import type { NodePosition } from "../../compiler-worker/composition/project.ts";
import type { GraphFragment } from "../model/graph.ts";
import type { FileId, StudioDocument, Texts, Trees } from "../model/document.ts";

/** An entry of the problems list, with the wire that it belongs to named by its key. */
export interface StudioProblem extends Omit<Problem, "edge"> {
  readonly edge: string | undefined;
}

/** What the compiler last said of the project. */
export interface CheckedProject {
  /** The document and texts that were checked. */
  readonly document: StudioDocument;
  readonly texts: Texts;
  readonly problems: readonly StudioProblem[];
  readonly nodes: Readonly<Record<string, NodeTypes>>;
  /** By edge key. */
  readonly edges: Readonly<Record<string, EdgeCheck>>;
  readonly obstacles: readonly string[];
  /** The generated program. */
  readonly main: string | undefined;
  /** The graph as a MirageOS configuration; of projects that are none. */
  readonly configuration?: string | undefined;
  /** What the project's trees of libraries come to. */
  readonly trees: readonly TreeReport[];
  /** Of a MirageOS project: what its configuration said when it could be evaluated last. */
  readonly configured?: MirageView | undefined;
}

/** Ports as last known: they stay on the canvas while the source has an error. */
export interface KnownPorts {
  readonly inputs: readonly Port[];
  readonly output: Port | undefined;
}

export type CompilerStatus =
  | { readonly phase: "starting" }
  | { readonly phase: "ready" }
  /** It ended by itself and is being started again. */
  | { readonly phase: "restarting"; readonly reason: string }
  /** It ended again and again; only the user starts it now. */
  | { readonly phase: "stopped"; readonly reason: string };

export interface BuildStage {
  readonly stage: string;
  /** Milliseconds since the build began. */
  readonly at: number;
}

export type BuildState =
  | { readonly status: "none" }
  | { readonly status: "running"; readonly stages: readonly BuildStage[]; readonly startedAt: number }
  | { readonly status: "done"; readonly result: BuildResult; readonly problems: readonly StudioProblem[]; readonly fingerprint: string; readonly target: string; readonly milliseconds: number }
  /** The compiler itself failed: not the user's doing. */
  | { readonly status: "broken"; readonly message: string };

export interface PortReference {
  readonly node: string;
  /** "" is the node's result. */
  readonly port: string;
}

export interface Selection {
  readonly nodes: readonly string[];
  /** Edge keys. */
  readonly edges: readonly string[];
  /** The port whose signature the inspector shows. */
  readonly port: PortReference | undefined;
}

/** Verdicts on wires that could be drawn, by edge key, for the project with one fingerprint. */
export interface Fits {
  readonly fingerprint: string;
  readonly checks: Readonly<Record<string, EdgeCheck>>;
}

export type SaveStatus = { readonly status: "saved" } | { readonly status: "saving" } | { readonly status: "failed"; readonly message: string } | { readonly status: "conflict" };

export interface ProjectSummary {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly savedAt: number;
}

export interface Template {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What is told in passing. */
export interface Message {
  readonly id: number;
  readonly kind: "info" | "success" | "error";
  readonly title: string;
  readonly details: readonly string[];
}

/** A question that the user must answer before an action goes on. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly choices: readonly { readonly value: string; readonly label: string; readonly kind: "primary" | "danger" | "plain" }[];
  readonly answer: (value: string | undefined) => void;
}

/** A place in what the editor can show. */
export interface Place {
  readonly file: FileId;
  readonly line: number;
  readonly column: number;
}

/** A file of the library, or of a library that the project brings, with the other file of its module (interface, implementation). */
export interface LibraryFile {
  /** `lwt/lwt.mli` */
  readonly file: string;
  readonly text: string;
  readonly other?: { readonly file: string; readonly text: string };
}

export interface LeftPlace extends Place {
  /** When it is in a file of the library. */
  readonly libraryFile?: LibraryFile;
}

export type DialogName = "commands" | "projects" | "templates" | "rename-project" | "new-file" | "rename-file" | "shortcuts" | undefined;

/** Parts of the window that the keyboard goes to by name. */
export type PanelName = "palette" | "canvas" | "inspector" | "editor" | "problems" | "build" | "messages";

export type ThemeChoice = "system" | "light" | "dark";

/** The user's arrangement of the window; sizes in pixels, or as shares of what is divided. */
export interface Layout {
  readonly paletteWidth: number;
  readonly paletteOpen: boolean;
  /** Share of the width, between canvas and editor. */
  readonly canvasShare: number;
  readonly editorOpen: boolean;
  /** Share of the height of the canvas's column. */
  readonly inspectorShare: number;
  readonly inspectorOpen: boolean;
  /** Share of the height of the editor's column. */
  readonly outputShare: number;
  readonly outputOpen: boolean;
  readonly outputTab: "problems" | "build";
}

export interface Preferences {
  readonly theme: ThemeChoice;
  readonly minimap: boolean;
  readonly layout: Layout;
}

export interface StudioState {
  /** Undone and redone; everything else is not. */
  readonly document: StudioDocument;
  readonly texts: Texts;
  /** The trees of libraries that this project has or had, by identity. */
  readonly trees: Trees;
  /** Undefined until a project is open. */
  readonly projectId: string | undefined;
  /** The compiler's, with the modules of the libraries that the project brings. */
  readonly catalogue: Catalogue | undefined;
  readonly templates: readonly Template[];
  readonly projects: readonly ProjectSummary[];

  readonly selection: Selection;
  /** Places of nodes while they are dragged. */
  readonly dragged: Readonly<Record<string, NodePosition>>;
  readonly clipboard: GraphFragment | undefined;
  /** How often the clipboard was pasted, so that copies do not lie on each other. */
  readonly pastes: number;
  /** The file that the editor shows: one of the project, a generated one, one of the library. */
  readonly activeFile: FileId | undefined;
  /** The file of the library that is looked at. */
  readonly libraryFile: LibraryFile | undefined;
  /** Places that were left for a definition, the last one last. */
  readonly trail: readonly LeftPlace[];
  /** A place in a file to show; the number tells one request from the next. */
  readonly reveal: (Place & { readonly request: number }) | undefined;
  /** Nodes to bring into view on the canvas, all when empty; the number tells one request from the next. */
  readonly focus: { readonly nodes: readonly string[]; readonly request: number } | undefined;
  /** The panel that is to take the keyboard's focus, until it has taken it. */
  readonly panelFocus: PanelName | undefined;

  readonly compiler: CompilerStatus;
  /** Whether an answer about the present project is outstanding, and whether it takes long. */
  readonly checking: "no" | "yes" | "slow";
  readonly checked: CheckedProject | undefined;
  /** By `portsKey`. */
  readonly ports: Readonly<Record<string, KnownPorts>>;
  readonly fits: Fits | undefined;
  readonly build: BuildState;

  readonly saving: SaveStatus;
  /** Whether projects are kept when the tab is closed; some browsers give no database. */
  readonly lasting: boolean;
  readonly dialog: DialogName;
  /** What the dialog is about (a file for `rename-file`). */
  readonly dialogSubject: string | undefined;
  readonly question: Question | undefined;
  /** Those that are still shown, oldest first. */
  readonly messages: readonly Message[];
  readonly preferences: Preferences;
  /** The theme that the system asks for. */
  readonly systemDark: boolean;
}

export const defaultPreferences: Preferences = {
  theme: "system",
  minimap: true,
  layout: { paletteWidth: 232, paletteOpen: true, canvasShare: 0.52, editorOpen: true, inspectorShare: 0.42, inspectorOpen: true, outputShare: 0.34, outputOpen: true, outputTab: "problems" },
};

export const emptySelection: Selection = { nodes: [], edges: [], port: undefined };

export const initialState: StudioState = {
  document: { name: "untitled", target: "", nodes: [], edges: [], files: [], libraries: [], packages: [] },
  texts: {},
  trees: {},
  projectId: undefined,
  catalogue: undefined,
  templates: [],
  projects: [],
  selection: emptySelection,
  dragged: {},
  clipboard: undefined,
  pastes: 0,
  activeFile: undefined,
  libraryFile: undefined,
  trail: [],
  reveal: undefined,
  focus: undefined,
  panelFocus: undefined,
  compiler: { phase: "starting" },
  checking: "no",
  checked: undefined,
  ports: {},
  fits: undefined,
  build: { status: "none" },
  saving: { status: "saved" },
  lasting: true,
  dialog: undefined,
  dialogSubject: undefined,
  question: undefined,
  messages: [],
  preferences: defaultPreferences,
  systemDark: false,
};
