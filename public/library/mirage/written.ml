(* Values as OCaml writes them. *)

let string = Printf.sprintf "%S"
let int n = if n < 0 then Printf.sprintf "(%d)" n else string_of_int n
let int64 n = if Int64.compare n 0L < 0 then Printf.sprintf "(%LdL)" n else Printf.sprintf "%LdL" n
let list show items = "[ " ^ String.concat "; " (List.map show items) ^ " ]"
let pair show (a, b) = Printf.sprintf "(%s, %s)" (show a) (show b)
let option show = function None -> "None" | Some v -> Printf.sprintf "(Some %s)" (show v)
let v4 a = Printf.sprintf "(Ipaddr.V4.of_string_exn %S)" (Ipaddr.V4.to_string a)
let v4_prefix p = Printf.sprintf "(Ipaddr.V4.Prefix.of_string_exn %S)" (Ipaddr.V4.Prefix.to_string p)
let v6 a = Printf.sprintf "(Ipaddr.V6.of_string_exn %S)" (Ipaddr.V6.to_string a)
let v6_prefix p = Printf.sprintf "(Ipaddr.V6.Prefix.of_string_exn %S)" (Ipaddr.V6.Prefix.to_string p)
let ip a = Printf.sprintf "(Ipaddr.of_string_exn %S)" (Ipaddr.to_string a)
