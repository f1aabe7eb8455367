(* A first unikernel: it greets the world four times, once a second.

   A unikernel is a functor over the devices that it needs. Its
   parameters are the ports of the node on the canvas: change them
   here and the node changes with them. A device fits a port if it
   has everything that the port's module type asks for. *)

open Lwt.Infix

(* Of a sleep device only this is needed. *)
module type SLEEP = sig
  (** Waits for so many nanoseconds. *)
  val ns : int64 -> unit Lwt.t
end

module Main (Console : Console.S) (Sleep : SLEEP) = struct
  let message = "Hello, world!"

  (* Called once everything is connected, with a value for each
     device: the console, and () for sleep, which has no state. *)
  let start console () =
    let rec greet n =
      if n = 0 then Lwt.return_unit
      else
        Console.log console message >>= fun () ->
        Sleep.ns (Duration.of_sec 1) >>= fun () ->
        greet (n - 1)
    in
    greet 4
end
