(* Semaphores. *)

module Counting = struct
  type t = { mutable value : int }

  let make value = if value < 0 then invalid_arg "Semaphore.Counting.init: wrong initial value" else { value }

  let try_acquire s =
    s.value > 0
    && begin
         s.value <- s.value - 1;
         true
       end

  let acquire s =
    if not (try_acquire s) then CamlinternalDomain.wait_until "Semaphore.Counting.acquire" (fun () -> try_acquire s)

  let release s =
    if s.value < max_int then s.value <- s.value + 1
    else raise (Sys_error "Semaphore.Counting.release: overflow")

  let get_value s = s.value
end

module Binary = struct
  type t = { mutable free : bool }

  let make free = { free }

  let try_acquire s =
    s.free
    && begin
         s.free <- false;
         true
       end

  let acquire s =
    if not (try_acquire s) then CamlinternalDomain.wait_until "Semaphore.Binary.acquire" (fun () -> try_acquire s)

  let release s = s.free <- true
end
