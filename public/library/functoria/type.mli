(** Types of modules as values: a kind of device, or a functor over such. *)

type 'a t = Type : 'a -> 'a t | Function : 'a t * 'b t -> ('a -> 'b) t

val v : 'a -> 'a t
val ( @-> ) : 'a t -> 'b t -> ('a -> 'b) t
val is_functor : _ t -> bool

(** As in a configuration: [kv_ro -> job]; [_] for a type without a name. *)
val pp : 'a t Fmt.t

type job

val job : job t

type argv

val argv : argv t

type info

val info : info t

(** {1 Names} *)

(** Gives a type the name by which messages call it; the first one stays. *)
val set_name : _ t -> string -> unit

(** [_] when it has none. *)
val name : _ t -> string

val to_string : _ t -> string
