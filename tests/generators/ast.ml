type pos = Lexing.position
type e = Int of int | Float of float | Bool of bool | Str of string | Var of string | Bin of string * e * e | If of e * e * e | Let of bool * string * e * e | Fun of string * e | App of e * e | List of e list | Tuple of e list | At of pos * pos * e | Neg of e | Error
let rec pp ppf = function
  | Int n -> Format.fprintf ppf "%d" n | Float f -> Format.fprintf ppf "%g" f | Bool b -> Format.fprintf ppf "%b" b | Str s -> Format.fprintf ppf "%S" s | Var s -> Format.fprintf ppf "%s" s
  | Bin (o, a, b) -> Format.fprintf ppf "@[<hov 1>(%a@ %s %a)@]" pp a o pp b
  | If (a, b, c) -> Format.fprintf ppf "@[<hv>if %a@ then %a@ else %a@]" pp a pp b pp c
  | Let (r, x, a, b) -> Format.fprintf ppf "@[<v>@[<hov 2>let %s%s =@ %a in@]@ %a@]" (if r then "rec " else "") x pp a pp b
  | Fun (x, b) -> Format.fprintf ppf "@[<hov 2>(fun %s ->@ %a)@]" x pp b
  | App (a, b) -> Format.fprintf ppf "@[<hov 2>%a@ %a@]" pp a pp b
  | List l -> Format.fprintf ppf "[%a]" (Format.pp_print_list ~pp_sep:(fun ppf () -> Format.fprintf ppf ";@ ") pp) l
  | Tuple l -> Format.fprintf ppf "(%a)" (Format.pp_print_list ~pp_sep:(fun ppf () -> Format.fprintf ppf ",@ ") pp) l
  | At (s, e, x) -> Format.fprintf ppf "%a@%d:%d-%d:%d" pp x s.Lexing.pos_lnum (s.pos_cnum - s.pos_bol) e.Lexing.pos_lnum (e.pos_cnum - e.pos_bol)
  | Neg e -> Format.fprintf ppf "-%a" pp e | Error -> Format.fprintf ppf "<error>"
