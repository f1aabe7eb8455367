/**
 * What a `config.ml` says, as plain data: the nodes that it states (a switch such as `generic_stackv4v6` is one node), and the devices
 * that they come to for one target and one choice of configure-time keys, which is what `main.ml` connects.
 */

/** A place in `config.ml`: the line of the call that made something, from 1. */
export interface ConfigurationPlace {
  readonly file: string;
  readonly line: number;
}

/** An argument of a combinator of the DSL as OCaml text: `crunch "files"`, `netif ~group:"in" "0"`. */
export interface StatedParameter {
  /** Undefined when it is given by position. */
  readonly label: string | undefined;
  /** The argument as OCaml writes it (a literal); undefined when it is a value that cannot be written, such as a function. */
  readonly value: string | undefined;
}

export interface StatedInput {
  /** The port: the type's name, numbered when there are several of one type (`network`, `git_client2`). */
  readonly port: string;
  /** The DSL's type of what is wanted: `stackv4v6`. */
  readonly type: string;
  /** The node that is given. */
  readonly from: string;
}

/** A node as `config.ml` states it. */
export interface StatedNode {
  /** The variable's name where `config.ml` gives it one at the top level, else the maker's name, numbered. Unique. */
  readonly id: string;
  /** The combinator that made it: `generic_stackv4v6`, `crunch`, `main`, `impl`, `if_impl`, … */
  readonly maker: string;
  /** Of `main` and `impl`: the module as written, `Unikernel.Main`. */
  readonly module: string | undefined;
  /** The DSL's type of what it gives when all its inputs are there: `kv_ro`, `job`. */
  readonly type: string;
  readonly parameters: readonly StatedParameter[];
  readonly inputs: readonly StatedInput[];
  /** What must be connected before it, but is not given to it (`~deps`, `~extra_deps`): node ids. */
  readonly dependencies: readonly string[];
  /** Names of the configure-time keys that decide what it comes to, without dashes. */
  readonly keys: readonly string[];
  /** Options of its boot arguments, without dashes: `ipv4`. */
  readonly bootArguments: readonly string[];
  readonly place: ConfigurationPlace | undefined;
}

/** A device of the unikernel: a module or an applied functor, connected once. */
export interface ConfiguredDevice {
  /** Its place in `Configuration.devices`. */
  readonly index: number;
  /** The stated node that it belongs to. */
  readonly node: string | undefined;
  /** The module or functor: `Tcpip_stack_direct.MakeV4V6`. */
  readonly module: string;
  /** The DSL's type of the module: `network @-> ethernet`. */
  readonly type: string;
  /** Name of the module once applied, and of the value, in `main.ml`. */
  readonly moduleName: string;
  readonly valueName: string;
  /** Functor arguments: places in `Configuration.devices`. */
  readonly arguments: readonly number[];
  readonly dependencies: readonly number[];
  /** Names of the boot arguments that it is given, in order, as `main.ml` calls them. */
  readonly bootArguments: readonly string[];
  /** The expression that connects it, a promise of its value; the values of arguments and dependencies are bound as it names them. */
  readonly connect: string;
  /** Where the expression was written, for messages about it. */
  readonly connectPlace: ConfigurationPlace | undefined;
  readonly place: ConfigurationPlace | undefined;
  readonly packages: readonly string[];
}

/** A configure-time key (`--kv_ro=direct`). */
export interface ConfigureKey {
  /** Without dashes: `kv_ro`, `in-net`. */
  readonly name: string;
  /** All spellings on the command line, with dashes. */
  readonly options: readonly string[];
  /** What stands for its value in help texts; undefined for a flag. */
  readonly valueName: string | undefined;
  /** The values that it can have, when these are few: `crunch`, `direct`. */
  readonly choices: readonly string[];
  /** As it is printed; undefined when it has none. */
  readonly default: string | undefined;
  /** As it is now. */
  readonly value: string | undefined;
  readonly doc: string;
}

/** A boot argument that a device brings (`--ipv4`). Those of the application's own modules are registered where they are used. */
export interface BootArgument {
  /** Without dashes; undefined when only the program's own sources tell. */
  readonly name: string | undefined;
  /** The term: `Mirage_runtime.delay`, `Unikernel.hello`. */
  readonly term: string;
  /** Its name in `main.ml`. */
  readonly variable: string;
  readonly valueName: string | undefined;
  readonly default: string | undefined;
  readonly doc: string | undefined;
  readonly place: ConfigurationPlace | undefined;
}

export interface RequestedPackage {
  readonly name: string;
  /** Names of the libraries to link: `tcpip.stack-direct`. */
  readonly libraries: readonly string[];
  readonly min: readonly string[];
  readonly max: readonly string[];
  readonly pin: string | undefined;
}

export interface Configuration {
  /** Of `register`. */
  readonly name: string;
  /** The target as MirageOS calls it: `unix`, `virtio`, `hvt`. */
  readonly target: string;
  readonly nodes: readonly StatedNode[];
  /** The nodes given to `register`, in order. */
  readonly jobs: readonly string[];
  /** Each after those that it is made from. */
  readonly devices: readonly ConfiguredDevice[];
  /** What runs before the jobs, one after the other, and the jobs: places in `devices`. */
  readonly initialisation: readonly number[];
  readonly jobDevices: readonly number[];
  readonly keys: readonly ConfigureKey[];
  readonly bootArguments: readonly BootArgument[];
  readonly packages: readonly RequestedPackage[];
  /** Names of the project's own libraries. */
  readonly localLibraries: readonly string[];
  /** Folders of files put into the image, by the unit that holds them: `Static_files` → `files`. */
  readonly crunched: readonly { readonly unit: string; readonly folder: string }[];
}
