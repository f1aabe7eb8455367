(* packages: js_of_ocaml-compiler *)
(* JavaScript read and written again, for people and as short as it can be. *)
open Js_of_ocaml_compiler
let texts = [
  "var a = 1 + 2 * 3, b = 'x\\n\"' ; function f(x, y) { if (x > y) { return x - -y; } else return (x, y); }";
  "for (var i = 0; i < 10; i++) { a[i] = i in a ? typeof a : void 0; } while (1) { break; } do { x += 1 } while (x < 5)";
  "switch (x) { case 1: y(); break; case 2: default: z(function () { return this; }); }";
  "try { throw new Error(\"a\\u1234\"); } catch (e) { e.message; } finally { delete e.x; }";
  "l: for (var k in o) { if (k) continue l; }; var r = /ab+c[/]/gi.test(s) ? {a: 1, 'b-c': [1,,2], get: 3} : null;";
  "x = a ? b : c ? d : e; y = !(~a) && (b || c) ^ d | e & f << 2 >>> 3; z = -1e21 + 0x10 + .5 + 1.25e-7";
  "(function () { 'use strict'; return new (f())(1) })()";
  "if (a) if (b) c(); else d();"; "a = b\nc = d\n++e"; "var = 3"; "f(1" ]
let show compact text =
  match Parse_js.parse (Parse_js.Lexer.of_lexbuf (Lexing.from_string text)) with
  | exception Parse_js.Parsing_error _ -> print_endline "syntax error"
  | program ->
    let b = Buffer.create 100 in
    let pp = Pretty_print.to_buffer b in
    Pretty_print.set_compact pp compact;
    ignore (Js_output.program pp program);
    print_endline (Buffer.contents b)
let () = List.iter (show false) texts; List.iter (show true) texts
