(* Bigarrays of bytes, read from and written to files. *)
let () =
  let name = Filename.temp_file "ba" "" in
  let fd = Unix.openfile name [ O_RDWR ] 0 in
  let a = Bigarray.Array1.create Bigarray.char Bigarray.c_layout 200_000 in
  for i = 0 to 199_999 do a.{i} <- Char.chr (i * 7 land 255) done;
  let written = Unix.write_bigarray fd a 10 199_990 in
  let once = Unix.single_write_bigarray fd a 0 5 in
  Printf.printf "%d %d\n" written once;
  ignore (Unix.lseek fd 65_000 SEEK_SET);
  let b = Bigarray.Array1.create Bigarray.int8_unsigned Bigarray.c_layout 100 in
  b.{0} <- 42;
  let n = UnixLabels.read_bigarray fd ~buf:b ~pos:1 ~len:98 in
  Printf.printf "%d %d %b %d\n" n b.{0} (List.for_all (fun i -> b.{i + 1} = (65_010 + i) * 7 land 255) (List.init 98 Fun.id)) (Unix.fstat fd).st_size;
  (match Unix.read_bigarray fd b 90 11 with _ -> () | exception Invalid_argument m -> print_endline m);
  Unix.close fd;
  (match Unix.write_bigarray fd b 0 1 with _ -> () | exception Unix.Unix_error (e, f, _) -> Printf.printf "%s %s\n" f (Unix.error_message e));
  Sys.remove name
