(** Uniform resource identifiers (RFC 3986). Components are kept decoded; characters that have a meaning in a component stay encoded in
    the text. *)

type t

type component =
  [ `Scheme
  | `Authority
  | `Userinfo
  | `Host
  | `Path
  | `Query
  | `Query_key
  | `Query_value
  | `Fragment
  | `Generic
  | `Custom of (component * string * string)  (** a component, further safe characters, unsafe ones *) ]

val empty : t
val compare : t -> t -> int
val equal : t -> t -> bool

(** {1 Percent coding} *)

(** Encodes the characters that are not allowed in the component (default: [`Path]). *)
val pct_encode : ?scheme:string -> ?component:component -> string -> string

val pct_decode : string -> string

(** For each component, as what component it is encoded; without a choice as itself. *)
type pct_encoder

val pct_encoder :
  ?scheme:component ->
  ?userinfo:component ->
  ?host:component ->
  ?path:component ->
  ?query_key:component ->
  ?query_value:component ->
  ?fragment:component ->
  unit ->
  pct_encoder

(** {1 Text} *)

(** Never fails: what is no authority is a path. *)
val of_string : string -> t

val to_string : ?pct_encoder:pct_encoder -> t -> string
val pp : Format.formatter -> t -> unit
val pp_hum : Format.formatter -> t -> unit

(** {1 Resolution} *)

(** [resolve scheme base uri]: the reference [uri] in a document at [base] (RFC 3986, 5.2); [scheme] is that of a base without one. *)
val resolve : string -> t -> t -> t

(** In normal form: scheme and host in lower case, path without dots. *)
val canonicalize : t -> t

(** {1 Making} *)

val make :
  ?scheme:string ->
  ?userinfo:string ->
  ?host:string ->
  ?port:int ->
  ?path:string ->
  ?query:(string * string list) list ->
  ?fragment:string ->
  unit ->
  t

val with_uri :
  ?scheme:string option ->
  ?userinfo:string option ->
  ?host:string option ->
  ?port:int option ->
  ?path:string option ->
  ?query:(string * string list) list option ->
  ?fragment:string option ->
  t ->
  t

(** {1 Components} *)

val scheme : t -> string option
val with_scheme : t -> string option -> t
val userinfo : ?pct_encoder:pct_encoder -> t -> string option
val with_userinfo : t -> string option -> t
val user : t -> string option
val password : t -> string option
val with_password : t -> string option -> t
val host : t -> string option
val with_host : t -> string option -> t
val host_with_default : ?default:string -> t -> string
val port : t -> int option
val with_port : t -> int option -> t

(** Decoding it does not change it: slashes in segments stay encoded. *)
val path : ?pct_encoder:pct_encoder -> t -> string

(** Decoded, slashes in segments too. *)
val path_unencoded : t -> string

val with_path : t -> string -> t

(** The path with the query. *)
val path_and_query : t -> string

val fragment : t -> string option
val with_fragment : t -> string option -> t

(** {2 The query} keys with lists of values: [a=1,2&b] is [[("a", ["1"; "2"]); ("b", [])]] *)

val query : t -> (string * string list) list

(** As it is written. *)
val verbatim_query : ?pct_encoder:pct_encoder -> t -> string option

val encoded_of_query : ?scheme:string -> ?pct_encoder:pct_encoder -> (string * string list) list -> string
val query_of_encoded : string -> (string * string list) list
val with_query : t -> (string * string list) list -> t
val with_query' : t -> (string * string) list -> t

(** The values of a key, in a text separated by commas. *)
val get_query_param : t -> string -> string option

val get_query_param' : t -> string -> string list option
val add_query_param : t -> string * string list -> t
val add_query_param' : t -> string * string -> t
val add_query_params : t -> (string * string list) list -> t
val add_query_params' : t -> (string * string) list -> t
val remove_query_param : t -> string -> t

(** {1 HTTP} *)

(** Those of the schemes [http] and [https] with a host (RFC 9110, 4.2). *)
module Absolute_http : sig
  type uri := t
  type t

  val of_uri : uri -> (t, [ `Msg of string ]) result
  val to_uri : t -> uri

  (** Raises [Failure] when it is none. *)
  val of_string : string -> t

  val to_string : ?pct_encoder:pct_encoder -> t -> string

  (** Raises [Failure] when the host is empty. *)
  val make :
    scheme:[ `Http | `Https ] ->
    host:string ->
    ?userinfo:string ->
    ?port:int ->
    ?path:string ->
    ?query:(string * string list) list ->
    ?fragment:string ->
    unit ->
    t

  val host : t -> string
  val scheme : t -> [ `Http | `Https ]
end
