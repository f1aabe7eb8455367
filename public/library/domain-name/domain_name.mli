(** Domain names (RFC 1035). Labels have 1 to 63 octets, a name in the wire format at most 255. Upper and lower case are the same. *)

(** The parameter tells what is known of the name: [`raw] nothing, [`host] that it is a host name (RFC 1123), [`service] that it is
    [_service._protocol.host] (RFC 2782, RFC 6335). *)
type 'a t

val root : [ `raw ] t

(** {1 Text} with the labels separated by dots; a dot at the end makes no difference *)

val of_string : string -> ([ `raw ] t, [> `Msg of string ]) result
val of_string_exn : string -> [ `raw ] t

(** With a dot at the end if [trailing] (default: no). *)
val to_string : ?trailing:bool -> 'a t -> string

val of_strings : string list -> ([ `raw ] t, [> `Msg of string ]) result
val of_strings_exn : string list -> [ `raw ] t
val to_strings : ?trailing:bool -> 'a t -> string list
val pp : Format.formatter -> 'a t -> unit

(** In lower case. *)
val canonical : 'a t -> 'a t

(** {1 Kinds} *)

val host : 'a t -> ([ `host ] t, [> `Msg of string ]) result
val host_exn : 'a t -> [ `host ] t
val service : 'a t -> ([ `service ] t, [> `Msg of string ]) result
val service_exn : 'a t -> [ `service ] t
val raw : 'a t -> [ `raw ] t

(** {1 Labels} numbered from the left, with [rev] from the right *)

val count_labels : 'a t -> int
val is_subdomain : subdomain:'a t -> domain:'b t -> bool
val get_label : ?rev:bool -> 'a t -> int -> (string, [> `Msg of string ]) result
val get_label_exn : ?rev:bool -> 'a t -> int -> string

(** Where the first label (the last with [rev]) stands, counted from the left. *)
val find_label : ?rev:bool -> 'a t -> (string -> bool) -> int option
val find_label_exn : ?rev:bool -> 'a t -> (string -> bool) -> int
val prepend_label : 'a t -> string -> ([ `raw ] t, [> `Msg of string ]) result
val prepend_label_exn : 'a t -> string -> [ `raw ] t

(** Without the first labels (the last with [rev]); [amount] is 1 by default. *)
val drop_label : ?rev:bool -> ?amount:int -> 'a t -> ([ `raw ] t, [> `Msg of string ]) result

val drop_label_exn : ?rev:bool -> ?amount:int -> 'a t -> [ `raw ] t
val append : 'a t -> 'b t -> ([ `raw ] t, [> `Msg of string ]) result
val append_exn : 'a t -> 'b t -> [ `raw ] t

(** {1 Comparing} *)

val equal : ?case_sensitive:bool -> 'a t -> 'b t -> bool
val compare : 'a t -> 'b t -> int
val equal_label : ?case_sensitive:bool -> string -> string -> bool
val compare_label : string -> string -> int

(** {1 Sets and maps} *)

module Host_map : sig
  include Map.S with type key = [ `host ] t

  val find : key -> 'a t -> 'a option
end

module Host_set : Set.S with type elt = [ `host ] t

module Service_map : sig
  include Map.S with type key = [ `service ] t

  val find : key -> 'a t -> 'a option
end

module Service_set : Set.S with type elt = [ `service ] t

module Map : sig
  include Map.S with type key = [ `raw ] t

  val find : key -> 'a t -> 'a option
end

module Set : Set.S with type elt = [ `raw ] t

(** {1 For the wire format} The labels with the top-level domain first; not checked. *)

val of_array : string array -> [ `raw ] t

val to_array : 'a t -> string array
