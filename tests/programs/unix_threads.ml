(* skip: evaluator *)
(* Threads: locks, conditions, moments, descriptors, processes, events. *)
let p = Printf.printf
(* producer, consumer by condition *)
let queue () =
  let m = Mutex.create () and c = Condition.create () and q = Queue.create () in
  let sum = ref 0 in
  let consumer = Thread.create (fun () ->
    let rec go () =
      Mutex.lock m;
      while Queue.is_empty q do Condition.wait c m done;
      let x = Queue.take q in Mutex.unlock m;
      if x >= 0 then (sum := !sum + x; go ()) in go ()) () in
  let producers = List.init 4 (fun k -> Thread.create (fun () -> for i = 1 to 100 do Mutex.lock m; Queue.add (i * (k + 1)) q; Condition.signal c; Mutex.unlock m; if i mod 10 = 0 then Thread.yield () done) ()) in
  List.iter Thread.join producers;
  Mutex.lock m; Queue.add (-1) q; Condition.broadcast c; Mutex.unlock m;
  Thread.join consumer;
  p "%d\n%!" !sum
(* delays *)
let delays () =
  let log = ref [] and m = Mutex.create () in
  let ts = List.map (fun d -> Thread.create (fun d -> Thread.delay d; Mutex.lock m; log := d :: !log; Mutex.unlock m) d) [0.06; 0.02; 0.1] in
  let t = Unix.gettimeofday () in
  List.iter Thread.join ts;
  let e = Unix.gettimeofday () -. t in
  List.iter (p "%g ") (List.rev !log); p "%b\n%!" (e >= 0.09)
(* a pipe between threads *)
let pipes () =
  let r, w = Unix.pipe () in
  let ic = Unix.in_channel_of_descr r and oc = Unix.out_channel_of_descr w in
  let reader = Thread.create (fun () -> try while true do p "read %s\n%!" (input_line ic) done with End_of_file -> p "end\n%!") () in
  for i = 1 to 3 do Printf.fprintf oc "line %d\n%!" i; Thread.delay 0.005 done;
  close_out oc; Thread.join reader;
  (* more than a pipe holds *)
  let r, w = Unix.pipe () in
  let total = ref 0 in
  let writer = Thread.create (fun () -> let b = Bytes.make 300000 'x' in ignore (Unix.write w b 0 300000); Unix.close w) () in
  let b = Bytes.create 4096 in
  let rec go () = match Unix.read r b 0 4096 with 0 -> () | n -> total := !total + n; go () in go ();
  Thread.join writer; p "%d\n%!" !total
(* a server *)
let server () =
  let s = Unix.socket Unix.PF_INET Unix.SOCK_STREAM 0 in
  Unix.bind s (Unix.ADDR_INET (Unix.inet_addr_loopback, 0)); Unix.listen s 5;
  let addr = Unix.getsockname s in
  let handle fd = let ic = Unix.in_channel_of_descr fd and oc = Unix.out_channel_of_descr fd in
    (try while true do let l = input_line ic in output_string oc (String.uppercase_ascii l ^ "\n"); flush oc done with End_of_file -> ()); close_out oc in
  let acceptor = Thread.create (fun () -> let ts = List.init 3 (fun _ -> let fd, _ = Unix.accept s in Thread.create handle fd) in List.iter Thread.join ts) () in
  let clients = List.init 3 (fun i -> Thread.create (fun () ->
    let ic, oc = Unix.open_connection addr in
    let r = List.init 3 (fun k -> Printf.fprintf oc "client %d line %d\n%!" i k; input_line ic) in
    Unix.shutdown_connection ic; close_in ic; r) ()) in
  List.iter Thread.join clients; Thread.join acceptor; p "served\n%!"
(* exceptions, ids *)
let misc () =
  p "%d %b\n%!" (Thread.id (Thread.self ())) (Thread.id (Thread.create ignore ()) > 0);
  Thread.join (Thread.create (fun () -> failwith "in thread") ());
  let r, w = Unix.pipe () in
  let pid = match Unix.fork () with 0 -> ignore (Unix.read r (Bytes.create 1) 0 1); Unix._exit 4 | pid -> pid in
  let t = Thread.create (fun () -> Thread.delay 0.01; p "other\n%!"; ignore (Unix.write_substring w "x" 0 1)) () in
  (match Unix.waitpid [] pid with _, Unix.WEXITED n -> p "%d\n%!" n | _ -> p "?\n%!");
  Thread.join t;
  let r, w = Unix.pipe () in
  let t = Thread.create (fun () -> Thread.delay 0.01; ignore (Unix.write_substring w "a" 0 1)) () in
  (match Unix.select [r] [] [] 1.0 with [_], _, _ -> p "selected\n%!" | _ -> p "no\n%!");
  (match Unix.select [w] [] [] 0.01 with [], _, _ -> p "none\n%!" | _ -> p "no\n%!");
  Thread.join t;
  let m = Mutex.create () in
  Mutex.lock m; (try Mutex.lock m with Sys_error s -> p "%s\n%!" s); p "%b\n%!" (Mutex.try_lock m);
  Mutex.unlock m
(* events *)
let events () =
  let a = Event.new_channel () and b = Event.new_channel () in
  let t = Thread.create (fun () -> for i = 1 to 3 do Event.sync (Event.send a i) done; Event.sync (Event.send b "done")) () in
  let rec go acc = match Event.select [ Event.wrap (Event.receive a) (fun i -> `A i); Event.wrap (Event.receive b) (fun s -> `B s) ] with `A i -> go (acc + i) | `B s -> p "%d %s\n%!" acc s in
  go 0; Thread.join t;
  p "%b\n%!" (Event.poll (Event.receive a) = None);
  p "%d\n%!" (Event.sync (Event.always 5));
  let aborted = ref 0 in
  ignore (Event.sync (Event.choose [ Event.always 1; Event.wrap_abort (Event.receive a) (fun () -> incr aborted) ]));
  p "%d\n%!" !aborted;
  (* primes *)
  let sieve n =
    let rec source ch i = Event.sync (Event.send ch i); source ch (i + 1) in
    let rec filter inp out q = let x = Event.sync (Event.receive inp) in if x mod q <> 0 then Event.sync (Event.send out x); filter inp out q in
    let start = Event.new_channel () in ignore (Thread.create (fun () -> source start 2) ());
    let rec go ch k = if k > 0 then begin let q = Event.sync (Event.receive ch) in p "%d " q; let next = Event.new_channel () in ignore (Thread.create (fun () -> filter ch next q) ()); go next (k - 1) end in
    go start n; p "\n%!" in
  sieve 20
let semaphores () =
  let s = Semaphore.Counting.make 2 in let active = ref 0 and most = ref 0 in
  let ts = List.init 6 (fun _ -> Thread.create (fun () -> Semaphore.Counting.acquire s; incr active; most := max !most !active; Thread.delay 0.003; decr active; Semaphore.Counting.release s) ()) in
  List.iter Thread.join ts; p "%d\n%!" !most
let () = queue (); delays (); pipes (); server (); misc (); events (); semaphores ();
  ignore (Thread.create (fun () -> Thread.delay 10.; print_string "never") ()); p "over\n"
