/** A library of a few lines, so that tests of compositions depend on nothing else: disks, file systems on them, and a cache over both. */
import type { StudioProject } from "../../api.ts";
import type { LibraryArchive, PackageFiles } from "../../packages/library.ts";
import type { GraphEdge, GraphNode, ParameterValue } from "../project.ts";

const dune = (name: string): string => `(library (name ${name}) (public_name ${name}) (wrapped false))`;

function device(id: string, module: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { id, title: id, summary: `A ${id}.`, category: "Test", icon: "box", module, ...more };
}

const packages: readonly PackageFiles[] = [
  {
    name: "stdlib",
    files: {
      dune: "(library (name stdlib) (public_name stdlib))",
      "stdlib.ml": `external ( + ) : int -> int -> int = "%addint"
external ( ^ ) : string -> string -> string = "caml_string_concat"
external raise : exn -> 'a = "%raise"
let exit (_ : int) = raise Not_found
module Lazy = Stdlib__Lazy
module List = Stdlib__List
`,
      "lazy.ml": `external force : 'a lazy_t -> 'a = "%lazy_force"\ntype 'a t = 'a lazy_t\n`,
      "list.ml": "let rec length = function [] -> 0 | _ :: l -> 1 + length l\n",
    },
  },
  {
    name: "lwt",
    files: {
      dune: dune("lwt"),
      "lwt.mli": `type +'a t
val return : 'a -> 'a t
val return_unit : unit t
val bind : 'a t -> ('a -> 'b t) -> 'b t
module Infix : sig val ( >>= ) : 'a t -> ('a -> 'b t) -> 'b t end
`,
      "lwt.ml": `type 'a t = 'a
let return x = x
let return_unit = ()
let bind x f = f x
module Infix = struct let ( >>= ) = bind end
`,
    },
  },
  {
    name: "mirage",
    files: {
      dune: dune("mirage"),
      "cmdliner_stdlib.ml": "let setup () = ()\n",
      "duration.ml": "let of_sec n = n\n",
      "logs.ml": "type level = Info\nlet set_reporter () = ()\n",
      "mirage_bootvar.ml": "let argv () = ()\n",
      "mirage_logs.ml": "let create () = ()\n",
      "mirage_runtime.ml": `let register_arg term () = term
let runtime_args () = ()
let with_argv () (_ : string) () = ()
let delay = 0
let logs = ()
let name_arg (name : string) = name
let set_name (_ : string) = ()
let set_level ~default:(_ : Logs.level option) () = ()
`,
      "mirage_sleep.ml": "let ns (_ : int) = Lwt.return_unit\n",
    },
  },
  { name: "morgana-os", files: { dune: dune("morgana_os"), "morgana_os.ml": "module Main = struct let run (_ : unit Lwt.t) = () end\n" } },
  {
    name: "disk",
    files: {
      dune: dune("disk"),
      "nodes.json": JSON.stringify([
        device("disk", "Disk", {
          parameters: [
            { name: "name", type: "string", default: "disk0", doc: "Its name.", labelled: false },
            { name: "sectors", type: "int", default: 8, doc: "Its size.", labelled: true },
            { name: "writable", type: "bool", default: false, doc: "Whether it can be written.", labelled: true },
          ],
        }),
        device("tape", "Tape"),
        device("old-disk", "Disk.Old", { targets: ["unix"] }),
        device("ghost", "Ghost"),
      ]),
      "disk.mli": `module type S = sig type t val read : t -> int -> string Lwt.t val sectors : t -> int end
include S
val connect : sectors:int -> writable:bool -> string -> t Lwt.t
module Old : sig type t val sectors : t -> int val connect : unit -> t Lwt.t end
`,
      "disk.ml": `module type S = sig type t val read : t -> int -> string Lwt.t val sectors : t -> int end
type t = { name : string; sectors : int }
let read d _ = Lwt.return d.name
let sectors d = d.sectors
let connect ~sectors ~writable:(_ : bool) name = Lwt.return { name; sectors }
module Old = struct type t = int let sectors t = t let connect () = Lwt.return 1 end
`,
      "tape.ml": `type t = string
let read t (_ : string) = Lwt.return t
let sectors (_ : t) = 0
let connect () = Lwt.return "tape"
`,
    },
  },
  {
    name: "fs",
    files: {
      dune: dune("fs"),
      "nodes.json": JSON.stringify([device("fs", "Fs.Make"), device("cache", "Fs.Cache"), device("beat", "Beat")]),
      "fs.mli": `module type S = sig type t type disk val format : disk -> t Lwt.t val get : t -> string -> string Lwt.t end
module Make (Disk : Disk.S) : sig include S with type disk = Disk.t val connect : Disk.t -> t Lwt.t end
module Cache (Disk : Disk.S) (Files : S with type disk = Disk.t) : sig
  include S with type disk = Disk.t
  val connect : Disk.t -> Files.t -> t Lwt.t
end
`,
      "fs.ml": `module type S = sig type t type disk val format : disk -> t Lwt.t val get : t -> string -> string Lwt.t end
module Make (Disk : Disk.S) = struct
  type t = Disk.t
  type disk = Disk.t
  let format d = Lwt.return d
  let get d name = Lwt.bind (Disk.read d 0) (fun s -> Lwt.return (s ^ name))
  let connect d = Lwt.return d
end
module Cache (Disk : Disk.S) (Files : S with type disk = Disk.t) = struct
  type t = Files.t
  type disk = Disk.t
  let format d = Files.format d
  let get = Files.get
  let connect (_ : Disk.t) f = Lwt.return f
end
`,
      "beat.ml": "let beat (_ : int) = Lwt.return ()\n",
    },
  },
];

export const smallLibrary: LibraryArchive = { packages };

export function application(module = "Unikernel.Main", id = "app"): GraphNode {
  return { kind: "application", id, module, position: { x: 0, y: 0 } };
}
export function deviceNode(id: string, device = id, parameters: Record<string, ParameterValue> = {}): GraphNode {
  return { kind: "device", id, device, parameters, position: { x: 0, y: 0 } };
}
/** `"disk -> app.Disk"` */
export function wire(text: string): GraphEdge {
  const match = /^(\S+) -> (\S+)\.(\S+)$/.exec(text);
  if (match === null) throw new Error(`no wire: ${text}`);
  return { from: match[1]!, to: match[2]!, port: match[3]! };
}

export function project(source: string | Record<string, string>, nodes: readonly GraphNode[], wires: readonly string[], target = "unix"): StudioProject {
  return { manifest: { format: 1, name: "demo", target, nodes, edges: wires.map(wire) }, files: typeof source === "string" ? { "unikernel.ml": source } : source };
}
