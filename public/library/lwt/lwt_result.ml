(* Promises for results: two ways to fail, the promise's and the result's. *)

module Result = Stdlib.Result

type (+'a, +'b) t = ('a, 'b) Result.t Lwt.t

let return v = Lwt.return (Ok v)
let fail e = Lwt.return (Error e)
let lift = Lwt.return
let ok p = Lwt.map (fun v -> Ok v) p
let error p = Lwt.map (fun e -> Error e) p
let map f p = Lwt.map (function Ok v -> Ok (f v) | Error _ as e -> e) p
let map_error f p = Lwt.map (function Ok _ as v -> v | Error e -> Error (f e)) p
let map_err = map_error
let bind p f = Lwt.bind p (function Ok v -> f v | Error _ as e -> Lwt.return e)
let bind_error p f = Lwt.bind p (function Ok _ as v -> Lwt.return v | Error e -> f e)
let bind_lwt p f = Lwt.bind p (function Ok v -> ok (f v) | Error _ as e -> Lwt.return e)
let bind_lwt_error p f = Lwt.bind p (function Ok _ as v -> Lwt.return v | Error e -> error (f e))
let bind_lwt_err = bind_lwt_error
let bind_result p f = Lwt.map (function Ok v -> f v | Error _ as e -> e) p
let get_exn p = Lwt.bind p (function Ok v -> Lwt.return v | Error e -> Lwt.fail e)
let catch f = Lwt.catch (fun () -> ok (f ())) fail

let both p q =
  Lwt.map
    (function
      | Ok v, Ok w -> Ok (v, w)
      | Error e, Ok _ | Ok _, Error e -> Error e
      | Error e, Error _ -> Error e)
    (Lwt.both p q)

let iter f p = Lwt.bind p (function Ok v -> f v | Error _ -> Lwt.return_unit)
let iter_error f p = Lwt.bind p (function Ok _ -> Lwt.return_unit | Error e -> f e)

module Infix = struct
  let ( >>= ) = bind
  let ( >|= ) p f = map f p
end

module Let_syntax = struct
  module Let_syntax = struct
    let return = return
    let map p ~f = map f p
    let bind p ~f = bind p f
    let both = both

    module Open_on_rhs = struct end
  end
end

module Syntax = struct
  let ( let* ) = bind
  let ( and* ) = both
  let ( let+ ) p f = map f p
  let ( and+ ) = both
end

include Infix
