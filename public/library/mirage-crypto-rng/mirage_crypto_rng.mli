(** Random numbers for cryptography: generators, where their entropy comes from, and the one that is used by default. *)

type g

(** Raised when a number is drawn from a generator that has got no entropy yet. *)
exception Unseeded_generator

(** Raised when the generator by default is wanted and none has been set. *)
exception No_default_generator

(** {1 Entropy} *)

module Entropy : sig
  type source

  (** {1 Sources} *)

  val sources : unit -> source list
  val pp_source : Format.formatter -> source -> unit
  val register_source : string -> source
  val id : source -> int

  (** Data with who gives it and how long it is before it. *)
  val header : int -> string -> string

  (** {1 To begin with} given the number of a source *)

  (** The jitter of time: a supplement, no seed by itself. *)
  val whirlwind_bootstrap : int -> string

  (** The processor's generator; in a process the kernel's. The function raises [Failure] when it has nothing to give, also where there is no
      such generator. *)
  val cpu_rng_bootstrap : (int -> string, [ `Not_supported ]) result

  (** The second, or where it has nothing the first. *)
  val bootstrap : int -> string

  (** {1 While the program runs} *)

  (** The time, in four bytes. *)
  val interrupt_hook : unit -> string

  (** Gives the time of each call to a generator's pools in turn. *)
  val timer_accumulator : g option -> unit -> unit

  (** Gives the function's data to each pool; where it has none, nothing. *)
  val feed_pools : g option -> source -> (unit -> (string, [ `No_random_available ]) result) -> unit

  (** Gives data of the processor's generator to each pool. *)
  val cpu_rng : (g option -> unit -> unit, [ `Not_supported ]) result

  (** How often that generator was asked, and had nothing. The platform chooses the instruction: all are counted as RDRAND. *)
  val rdrand_calls : unit -> int

  val rdrand_failures : unit -> int
  val rdseed_calls : unit -> int
  val rdseed_failures : unit -> int
end

(** Raises [Failure] when a source of entropy gives the same twice. *)
val entropy_test : unit -> unit

(** {1 Generators} *)

module type Generator = sig
  type g

  (** How many bytes the generator makes at once. *)
  val block : int

  (** [time] gives monotonic nanoseconds. *)
  val create : ?time:(unit -> int64) -> unit -> g

  (** [generate_into ~g b ~off n]. Raises {!Unseeded_generator}. *)
  val generate_into : g:g -> bytes -> off:int -> int -> unit [@@alert unsafe "The range is not checked."]

  (** Adds entropy at once. *)
  val reseed : g:g -> string -> unit

  (** What a source calls with the entropy that it has. *)
  val accumulate : g:g -> Entropy.source -> [ `Acc of string -> unit ]

  val seeded : g:g -> bool

  (** How many pools entropy is gathered in; 0 if it is used at once. *)
  val pools : int
end

type 'a generator = (module Generator with type g = 'a)

(** Ferguson, Schneier and Kohno's generator, with AES-256 and SHA-256. *)
module Fortuna : Generator

(** NIST SP 800-90A, 10.1.2. *)
module Hmac_drbg (_ : Digestif.S) : Generator

(** [seed] is given to the new generator (or to [g]) at once. *)
val create : ?g:'a -> ?seed:string -> ?strict:bool -> ?time:(unit -> int64) -> 'a generator -> g

(** Raises {!No_default_generator}. *)
val default_generator : unit -> g

val set_default_generator : g -> unit
val unset_default_generator : unit -> unit

(** For main loops: the generator by default is made by the function when it is first asked for. *)
val set_default_generator_later : (unit -> g) -> unit

(** {1 Drawing} from [g], by default the generator by default. Raises {!Unseeded_generator} and {!No_default_generator}. *)

val generate : ?g:g -> int -> string

(** Raises [Invalid_argument] outside the bytes. *)
val generate_into : ?g:g -> bytes -> ?off:int -> int -> unit

val reseed : ?g:g -> string -> unit
val accumulate : g option -> Entropy.source -> [ `Acc of string -> unit ]
val seeded : g option -> bool
val block : g option -> int
val pools : g option -> int
val strict : g option -> bool
