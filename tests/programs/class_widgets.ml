(* GUI-like widget hierarchy with diamond inheritance *)
class virtual widget (name : string) = object (self)
  val mutable visible = true
  method name = name
  method virtual render : int -> string
  method hide = visible <- false
  method draw indent = if visible then self#render indent else ""
  method private pad n = String.make n ' '
end
class label name text = object (self) inherit widget name val mutable text = text method set t = text <- t method render n = self#pad n ^ "label " ^ name ^ "=" ^ text ^ "\n" end
class virtual clickable = object val mutable handlers : (unit -> unit) list = [] method on_click f = handlers <- handlers @ [f] method click = List.iter (fun f -> f ()) handlers end
class button name text = object (self) inherit label name text as super inherit clickable method! render n = super#render n ^ self#pad n ^ Printf.sprintf "(%d handlers)\n" (List.length handlers) end
class container name = object (self) inherit widget name val mutable children : widget list = [] method add : 'a. (#widget as 'a) -> unit = fun w -> children <- children @ [(w :> widget)]
  method render n = self#pad n ^ "box " ^ name ^ "\n" ^ String.concat "" (List.map (fun c -> c#draw (n + 2)) children) end
let () =
  let root = new container "root" and b = new button "ok" "OK" and l = new label "l" "hi" in
  let inner = new container "inner" in
  root#add l; root#add inner; inner#add b; inner#add (new label "x" "hidden");
  b#on_click (fun () -> l#set "clicked"); b#on_click (fun () -> print_endline "click!");
  print_string (root#draw 0); b#click; inner#hide; print_string (root#draw 0)
