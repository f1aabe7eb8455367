(* packages: tyxml.functor *)
(* HTML and SVG over a representation of the program's own. *)
module X = struct
  module W = Xml_wrap.NoWrap
  type 'a wrap = 'a type 'a list_wrap = 'a list type uri = string
  let uri_of_string s = s let string_of_uri s = s
  type attrib = string * string
  type aname = string type event_handler = string type mouse_event_handler = string type keyboard_event_handler = string type touch_event_handler = string
  let float_attrib n f = n, string_of_float f let int_attrib n i = n, string_of_int i let string_attrib n s = n, s
  let space_sep_attrib n l = n, String.concat " " l let comma_sep_attrib n l = n, String.concat "," l
  let event_handler_attrib n s = n, s let mouse_event_handler_attrib n s = n, s let keyboard_event_handler_attrib n s = n, s let touch_event_handler_attrib n s = n, s
  let uri_attrib n s = n, s let uris_attrib n l = n, String.concat " " l
  type elt = T of string | E of string * attrib list * elt list | N
  type ename = string
  let empty () = N let comment s = T ("<!--" ^ s ^ "-->") let pcdata s = T s let encodedpcdata s = T s let entity s = T ("&" ^ s ^ ";")
  let leaf ?(a = []) n = E (n, a, []) let node ?(a = []) n l = E (n, a, l) let cdata s = T s let cdata_script s = T s let cdata_style s = T s
  let rec show = function T s -> s | N -> "" | E (n, a, l) -> "(" ^ n ^ String.concat "" (List.map (fun (k, v) -> Printf.sprintf " %s=%S" k v) a) ^ String.concat "" (List.map (fun e -> " " ^ show e) l) ^ ")"
end
module S = Svg_f.Make (X)
module H = Html_f.Make (X) (S)
let () =
  let open H in
  let d = html (head (title (txt "t")) [meta ~a:[a_charset "utf-8"] ()]) (body [h1 ~a:[a_class ["a"; "b"]; a_id "i"] [txt "head"]; p [a ~a:[a_href "/x?a=1&b"] [txt "link"]; br (); em [txt "e"]]; ul (List.map (fun i -> li [txt (string_of_int i)]) [1;2]); svg [S.circle ~a:[S.a_cx (1., Some `Px); S.a_r (2.5, None); S.a_transform [`Translate (1., Some 2.); `Scale (2., None)]] []];
    form ~a:[a_action "/f"; a_method `Post] [input ~a:[a_input_type `Checkbox; a_checked (); a_maxlength 5] (); select [option ~a:[a_selected ()] (txt "o"); optgroup ~label:"g" [option (txt "p")]]]; table ~caption:(caption [txt "c"]) ~thead:(thead [tr [th [txt "h"]]]) [tr [td ~a:[a_colspan 2] [txt "d"]]]]) in
  print_endline (X.show (H.toelt d))
