(** Pseudo-random numbers, the same ones for a seed everywhere. Not for secrets. The generator is L64X128; the functions outside
    {!State} share one state, which begins the same in each run. *)

(** Starts again from a seed. *)
val init : int -> unit

(** Starts again from a seed of any length. *)
val full_init : int array -> unit

(** Starts again from a seed that the platform's entropy gives. *)
val self_init : unit -> unit

(** 30 bits. *)
val bits : unit -> int

(** [int n]: from 0 to [n - 1]. Raises [Invalid_argument] unless [0 < n < 2]{^[30]}. *)
val int : int -> int

(** [full_int n]: from 0 to [n - 1]. Raises [Invalid_argument] unless [0 < n].
    @since 4.13 *)
val full_int : int -> int

(** From [min] to [max], both possible. Raises [Invalid_argument] if [min > max].
    @since 5.2 *)
val int_in_range : min:int -> max:int -> int

(** [int32 n]: from 0 to [n - 1]. Raises [Invalid_argument] unless [0 < n]. *)
val int32 : Int32.t -> Int32.t

(** From [min] to [max]. Raises [Invalid_argument] if [min > max].
    @since 5.2 *)
val int32_in_range : min:int32 -> max:int32 -> int32

(** [nativeint n]: from 0 to [n - 1]. Raises [Invalid_argument] unless [0 < n]. *)
val nativeint : Nativeint.t -> Nativeint.t

(** From [min] to [max]. Raises [Invalid_argument] if [min > max].
    @since 5.2 *)
val nativeint_in_range : min:nativeint -> max:nativeint -> nativeint

(** [int64 n]: from 0 to [n - 1]. Raises [Invalid_argument] unless [0 < n]. *)
val int64 : Int64.t -> Int64.t

(** From [min] to [max]. Raises [Invalid_argument] if [min > max].
    @since 5.2 *)
val int64_in_range : min:int64 -> max:int64 -> int64

(** [float x]: between 0 and [x]. *)
val float : float -> float

(** A fair coin. *)
val bool : unit -> bool

(** 32 bits.
    @since 4.14 *)
val bits32 : unit -> Int32.t

(** 64 bits.
    @since 4.14 *)
val bits64 : unit -> Int64.t

(** All bits of a [nativeint].
    @since 4.14 *)
val nativebits : unit -> Nativeint.t

(** Generators of their own. Functions are those above on the given state. *)
module State : sig
  (** A generator. *)
  type t

  (** A new one from a seed. *)
  val make : int array -> t

  (** A new one from the platform's entropy. *)
  val make_self_init : unit -> t

  (** One that will give the same numbers. *)
  val copy : t -> t

  val bits : t -> int
  val int : t -> int -> int
  val full_int : t -> int -> int
  val int_in_range : t -> min:int -> max:int -> int
  val int32 : t -> Int32.t -> Int32.t
  val int32_in_range : t -> min:int32 -> max:int32 -> int32
  val nativeint : t -> Nativeint.t -> Nativeint.t
  val nativeint_in_range : t -> min:nativeint -> max:nativeint -> nativeint
  val int64 : t -> Int64.t -> Int64.t
  val int64_in_range : t -> min:int64 -> max:int64 -> int64
  val float : t -> float -> float
  val bool : t -> bool
  val bits32 : t -> Int32.t
  val bits64 : t -> Int64.t
  val nativebits : t -> Nativeint.t

  (** A new generator, independent of what the old one gives from now on.
      @since 5.0 *)
  val split : t -> t

  (** The state as bytes.
      @since 5.1 *)
  val to_binary_string : t -> string

  (** The state that {!to_binary_string} wrote. Raises [Failure] for other strings.
      @since 5.1 *)
  val of_binary_string : string -> t
end

(** A copy of the shared state. *)
val get_state : unit -> State.t

(** Gives the shared state the contents of another one. *)
val set_state : State.t -> unit

(** {!State.split} of the shared state.
    @since 5.0 *)
val split : unit -> State.t
