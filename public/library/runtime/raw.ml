(* Raw machine words and memory: the vocabulary of the runtime dialect. *)
[@@@runtime]

(** A raw 64-bit machine word: an address, a count, a header. Never scanned by the collector. *)
type word = nativeint

(** {1 Words} Arithmetic wraps around at 64 bits. *)

external ( + ) : word -> word -> word = "%nativeint_add"
external ( - ) : word -> word -> word = "%nativeint_sub"
external ( * ) : word -> word -> word = "%nativeint_mul"

(** Quotient and remainder; the divisor must not be zero. *)
external ( / ) : word -> word -> word = "%raw_div"

external ( mod ) : word -> word -> word = "%raw_mod"
external ( land ) : word -> word -> word = "%nativeint_and"
external ( lor ) : word -> word -> word = "%nativeint_or"
external ( lxor ) : word -> word -> word = "%nativeint_xor"
external ( lsl ) : word -> int -> word = "%nativeint_lsl"
external ( lsr ) : word -> int -> word = "%nativeint_lsr"
external ( asr ) : word -> int -> word = "%nativeint_asr"

(** Comparisons are specialised by the type of their arguments: signed for words. *)

external ( = ) : 'a -> 'a -> bool = "%equal"
external ( <> ) : 'a -> 'a -> bool = "%notequal"
external ( < ) : 'a -> 'a -> bool = "%lessthan"
external ( <= ) : 'a -> 'a -> bool = "%lessequal"
external ( > ) : 'a -> 'a -> bool = "%greaterthan"
external ( >= ) : 'a -> 'a -> bool = "%greaterequal"
external ( && ) : bool -> bool -> bool = "%sequand"
external ( || ) : bool -> bool -> bool = "%sequor"
external not : bool -> bool = "%boolnot"

(** A word as an integer (the top bit is lost) and back. *)
external to_int : word -> int = "%nativeint_to_int"

external of_int : int -> word = "%nativeint_of_int"

(** {1 Integers} *)

external add_int : int -> int -> int = "%addint"
external sub_int : int -> int -> int = "%subint"

(** {1 Mutable local variables} Never allocated in this dialect. *)

type 'a ref = { mutable contents : 'a }

external ref : 'a -> 'a ref = "%makemutable"
external ( ! ) : 'a ref -> 'a = "%field0"
external ( := ) : 'a ref -> 'a -> unit = "%setfield0"
external ignore : 'a -> unit = "%ignore"

(** {1 Memory} Addresses must be mapped; widths in bits; loads extend with zeros. *)

external load : word -> word = "%raw_load64"
external load32 : word -> word = "%raw_load32"
external load16 : word -> word = "%raw_load16"
external load8 : word -> word = "%raw_load8"
external store : word -> word -> unit = "%raw_store64"
external store32 : word -> word -> unit = "%raw_store32"
external store16 : word -> word -> unit = "%raw_store16"
external store8 : word -> word -> unit = "%raw_store8"

(** [static n]: the address of [n] bytes of zeroed static memory of its own; [n] is a literal. *)
external static : int -> word = "%raw_static"

(** [symbol "name"]: the address of a symbol of the linker or of the entry stubs. *)
external symbol : string -> word = "%raw_symbol"

(** The word that a value is, and the value that a word is. The caller answers for the collector's view of it. *)
external address : 'a -> word = "%raw_address"

external value : word -> 'a = "%raw_value"
external raise_notrace : exn -> 'a = "%raise_notrace"

(** {1 Machine operations} (ARCHITECTURE.md, section 7.9) *)

external copy_words : word -> word -> word -> unit = "%raw_machine_copy_words"
external copy_words_back : word -> word -> word -> unit = "%raw_machine_copy_words_back"
external copy_bytes : word -> word -> word -> unit = "%raw_machine_copy_bytes"
external copy_bytes_back : word -> word -> word -> unit = "%raw_machine_copy_bytes_back"
external fill_words : word -> word -> word -> unit = "%raw_machine_fill_words"
external fill_bytes : word -> word -> word -> unit = "%raw_machine_fill_bytes"
external allocation_pointer : unit -> word = "%raw_machine_allocation_pointer"
external set_allocation_pointer : word -> unit = "%raw_machine_set_allocation_pointer"
external stack_pointer : unit -> word = "%raw_machine_stack_pointer"

(** The stub [collect]: room for so many words in the young space. A safe point. *)
external collect : word -> unit = "%raw_stub_collect"
