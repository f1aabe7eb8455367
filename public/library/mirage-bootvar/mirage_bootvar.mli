(** The boot arguments. *)

(** Element 0 is ["mirage"]; the rest are the words of the boot command line (a backslash takes the next character as it is, double
    quotes hold spaces together). Fails with [Failure] when a quote is not closed. *)
val argv : unit -> string array
