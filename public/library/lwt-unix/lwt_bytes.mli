(** Bytes outside of the heap, and reading and writing with them. *)

open Bigarray

type t = (char, int8_unsigned_elt, c_layout) Array1.t

val create : int -> t
external length : t -> int = "%caml_ba_dim_1"

(** {1 Access} Raise [Invalid_argument] outside of the bounds; the [unsafe] ones check nothing. *)

external get : t -> int -> char = "%caml_ba_ref_1"
external set : t -> int -> char -> unit = "%caml_ba_set_1"
external unsafe_get : t -> int -> char = "%caml_ba_unsafe_ref_1"
external unsafe_set : t -> int -> char -> unit = "%caml_ba_unsafe_set_1"

(** {1 Conversion} *)

val of_bytes : bytes -> t
val of_string : string -> t
val to_bytes : t -> bytes
val to_string : t -> string

(** {1 Copying} From an offset of the first to an offset of the second, so many. Raise [Invalid_argument] outside of the bounds. *)

val blit : t -> int -> t -> int -> int -> unit
val blit_from_string : string -> int -> t -> int -> int -> unit
val blit_from_bytes : bytes -> int -> t -> int -> int -> unit
val blit_to_bytes : t -> int -> bytes -> int -> int -> unit

(** These check nothing. *)

val unsafe_blit : t -> int -> t -> int -> int -> unit
val unsafe_blit_from_string : string -> int -> t -> int -> int -> unit
val unsafe_blit_from_bytes : bytes -> int -> t -> int -> int -> unit
val unsafe_blit_to_bytes : t -> int -> bytes -> int -> int -> unit

(** [proxy b offset length] is a part of [b], which it shares. *)
val proxy : t -> int -> int -> t

(** As {!proxy}, copied. *)
val extract : t -> int -> int -> t

val copy : t -> t

(** [fill b offset length c] *)
val fill : t -> int -> int -> char -> unit

val unsafe_fill : t -> int -> int -> char -> unit

(** {1 Input and output} As the functions of these names of {!Lwt_unix}. *)

val read : Lwt_unix.file_descr -> t -> int -> int -> int Lwt.t
val write : Lwt_unix.file_descr -> t -> int -> int -> int Lwt.t
val recv : Lwt_unix.file_descr -> t -> int -> int -> Unix.msg_flag list -> int Lwt.t
val send : Lwt_unix.file_descr -> t -> int -> int -> Unix.msg_flag list -> int Lwt.t
val recvfrom : Lwt_unix.file_descr -> t -> int -> int -> Unix.msg_flag list -> (int * Unix.sockaddr) Lwt.t
val sendto : Lwt_unix.file_descr -> t -> int -> int -> Unix.msg_flag list -> Unix.sockaddr -> int Lwt.t

(** {1 Pages} *)

val page_size : int
