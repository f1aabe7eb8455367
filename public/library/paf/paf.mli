(** Services: what accepts connections and what handles them. *)

type 't service

(** [service accept handle close] *)
val service :
  ('t -> ('flow, [> `Closed | `Msg of string ] as 'error) result Lwt.t) ->
  ('flow -> (unit, 'error) result Lwt.t) ->
  ('t -> unit Lwt.t) ->
  't service

(** Serves until [stop] is turned off; [`Initialized] holds what ends then. *)
val serve : ?stop:Lwt_switch.t -> 't service -> 't -> [ `Initialized of unit Lwt.t ]
