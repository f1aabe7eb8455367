(** {!Metrics} with promises: these are fulfilled when the reporter is done with the data point. *)

open Metrics

val add : ('a, 'b) src -> ('a -> tags) -> ('b -> data Lwt.t) -> unit Lwt.t

(** Adds a data point with how long the promise took and whether it was fulfilled, where the source has those. *)
val run : ('a, ('b, exn) result -> data) src -> ('a -> tags) -> (unit -> 'b Lwt.t) -> 'b Lwt.t

(** As {!run}, for promises of results. *)
val rrun :
  ('a, ('b, [ `Exn of exn | `Error of 'c ]) result -> data) src ->
  ('a -> tags) ->
  (unit -> ('b, 'c) result Lwt.t) ->
  ('b, 'c) result Lwt.t

(** {1 Periodic measurements} *)

(** A source that is asked for a data point in each period. *)
val periodically : (field list, unit -> data) src -> unit

(** [init_periodic sleeper] asks those sources over and over, and waits for [sleeper] between. [gc] is what is measured of the heap besides
    (default [`Full], which goes through it); [logs] (default true) whether errors and warnings that were logged are counted. *)
val init_periodic : ?gc:[ `None | `Quick | `Full ] -> ?logs:bool -> (unit -> unit Lwt.t) -> unit
