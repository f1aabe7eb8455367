(* Sets and maps of paths: what is not there is no exception. *)
module _ : sig
  include Set.S with type elt := Fpath.t and type t := Fpath.set

  type t = Fpath.set

  val min_elt : Fpath.set -> Fpath.t option
  val get_min_elt : Fpath.set -> Fpath.t
  val max_elt : Fpath.set -> Fpath.t option
  val choose : Fpath.set -> Fpath.t option
  val find : Fpath.t -> Fpath.set -> Fpath.t option
  val pp : ?sep:(Format.formatter -> unit -> unit) -> (Format.formatter -> Fpath.t -> unit) -> Format.formatter -> Fpath.set -> unit
end =
  Fpath.Set

let names : (Fpath.t * int) option = Fpath.Map.(min_binding (of_list [ (Fpath.v "a", 1) ]))
let all : Fpath.set = Fpath.Map.dom (Fpath.Map.singleton (Fpath.v "b") ())
let size : int Fpath.map -> int = Fpath.Map.cardinal

(* Clocks, waiting, random numbers and the log are jobs to a configuration. *)
let jobs : Mirage.job Mirage.impl list = Mirage.[ default_sleep; no_ptime; mock_mtime; default_random; default_reporter () ]
