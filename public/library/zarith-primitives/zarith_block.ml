(* The blocks of large integers: custom blocks as the compiler's runtime would have them. Word 0 is the address of their operations,
   word 1 the sign (its top bit) and the number of limbs, then come the limbs of 64 bits, the lowest first. *)
[@@@runtime]

external load : nativeint -> nativeint = "%raw_load64"
external store : nativeint -> nativeint -> unit = "%raw_store64"
external static : int -> nativeint = "%raw_static"
external address : 'a -> nativeint = "%raw_address"

(* Header, identifier, number (that of Special and Primitives_custom), in the shape of the operations of boxed integers (ARCHITECTURE.md,
   section 7.2). *)
let memory = static 24

let initialize () =
  store memory 0xb00n;
  store (Nativeint.add memory 8n) (address "_z");
  store (Nativeint.add memory 16n) 9n

let operations () : nativeint = Nativeint.add memory 8n
