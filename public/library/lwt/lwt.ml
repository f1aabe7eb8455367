(* Promises: values that may be known later, and the callbacks that wait for them.

   A promise is a cell. A pending cell holds its callbacks and how a request to cancel it travels; a cell that has become the same as another
   (the inner promise of a [bind]) is a proxy for it, found by following and shortening the chain (Tarjan's union-find with path
   compression), so that recursive loops take constant memory. *)

[@@@ocaml.alert "-deprecated"]

module Resolution_loop = struct
  exception Canceled
end

include Resolution_loop

type 'a outcome = ('a, exn) result

(* Key-value pairs that follow the flow of control; see [with_value]. *)
type storage = (int * (unit -> unit)) list

type 'a cell = { mutable state : 'a cell_state }

and 'a cell_state =
  | Resolved of 'a outcome
  | Pending of 'a pending
  | Proxy of 'a cell

and 'a pending = {
  mutable waiters : 'a waiters;
  mutable cancel_hooks : cancel_hooks;
  mutable cancellation : cancellation;
  (* Waiters withdrawn and not yet taken out of [waiters]. *)
  mutable withdrawn : int;
}

(* A bag of callbacks; concatenation is what makes one cell a proxy of another cheap. *)
and 'a waiters =
  | Empty
  | Waiter of ('a outcome -> unit)
  | Removable of ('a outcome -> unit) option ref
  | Both of 'a waiters * 'a waiters

and cancel_hooks =
  | No_hook
  | Hook of storage * (unit -> unit)
  | Both_hooks of cancel_hooks * cancel_hooks

(* What a request to cancel a pending promise does. *)
and cancellation =
  | Not_cancelable
  | Cancel_self
  | Cancel_other : _ cell -> cancellation
  | Cancel_all : _ cell list -> cancellation

(* The public types are covariant and contravariant views of one cell. *)
type +'a t
type -'a u

external promise_of_cell : 'a cell -> 'a t = "%identity"
external cell_of_promise : 'a t -> 'a cell = "%identity"
external resolver_of_cell : 'a cell -> 'a u = "%identity"
external cell_of_resolver : 'a u -> 'a cell = "%identity"

let rec representative cell =
  match cell.state with
  | Resolved _ | Pending _ -> cell
  | Proxy next ->
      let root = representative next in
      if root != next then cell.state <- Proxy root;
      root

let new_pending cancellation =
  { state = Pending { waiters = Empty; cancel_hooks = No_hook; cancellation; withdrawn = 0 } }

let resolved outcome = promise_of_cell { state = Resolved outcome }

(* {1 Storage} *)

let current_storage : storage ref = ref []

type 'a key = { id : int; mutable value : 'a option }

let next_key = ref 0

let new_key () =
  incr next_key;
  { id = !next_key; value = None }

(* A stored pair is a function that puts its value into the key, so that the list needs no common type. *)
let get_from key storage =
  match List.assoc_opt key.id storage with
  | None -> None
  | Some put ->
      put ();
      let value = key.value in
      key.value <- None;
      value

let get key = get_from key !current_storage

let put_into key value storage =
  let others = List.remove_assoc key.id storage in
  match value with None -> others | Some _ -> (key.id, fun () -> key.value <- value) :: others

(* Keeps the backtrace when the exception is the one raised last. *)
external reraise : exn -> 'a = "%reraise"

let with_value key value body =
  let saved = !current_storage in
  current_storage := put_into key value saved;
  match body () with
  | result ->
      current_storage := saved;
      result
  | exception e ->
      current_storage := saved;
      reraise e

(* {1 Exceptions that nobody handles} *)

let async_exception_hook : (exn -> unit) ref =
  ref (fun e ->
      prerr_string "Fatal error: exception ";
      prerr_string (Printexc.to_string e);
      prerr_char '\n';
      Printexc.print_backtrace stderr;
      flush stderr;
      exit 2)

module Exception_filter = struct
  type t = exn -> bool

  let handle_all _ = true
  let handle_all_except_runtime = function Out_of_memory | Stack_overflow -> false | _ -> true
  let current : t ref = ref handle_all
  let set filter = current := filter
  let run e = !current e
end

(* {1 Resolution} *)

(* Resolving promises runs callbacks that resolve others. [depth] counts how deep we are; what is deferred waits in [queue]
   until the outermost resolution ends. *)
let depth = ref 0

let queue : (unit -> unit) Queue.t = Queue.create ()

(* How deep bind-like resolutions may nest before they are queued, so that long chains do not use up the stack. *)
let deepest = 42

let leave_resolution saved_storage =
  if !depth = 1 then
    while not (Queue.is_empty queue) do
      (Queue.pop queue) ()
    done;
  decr depth;
  current_storage := saved_storage

let in_resolution work =
  let saved = !current_storage in
  incr depth;
  match work () with
  | () -> leave_resolution saved
  | exception e ->
      leave_resolution saved;
      reraise e

let run_waiters waiters outcome =
  (* An explicit stack: concatenations nest on the left as well as on the right. *)
  let rec run waiters rest =
    match waiters with
    | Empty -> next rest
    | Waiter f ->
        f outcome;
        next rest
    | Removable { contents = None } -> next rest
    | Removable { contents = Some f } ->
        f outcome;
        next rest
    | Both (left, right) -> run left (right :: rest)
  and next = function [] -> () | waiters :: rest -> run waiters rest in
  run waiters []

let run_cancel_hooks hooks =
  let rec run hooks rest =
    match hooks with
    | No_hook -> next rest
    | Hook (storage, f) ->
        current_storage := storage;
        (try f () with e when Exception_filter.run e -> !async_exception_hook e);
        next rest
    | Both_hooks (left, right) -> run left (right :: rest)
  and next = function [] -> () | hooks :: rest -> run hooks rest in
  run hooks []

let is_canceled = function Error Canceled -> true | _ -> false

let run_all pending outcome =
  if is_canceled outcome then run_cancel_hooks pending.cancel_hooks;
  run_waiters pending.waiters outcome

(* Sets a pending cell's outcome and runs what waited for it: at once, or later when too deep or when asked to. *)
let settle ~defer cell pending outcome =
  cell.state <- Resolved outcome;
  if defer && !depth >= 1 || !depth >= deepest then Queue.push (fun () -> run_all pending outcome) queue
  else in_resolution (fun () -> run_all pending outcome)

let settle_if_pending cell outcome =
  let cell = representative cell in
  match cell.state with
  | Pending pending -> settle ~defer:false cell pending outcome
  | Resolved _ | Proxy _ -> ()

let waker name ~defer resolver outcome =
  let cell = representative (cell_of_resolver resolver) in
  match cell.state with
  | Pending pending -> settle ~defer cell pending outcome
  (* A promise that was cancelled may still be woken by whoever had promised it. *)
  | Resolved (Error Canceled) -> ()
  | Resolved _ | Proxy _ -> invalid_arg name

let wakeup_result resolver outcome = waker "Lwt.wakeup_result" ~defer:false resolver outcome
let wakeup resolver v = waker "Lwt.wakeup" ~defer:false resolver (Ok v)
let wakeup_exn resolver e = waker "Lwt.wakeup_exn" ~defer:false resolver (Error e)
let wakeup_later_result resolver outcome = waker "Lwt.wakeup_later_result" ~defer:true resolver outcome
let wakeup_later resolver v = waker "Lwt.wakeup_later" ~defer:true resolver (Ok v)
let wakeup_later_exn resolver e = waker "Lwt.wakeup_later_exn" ~defer:true resolver (Error e)

(* {1 Waiting} *)

let concat_waiters left right =
  match (left, right) with
  | Empty, w | w, Empty -> w
  | _ -> Both (left, right)

let concat_hooks left right =
  match (left, right) with
  | No_hook, h | h, No_hook -> h
  | _ -> Both_hooks (left, right)

(* The waiter that came last is called first: programs have come to depend on it. *)
let add_waiter pending f = pending.waiters <- concat_waiters (Waiter f) pending.waiters

let rec without_withdrawn = function
  | (Empty | Waiter _ | Removable { contents = Some _ }) as waiters -> waiters
  | Removable { contents = None } -> Empty
  | Both (left, right) ->
      let right = without_withdrawn right in
      concat_waiters (without_withdrawn left) right

(* How many withdrawn waiters may lie about before they are taken out. *)
let withdrawn_limit = 42

let note_withdrawn pending count =
  pending.withdrawn <- pending.withdrawn + count;
  if pending.withdrawn > withdrawn_limit then begin
    pending.waiters <- without_withdrawn pending.waiters;
    pending.withdrawn <- 0
  end

(* Calls [f] once, when the first of the promises is resolved; the waiters on the others are withdrawn. *)
let wait_for_first promises f =
  let waiter = ref None in
  waiter :=
    Some
      (fun outcome ->
        waiter := None;
        List.iter
          (fun p ->
            match (representative (cell_of_promise p)).state with
            | Pending pending -> note_withdrawn pending 1
            | Resolved _ | Proxy _ -> ())
          promises;
        f outcome);
  List.iter
    (fun p ->
      match (representative (cell_of_promise p)).state with
      | Pending pending -> pending.waiters <- concat_waiters (Removable waiter) pending.waiters
      | Resolved _ | Proxy _ -> ())
    promises

(* Makes [outer], which is pending, the same as [inner]. *)
let become outer inner =
  let outer = representative outer and inner = representative (cell_of_promise inner) in
  if outer != inner then
    match outer.state with
    | Resolved _ | Proxy _ -> ()
    | Pending o -> (
        match inner.state with
        | Resolved outcome -> settle ~defer:false outer o outcome
        | Proxy _ -> ()
        | Pending i ->
            (* The outer promise is the one others hold: the inner one becomes a proxy for it. *)
            inner.state <- Proxy outer;
            o.cancellation <- i.cancellation;
            o.waiters <- concat_waiters o.waiters i.waiters;
            o.cancel_hooks <- concat_hooks o.cancel_hooks i.cancel_hooks;
            o.withdrawn <- 0;
            note_withdrawn o i.withdrawn)

(* {1 Making promises} *)

let return v = resolved (Ok v)
let of_result outcome = resolved outcome
let fail e = resolved (Error e)
let return_unit = return ()
let return_none = return None
let return_nil = return []
let return_true = return true
let return_false = return false
let return_some v = return (Some v)
let return_ok v = return (Ok v)
let return_error e = return (Error e)
let fail_with message = fail (Failure message)
let fail_invalid_arg message = fail (Invalid_argument message)

let wait () =
  let cell = new_pending Not_cancelable in
  (promise_of_cell cell, resolver_of_cell cell)

let task () =
  let cell = new_pending Cancel_self in
  (promise_of_cell cell, resolver_of_cell cell)

let waiter_of_wakener resolver = promise_of_cell (cell_of_resolver resolver)

type 'a state = Return of 'a | Fail of exn | Sleep

let state p =
  match (representative (cell_of_promise p)).state with
  | Resolved (Ok v) -> Return v
  | Resolved (Error e) -> Fail e
  | Pending _ | Proxy _ -> Sleep

let is_sleeping p = match (representative (cell_of_promise p)).state with Pending _ -> true | Resolved _ | Proxy _ -> false

(* {1 Cancelling} *)

let cancel p =
  (* All promises to be cancelled are found first, then made to fail; only then do their callbacks run. *)
  let found = ref [] in
  let rec visit : type a. a cell -> unit =
   fun cell ->
    let cell = representative cell in
    match cell.state with
    | Resolved _ | Proxy _ -> ()
    | Pending pending -> (
        match pending.cancellation with
        | Not_cancelable -> ()
        | Cancel_self ->
            let outcome = Error Canceled in
            cell.state <- Resolved outcome;
            found := (fun () -> run_all pending outcome) :: !found
        | Cancel_other next -> visit next
        | Cancel_all cells -> List.iter visit cells)
  in
  visit (cell_of_promise p);
  match List.rev !found with
  | [] -> ()
  | runs -> in_resolution (fun () -> List.iter (fun run -> run ()) runs)

let on_cancel p f =
  let cell = representative (cell_of_promise p) in
  match cell.state with
  | Resolved (Error Canceled) -> ( try f () with e when Exception_filter.run e -> !async_exception_hook e)
  | Resolved _ | Proxy _ -> ()
  | Pending pending -> pending.cancel_hooks <- concat_hooks (Hook (!current_storage, f)) pending.cancel_hooks

let protected p =
  let inner = representative (cell_of_promise p) in
  match inner.state with
  | Resolved _ | Proxy _ -> p
  | Pending pending ->
      let outer = new_pending Cancel_self in
      add_waiter pending (fun outcome -> settle_if_pending outer outcome);
      promise_of_cell outer

let wrap_in_cancelable p =
  let inner = representative (cell_of_promise p) in
  match inner.state with
  | Resolved _ | Proxy _ -> p
  | Pending pending ->
      let outer = new_pending Cancel_self in
      let outer_promise = promise_of_cell outer in
      on_cancel outer_promise (fun () -> cancel p);
      add_waiter pending (fun outcome -> settle_if_pending outer outcome);
      outer_promise

let no_cancel p =
  let inner = representative (cell_of_promise p) in
  match inner.state with
  | Resolved _ | Proxy _ -> p
  | Pending pending ->
      let outer = new_pending Not_cancelable in
      add_waiter pending (fun outcome -> settle_if_pending outer outcome);
      promise_of_cell outer

(* {1 Sequencing} *)

let call f v = try f v with e when Exception_filter.run e -> fail e

(* What bind-like functions share: [next outcome] gives the promise that the result becomes. *)
let follow cell pending next =
  let outer = new_pending (Cancel_other cell) in
  let storage = !current_storage in
  add_waiter pending (fun outcome ->
      current_storage := storage;
      become outer (next outcome));
  promise_of_cell outer

let bind p f =
  let cell = representative (cell_of_promise p) in
  match cell.state with
  | Resolved (Ok v) -> f v
  | Resolved (Error e) -> fail e
  | Pending pending -> follow cell pending (function Ok v -> call f v | Error e -> fail e)
  | Proxy _ -> assert false

let map f p =
  let cell = representative (cell_of_promise p) in
  match cell.state with
  | Resolved (Ok v) -> ( match f v with v -> return v | exception e when Exception_filter.run e -> fail e)
  | Resolved (Error e) -> fail e
  | Pending pending ->
      follow cell pending (function
        | Ok v -> ( match f v with v -> return v | exception e when Exception_filter.run e -> fail e)
        | Error e -> fail e)
  | Proxy _ -> assert false

let backtrace_bind add_location p f =
  let cell = representative (cell_of_promise p) in
  match cell.state with
  | Resolved (Ok v) -> f v
  | Resolved (Error e) -> fail (add_location e)
  | Pending pending -> follow cell pending (function Ok v -> ( try f v with e when Exception_filter.run e -> fail (add_location e)) | Error e -> fail (add_location e))
  | Proxy _ -> assert false

let catch f handler =
  let p = call f () in
  let cell = representative (cell_of_promise p) in
  match cell.state with
  | Resolved (Ok _) -> p
  | Resolved (Error e) -> handler e
  | Pending pending -> follow cell pending (function Ok _ as outcome -> of_result outcome | Error e -> call handler e)
  | Proxy _ -> assert false

let backtrace_catch add_location f handler = catch f (fun e -> handler (add_location e))

let try_bind f on_value on_error =
  let p = call f () in
  let cell = representative (cell_of_promise p) in
  match cell.state with
  | Resolved (Ok v) -> on_value v
  | Resolved (Error e) -> on_error e
  | Pending pending -> follow cell pending (function Ok v -> call on_value v | Error e -> call on_error e)
  | Proxy _ -> assert false

let backtrace_try_bind add_location f on_value on_error = try_bind f on_value (fun e -> on_error (add_location e))

let finalize f finally =
  try_bind f
    (fun v -> bind (finally ()) (fun () -> return v))
    (fun e -> bind (finally ()) (fun () -> fail e))

let backtrace_finalize add_location f finally =
  try_bind f
    (fun v -> bind (finally ()) (fun () -> return v))
    (fun e -> bind (finally ()) (fun () -> fail (add_location e)))

(* {1 Callbacks on one promise} *)

let guarded f v = try f v with e when Exception_filter.run e -> !async_exception_hook e

(* Calls [f outcome] when the promise is resolved; at once when it is. *)
let when_resolved p f =
  let cell = representative (cell_of_promise p) in
  match cell.state with
  | Resolved outcome -> f outcome
  | Pending pending ->
      let storage = !current_storage in
      add_waiter pending (fun outcome ->
          current_storage := storage;
          f outcome)
  | Proxy _ -> assert false

let on_success p f = when_resolved p (function Ok v -> guarded f v | Error _ -> ())
let on_failure p f = when_resolved p (function Ok _ -> () | Error e -> guarded f e)
let on_termination p f = when_resolved p (fun _ -> guarded f ())
let on_any p on_value on_error = when_resolved p (function Ok v -> guarded on_value v | Error e -> guarded on_error e)

let async f =
  let p = call f () in
  when_resolved p (function Ok () -> () | Error e -> !async_exception_hook e)

let dont_wait f handler =
  let p = call f () in
  when_resolved p (function Ok () -> () | Error e -> guarded handler e)

let ignore_result p =
  let cell = representative (cell_of_promise p) in
  match cell.state with
  | Resolved (Ok _) -> ()
  | Resolved (Error e) -> reraise e
  | Pending pending -> add_waiter pending (function Ok _ -> () | Error e -> !async_exception_hook e)
  | Proxy _ -> assert false

(* {1 Several promises} *)

let cells promises = List.map cell_of_promise promises

let join promises =
  let outer = new_pending (Cancel_all (cells promises)) in
  let remaining = ref 0 in
  let result = ref (Ok ()) in
  let note outcome =
    (match (!result, outcome) with Ok (), Error _ -> result := outcome | _ -> ());
    decr remaining;
    if !remaining = 0 then settle_if_pending outer !result
  in
  List.iter
    (fun p ->
      match (representative (cell_of_promise p)).state with
      | Resolved (Ok ()) -> ()
      | Resolved (Error _ as outcome) -> ( match !result with Ok () -> result := outcome | Error _ -> ())
      | Pending pending ->
          incr remaining;
          add_waiter pending note
      | Proxy _ -> assert false)
    promises;
  if !remaining = 0 then of_result !result else promise_of_cell outer

let both p q =
  let left = ref None and right = ref None in
  let p = map (fun v -> left := Some v) p in
  let q = map (fun v -> right := Some v) q in
  map
    (fun () -> match (!left, !right) with Some v, Some w -> (v, w) | _ -> assert false)
    (join [ p; q ])

let all promises =
  let count = List.length promises in
  if count = 0 then return_nil
  else begin
    let values = Array.make count None in
    let parts = List.mapi (fun i p -> map (fun v -> values.(i) <- Some v) p) promises in
    map
      (fun () -> Array.to_list (Array.map (function Some v -> v | None -> assert false) values))
      (join parts)
  end

(* The resolved ones among [promises]: how many, and the [n]th. Those that failed come first, as a failure must not be lost. *)
let resolved_ones promises =
  let all = List.filter_map (fun p -> match (representative (cell_of_promise p)).state with Resolved outcome -> Some outcome | Pending _ | Proxy _ -> None) promises in
  match List.find_opt (function Error _ -> true | Ok _ -> false) all with Some failure -> [ failure ] | None -> all

let prng = lazy (Random.State.make [||])

let one_of = function
  | [ outcome ] -> outcome
  | outcomes -> List.nth outcomes (Random.State.int (Lazy.force prng) (List.length outcomes))

let check_not_empty name = function [] -> invalid_arg (name ^ " [] would return a promise that is pending forever") | _ -> ()

let choose promises =
  check_not_empty "Lwt.choose" promises;
  match resolved_ones promises with
  | [] ->
      let outer = new_pending (Cancel_all (cells promises)) in
      wait_for_first promises (fun outcome -> settle_if_pending outer outcome);
      promise_of_cell outer
  | outcomes -> of_result (one_of outcomes)

let pick promises =
  check_not_empty "Lwt.pick" promises;
  match resolved_ones promises with
  | [] ->
      let outer = new_pending (Cancel_all (cells promises)) in
      wait_for_first promises (fun outcome ->
          List.iter cancel promises;
          settle_if_pending outer outcome);
      promise_of_cell outer
  | outcomes ->
      List.iter cancel promises;
      of_result (one_of outcomes)

(* The values of all promises that are resolved now, or the first failure. *)
let values_now promises =
  List.fold_right
    (fun p rest ->
      match ((representative (cell_of_promise p)).state, rest) with
      | Resolved (Ok v), Ok vs -> Ok (v :: vs)
      | Resolved (Error e), _ -> Error e
      | _ -> rest)
    promises (Ok [])

let nchoose_with name ~cancel_losers promises =
  check_not_empty name promises;
  let finish () =
    let outcome = values_now promises in
    if cancel_losers then List.iter cancel promises;
    outcome
  in
  match resolved_ones promises with
  | [] ->
      let outer = new_pending (Cancel_all (cells promises)) in
      wait_for_first promises (fun _ -> settle_if_pending outer (finish ()));
      promise_of_cell outer
  | _ -> of_result (finish ())

let nchoose promises = nchoose_with "Lwt.nchoose" ~cancel_losers:false promises
let npick promises = nchoose_with "Lwt.npick" ~cancel_losers:true promises

let nchoose_split promises =
  check_not_empty "Lwt.nchoose_split" promises;
  let split () =
    List.fold_right
      (fun p rest ->
        match ((representative (cell_of_promise p)).state, rest) with
        | Resolved (Ok v), Ok (done_, waiting) -> Ok (v :: done_, waiting)
        | Resolved (Error e), _ -> Error e
        | _, Ok (done_, waiting) -> Ok (done_, p :: waiting)
        | _, Error e -> Error e)
      promises
      (Ok ([], []))
  in
  match resolved_ones promises with
  | [] ->
      let outer = new_pending (Cancel_all (cells promises)) in
      wait_for_first promises (fun _ -> settle_if_pending outer (split ()));
      promise_of_cell outer
  | _ -> of_result (split ())

(* {1 Yielding to the main loop} *)

let paused : unit u list ref = ref []
let paused_count_cell = ref 0
let pause_notifier : (int -> unit) ref = ref ignore

let pause () =
  let p, u = task () in
  paused := u :: !paused;
  incr paused_count_cell;
  !pause_notifier !paused_count_cell;
  p

let paused_count () = !paused_count_cell
let register_pause_notifier f = pause_notifier := f

let wakeup_paused () =
  let waiting = List.rev !paused in
  paused := [];
  paused_count_cell := 0;
  List.iter (fun u -> wakeup u ()) waiting

let abandon_paused () =
  paused := [];
  paused_count_cell := 0

(* For programs that end in a callback: the resolutions that led to it are never come back to. *)
let abandon_wakeups () =
  Queue.clear queue;
  depth := 0

let poll p =
  match (representative (cell_of_promise p)).state with
  | Resolved (Ok v) -> Some v
  | Resolved (Error e) -> reraise e
  | Pending _ | Proxy _ -> None

let apply f v = call f v
let wrap f = match f () with v -> return v | exception e when Exception_filter.run e -> fail e
let wrap1 f a = wrap (fun () -> f a)
let wrap2 f a b = wrap (fun () -> f a b)
let wrap3 f a b c = wrap (fun () -> f a b c)
let wrap4 f a b c d = wrap (fun () -> f a b c d)
let wrap5 f a b c d e = wrap (fun () -> f a b c d e)
let wrap6 f a b c d e g = wrap (fun () -> f a b c d e g)
let wrap7 f a b c d e g h = wrap (fun () -> f a b c d e g h)


module Infix = struct
  let ( >>= ) = bind
  let ( =<< ) f p = bind p f
  let ( >|= ) p f = map f p
  let ( =|< ) f p = map f p
  let ( <?> ) p q = choose [ p; q ]
  let ( <&> ) p q = join [ p; q ]
  let ( >=> ) f g v = bind (f v) g
  let ( <=< ) g f v = bind (f v) g

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

module Let_syntax = struct
  include Let_syntax
  module Let_syntax = Let_syntax
end

(* {1 Lists of promises} *)

let add_task add sequence =
  let promise, resolver = task () in
  let node = add resolver sequence in
  on_cancel promise (fun () -> Lwt_sequence.remove node);
  promise

let add_task_r sequence = add_task Lwt_sequence.add_r sequence
let add_task_l sequence = add_task Lwt_sequence.add_l sequence

(* {1 For schedulers and tracing} *)

let tracing_context : string key = new_key ()
let with_tracing_context name f = with_value tracing_context (Some name) f

module Private = struct
  type nonrec storage = storage

  module Sequence_associated_storage = struct
    let get_from_storage = get_from
    let modify_storage = put_into
    let empty_storage = []
    let current_storage = current_storage
  end

  let tracing_context = tracing_context
end

type nonrec 'a result = 'a outcome

let make_value v = Ok v
let make_error e = Error e
let debug_state_is expected p = return (state p = expected)
