exception Failure
exception Error of string

(* What is still to come. *)
type 'a source =
  | End
  | Item of 'a * 'a source
  | Generate of 'a generator
  | Append of 'a source * 'a source
  | Delayed of 'a source Lazy.t

and 'a generator = { mutable number : int; mutable ended : bool; generate : int -> 'a option }

type 'a state = { mutable taken : int; mutable source : 'a source }

(* None is the stream that has been empty from the start, which is one of every type. *)
type 'a t = 'a state option

let make source = Some { taken = 0; source }

(* The source with its first element, if any, in front. Appended sources are gone through by a loop: [behind] are those that follow. *)
let rec expose source behind =
  match (source, behind) with
  | Append (a, b), _ -> expose a (b :: behind)
  | Delayed l, _ -> expose (Lazy.force l) behind
  | Item (x, rest), _ -> Item (x, List.fold_left (fun s next -> Append (s, next)) rest behind)
  | End, [] -> End
  | End, next :: behind -> expose next behind
  | Generate g, _ -> (
      match if g.ended then None else g.generate g.number with
      | Some x ->
          g.number <- g.number + 1;
          expose (Item (x, source)) behind
      | None ->
          g.ended <- true;
          expose End behind)

let peek_state s =
  match s.source with
  | Item (x, _) -> Some x
  | source -> (
      s.source <- expose source [];
      match s.source with Item (x, _) -> Some x | _ -> None)

let peek s = Option.bind s peek_state

let junk_state s =
  match peek_state s with
  | None -> ()
  | Some _ -> (
      match s.source with
      | Item (_, rest) ->
          s.taken <- s.taken + 1;
          s.source <- rest
      | _ -> ())

let junk s = Option.iter junk_state s

let next s =
  match peek s with
  | Some x ->
      junk s;
      x
  | None -> raise Failure

let empty s = if peek s <> None then raise Failure
let count s = match s with None -> 0 | Some s -> s.taken

let rec iter f s =
  match peek s with
  | None -> ()
  | Some x ->
      junk s;
      f x;
      iter f s

let npeek_state n s =
  let rec take n source =
    if n <= 0 then ([], source)
    else
      match expose source [] with
      | Item (x, rest) ->
          let xs, rest = take (n - 1) rest in
          (x :: xs, Item (x, rest))
      | source -> ([], source)
  in
  let xs, source = take n s.source in
  s.source <- source;
  xs

let npeek n s = match s with None -> [] | Some s -> npeek_state n s
let from generate = make (Generate { number = 0; ended = false; generate })
let of_list l = make (List.fold_right (fun x rest -> Item (x, rest)) l End)
let of_string text = from (fun i -> if i < String.length text then Some text.[i] else None)
let of_bytes b = from (fun i -> if i < Bytes.length b then Some (Bytes.get b i) else None)
let of_channel channel = from (fun _ -> try Some (input_char channel) with End_of_file -> None)

(* {1 Building} *)

let source_of s = match s with None -> End | Some s -> s.source
let iapp a b = make (Append (source_of a, source_of b))
let icons x s = make (Item (x, source_of s))
let ising x = make (Item (x, End))
let lapp f s = make (Delayed (lazy (Append (source_of (f ()), source_of s))))
let lcons f s = make (Delayed (lazy (Item (f (), source_of s))))
let lsing f = make (Delayed (lazy (Item (f (), End))))
let sempty = None
let slazy f = make (Delayed (lazy (source_of (f ()))))

let dump print s =
  let rec show = function
    | End -> print_string "Sempty"
    | Item (x, rest) ->
        print_string "Scons (";
        print x;
        print_string ", ";
        show rest;
        print_string ")"
    | Append (a, b) ->
        print_string "Sapp (";
        show a;
        print_string ", ";
        show b;
        print_string ")"
    | Delayed _ -> print_string "Slazy"
    | Generate _ -> print_string "Sgen"
  in
  Printf.printf "{count = %d; data = " (count s);
  show (source_of s);
  print_string "}\n"
