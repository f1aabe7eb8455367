(** How bytes are dumped: in columns of hexadecimal digits, or as OCaml values. {!Hxd_string} dumps. *)

(** Colours of terminals. *)
module Fmt : sig
  type standard = [ `Black | `Red | `Green | `Yellow | `Blue | `Magenta | `Cyan | `White ]
  type bright = [ `Bright of standard ]

  (** Red, green and blue from 0 to 5. *)
  type bit8 = [ `bit8 of int * int * int ]

  (** From 0 to 255. *)
  type bit24 = [ `bit24 of int * int * int ]

  (** From 0 to 23. *)
  type grayscale = [ `Grayscale of int ]

  type style = [ `None | `Style of [ `Fg | `Bg ] * [ standard | bright | bit8 | bit24 | grayscale ] ]

  (** Whether the formatter renders colours: at first none does. *)
  val set_style_renderer : Format.formatter -> [ `Ansi | `None ] -> unit
end

(** A style for each byte. It can be changed. *)
type colorscheme

(** Of 256 styles, otherwise [Invalid_argument] is raised. *)
val colorscheme_of_array : Fmt.style array -> colorscheme

(** {1 Changes} for letters, digits, a byte *)

val lowercase : colorscheme -> Fmt.style -> unit
val uppercase : colorscheme -> Fmt.style -> unit
val digit : colorscheme -> Fmt.style -> unit
val code : colorscheme -> int -> Fmt.style -> unit

(** {1 Forms} At most [long] bytes are dumped, [cols] a line (default 16). *)

type cfg

(** As the program [xxd]: addresses, digits in groups of so many bytes (default 2), and what is printable. *)
val xxd : ?cols:int -> ?groupsize:int -> ?long:int -> ?uppercase:bool -> colorscheme -> cfg

(** A list or an array of strings, a line each; [with_comments] (default: no) with what is printable. *)
val caml : ?with_comments:bool -> ?cols:int -> ?long:int -> ?uppercase:bool -> [ `List | `Array ] -> cfg

(** One string. *)
val caml_string : ?cols:int -> ?long:int -> ?uppercase:bool -> unit -> cfg

(** {!xxd} without colours. *)
val default : cfg

(** {1 Dumping} *)

(** Bytes, numbered from the first number on. *)
val pp_bytes : cfg -> int -> Format.formatter -> string -> unit
