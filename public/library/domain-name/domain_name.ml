(* Domain names (RFC 1035, 2.3): labels, kept in an array with the top-level domain first. Upper and lower case are the same. *)

(* The parameter says what else is known: nothing, that it is a host name, that it is the name of a service. *)
type 'a t = string array

let root = [||]

(* {1 Labels} *)

let lower = String.lowercase_ascii
let compare_label a b = String.compare (lower a) (lower b)
let equal_label ?(case_sensitive = false) a b = if case_sensitive then String.equal a b else compare_label a b = 0

(* A label has at most 63 octets, a name with the length octets and the root's at most 255. *)
let is_label s = String.length s > 0 && String.length s < 64
let encoded_length name = Array.fold_left (fun n label -> n + 1 + String.length label) 1 name
let is_name name = Array.for_all is_label name && encoded_length name <= 255
let is_letter = function 'a' .. 'z' | 'A' .. 'Z' -> true | _ -> false
let is_digit = function '0' .. '9' -> true | _ -> false

(* Letters, digits and hyphens, the first no hyphen (RFC 1123, 2.1). *)
let is_host_label s = s.[0] <> '-' && String.for_all (fun c -> is_letter c || is_digit c || c = '-') s

(* A top-level domain is not all digits, so that no address is taken for a name. *)
let is_host name = Array.for_all is_host_label name && (Array.length name = 0 || not (String.for_all is_digit name.(0)))

(* [_service._proto.host]; service names are those of RFC 6335, 5.1. *)
let is_service_label s =
  let n = String.length s in
  n > 1 && n <= 16
  && s.[0] = '_'
  &&
  let name = String.sub s 1 (n - 1) in
  let rec no_double i = i + 1 >= String.length name || (not (name.[i] = '-' && name.[i + 1] = '-') && no_double (i + 1)) in
  String.for_all (fun c -> is_letter c || is_digit c || c = '-') name
  && String.exists (fun c -> is_letter c || is_digit c) name
  && name.[0] <> '-'
  && name.[String.length name - 1] <> '-'
  && no_double 0

let is_protocol_label s = List.exists (fun p -> equal_label p s) [ "_tcp"; "_udp"; "_sctp" ]

let is_service name =
  let n = Array.length name in
  n > 2 && is_service_label name.(n - 1) && is_protocol_label name.(n - 2) && is_host (Array.sub name 0 (n - 2))

let message text = Error (`Msg text)
let or_raise = function Ok v -> v | Error (`Msg text) -> invalid_arg text

(* {1 Kinds} *)

let raw name = name
let host name = if is_host name then Ok name else message "invalid host name"
let host_exn name = or_raise (host name)
let service name = if is_service name then Ok name else message "invalid service name"
let service_exn name = or_raise (service name)

(* {1 Text} *)

let of_array name = name
let to_array name = name
let reversed labels = Array.of_list (List.rev labels)
let checked name = if is_name name then Ok name else message "invalid domain name"

(* An empty label at the end is the root's. *)
let without_root labels = match List.rev labels with "" :: rest -> List.rev rest | _ -> labels
let of_strings labels = checked (reversed (without_root labels))
let of_strings_exn labels = or_raise (of_strings labels)
let of_string text = if text = "" then Ok root else of_strings (String.split_on_char '.' text)
let of_string_exn text = or_raise (of_string text)

let to_strings ?(trailing = false) name =
  let labels = List.rev (Array.to_list name) in
  if trailing then labels @ [ "" ] else labels

let to_string ?trailing name = String.concat "." (to_strings ?trailing name)
let pp ppf name = Format.pp_print_string ppf (to_string name)
let canonical name = Array.map lower name

(* {1 Comparing} *)

(* From the top-level domain on; a domain comes before its subdomains (the canonical order of RFC 4034, 6.1). *)
let compare a b =
  let n = Array.length a and m = Array.length b in
  let rec go i =
    if i = n || i = m then Int.compare n m else match compare_label a.(i) b.(i) with 0 -> go (i + 1) | c -> c
  in
  go 0

let equal ?case_sensitive a b =
  Array.length a = Array.length b
  &&
  let rec go i = i = Array.length a || (equal_label ?case_sensitive a.(i) b.(i) && go (i + 1)) in
  go 0

let is_subdomain ~subdomain ~domain =
  let n = Array.length domain in
  n <= Array.length subdomain
  &&
  let rec go i = i = n || (equal_label domain.(i) subdomain.(i) && go (i + 1)) in
  go 0

(* {1 Labels of a name} numbered from the left, with [rev] from the right *)

let count_labels name = Array.length name
let position ~rev name i = if rev then i else Array.length name - 1 - i

let get_label ?(rev = false) name i =
  let at = position ~rev name i in
  if at >= 0 && at < Array.length name then Ok name.(at) else message "bad index for domain name"

let get_label_exn ?rev name i = or_raise (get_label ?rev name i)

let find_label ?(rev = false) name f =
  let n = Array.length name in
  let rec go i =
    if i = n then None else if f name.(position ~rev name i) then Some (if rev then n - 1 - i else i) else go (i + 1)
  in
  go 0

let find_label_exn ?rev name f = match find_label ?rev name f with Some i -> i | None -> invalid_arg "label not found"

let prepend_label name label = checked (Array.append name [| label |])
let prepend_label_exn name label = or_raise (prepend_label name label)

let drop_label ?(rev = false) ?(amount = 1) name =
  let n = Array.length name in
  if amount < 0 || amount > n then message "couldn't drop labels"
  else Ok (Array.sub name (if rev then amount else 0) (n - amount))

let drop_label_exn ?rev ?amount name = or_raise (drop_label ?rev ?amount name)

let append a b =
  let name = Array.append b a in
  if is_name name then Ok name else message "couldn't concatenate domain names"

let append_exn a b = or_raise (append a b)

(* {1 Sets and maps} *)

module Ordered_host = struct
  type nonrec t = [ `host ] t

  let compare = compare
end

module Ordered_service = struct
  type nonrec t = [ `service ] t

  let compare = compare
end

module Ordered_raw = struct
  type nonrec t = [ `raw ] t

  let compare = compare
end

module Host_map = struct
  include Map.Make (Ordered_host)

  let find = find_opt
end

module Service_map = struct
  include Map.Make (Ordered_service)

  let find = find_opt
end

module Host_set = Set.Make (Ordered_host)
module Service_set = Set.Make (Ordered_service)
module Raw_map = Map.Make (Ordered_raw)

module Map = struct
  include Raw_map

  let find = find_opt
end

module Set = Set.Make (Ordered_raw)
