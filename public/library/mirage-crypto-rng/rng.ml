(* What generators are, and the one that is used by default. *)

type source = int * string

exception Unseeded_generator
exception No_default_generator

let () =
  Printexc.register_printer (function
    | Unseeded_generator -> Some "Mirage_crypto_rng.Unseeded_generator: the random number generator has not been given any entropy"
    | No_default_generator ->
        Some "Mirage_crypto_rng.No_default_generator: no random number generator has been set up (Mirage_crypto_rng_mirage.initialize does it)"
    | _ -> None)

module type Generator = sig
  type g

  val block : int
  val create : ?time:(unit -> int64) -> unit -> g
  val generate_into : g:g -> bytes -> off:int -> int -> unit [@@alert unsafe "The range is not checked."]
  val reseed : g:g -> string -> unit
  val accumulate : g:g -> source -> [ `Acc of string -> unit ]
  val seeded : g:g -> bool
  val pools : int
end

type 'a generator = (module Generator with type g = 'a)
type g = Generator : ('a * bool * 'a generator) -> g

let create (type a) ?g ?seed ?(strict = false) ?time (m : a generator) =
  let module M = (val m) in
  let g = match g with Some g -> g | None -> M.create ?time () in
  Option.iter (M.reseed ~g) seed;
  Generator (g, strict, m)

(* Made when it is first asked for: where nothing asks, nothing reads this reference, and the compiler leaves out what is stored here
   with all that making the generator takes. *)
let default : g Lazy.t option ref = ref None
let set_default_generator_later make = default := Some (Lazy.from_fun make)
let set_default_generator g = default := Some (Lazy.from_val g)
let unset_default_generator () = default := None
let default_generator () = match !default with Some g -> Lazy.force g | None -> raise No_default_generator
let get = function Some g -> g | None -> default_generator ()

let generate_into ?g b ?(off = 0) n =
  let (Generator (g, _, (module M))) = get g in
  if off < 0 || n < 0 || off > Bytes.length b - n then
    invalid_arg (Printf.sprintf "Mirage_crypto_rng.generate_into: %d bytes from %d on are not in a buffer of %d" n off (Bytes.length b));
  (M.generate_into [@alert "-unsafe"]) ~g b ~off n

let generate ?g n =
  let b = Bytes.create n in
  generate_into ?g b ~off:0 n;
  Bytes.unsafe_to_string b

let reseed ?g data =
  let (Generator (g, _, (module M))) = get g in
  M.reseed ~g data

let accumulate g source =
  let (Generator (g, _, (module M))) = get g in
  M.accumulate ~g source

let seeded g =
  let (Generator (g, _, (module M))) = get g in
  M.seeded ~g

let block g =
  let (Generator (_, _, (module M))) = get g in
  M.block

let pools g =
  let (Generator (_, _, (module M))) = get g in
  M.pools

let strict g =
  let (Generator (_, strict, _)) = get g in
  strict
