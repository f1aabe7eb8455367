(* Formats at work: printing by them, comparing their types, reading and writing their text. *)

open CamlinternalFormatBasics

(* {1 Character sets} *)

external char : int -> char = "%identity"

(* Types of formats are compared at run time in places; what has been found equal there is used at the other type. *)
external magic : 'a -> 'b = "%identity"

let is_in_char_set set c =
  let c = Char.code c in
  Char.code (String.unsafe_get set (c lsr 3)) land (1 lsl (c land 7)) <> 0

let rev_char_set set = String.map (fun c -> char (Char.code c lxor 255)) set

type mutable_char_set = bytes

let create_char_set () = Bytes.make 32 '\000'

let add_in_char_set set c =
  let c = Char.code c in
  let i = c lsr 3 in
  Bytes.unsafe_set set i (char (Char.code (Bytes.unsafe_get set i) lor (1 lsl (c land 7))))

let freeze_char_set set = Bytes.to_string set

(* {1 Types} *)

type ('a, 'b, 'c, 'd, 'e, 'f) param_format_ebb =
  | Param_format_EBB : ('x -> 'a, 'b, 'c, 'd, 'e, 'f) fmt -> ('a, 'b, 'c, 'd, 'e, 'f) param_format_ebb

type ('b, 'c) acc_formatting_gen = Acc_open_tag of ('b, 'c) acc | Acc_open_box of ('b, 'c) acc

and ('b, 'c) acc =
  | Acc_formatting_lit of ('b, 'c) acc * formatting_lit
  | Acc_formatting_gen of ('b, 'c) acc * ('b, 'c) acc_formatting_gen
  | Acc_string_literal of ('b, 'c) acc * string
  | Acc_char_literal of ('b, 'c) acc * char
  | Acc_data_string of ('b, 'c) acc * string
  | Acc_data_char of ('b, 'c) acc * char
  | Acc_delay of ('b, 'c) acc * ('b -> 'c)
  | Acc_flush of ('b, 'c) acc
  | Acc_invalid_arg of ('b, 'c) acc * string
  | End_of_acc

type ('a, 'b) heter_list = Cons : 'c * ('a, 'b) heter_list -> ('c -> 'a, 'b) heter_list | Nil : ('b, 'b) heter_list
type ('b, 'c, 'e, 'f) fmt_ebb = Fmt_EBB : ('a, 'b, 'c, 'd, 'e, 'f) fmt -> ('b, 'c, 'e, 'f) fmt_ebb

