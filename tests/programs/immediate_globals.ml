(* skip: evaluator. Under stress the collector marks while modules begin: what they store in variables without a pointer. *)
let p = Printf.printf
let t name f = match f () with x -> p "%s: %s\n%!" name x | exception e -> p "%s: exn %s\n%!" name (Printexc.to_string e)
let () =
  p "%d %d %b %d %d\n" (Obj.tag (Obj.repr "a")) (Obj.size (Obj.repr (1,2,3))) (Obj.is_int (Obj.repr 3)) (Obj.tag (Obj.repr 1.)) (Obj.tag (Obj.repr [|1.|]));
  p "%d %d %d %d\n" (Obj.tag (Obj.repr (fun x -> x))) (Obj.tag (Obj.repr (lazy (p "")))) (Obj.tag (Obj.repr (Some 1))) (Obj.tag (Obj.repr (object end)));
  let b = Obj.new_block 3 2 in Obj.set_field b 0 (Obj.repr 1);
  Obj.set_field b 1 (Obj.repr "x");
  p "%d %d %s\n" (Obj.tag b) (Obj.size b) (Obj.obj (Obj.field b 1));
  p "%b %d\n" (Obj.dup b == b) (Obj.reachable_words (Obj.repr [1;2]));
  p "%d %d %d %d %d\n" Obj.lazy_tag Obj.closure_tag Obj.object_tag Obj.double_array_tag Obj.custom_tag;
  let ec = Obj.Extension_constructor.of_val Not_found in p "%s\n" (Obj.Extension_constructor.name ec);
  let m = Mutex.create () in Mutex.lock m;
  p "%b\n" (Mutex.try_lock m);
  Mutex.unlock m;
  p "%b\n" (Mutex.try_lock m);
  let c = Condition.create () in Condition.signal c;
  Condition.broadcast c;
  let a = Atomic.make 3 in p "%d %b %d %d\n" (Atomic.fetch_and_add a 2) (Atomic.compare_and_set a 5 7) (Atomic.exchange a 9) (Atomic.get a);
  let se = Semaphore.Counting.make 2 in Semaphore.Counting.acquire se;
  p "%d %b\n" (Semaphore.Counting.get_value se) (Semaphore.Counting.try_acquire se);
  let th = Thread.create (fun () -> p "in thread\n") () in Thread.join th;
  p "%d\n" (Thread.id (Thread.self ()))
