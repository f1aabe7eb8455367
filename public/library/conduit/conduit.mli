(** Where a connection leads. *)

type endp =
  [ `TCP of Ipaddr.t * int
  | `Unix_domain_socket of string
  | `Vchan_direct of int * string
  | `Vchan_domain_socket of string * string
  | `TLS of string * endp  (** the name that the certificate is for *)
  | `Unknown of string ]