(* Widths and precisions for a conversion whose argument has type ['t -> ...]; the functions below make them of their
   untyped descriptions. *)
type 'y some_padding = Padding : ('x, 'y) padding -> 'y some_padding
type 'y some_precision = Precision : ('x, 'y) precision -> 'y some_precision

let param_format_of_ignored_format :
    type a b c d e f x y. (a, b, c, d, y, x) ignored -> (x, b, c, y, e, f) fmt -> (a, b, c, d, e, f) param_format_ebb =
 fun ignored rest ->
  match ignored with
  | Ignored_char -> Param_format_EBB (Char rest)
  | Ignored_caml_char -> Param_format_EBB (Caml_char rest)
  | Ignored_string None -> Param_format_EBB (String (No_padding, rest))
  | Ignored_string (Some width) -> Param_format_EBB (String (Lit_padding (Right, width), rest))
  | Ignored_caml_string None -> Param_format_EBB (Caml_string (No_padding, rest))
  | Ignored_caml_string (Some width) -> Param_format_EBB (Caml_string (Lit_padding (Right, width), rest))
  | Ignored_int (conv, None) -> Param_format_EBB (Int (conv, No_padding, No_precision, rest))
  | Ignored_int (conv, Some width) -> Param_format_EBB (Int (conv, Lit_padding (Right, width), No_precision, rest))
  | Ignored_int32 (conv, None) -> Param_format_EBB (Int32 (conv, No_padding, No_precision, rest))
  | Ignored_int32 (conv, Some width) -> Param_format_EBB (Int32 (conv, Lit_padding (Right, width), No_precision, rest))
  | Ignored_nativeint (conv, None) -> Param_format_EBB (Nativeint (conv, No_padding, No_precision, rest))
  | Ignored_nativeint (conv, Some width) ->
      Param_format_EBB (Nativeint (conv, Lit_padding (Right, width), No_precision, rest))
  | Ignored_int64 (conv, None) -> Param_format_EBB (Int64 (conv, No_padding, No_precision, rest))
  | Ignored_int64 (conv, Some width) -> Param_format_EBB (Int64 (conv, Lit_padding (Right, width), No_precision, rest))
  | Ignored_float (width, precision) -> (
      let conv = (Float_flag_, Float_f) in
      match (width, precision) with
      | None, None -> Param_format_EBB (Float (conv, No_padding, No_precision, rest))
      | None, Some n -> Param_format_EBB (Float (conv, No_padding, Lit_precision n, rest))
      | Some width, None -> Param_format_EBB (Float (conv, Lit_padding (Right, width), No_precision, rest))
      | Some width, Some n -> Param_format_EBB (Float (conv, Lit_padding (Right, width), Lit_precision n, rest)))
  | Ignored_bool None -> Param_format_EBB (Bool (No_padding, rest))
  | Ignored_bool (Some width) -> Param_format_EBB (Bool (Lit_padding (Right, width), rest))
  | Ignored_format_arg (width, ty) -> Param_format_EBB (Format_arg (width, ty, rest))
  | Ignored_format_subst (width, ty) -> Param_format_EBB (Format_subst (width, ty, rest))
  | Ignored_reader -> Param_format_EBB (Reader rest)
  | Ignored_scan_char_set (width, set) -> Param_format_EBB (Scan_char_set (width, set, rest))
  | Ignored_scan_get_counter counter -> Param_format_EBB (Scan_get_counter (counter, rest))
  | Ignored_scan_next_char -> Param_format_EBB (Scan_next_char rest)

(* {1 The type of a format} *)

let padding_type : type x a b c d e f. (x, a) padding -> (a, b, c, d, e, f) fmtty -> (x, b, c, d, e, f) fmtty =
 fun padding rest ->
  match padding with No_padding -> rest | Lit_padding _ -> rest | Arg_padding _ -> Int_ty rest

let precision_type : type x a b c d e f. (x, a) precision -> (a, b, c, d, e, f) fmtty -> (x, b, c, d, e, f) fmtty =
 fun precision rest ->
  match precision with No_precision -> rest | Lit_precision _ -> rest | Arg_precision -> Int_ty rest

let rec custom_type : type x y a b c d e f. (a, x, y) custom_arity -> (a, b, c, d, e, f) fmtty -> (y, b, c, d, e, f) fmtty =
 fun arity rest -> match arity with Custom_zero -> rest | Custom_succ arity -> Any_ty (custom_type arity rest)

let rec fmtty_of_fmt : type a b c d e f. (a, b, c, d, e, f) fmt -> (a, b, c, d, e, f) fmtty = function
  | Char rest -> Char_ty (fmtty_of_fmt rest)
  | Caml_char rest -> Char_ty (fmtty_of_fmt rest)
  | String (padding, rest) -> padding_type padding (String_ty (fmtty_of_fmt rest))
  | Caml_string (padding, rest) -> padding_type padding (String_ty (fmtty_of_fmt rest))
  | Int (_, padding, precision, rest) -> padding_type padding (precision_type precision (Int_ty (fmtty_of_fmt rest)))
  | Int32 (_, padding, precision, rest) -> padding_type padding (precision_type precision (Int32_ty (fmtty_of_fmt rest)))
  | Nativeint (_, padding, precision, rest) ->
      padding_type padding (precision_type precision (Nativeint_ty (fmtty_of_fmt rest)))
  | Int64 (_, padding, precision, rest) -> padding_type padding (precision_type precision (Int64_ty (fmtty_of_fmt rest)))
  | Float (_, padding, precision, rest) -> padding_type padding (precision_type precision (Float_ty (fmtty_of_fmt rest)))
  | Bool (padding, rest) -> padding_type padding (Bool_ty (fmtty_of_fmt rest))
  | Flush rest -> fmtty_of_fmt rest
  | String_literal (_, rest) -> fmtty_of_fmt rest
  | Char_literal (_, rest) -> fmtty_of_fmt rest
  | Format_arg (_, ty, rest) -> Format_arg_ty (ty, fmtty_of_fmt rest)
  | Format_subst (_, ty, rest) -> Format_subst_ty (ty, ty, fmtty_of_fmt rest)
  | Alpha rest -> Alpha_ty (fmtty_of_fmt rest)
  | Theta rest -> Theta_ty (fmtty_of_fmt rest)
  | Formatting_lit (_, rest) -> fmtty_of_fmt rest
  | Formatting_gen (Open_tag (Format (text, _)), rest) -> concat_fmtty (fmtty_of_fmt text) (fmtty_of_fmt rest)
  | Formatting_gen (Open_box (Format (text, _)), rest) -> concat_fmtty (fmtty_of_fmt text) (fmtty_of_fmt rest)
  | Reader rest -> Reader_ty (fmtty_of_fmt rest)
  | Scan_char_set (_, _, rest) -> String_ty (fmtty_of_fmt rest)
  | Scan_get_counter (_, rest) -> Int_ty (fmtty_of_fmt rest)
  | Scan_next_char rest -> Char_ty (fmtty_of_fmt rest)
  | Ignored_param (ignored, rest) -> fmtty_of_ignored ignored (fmtty_of_fmt rest)
  | Custom (arity, _, rest) -> custom_type arity (fmtty_of_fmt rest)
  | End_of_format -> End_of_fmtty

and fmtty_of_ignored :
    type a b c d e f x y. (a, b, c, d, y, x) ignored -> (x, b, c, y, e, f) fmtty -> (a, b, c, d, e, f) fmtty =
 fun ignored rest ->
  match ignored with
  | Ignored_char -> rest
  | Ignored_caml_char -> rest
  | Ignored_string _ -> rest
  | Ignored_caml_string _ -> rest
  | Ignored_int _ -> rest
  | Ignored_int32 _ -> rest
  | Ignored_nativeint _ -> rest
  | Ignored_int64 _ -> rest
  | Ignored_float _ -> rest
  | Ignored_bool _ -> rest
  | Ignored_format_arg _ -> rest
  | Ignored_format_subst (_, ty) -> concat_fmtty ty rest
  | Ignored_reader -> Ignored_reader_ty rest
  | Ignored_scan_char_set _ -> rest
  | Ignored_scan_get_counter _ -> rest
  | Ignored_scan_next_char -> rest

let rec symm :
    type a1 b1 c1 d1 e1 f1 a2 b2 c2 d2 e2 f2.
    (a1, b1, c1, d1, e1, f1, a2, b2, c2, d2, e2, f2) fmtty_rel ->
    (a2, b2, c2, d2, e2, f2, a1, b1, c1, d1, e1, f1) fmtty_rel = function
  | Char_ty t -> Char_ty (symm t)
  | String_ty t -> String_ty (symm t)
  | Int_ty t -> Int_ty (symm t)
  | Int32_ty t -> Int32_ty (symm t)
  | Nativeint_ty t -> Nativeint_ty (symm t)
  | Int64_ty t -> Int64_ty (symm t)
  | Float_ty t -> Float_ty (symm t)
  | Bool_ty t -> Bool_ty (symm t)
  | Format_arg_ty (ty, t) -> Format_arg_ty (ty, symm t)
  | Format_subst_ty (left, right, t) -> Format_subst_ty (right, left, symm t)
  | Alpha_ty t -> Alpha_ty (symm t)
  | Theta_ty t -> Theta_ty (symm t)
  | Any_ty t -> Any_ty (symm t)
  | Reader_ty t -> Reader_ty (symm t)
  | Ignored_reader_ty t -> Ignored_reader_ty (symm t)
  | End_of_fmtty -> End_of_fmtty

(* The two relations share the middle, so they are of the same shape: the cases that are left out cannot be built. *)
let rec trans :
    type a1 b1 c1 d1 e1 f1 a2 b2 c2 d2 e2 f2 a3 b3 c3 d3 e3 f3.
    (a1, b1, c1, d1, e1, f1, a2, b2, c2, d2, e2, f2) fmtty_rel ->
    (a2, b2, c2, d2, e2, f2, a3, b3, c3, d3, e3, f3) fmtty_rel ->
    (a1, b1, c1, d1, e1, f1, a3, b3, c3, d3, e3, f3) fmtty_rel =
 fun first second ->
  match (first, second) with
  | Char_ty t, Char_ty u -> Char_ty (trans t u)
  | String_ty t, String_ty u -> String_ty (trans t u)
  | Int_ty t, Int_ty u -> Int_ty (trans t u)
  | Int32_ty t, Int32_ty u -> Int32_ty (trans t u)
  | Nativeint_ty t, Nativeint_ty u -> Nativeint_ty (trans t u)
  | Int64_ty t, Int64_ty u -> Int64_ty (trans t u)
  | Float_ty t, Float_ty u -> Float_ty (trans t u)
  | Bool_ty t, Bool_ty u -> Bool_ty (trans t u)
  | Format_arg_ty (ty, t), Format_arg_ty (_, u) -> Format_arg_ty (ty, trans t u)
  | Format_subst_ty (left, _, t), Format_subst_ty (_, right, u) ->
      (* That the middle of [t] is that of [u] follows from the two relations left out, by induction on them. *)
      Format_subst_ty (left, right, trans t (magic u))
  | Alpha_ty t, Alpha_ty u -> Alpha_ty (trans t u)
  | Theta_ty t, Theta_ty u -> Theta_ty (trans t u)
  | Any_ty t, Any_ty u -> Any_ty (trans t u)
  | Reader_ty t, Reader_ty u -> Reader_ty (trans t u)
  | Ignored_reader_ty t, Ignored_reader_ty u -> Ignored_reader_ty (trans t u)
  | End_of_fmtty, End_of_fmtty -> End_of_fmtty
  | _ -> assert false

(* Whether two formats take the same arguments. *)
let rec same_type :
    type a1 b1 c1 d1 e1 f1 a2 b2 c2 d2 e2 f2.
    (a1, b1, c1, d1, e1, f1) fmtty -> (a2, b2, c2, d2, e2, f2) fmtty -> bool =
 fun first second ->
  match (first, second) with
  | Char_ty t, Char_ty u -> same_type t u
  | String_ty t, String_ty u -> same_type t u
  | Int_ty t, Int_ty u -> same_type t u
  | Int32_ty t, Int32_ty u -> same_type t u
  | Nativeint_ty t, Nativeint_ty u -> same_type t u
  | Int64_ty t, Int64_ty u -> same_type t u
  | Float_ty t, Float_ty u -> same_type t u
  | Bool_ty t, Bool_ty u -> same_type t u
  | Format_arg_ty (ty1, t), Format_arg_ty (ty2, u) -> same_type ty1 ty2 && same_type t u
  | Format_subst_ty (ty1, _, t), Format_subst_ty (ty2, _, u) ->
      same_type (erase_rel ty1) (erase_rel ty2) && same_type (erase_rel t) (erase_rel u)
  | Alpha_ty t, Alpha_ty u -> same_type t u
  | Theta_ty t, Theta_ty u -> same_type t u
  | Any_ty t, Any_ty u -> same_type t u
  | Reader_ty t, Reader_ty u -> same_type t u
  | Ignored_reader_ty t, Ignored_reader_ty u -> same_type t u
  | End_of_fmtty, End_of_fmtty -> true
  | _ -> false

exception Type_mismatch

(* Whether [%0c] is among the conversions. Nothing that is read at run time may have it, whatever is expected. *)
let rec looks_at_next_character : type a b c d e f. (a, b, c, d, e, f) fmt -> bool = function
  | Scan_next_char _ -> true
  | Char rest -> looks_at_next_character rest
  | Caml_char rest -> looks_at_next_character rest
  | String (_, rest) -> looks_at_next_character rest
  | Caml_string (_, rest) -> looks_at_next_character rest
  | Int (_, _, _, rest) -> looks_at_next_character rest
  | Int32 (_, _, _, rest) -> looks_at_next_character rest
  | Nativeint (_, _, _, rest) -> looks_at_next_character rest
  | Int64 (_, _, _, rest) -> looks_at_next_character rest
  | Float (_, _, _, rest) -> looks_at_next_character rest
  | Bool (_, rest) -> looks_at_next_character rest
  | Flush rest -> looks_at_next_character rest
  | String_literal (_, rest) -> looks_at_next_character rest
  | Char_literal (_, rest) -> looks_at_next_character rest
  | Format_arg (_, _, rest) -> looks_at_next_character rest
  | Format_subst (_, _, rest) -> looks_at_next_character rest
  | Alpha rest -> looks_at_next_character rest
  | Theta rest -> looks_at_next_character rest
  | Formatting_lit (_, rest) -> looks_at_next_character rest
  | Formatting_gen (Open_tag (Format (text, _)), rest) -> looks_at_next_character text || looks_at_next_character rest
  | Formatting_gen (Open_box (Format (text, _)), rest) -> looks_at_next_character text || looks_at_next_character rest
  | Reader rest -> looks_at_next_character rest
  | Scan_char_set (_, _, rest) -> looks_at_next_character rest
  | Scan_get_counter (_, rest) -> looks_at_next_character rest
  | Ignored_param (_, rest) -> looks_at_next_character rest
  | Custom (_, _, rest) -> looks_at_next_character rest
  | End_of_format -> false

let type_format : type a b c d e f x t u v. (x, b, c, t, u, v) fmt -> (a, b, c, d, e, f) fmtty -> (a, b, c, d, e, f) fmt =
 fun fmt ty -> if same_type (fmtty_of_fmt fmt) ty && not (looks_at_next_character fmt) then magic fmt else raise Type_mismatch

(* The relation says that both types stand for the same data. *)
let recast fmt _ = magic fmt

(* {1 Converting values} *)

let char_of_iconv = function
  | Int_d | Int_pd | Int_sd | Int_Cd -> 'd'
  | Int_i | Int_pi | Int_si | Int_Ci -> 'i'
  | Int_x | Int_Cx -> 'x'
  | Int_X | Int_CX -> 'X'
  | Int_o | Int_Co -> 'o'
  | Int_u | Int_Cu -> 'u'

external format_int : string -> int -> string = "caml_format_int"
external format_int32 : string -> int32 -> string = "caml_int32_format"
external format_nativeint : string -> nativeint -> string = "caml_nativeint_format"
external format_int64 : string -> int64 -> string = "caml_int64_format"
external format_float : string -> float -> string = "caml_format_float"
external hexadecimal_of_float : float -> int -> char -> string = "caml_hexstring_of_float"

let c_format = function
  | Int_d | Int_Cd -> "%d"
  | Int_pd -> "%+d"
  | Int_sd -> "% d"
  | Int_i | Int_Ci -> "%i"
  | Int_pi -> "%+i"
  | Int_si -> "% i"
  | Int_x -> "%x"
  | Int_Cx -> "%#x"
  | Int_X -> "%X"
  | Int_CX -> "%#X"
  | Int_o -> "%o"
  | Int_Co -> "%#o"
  | Int_u | Int_Cu -> "%u"

(* [%#d] and its like: an underscore before each group of three digits. *)
let separate_thousands s =
  let length = String.length s in
  let sign = if length > 0 && s.[0] = '-' then 1 else 0 in
  let separators = (length - sign - 1) / 3 in
  if separators <= 0 then s
  else begin
    let result = Bytes.create (length + separators) in
    let rec copy from to_ left =
      if from >= 0 then
        if left = 0 && from >= sign then begin
          Bytes.set result to_ '_';
          copy from (to_ - 1) 3
        end
        else begin
          Bytes.set result to_ s.[from];
          copy (from - 1) (to_ - 1) (left - 1)
        end
    in
    copy (length - 1) (length + separators - 1) 3;
    Bytes.unsafe_to_string result
  end

let finish_int conv s = match conv with Int_Cd | Int_Ci | Int_Cu -> separate_thousands s | _ -> s
let convert_int conv n = finish_int conv (format_int (c_format conv) n)
let convert_int32 conv n = finish_int conv (format_int32 (c_format conv) n)
let convert_nativeint conv n = finish_int conv (format_nativeint (c_format conv) n)
let convert_int64 conv n = finish_int conv (format_int64 (c_format conv) n)

(* Length of what stands before the digits that zeros are put in front of: a sign, [0x]. *)
let prefix_length s =
  let length = String.length s in
  if length = 0 then 0
  else match s.[0] with '+' | '-' | ' ' -> 1 | '0' when length > 1 && (s.[1] = 'x' || s.[1] = 'X') -> 2 | _ -> 0

let insert_zeros s prefix count =
  let length = String.length s in
  let result = Bytes.make (length + count) '0' in
  String.blit s 0 result 0 prefix;
  String.blit s prefix result (prefix + count) (length - prefix);
  Bytes.unsafe_to_string result

let fix_padding where width s =
  let where = if width < 0 then Left else where and width = abs width in
  let length = String.length s in
  if width <= length then s
  else
    match where with
    | Zeros -> insert_zeros s (prefix_length s) (width - length)
    | Left | Right ->
        let result = Bytes.make width ' ' in
        String.blit s 0 result (if where = Left then 0 else width - length) length;
        Bytes.unsafe_to_string result

(* At least [precision] digits. *)
let fix_int_precision precision s =
  let prefix = prefix_length s in
  let missing = abs precision - (String.length s - prefix) in
  if missing <= 0 then s else insert_zeros s prefix missing

let caml_char c = "'" ^ Char.escaped c ^ "'"
let caml_string s = "\"" ^ String.escaped s ^ "\""

(* No precision given to a conversion; any number may be given. *)
let no_precision = min_int

let sign_flag = function Float_flag_ -> '-' | Float_flag_p -> '+' | Float_flag_s -> ' '

let float_letter = function
  | Float_f -> "f"
  | Float_e -> "e"
  | Float_E -> "E"
  | Float_F | Float_g -> "g"
  | Float_G -> "G"
  | Float_h | Float_H | Float_CF -> assert false

let float_format flag kind precision =
  let flag = match flag with Float_flag_ -> "" | Float_flag_p -> "+" | Float_flag_s -> " " in
  "%" ^ flag ^ "." ^ string_of_int precision ^ float_letter kind

(* OCaml's names of what has no digits. *)
let caml_special x s =
  match classify_float x with
  | FP_nan -> "nan"
  | FP_infinite -> if x < 0. then "neg_infinity" else "infinity"
  | FP_normal | FP_subnormal | FP_zero -> s

(* A float literal has a point or an exponent. *)
let with_point s =
  let rec find i = i < String.length s && match s.[i] with '.' | 'e' | 'E' -> true | _ -> find (i + 1) in
  if find 0 then s else s ^ "."

let convert_float (flag, kind) precision x =
  match kind with
  | Float_h -> hexadecimal_of_float x (if precision = no_precision then -6 else precision) (sign_flag flag)
  | Float_H ->
      String.uppercase_ascii (hexadecimal_of_float x (if precision = no_precision then -6 else precision) (sign_flag flag))
  | Float_CF -> caml_special x (hexadecimal_of_float x (if precision = no_precision then -6 else precision) (sign_flag flag))
  | Float_F ->
      let precision = if precision = no_precision then 12 else abs precision in
      caml_special x (with_point (format_float (float_format flag kind precision) x))
  | Float_f | Float_e | Float_E | Float_g | Float_G -> (
      match (flag, kind, precision) with
      | Float_flag_, Float_f, 2 -> format_float "%.2f" x
      | _ ->
          let precision = if precision = no_precision then 6 else abs precision in
          format_float (float_format flag kind precision) x)

(* {1 The text of types and formats} *)

let string_of_formatting_lit = function
  | Close_box -> "@]"
  | Close_tag -> "@}"
  | Break (text, _, _) -> text
  | FFlush -> "@?"
  | Force_newline -> "@\n"
  | Flush_newline -> "@."
  | Magic_size (text, _) -> text
  | Escaped_at -> "@@"
  | Escaped_percent -> "@%"
  | Scan_indic c -> "@" ^ String.make 1 c

let rec add_fmtty : type a b c d e f g h i j k l. Buffer.t -> (a, b, c, d, e, f, g, h, i, j, k, l) fmtty_rel -> unit =
 fun buffer ty ->
  let add text rest =
    Buffer.add_string buffer text;
    add_fmtty buffer rest
  in
  match ty with
  | Char_ty t -> add "%c" t
  | String_ty t -> add "%s" t
  | Int_ty t -> add "%i" t
  | Int32_ty t -> add "%li" t
  | Nativeint_ty t -> add "%ni" t
  | Int64_ty t -> add "%Li" t
  | Float_ty t -> add "%f" t
  | Bool_ty t -> add "%B" t
  | Format_arg_ty (ty, t) ->
      Buffer.add_string buffer "%{";
      add_fmtty buffer ty;
      add "%}" t
  | Format_subst_ty (ty, _, t) ->
      Buffer.add_string buffer "%(";
      add_fmtty buffer ty;
      add "%)" t
  | Alpha_ty t -> add "%a" t
  | Theta_ty t -> add "%t" t
  | Any_ty t -> add "%?" t
  | Reader_ty t -> add "%r" t
  | Ignored_reader_ty t -> add "%_r" t
  | End_of_fmtty -> ()

let string_of_fmtty ty =
  let buffer = Buffer.create 16 in
  add_fmtty buffer ty;
  Buffer.contents buffer

(* Text of a literal, in which [%] is doubled. *)
let add_char_literal buffer = function '%' -> Buffer.add_string buffer "%%" | c -> Buffer.add_char buffer c

(* [%[...]]: [^] for sets with the character of code 0; a [\]] or [-] that does not lie inside a range comes first or last. *)
let add_char_set buffer set =
  let complement = is_in_char_set set '\000' in
  let member i = i > 0 && i < 256 && is_in_char_set set (char i) <> complement in
  let alone i = member i && not (member (i - 1) && member (i + 1)) in
  let add i =
    if i = Char.code '%' || i = Char.code '@' then Buffer.add_char buffer '%';
    Buffer.add_char buffer (char i)
  in
  let bracket = Char.code ']' and dash = Char.code '-' in
  let special i = (i = bracket || i = dash) && alone i in
  Buffer.add_string buffer (if complement then "[^" else "[");
  if alone bracket then Buffer.add_char buffer ']';
  let rec from i =
    if i < 256 then
      if (not (member i)) || special i then from (i + 1)
      else begin
        let stop = ref i in
        while member (!stop + 1) && not (special (!stop + 1)) do
          incr stop
        done;
        add i;
        if !stop > i + 1 then Buffer.add_char buffer '-';
        if !stop > i then add !stop;
        from (!stop + 1)
      end
  in
  from 1;
  if alone dash then Buffer.add_char buffer '-';
  Buffer.add_char buffer ']'

let add_padding : type x y. Buffer.t -> (x, y) padding -> unit =
 fun buffer padding ->
  let add_side = function Left -> Buffer.add_char buffer '-' | Right -> () | Zeros -> Buffer.add_char buffer '0' in
  match padding with
  | No_padding -> ()
  | Lit_padding (side, width) ->
      add_side side;
      Buffer.add_string buffer (string_of_int width)
  | Arg_padding side ->
      add_side side;
      Buffer.add_char buffer '*'

let add_precision : type x y. Buffer.t -> (x, y) precision -> unit =
 fun buffer precision ->
  match precision with
  | No_precision -> ()
  | Lit_precision n ->
      Buffer.add_char buffer '.';
      Buffer.add_string buffer (string_of_int n)
  | Arg_precision -> Buffer.add_string buffer ".*"

let add_width buffer = function None -> () | Some width -> Buffer.add_string buffer (string_of_int width)

(* Flags of an integer conversion. *)
let add_int_flags buffer = function
  | Int_d | Int_i | Int_x | Int_X | Int_o | Int_u -> ()
  | Int_pd | Int_pi -> Buffer.add_char buffer '+'
  | Int_sd | Int_si -> Buffer.add_char buffer ' '
  | Int_Cx | Int_CX | Int_Co | Int_Cd | Int_Ci | Int_Cu -> Buffer.add_char buffer '#'

let add_float_flags buffer (flag, kind) =
  (match flag with
  | Float_flag_ -> ()
  | Float_flag_p -> Buffer.add_char buffer '+'
  | Float_flag_s -> Buffer.add_char buffer ' ');
  match kind with Float_CF -> Buffer.add_char buffer '#' | _ -> ()

let char_of_fconv = function
  | Float_f -> 'f'
  | Float_e -> 'e'
  | Float_E -> 'E'
  | Float_g -> 'g'
  | Float_G -> 'G'
  | Float_F | Float_CF -> 'F'
  | Float_h -> 'h'
  | Float_H -> 'H'

let char_of_counter = function Line_counter -> 'l' | Char_counter -> 'n' | Token_counter -> 'N'

(* After the [%]: the letters between flags and conversion. *)
let add_int_conversion : type x y z. Buffer.t -> string -> int_conv -> (x, y) padding -> (y, z) precision -> unit =
 fun buffer size conv padding precision ->
  add_int_flags buffer conv;
  add_padding buffer padding;
  add_precision buffer precision;
  Buffer.add_string buffer size;
  Buffer.add_char buffer (char_of_iconv conv)

let rec add_fmt : type a b c d e f. Buffer.t -> string -> (a, b, c, d, e, f) fmt -> unit =
 fun buffer percent fmt ->
  let start () = Buffer.add_string buffer percent in
  let simple : type a b c d e f. string -> (a, b, c, d, e, f) fmt -> unit =
   fun letters rest ->
    start ();
    Buffer.add_string buffer letters;
    add_fmt buffer "%" rest
  in
  let integer : type x y z a b c d e f. string -> int_conv -> (x, y) padding -> (y, z) precision -> (a, b, c, d, e, f) fmt -> unit =
   fun size conv padding precision rest ->
    start ();
    add_int_conversion buffer size conv padding precision;
    add_fmt buffer "%" rest
  in
  let padded : type x y a b c d e f. (x, y) padding -> char -> (a, b, c, d, e, f) fmt -> unit =
   fun padding letter rest ->
    start ();
    add_padding buffer padding;
    Buffer.add_char buffer letter;
    add_fmt buffer "%" rest
  in
  let sub : type a b c d e f g h i j k l m n. pad_option -> string -> (g, h, i, j, k, l, m, n, a, b, c, d) fmtty_rel -> string -> unit =
   fun width opening ty closing ->
    start ();
    add_width buffer width;
    Buffer.add_string buffer opening;
    add_fmtty buffer ty;
    Buffer.add_string buffer closing
  in
  match fmt with
  | Char rest -> simple "c" rest
  | Caml_char rest -> simple "C" rest
  | String (padding, rest) -> padded padding 's' rest
  | Caml_string (padding, rest) -> padded padding 'S' rest
  | Int (conv, padding, precision, rest) -> integer "" conv padding precision rest
  | Int32 (conv, padding, precision, rest) -> integer "l" conv padding precision rest
  | Nativeint (conv, padding, precision, rest) -> integer "n" conv padding precision rest
  | Int64 (conv, padding, precision, rest) -> integer "L" conv padding precision rest
  | Float (conv, padding, precision, rest) ->
      start ();
      add_float_flags buffer conv;
      add_padding buffer padding;
      add_precision buffer precision;
      Buffer.add_char buffer (char_of_fconv (snd conv));
      add_fmt buffer "%" rest
  | Bool (padding, rest) -> padded padding 'B' rest
  | Flush rest -> simple "!" rest
  | String_literal (text, rest) ->
      String.iter (add_char_literal buffer) text;
      add_fmt buffer "%" rest
  | Char_literal (c, rest) ->
      add_char_literal buffer c;
      add_fmt buffer "%" rest
  | Format_arg (width, ty, rest) ->
      sub width "{" ty "%}";
      add_fmt buffer "%" rest
  | Format_subst (width, ty, rest) ->
      sub width "(" ty "%)";
      add_fmt buffer "%" rest
  | Alpha rest -> simple "a" rest
  | Theta rest -> simple "t" rest
  | Formatting_lit (item, rest) ->
      String.iter (add_char_literal buffer) (string_of_formatting_lit item);
      add_fmt buffer "%" rest
  | Formatting_gen (Open_tag (Format (_, text)), rest) ->
      Buffer.add_string buffer "@{";
      Buffer.add_string buffer text;
      add_fmt buffer "%" rest
  | Formatting_gen (Open_box (Format (_, text)), rest) ->
      Buffer.add_string buffer "@[";
      Buffer.add_string buffer text;
      add_fmt buffer "%" rest
  | Reader rest -> simple "r" rest
  | Scan_char_set (width, set, rest) ->
      start ();
      add_width buffer width;
      add_char_set buffer set;
      add_fmt buffer "%" rest
  | Scan_get_counter (counter, rest) ->
      start ();
      Buffer.add_char buffer (char_of_counter counter);
      add_fmt buffer "%" rest
  | Scan_next_char rest -> simple "0c" rest
  | Ignored_param (ignored, rest) ->
      let (Param_format_EBB fmt) = param_format_of_ignored_format ignored rest in
      add_fmt buffer "%_" fmt
  | Custom (arity, _, rest) ->
      add_arity buffer arity;
      add_fmt buffer "%" rest
  | End_of_format -> ()

and add_arity : type a x y. Buffer.t -> (a, x, y) custom_arity -> unit =
 fun buffer arity ->
  match arity with
  | Custom_zero -> ()
  | Custom_succ arity ->
      Buffer.add_string buffer "%?";
      add_arity buffer arity

let string_of_fmt fmt =
  let buffer = Buffer.create 16 in
  add_fmt buffer "%" fmt;
  Buffer.contents buffer

(* {1 Printing} *)

let bad_char_set = "Printf: bad conversion %["
let bad_ignored = "Printf: bad conversion %_"

(* Widths and precisions that are arguments come before the argument proper. *)
let with_padding : type x y. (x, y) padding -> (padty -> int -> y) -> x =
 fun padding body ->
  match padding with
  | No_padding -> body Right 0
  | Lit_padding (side, width) -> body side width
  | Arg_padding side -> fun width -> body side width

let with_precision : type x y. (x, y) precision -> (int -> y) -> x =
 fun precision body ->
  match precision with No_precision -> body no_precision | Lit_precision n -> body n | Arg_precision -> body

let rec make_printf : type a b c d e f. ((b, c) acc -> f) -> (b, c) acc -> (a, b, c, d, e, f) fmt -> a =
 fun k acc fmt ->
  match fmt with
  | End_of_format -> k acc
  | String_literal (text, rest) -> make_printf k (Acc_string_literal (acc, text)) rest
  | Char_literal (c, rest) -> make_printf k (Acc_char_literal (acc, c)) rest
  | String (No_padding, rest) -> fun s -> make_printf k (Acc_data_string (acc, s)) rest
  | String (padding, rest) ->
      with_padding padding (fun side width s -> make_printf k (Acc_data_string (acc, fix_padding side width s)) rest)
  | Int (conv, No_padding, No_precision, rest) ->
      fun n -> make_printf k (Acc_data_string (acc, convert_int conv n)) rest
  | Int (conv, padding, precision, rest) -> make_integer k acc rest padding precision conv convert_int
  | Int32 (conv, padding, precision, rest) -> make_integer k acc rest padding precision conv convert_int32
  | Nativeint (conv, padding, precision, rest) -> make_integer k acc rest padding precision conv convert_nativeint
  | Int64 (conv, padding, precision, rest) -> make_integer k acc rest padding precision conv convert_int64
  | Float (conv, padding, precision, rest) ->
      with_padding padding (fun side width ->
          with_precision precision (fun precision x ->
              let s = convert_float conv precision x in
              make_printf k (Acc_data_string (acc, if width = 0 then s else fix_padding side width s)) rest))
  | Char rest -> fun c -> make_printf k (Acc_data_char (acc, c)) rest
  | Caml_char rest -> fun c -> make_printf k (Acc_data_string (acc, caml_char c)) rest
  | Caml_string (padding, rest) ->
      with_padding padding (fun side width s ->
          make_printf k (Acc_data_string (acc, fix_padding side width (caml_string s))) rest)
  | Bool (padding, rest) ->
      with_padding padding (fun side width b ->
          make_printf k (Acc_data_string (acc, fix_padding side width (string_of_bool b))) rest)
  | Flush rest -> make_printf k (Acc_flush acc) rest
  | Alpha rest -> fun print x -> make_printf k (Acc_delay (acc, fun output -> print output x)) rest
  | Theta rest -> fun print -> make_printf k (Acc_delay (acc, print)) rest
  | Formatting_lit (item, rest) -> make_printf k (Acc_formatting_lit (acc, item)) rest
  | Formatting_gen (Open_tag (Format (text, _)), rest) ->
      make_printf (fun text -> make_printf k (Acc_formatting_gen (acc, Acc_open_tag text)) rest) End_of_acc text
  | Formatting_gen (Open_box (Format (text, _)), rest) ->
      make_printf (fun text -> make_printf k (Acc_formatting_gen (acc, Acc_open_box text)) rest) End_of_acc text
  | Format_arg (_, ty, rest) ->
      (* The argument's type is printed, which is known. *)
      let text = string_of_fmtty ty in
      fun _ -> make_printf k (Acc_data_string (acc, text)) rest
  | Format_subst (_, ty, rest) -> fun (Format (fmt, _)) -> make_printf k acc (concat_fmt (recast fmt ty) rest)
  | Scan_char_set (_, _, rest) -> fun _ -> make_printf k (Acc_invalid_arg (acc, bad_char_set)) rest
  | Scan_get_counter (_, rest) -> fun n -> make_printf k (Acc_data_string (acc, format_int "%u" n)) rest
  | Scan_next_char rest -> fun c -> make_printf k (Acc_data_char (acc, c)) rest
  | Ignored_param (ignored, rest) -> make_ignored k acc ignored rest
  | Custom (arity, make, rest) -> make_custom k acc rest arity (make ())
  | Reader _ ->
      (* The formats of printing functions have ['d = 'e = 'c]: with a reader, ['c] would contain itself. *)
      assert false

and make_integer :
    type x y z a b c d e f.
    ((b, c) acc -> f) ->
    (b, c) acc ->
    (a, b, c, d, e, f) fmt ->
    (x, y) padding ->
    (y, z -> a) precision ->
    int_conv ->
    (int_conv -> z -> string) ->
    x =
 fun k acc rest padding precision conv convert ->
  with_padding padding (fun side width ->
      with_precision precision (fun precision n ->
          let s = convert conv n in
          let s = if precision = no_precision then s else fix_int_precision precision s in
          (* As in C, a precision turns the flag [0] off. *)
          let side = if precision <> no_precision && side = Zeros then Right else side in
          make_printf k (Acc_data_string (acc, if width = 0 then s else fix_padding side width s)) rest))

and make_ignored :
    type a b c d e f x y. ((b, c) acc -> f) -> (b, c) acc -> (a, b, c, d, y, x) ignored -> (x, b, c, y, e, f) fmt -> a =
 fun k acc ignored rest ->
  match ignored with
  | Ignored_char -> make_invalid k acc rest
  | Ignored_caml_char -> make_invalid k acc rest
  | Ignored_string _ -> make_invalid k acc rest
  | Ignored_caml_string _ -> make_invalid k acc rest
  | Ignored_int _ -> make_invalid k acc rest
  | Ignored_int32 _ -> make_invalid k acc rest
  | Ignored_nativeint _ -> make_invalid k acc rest
  | Ignored_int64 _ -> make_invalid k acc rest
  | Ignored_float _ -> make_invalid k acc rest
  | Ignored_bool _ -> make_invalid k acc rest
  | Ignored_format_arg _ -> make_invalid k acc rest
  | Ignored_format_subst (_, ty) -> make_invalid_after k acc ty rest
  | Ignored_scan_char_set _ -> make_invalid k acc rest
  | Ignored_scan_get_counter _ -> make_invalid k acc rest
  | Ignored_scan_next_char -> make_invalid k acc rest
  | Ignored_reader -> assert false (* as [Reader] above *)

and make_invalid : type a b c d e f. ((b, c) acc -> f) -> (b, c) acc -> (a, b, c, d, e, f) fmt -> a =
 fun k acc rest -> make_printf k (Acc_invalid_arg (acc, bad_ignored)) rest

(* Takes the arguments of the format that an ignored substitution stands for. *)
and make_invalid_after :
    type a b c d e f x y. ((b, c) acc -> f) -> (b, c) acc -> (a, b, c, d, y, x) fmtty -> (x, b, c, y, e, f) fmt -> a =
 fun k acc ty rest ->
  match ty with
  | Char_ty t -> fun _ -> make_invalid_after k acc t rest
  | String_ty t -> fun _ -> make_invalid_after k acc t rest
  | Int_ty t -> fun _ -> make_invalid_after k acc t rest
  | Int32_ty t -> fun _ -> make_invalid_after k acc t rest
  | Nativeint_ty t -> fun _ -> make_invalid_after k acc t rest
  | Int64_ty t -> fun _ -> make_invalid_after k acc t rest
  | Float_ty t -> fun _ -> make_invalid_after k acc t rest
  | Bool_ty t -> fun _ -> make_invalid_after k acc t rest
  | Format_arg_ty (_, t) -> fun _ -> make_invalid_after k acc t rest
  | Format_subst_ty (left, right, t) ->
      let substituted = trans (symm left) right in
      fun _ -> make_invalid_after k acc (concat_fmtty substituted t) rest
  | Alpha_ty t -> fun _ _ -> make_invalid_after k acc t rest
  | Theta_ty t -> fun _ -> make_invalid_after k acc t rest
  | Any_ty t -> fun _ -> make_invalid_after k acc t rest
  | Reader_ty _ -> assert false
  | Ignored_reader_ty _ -> assert false
  | End_of_fmtty -> make_invalid k acc rest

and make_custom :
    type x y a b c d e f. ((b, c) acc -> f) -> (b, c) acc -> (a, b, c, d, e, f) fmt -> (a, x, y) custom_arity -> x -> y =
 fun k acc rest arity made ->
  match arity with
  | Custom_zero -> make_printf k (Acc_data_string (acc, made)) rest
  | Custom_succ arity -> fun x -> make_custom k acc rest arity (made x)

let skip_padding : type x y. (x, y) padding -> y -> x =
 fun padding next -> match padding with No_padding -> next | Lit_padding _ -> next | Arg_padding _ -> fun _ -> next

let skip_precision : type x y. (x, y) precision -> y -> x =
 fun precision next -> match precision with No_precision -> next | Lit_precision _ -> next | Arg_precision -> fun _ -> next

(* As [make_printf] without anything to print. *)
let rec make_iprintf : type a b c d e f s. (s -> f) -> s -> (a, b, c, d, e, f) fmt -> a =
 fun k output fmt ->
  match fmt with
  | End_of_format -> k output
  | Char rest ->
      let next = make_iprintf k output rest in
      fun _ -> next
  | Caml_char rest ->
      let next = make_iprintf k output rest in
      fun _ -> next
  | String (padding, rest) ->
      let next = make_iprintf k output rest in
      skip_padding padding (fun _ -> next)
  | Caml_string (padding, rest) ->
      let next = make_iprintf k output rest in
      skip_padding padding (fun _ -> next)
  | Int (_, padding, precision, rest) -> skip_number k output rest padding precision
  | Int32 (_, padding, precision, rest) -> skip_number k output rest padding precision
  | Nativeint (_, padding, precision, rest) -> skip_number k output rest padding precision
  | Int64 (_, padding, precision, rest) -> skip_number k output rest padding precision
  | Float (_, padding, precision, rest) -> skip_number k output rest padding precision
  | Bool (padding, rest) ->
      let next = make_iprintf k output rest in
      skip_padding padding (fun _ -> next)
  | Flush rest -> make_iprintf k output rest
  | String_literal (_, rest) -> make_iprintf k output rest
  | Char_literal (_, rest) -> make_iprintf k output rest
  | Format_arg (_, _, rest) ->
      let next = make_iprintf k output rest in
      fun _ -> next
  | Format_subst (_, ty, rest) -> fun (Format (fmt, _)) -> make_iprintf k output (concat_fmt (recast fmt ty) rest)
  | Alpha rest ->
      let next = make_iprintf k output rest in
      fun _ _ -> next
  | Theta rest ->
      let next = make_iprintf k output rest in
      fun _ -> next
  | Formatting_lit (_, rest) -> make_iprintf k output rest
  | Formatting_gen (Open_tag (Format (text, _)), rest) ->
      make_iprintf (fun output -> make_iprintf k output rest) output text
  | Formatting_gen (Open_box (Format (text, _)), rest) ->
      make_iprintf (fun output -> make_iprintf k output rest) output text
  | Reader rest ->
      let next = make_iprintf k output rest in
      fun _ -> next
  | Scan_char_set (_, _, rest) ->
      let next = make_iprintf k output rest in
      fun _ -> next
  | Scan_get_counter (_, rest) ->
      let next = make_iprintf k output rest in
      fun _ -> next
  | Scan_next_char rest ->
      let next = make_iprintf k output rest in
      fun _ -> next
  | Ignored_param (ignored, rest) -> (
      match ignored with
      | Ignored_format_subst (_, ty) -> skip_arguments k output ty rest
      | Ignored_reader -> make_iprintf k output rest
      | Ignored_char -> make_iprintf k output rest
      | Ignored_caml_char -> make_iprintf k output rest
      | Ignored_string _ -> make_iprintf k output rest
      | Ignored_caml_string _ -> make_iprintf k output rest
      | Ignored_int _ -> make_iprintf k output rest
      | Ignored_int32 _ -> make_iprintf k output rest
      | Ignored_nativeint _ -> make_iprintf k output rest
      | Ignored_int64 _ -> make_iprintf k output rest
      | Ignored_float _ -> make_iprintf k output rest
      | Ignored_bool _ -> make_iprintf k output rest
      | Ignored_format_arg _ -> make_iprintf k output rest
      | Ignored_scan_char_set _ -> make_iprintf k output rest
      | Ignored_scan_get_counter _ -> make_iprintf k output rest
      | Ignored_scan_next_char -> make_iprintf k output rest)
  | Custom (arity, _, rest) -> skip_custom k output rest arity

and skip_number :
    type x y z a b c d e f s. (s -> f) -> s -> (a, b, c, d, e, f) fmt -> (x, y) padding -> (y, z -> a) precision -> x =
 fun k output rest padding precision ->
  let next = make_iprintf k output rest in
  skip_padding padding (skip_precision precision (fun _ -> next))

and skip_arguments :
    type a b c d e f x y s. (s -> f) -> s -> (a, b, c, d, y, x) fmtty -> (x, b, c, y, e, f) fmt -> a =
 fun k output ty rest ->
  match ty with
  | Char_ty t -> fun _ -> skip_arguments k output t rest
  | String_ty t -> fun _ -> skip_arguments k output t rest
  | Int_ty t -> fun _ -> skip_arguments k output t rest
  | Int32_ty t -> fun _ -> skip_arguments k output t rest
  | Nativeint_ty t -> fun _ -> skip_arguments k output t rest
  | Int64_ty t -> fun _ -> skip_arguments k output t rest
  | Float_ty t -> fun _ -> skip_arguments k output t rest
  | Bool_ty t -> fun _ -> skip_arguments k output t rest
  | Format_arg_ty (_, t) -> fun _ -> skip_arguments k output t rest
  | Format_subst_ty (left, right, t) ->
      let substituted = trans (symm left) right in
      fun _ -> skip_arguments k output (concat_fmtty substituted t) rest
  | Alpha_ty t -> fun _ _ -> skip_arguments k output t rest
  | Theta_ty t -> fun _ -> skip_arguments k output t rest
  | Any_ty t -> fun _ -> skip_arguments k output t rest
  | Reader_ty t -> fun _ -> skip_arguments k output t rest
  | Ignored_reader_ty t -> skip_arguments k output t rest
  | End_of_fmtty -> make_iprintf k output rest

and skip_custom : type x y a b c d e f s. (s -> f) -> s -> (a, b, c, d, e, f) fmt -> (a, x, y) custom_arity -> y =
 fun k output rest arity ->
  match arity with
  | Custom_zero -> make_iprintf k output rest
  | Custom_succ arity ->
      let next = skip_custom k output rest arity in
      fun _ -> next

(* {1 Output of what was accumulated} *)

let rec output_acc (channel : out_channel) (acc : (out_channel, unit) acc) =
  match acc with
  | End_of_acc -> ()
  | Acc_string_literal (before, s) | Acc_data_string (before, s) ->
      output_acc channel before;
      output_string channel s
  | Acc_char_literal (before, c) | Acc_data_char (before, c) ->
      output_acc channel before;
      output_char channel c
  | Acc_delay (before, print) ->
      output_acc channel before;
      print channel
  | Acc_flush before ->
      output_acc channel before;
      flush channel
  | Acc_formatting_lit (before, item) ->
      output_acc channel before;
      output_string channel (string_of_formatting_lit item)
  | Acc_formatting_gen (before, Acc_open_tag text) ->
      output_acc channel before;
      output_string channel "@{";
      output_acc channel text
  | Acc_formatting_gen (before, Acc_open_box text) ->
      output_acc channel before;
      output_string channel "@[";
      output_acc channel text
  | Acc_invalid_arg (before, message) ->
      output_acc channel before;
      invalid_arg message

let rec bufput_acc (buffer : Buffer.t) (acc : (Buffer.t, unit) acc) =
  match acc with
  | End_of_acc -> ()
  | Acc_string_literal (before, s) | Acc_data_string (before, s) ->
      bufput_acc buffer before;
      Buffer.add_string buffer s
  | Acc_char_literal (before, c) | Acc_data_char (before, c) ->
      bufput_acc buffer before;
      Buffer.add_char buffer c
  | Acc_delay (before, print) ->
      bufput_acc buffer before;
      print buffer
  | Acc_flush before -> bufput_acc buffer before
  | Acc_formatting_lit (before, item) ->
      bufput_acc buffer before;
      Buffer.add_string buffer (string_of_formatting_lit item)
  | Acc_formatting_gen (before, Acc_open_tag text) ->
      bufput_acc buffer before;
      Buffer.add_string buffer "@{";
      bufput_acc buffer text
  | Acc_formatting_gen (before, Acc_open_box text) ->
      bufput_acc buffer before;
      Buffer.add_string buffer "@[";
      bufput_acc buffer text
  | Acc_invalid_arg (before, message) ->
      bufput_acc buffer before;
      invalid_arg message

let rec strput_acc (buffer : Buffer.t) (acc : (unit, string) acc) =
  match acc with
  | End_of_acc -> ()
  | Acc_string_literal (before, s) | Acc_data_string (before, s) ->
      strput_acc buffer before;
      Buffer.add_string buffer s
  | Acc_char_literal (before, c) | Acc_data_char (before, c) ->
      strput_acc buffer before;
      Buffer.add_char buffer c
  | Acc_delay (before, print) ->
      strput_acc buffer before;
      Buffer.add_string buffer (print ())
  | Acc_flush before -> strput_acc buffer before
  | Acc_formatting_lit (before, item) ->
      strput_acc buffer before;
      Buffer.add_string buffer (string_of_formatting_lit item)
  | Acc_formatting_gen (before, Acc_open_tag text) ->
      strput_acc buffer before;
      Buffer.add_string buffer "@{";
      strput_acc buffer text
  | Acc_formatting_gen (before, Acc_open_box text) ->
      strput_acc buffer before;
      Buffer.add_string buffer "@[";
      strput_acc buffer text
  | Acc_invalid_arg (before, message) ->
      strput_acc buffer before;
      invalid_arg message

(* {1 Boxes} *)

let is_digit c = c >= '0' && c <= '9'

let open_box_of_string text =
  let length = String.length text in
  if length = 0 then (0, Pp_box)
  else begin
    let fail () = failwith ("invalid box description " ^ caml_string text) in
    let rec blanks i = if i < length && (text.[i] = ' ' || text.[i] = '\t') then blanks (i + 1) else i in
    let rec letters i = if i < length && text.[i] >= 'a' && text.[i] <= 'z' then letters (i + 1) else i in
    let rec digits i = if i < length && (is_digit text.[i] || text.[i] = '-') then digits (i + 1) else i in
    let name_start = blanks 0 in
    let name_end = letters name_start in
    let indent_start = blanks name_end in
    let indent_end = digits indent_start in
    if blanks indent_end <> length then fail ();
    let indent =
      if indent_end = indent_start then 0
      else
        match int_of_string_opt (String.sub text indent_start (indent_end - indent_start)) with
        | Some n -> n
        | None -> fail ()
    in
    match String.sub text name_start (name_end - name_start) with
    | "" | "b" -> (indent, Pp_box)
    | "h" -> (indent, Pp_hbox)
    | "v" -> (indent, Pp_vbox)
    | "hv" -> (indent, Pp_hvbox)
    | "hov" -> (indent, Pp_hovbox)
    | _ -> fail ()
  end

(* {1 Reading formats} *)

(* The text being read. A [legacy] reader skips flags, widths and precisions that mean nothing where they stand. *)
type source = { text : string; legacy : bool }

let fail source position reason =
  failwith
    ("invalid format " ^ caml_string source.text ^ ": at character number " ^ string_of_int position ^ ", " ^ reason)

let unexpected_end source stop = fail source stop "unexpected end of format"

(* The character at [i] of what ends before [stop]. *)
let char_at source i stop = if i >= stop then unexpected_end source stop else String.unsafe_get source.text i

(* A number from [i] on, with its end; -1 when it is too large to be a string's length. *)
let rec number_from source i stop value =
  if i < stop && is_digit source.text.[i] then begin
    let value = (value * 10) + (Char.code source.text.[i] - Char.code '0') in
    if value > Sys.max_string_length then (-value, i) else number_from source (i + 1) stop value
  end
  else (value, i)

let read_number source i stop =
  let value, next = number_from source i stop 0 in
  if value < 0 then
    failwith
      ("invalid format " ^ caml_string source.text ^ ": integer " ^ string_of_int (-value)
     ^ " is greater than the limit "
      ^ string_of_int Sys.max_string_length);
  (value, next)

let rec skip_spaces source i stop = if i < stop && source.text.[i] = ' ' then skip_spaces source (i + 1) stop else i

(* What stands between [%] and the letter, and whether it has meant anything. *)
type width = No_width | Literal_width of padty * int | Argument_width of padty
type digits = No_digits | Literal_digits of int | Argument_digits

type specification = {
  start : int;  (** where the [%] is *)
  ignored : bool;
  zero : bool;
  mutable minus : bool;
  plus : bool;
  hash : bool;
  space : bool;
  mutable width : width;
  mutable digits : digits;
  mutable plus_used : bool;
  mutable hash_used : bool;
  mutable space_used : bool;
  mutable width_used : bool;
  mutable digits_used : bool;
  mutable ignored_used : bool;
}

(* [stop] is where the part of the text that is to blame ends. *)
let incompatible source spec stop letter what =
  fail source spec.start
    (what ^ " is incompatible with '" ^ String.make 1 letter ^ "' in sub-format "
    ^ caml_string (String.sub source.text spec.start (stop - spec.start)))

let read_flags source start stop =
  let ignored = char_at source (start + 1) stop = '_' in
  let zero = ref false and minus = ref false and plus = ref false and hash = ref false and space = ref false in
  let rec flags i =
    let set flag =
      if !flag && not source.legacy then fail source i ("duplicate flag " ^ caml_char source.text.[i]);
      flag := true;
      flags (i + 1)
    in
    match char_at source i stop with
    | '0' -> set zero
    | '-' -> set minus
    | '+' -> set plus
    | '#' -> set hash
    | ' ' -> set space
    | _ -> i
  in
  let next = flags (if ignored then start + 2 else start + 1) in
  ( {
      start;
      ignored;
      zero = !zero;
      minus = !minus;
      plus = !plus;
      hash = !hash;
      space = !space;
      width = No_width;
      digits = No_digits;
      plus_used = false;
      hash_used = false;
      space_used = false;
      width_used = false;
      digits_used = false;
      ignored_used = false;
    },
    next )

let read_width source spec i stop =
  let side =
    match (spec.zero, spec.minus) with
    | false, false -> Right
    | false, true -> Left
    | true, false -> Zeros
    | true, true -> if source.legacy then Left else incompatible source spec i '-' "0"
  in
  match char_at source i stop with
  | '0' .. '9' ->
      let n, next = read_number source i stop in
      spec.width <- Literal_width (side, n);
      next
  | '*' ->
      spec.width <- Argument_width side;
      i + 1
  | _ ->
      (match side with
      | Right -> ()
      | Zeros -> spec.width <- Literal_width (Right, 0)
      | Left -> if not source.legacy then fail source (i - 1) "'-' without padding");
      i

let read_precision source spec i stop =
  if char_at source i stop <> '.' then i
  else begin
    let literal i =
      let n, next = read_number source i stop in
      spec.digits <- Literal_digits n;
      next
    in
    match char_at source (i + 1) stop with
    | '0' .. '9' -> literal (i + 1)
    | ('+' | '-') as sign when source.legacy ->
        if sign = '-' then spec.minus <- true;
        literal (i + 2)
    | '*' ->
        spec.digits <- Argument_digits;
        i + 2
    | _ ->
        if not source.legacy then fail source i "'.' without precision";
        spec.digits <- Literal_digits 0;
        i + 1
  end

(* {2 The pieces of a specification, as a conversion asks for them} *)

let plus spec = spec.plus_used <- true; spec.plus
let hash spec = spec.hash_used <- true; spec.hash
let space spec = spec.space_used <- true; spec.space
let ignored spec = spec.ignored_used <- true; spec.ignored
let width spec = spec.width_used <- true; spec.width
let digits spec = spec.digits_used <- true; spec.digits

let padding_of_width = function
  | No_width -> Padding No_padding
  | Literal_width (side, n) -> Padding (Lit_padding (side, n))
  | Argument_width side -> Padding (Arg_padding side)

let precision_of_digits = function
  | No_digits -> Precision No_precision
  | Literal_digits n -> Precision (Lit_precision n)
  | Argument_digits -> Precision Arg_precision

(* A width that is to be a literal, on the right. [letter] is what it does not go with otherwise. *)
let literal_width source spec next letter =
  let only_legacy n what = if source.legacy then Some n else incompatible source spec next letter what in
  match width spec with
  | No_width -> None
  | Literal_width (Right, n) -> Some n
  | Literal_width (Left, n) -> only_legacy n "'-'"
  | Literal_width (Zeros, n) -> only_legacy n "'0'"
  | Argument_width _ -> incompatible source spec next letter "'*'"

(* The width of a conversion for text: no zeros; a legacy reader takes a precision without width for one, on the left when there is a minus. *)
let text_width source spec next letter =
  let no_zeros w =
    if not source.legacy then incompatible source spec next letter "0";
    w
  in
  let side = if spec.minus then Left else Right in
  match (width spec, if source.legacy then digits spec else No_digits) with
  | No_width, No_digits -> No_width
  | No_width, Literal_digits n -> Literal_width (side, n)
  | No_width, Argument_digits -> Argument_width side
  | Literal_width (Zeros, n), _ -> no_zeros (Literal_width (Right, n))
  | Argument_width Zeros, _ -> no_zeros (Argument_width Right)
  | w, _ -> w

(* The width of an integer: zeros mean nothing beside a precision. *)
let int_width source spec next =
  let right w = if source.legacy then w else incompatible source spec next '0' "precision" in
  match (width spec, spec.digits) with
  | w, No_digits -> w
  | Literal_width (Zeros, n), _ -> right (Literal_width (Right, n))
  | Argument_width Zeros, _ -> right (Argument_width Right)
  | w, _ -> w

let option_of_width source spec next letter w =
  match w with
  | No_width -> None
  | Literal_width (Right, n) -> Some n
  | Literal_width (Left, n) -> if source.legacy then Some n else incompatible source spec next letter "'-'"
  | Literal_width (Zeros, n) -> if source.legacy then Some n else incompatible source spec next letter "'0'"
  | Argument_width _ -> incompatible source spec next letter "'*'"

let literal_digits source spec next letter =
  match digits spec with
  | No_digits -> None
  | Literal_digits n -> Some n
  | Argument_digits -> incompatible source spec next letter "'*'"

let int_conversion source spec next letter =
  let conflict what = if not source.legacy then incompatible source spec next letter what in
  let decimal = letter = 'd' || letter = 'i' in
  let hash = hash spec and plus = plus spec and space = space spec in
  let hash =
    if hash && (plus || space) then begin
      if decimal || letter = 'u' then begin
        conflict "'#'";
        false
      end
      else hash
    end
    else hash
  in
  let space =
    if plus && space then begin
      if not source.legacy then incompatible source spec next ' ' "'+'";
      false
    end
    else space
  in
  if plus && not decimal then conflict "'+'";
  if space && not decimal then conflict "' '";
  match letter with
  | 'd' -> if plus then Int_pd else if space then Int_sd else if hash then Int_Cd else Int_d
  | 'i' -> if plus then Int_pi else if space then Int_si else if hash then Int_Ci else Int_i
  | 'x' -> if hash then Int_Cx else Int_x
  | 'X' -> if hash then Int_CX else Int_X
  | 'o' -> if hash then Int_Co else Int_o
  | _ -> if hash then Int_Cu else Int_u

let float_conversion source spec next letter =
  let hash = hash spec and plus = plus spec and space = space spec in
  let flag =
    match (plus, space) with
    | false, false -> Float_flag_
    | true, false -> Float_flag_p
    | false, true -> Float_flag_s
    | true, true -> if source.legacy then Float_flag_p else incompatible source spec next ' ' "'+'"
  in
  let kind =
    match letter with
    | 'f' -> Float_f
    | 'e' -> Float_e
    | 'E' -> Float_E
    | 'g' -> Float_g
    | 'G' -> Float_G
    | 'h' -> Float_h
    | 'H' -> Float_H
    | _ -> if hash then Float_CF else Float_F
  in
  (flag, kind)

(* What has meant nothing is an error, or skipped. *)
let check_used source spec next letter =
  if not source.legacy then begin
    let unused given used what letter = if given && not used then incompatible source spec next letter what in
    unused spec.plus spec.plus_used "'+'" letter;
    unused spec.hash spec.hash_used "'#'" letter;
    unused spec.space spec.space_used "' '" letter;
    unused (spec.width <> No_width) spec.width_used "`padding'" letter;
    unused (spec.digits <> No_digits) spec.digits_used "`precision'" (if spec.ignored then '_' else letter);
    if spec.plus && spec.ignored then incompatible source spec next '_' "'+'"
  end;
  if spec.ignored && not spec.ignored_used then
    match letter with
    | ('@' | '%' | '!' | ',') when source.legacy -> ()
    | _ -> incompatible source spec next letter "'_'"

(* {2 Character sets} *)

let read_char_set source i stop =
  let set = create_char_set () in
  let lone_percent position =
    failwith
      ("invalid format " ^ caml_string source.text
     ^ ": '%' alone is not accepted in character sets, use %% instead at position " ^ string_of_int position ^ ".")
  in
  let rec content i =
    match char_at source i stop with
    | ']' -> i + 1
    | '-' ->
        add_in_char_set set '-';
        content (i + 1)
    | c -> after c (i + 1)
  (* [c] has been read but not added: it may begin a range. *)
  and after c i =
    match char_at source i stop with
    | ']' ->
        add_in_char_set set c;
        i + 1
    | '-' -> range c (i + 1)
    | ('%' | '@') as escaped when c = '%' ->
        add_in_char_set set escaped;
        content (i + 1)
    | _ when c = '%' -> lone_percent i
    | next ->
        add_in_char_set set c;
        after next (i + 1)
  and range first i =
    match char_at source i stop with
    | ']' ->
        add_in_char_set set first;
        add_in_char_set set '-';
        i + 1
    | '%' -> (
        match char_at source (i + 1) stop with
        | ('%' | '@') as last ->
            add_range first last;
            content (i + 2)
        | _ -> lone_percent i)
    | last ->
        add_range first last;
        content (i + 1)
  and add_range first last =
    for c = Char.code first to Char.code last do
      add_in_char_set set (char c)
    done
  in
  let complement = char_at source i stop = '^' in
  let i = if complement then i + 1 else i in
  let next = after (char_at source i stop) (i + 1) in
  let set = freeze_char_set set in
  ((if complement then rev_char_set set else set), next)

(* Where the [%)] or [%}] is that closes a sub-format. *)
let rec closing_of source i stop closing =
  if i >= stop then
    failwith
      ("invalid format " ^ caml_string source.text ^ ": unclosed sub-format, expected \"%" ^ String.make 1 closing
     ^ "\" at character number " ^ string_of_int stop)
  else if source.text.[i] <> '%' then closing_of source (i + 1) stop closing
  else begin
    let nested i closing' = closing_of source (closing_of source i stop closing' + 2) stop closing in
    match char_at source (i + 1) stop with
    | c when c = closing -> i
    | '_' -> (
        match char_at source (i + 2) stop with
        | '(' -> nested (i + 3) ')'
        | '{' -> nested (i + 3) '}'
        | _ -> closing_of source (i + 3) stop closing)
    | '(' -> nested (i + 2) ')'
    | '{' -> nested (i + 2) '}'
    | (')' | '}') as c ->
        fail source (i + 1) ("character " ^ caml_char closing ^ " expected, read " ^ caml_char c)
    | _ -> closing_of source (i + 2) stop closing
  end

(* {2 Pretty-printing items} *)

let read_integer source i stop =
  let i = skip_spaces source i stop in
  let negative = i < stop && source.text.[i] = '-' in
  let first = if negative then i + 1 else i in
  let n, last = number_from source first stop 0 in
  if last = first || n < 0 then None else Some ((if negative then -n else n), skip_spaces source last stop)

(* After [@;]. *)
let read_break source i stop =
  let simple = (Break ("@;", 1, 0), i) in
  let closed j width offset =
    if j < stop && source.text.[j] = '>' then (Break (String.sub source.text (i - 2) (j + 3 - i), width, offset), j + 1)
    else simple
  in
  if i < stop && source.text.[i] = '<' then
    match read_integer source (i + 1) stop with
    | None -> simple
    | Some (width, j) -> (
        match read_integer source j stop with None -> closed j width 0 | Some (offset, j) -> closed j width offset)
  else simple

(* After [@<]. *)
let read_size source i stop =
  match read_integer source i stop with
  | Some (size, j) when j < stop && source.text.[j] = '>' -> (Magic_size (String.sub source.text (i - 2) (j + 3 - i), size), j + 1)
  | _ -> (Scan_indic '<', i)

(* {2 Formats} *)

let literal source start stop rest =
  match stop - start with
  | 0 -> Fmt_EBB rest
  | 1 -> Fmt_EBB (Char_literal (source.text.[start], rest))
  | length -> Fmt_EBB (String_literal (String.sub source.text start length, rest))

(* The format from [i] up to [stop]. *)
let rec read : type b c e f. source -> int -> int -> (b, c, e, f) fmt_ebb = fun source i stop -> read_literal source i i stop

(* The literal text from [start] to [i] goes on. *)
and read_literal : type b c e f. source -> int -> int -> int -> (b, c, e, f) fmt_ebb =
 fun source start i stop ->
  if i = stop then literal source start i End_of_format
  else
    match source.text.[i] with
    | '%' ->
        let (Fmt_EBB rest) = read_conversion source i stop in
        literal source start i rest
    | '@' ->
        let (Fmt_EBB rest) = read_item source (i + 1) stop in
        literal source start i rest
    | _ -> read_literal source start (i + 1) stop

(* After [@]. *)
and read_item : type b c e f. source -> int -> int -> (b, c, e, f) fmt_ebb =
 fun source i stop ->
  if i = stop then Fmt_EBB (Char_literal ('@', End_of_format))
  else begin
    let item : formatting_lit -> int -> (b, c, e, f) fmt_ebb =
     fun item next ->
      let (Fmt_EBB rest) = read source next stop in
      Fmt_EBB (Formatting_lit (item, rest))
    in
    match source.text.[i] with
    | ']' -> item Close_box (i + 1)
    | '}' -> item Close_tag (i + 1)
    | ',' -> item (Break ("@,", 0, 0)) (i + 1)
    | ' ' -> item (Break ("@ ", 1, 0)) (i + 1)
    | '?' -> item FFlush (i + 1)
    | '\n' -> item Force_newline (i + 1)
    | '.' -> item Flush_newline (i + 1)
    | '@' -> item Escaped_at (i + 1)
    | ';' ->
        let break, next = read_break source (i + 1) stop in
        item break next
    | '<' ->
        let size, next = read_size source (i + 1) stop in
        item size next
    | '%' when i + 1 < stop && source.text.[i + 1] = '%' -> item Escaped_percent (i + 2)
    | '%' ->
        let (Fmt_EBB rest) = read source i stop in
        Fmt_EBB (Char_literal ('@', rest))
    | ('[' | '{') as opening -> (
        (* The description between [<] and the first [>] is a format of its own. *)
        let next =
          if i + 1 < stop && source.text.[i + 1] = '<' then
            match String.index_from_opt source.text (i + 1) '>' with
            | Some closing when closing < stop -> closing + 1
            | _ -> i + 1
          else i + 1
        in
        let (Fmt_EBB rest) = read source next stop in
        let (Fmt_EBB description) = read source (i + 1) next in
        let format = Format (description, String.sub source.text (i + 1) (next - i - 1)) in
        match opening with
        | '[' -> Fmt_EBB (Formatting_gen (Open_box format, rest))
        | _ -> Fmt_EBB (Formatting_gen (Open_tag format, rest)))
    | c -> item (Scan_indic c) (i + 1)
  end

and read_conversion : type b c e f. source -> int -> int -> (b, c, e, f) fmt_ebb =
 fun source start stop ->
  let spec, i = read_flags source start stop in
  let i = read_width source spec i stop in
  let i = read_precision source spec i stop in
  let letter = char_at source i stop in
  let next = i + 1 in
  let result : (b, c, e, f) fmt_ebb =
    match letter with
    | ',' -> read source next stop
    | '%' | '@' ->
        let (Fmt_EBB rest) = read source next stop in
        Fmt_EBB (Char_literal (letter, rest))
    | '!' ->
        let (Fmt_EBB rest) = read source next stop in
        Fmt_EBB (Flush rest)
    | 'c' -> (
        let (Fmt_EBB rest) = read source next stop in
        let scan_next =
          match literal_width source spec next letter with
          | None -> false
          | Some 0 -> true
          | Some _ ->
              if not source.legacy then fail source next "non-zero widths are unsupported for %c conversions";
              false
        in
        match (scan_next, ignored spec) with
        | false, false -> Fmt_EBB (Char rest)
        | false, true -> Fmt_EBB (Ignored_param (Ignored_char, rest))
        | true, false -> Fmt_EBB (Scan_next_char rest)
        | true, true -> Fmt_EBB (Ignored_param (Ignored_scan_next_char, rest)))
    | 'C' ->
        let (Fmt_EBB rest) = read source next stop in
        if ignored spec then Fmt_EBB (Ignored_param (Ignored_caml_char, rest)) else Fmt_EBB (Caml_char rest)
    | 's' ->
        let width = text_width source spec next letter in
        let (Fmt_EBB rest) = read source next stop in
        if ignored spec then Fmt_EBB (Ignored_param (Ignored_string (option_of_width source spec next '_' width), rest))
        else
          let (Padding padding) = padding_of_width width in
          Fmt_EBB (String (padding, rest))
    | 'S' ->
        let width = text_width source spec next letter in
        let (Fmt_EBB rest) = read source next stop in
        if ignored spec then
          Fmt_EBB (Ignored_param (Ignored_caml_string (option_of_width source spec next '_' width), rest))
        else
          let (Padding padding) = padding_of_width width in
          Fmt_EBB (Caml_string (padding, rest))
    | 'B' | 'b' ->
        let width = text_width source spec next letter in
        let (Fmt_EBB rest) = read source next stop in
        if ignored spec then Fmt_EBB (Ignored_param (Ignored_bool (option_of_width source spec next '_' width), rest))
        else
          let (Padding padding) = padding_of_width width in
          Fmt_EBB (Bool (padding, rest))
    | 'd' | 'i' | 'x' | 'X' | 'o' | 'u' ->
        let conv = int_conversion source spec next letter in
        let (Fmt_EBB rest) = read source next stop in
        if ignored spec then Fmt_EBB (Ignored_param (Ignored_int (conv, literal_width source spec next '_'), rest))
        else
          let (Precision precision) = precision_of_digits (digits spec) in
          let (Padding padding) = padding_of_width (int_width source spec next) in
          Fmt_EBB (Int (conv, padding, precision, rest))
    | ('l' | 'n' | 'L') when next < stop && is_int_letter source.text.[next] -> (
        let letter' = source.text.[next] in
        let conv = int_conversion source spec (next + 1) letter' in
        let (Fmt_EBB rest) = read source (next + 1) stop in
        if ignored spec then begin
          let width = literal_width source spec next '_' in
          match letter with
          | 'l' -> Fmt_EBB (Ignored_param (Ignored_int32 (conv, width), rest))
          | 'n' -> Fmt_EBB (Ignored_param (Ignored_nativeint (conv, width), rest))
          | _ -> Fmt_EBB (Ignored_param (Ignored_int64 (conv, width), rest))
        end
        else
          match letter with
          | 'l' ->
              let (Precision precision) = precision_of_digits (digits spec) in
              let (Padding padding) = padding_of_width (int_width source spec next) in
              Fmt_EBB (Int32 (conv, padding, precision, rest))
          | 'n' ->
              let (Precision precision) = precision_of_digits (digits spec) in
              let (Padding padding) = padding_of_width (int_width source spec next) in
              Fmt_EBB (Nativeint (conv, padding, precision, rest))
          | _ ->
              let (Precision precision) = precision_of_digits (digits spec) in
              let (Padding padding) = padding_of_width (int_width source spec next) in
              Fmt_EBB (Int64 (conv, padding, precision, rest)))
    | 'l' | 'n' | 'L' | 'N' ->
        let counter = match letter with 'l' -> Line_counter | 'n' -> Char_counter | _ -> Token_counter in
        let (Fmt_EBB rest) = read source next stop in
        if ignored spec then Fmt_EBB (Ignored_param (Ignored_scan_get_counter counter, rest))
        else Fmt_EBB (Scan_get_counter (counter, rest))
    | 'f' | 'e' | 'E' | 'g' | 'G' | 'F' | 'h' | 'H' ->
        let conv = float_conversion source spec next letter in
        let (Fmt_EBB rest) = read source next stop in
        if ignored spec then begin
          let width = literal_width source spec next '_' in
          let digits = literal_digits source spec next '_' in
          Fmt_EBB (Ignored_param (Ignored_float (width, digits), rest))
        end
        else
          let (Precision precision) = precision_of_digits (digits spec) in
          let (Padding padding) = padding_of_width (width spec) in
          Fmt_EBB (Float (conv, padding, precision, rest))
    | 'a' ->
        let (Fmt_EBB rest) = read source next stop in
        Fmt_EBB (Alpha rest)
    | 't' ->
        let (Fmt_EBB rest) = read source next stop in
        Fmt_EBB (Theta rest)
    | 'r' ->
        let (Fmt_EBB rest) = read source next stop in
        if ignored spec then Fmt_EBB (Ignored_param (Ignored_reader, rest)) else Fmt_EBB (Reader rest)
    | '{' ->
        let closing = closing_of source next stop '}' in
        let (Fmt_EBB sub) = read source next closing in
        let (Fmt_EBB rest) = read source (closing + 2) stop in
        let ty = fmtty_of_fmt sub in
        if ignored spec then
          Fmt_EBB (Ignored_param (Ignored_format_arg (literal_width source spec next '_', ty), rest))
        else Fmt_EBB (Format_arg (literal_width source spec next letter, ty, rest))
    | '(' ->
        let closing = closing_of source next stop ')' in
        let (Fmt_EBB rest) = read source (closing + 2) stop in
        let (Fmt_EBB sub) = read source next closing in
        let ty = fmtty_of_fmt sub in
        if ignored spec then
          Fmt_EBB (Ignored_param (Ignored_format_subst (literal_width source spec next '_', ty), rest))
        else Fmt_EBB (Format_subst (literal_width source spec next letter, ty, rest))
    | '[' ->
        let set, after = read_char_set source next stop in
        let (Fmt_EBB rest) = read source after stop in
        if ignored spec then
          Fmt_EBB (Ignored_param (Ignored_scan_char_set (literal_width source spec next '_', set), rest))
        else Fmt_EBB (Scan_char_set (literal_width source spec next letter, set, rest))
    | '-' | '+' | '#' | ' ' | '_' ->
        fail source start ("flag " ^ caml_char letter ^ " is only allowed after the '%', before padding and precision")
    | _ -> fail source i ("invalid conversion \"%" ^ String.make 1 letter ^ "\"")
  in
  check_used source spec next letter;
  result

and is_int_letter = function 'd' | 'i' | 'x' | 'X' | 'o' | 'u' -> true | _ -> false

let fmt_ebb_of_string ?(legacy_behavior = true) text =
  read { text; legacy = legacy_behavior } 0 (String.length text)

let mismatch text expected =
  failwith ("bad input: format type mismatch between " ^ caml_string text ^ " and " ^ caml_string expected)

let format_of_string_fmtty text ty =
  let (Fmt_EBB fmt) = fmt_ebb_of_string text in
  match type_format fmt ty with
  | fmt -> Format (fmt, text)
  | exception Type_mismatch -> mismatch text (string_of_fmtty ty)

let format_of_string_format text (Format (fmt, expected)) =
  let (Fmt_EBB fmt') = fmt_ebb_of_string text in
  match type_format fmt' (fmtty_of_fmt fmt) with
  | fmt -> Format (fmt, text)
  | exception Type_mismatch -> mismatch text expected
