(* A program that has this in it collects at every allocation, from here on: `morgana build --gc-stress` puts it first. *)

external collect_always : unit -> unit = "morgana_collect_always"

let () = collect_always ()
