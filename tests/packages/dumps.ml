(* Dumps of bytes; in columns as the program xxd prints them. *)
let data n = String.init n (fun i -> Char.chr ((i * 37 + 60) land 255))
let () =
  List.iter (fun n -> Format.printf "%a@." (Hxd_string.pp Hxd.default) (data n)) [ 5; 16; 50 ];
  Format.printf "%a@." (Hxd_string.pp (Hxd.xxd ~cols:10 ~groupsize:4 ~uppercase:true ~long:25 (Hxd.colorscheme_of_array (Array.make 256 `None)))) (data 50);
  print_endline (Result.get_ok (Hxd_string.to_hxd Hxd.default (data 40) (`Absolute 30)));
  let colours = Hxd.colorscheme_of_array (Array.make 256 `None) in
  Hxd.lowercase colours (`Style (`Fg, `Red)); Hxd.digit colours (`Style (`Bg, `bit8 (1, 2, 3))); Hxd.code colours 0 (`Style (`Fg, `Bright `Blue));
  let show ppf = Format.fprintf ppf "%a@." (Hxd_string.pp (Hxd.xxd ~cols:4 colours)) "a1\000-" in
  show Format.std_formatter; Hxd.Fmt.set_style_renderer Format.std_formatter `Ansi; show Format.std_formatter; Hxd.Fmt.set_style_renderer Format.std_formatter `None; show Format.std_formatter;
  Format.printf "%a@.%a@.%a@." (Hxd_string.pp (Hxd.caml ~cols:4 ~with_comments:true `List)) "ab*)\000xyz" (Hxd_string.pp (Hxd.caml ~cols:3 `Array)) "abcd" (Hxd_string.pp (Hxd.caml_string ~cols:3 ())) "abcd";
  match Hxd_string.generate Hxd.default "abc" (`Absolute 4) Hxd_string.null with Ok _ -> print_endline "?" | Error (`Msg m) -> print_endline m
