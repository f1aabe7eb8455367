(* packages: tyxml *)
open Tyxml
let () =
  let page = Html.(html (head (title (txt "T & <")) [ meta ~a:[ a_charset "utf-8" ] () ])
    (body [ h1 ~a:[ a_class [ "a"; "b" ] ] [ txt "Hi" ]; p [ txt "x"; br (); a ~a:[ a_href "u?a=1&b" ] [ txt "link" ] ];
      ul (List.map (fun i -> li [ txt (string_of_int i) ]) [ 1; 2 ]); img ~src:"s" ~alt:"\"q\"" (); script (cdata_script "if (a<b) {}") ])) in
  Format.printf "%a@." (Html.pp ~indent:true ()) page;
  Format.printf "%a@." (Html.pp_elt ()) (Html.table [ Html.tr [ Html.td [ Html.Unsafe.data "<raw>" ] ] ]);
  Format.printf "%a@." (Svg.pp_elt ()) (Svg.circle ~a:[ Svg.a_r (3., Some `Px); Svg.a_fill (`Color ("red", None)) ] []);
  Format.printf "%a@." (Xml.pp ()) (Xml.node "n" ~a:[ Xml.int_attrib "i" 3; Xml.space_sep_attrib "c" [ "x"; "y" ] ] [ Xml.pcdata "t"; Xml.comment "c"; Xml.leaf "l" ])
