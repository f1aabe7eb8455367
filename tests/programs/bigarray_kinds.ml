(* skip: evaluator. Accesses of known kinds and layouts are compiled in place: each kind, both layouts, inside and outside of the bounds. *)
open Bigarray

let bounds f = try f () with Invalid_argument message -> print_string message
let f i = float_of_int i *. 1.37
let i n = n * 77777
let l n = Int32.mul (Int32.of_int n) 123456789l
let w n = Int64.mul (Int64.of_int n) 12345678912345L
let n k = Nativeint.mul (Nativeint.of_int k) 998877n
let c n = Char.chr (n land 255)

let () =
  let show x = Printf.printf "%h " x in
  let a = Array1.create float32 c_layout 7 and b = Array2.create float32 fortran_layout 3 2 and d = Array3.create float32 c_layout 2 3 2 in
  for x = 0 to 6 do a.{x} <- f (x - 3) done;
  for x = 1 to 3 do for y = 1 to 2 do b.{x, y} <- f ((x * 10) + y) done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do d.{x, y, z} <- f ((x * 100) + (y * 10) + z) done done done;
  for x = 0 to 6 do show a.{x} done;
  for x = 1 to 3 do for y = 1 to 2 do show b.{x, y} done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do show d.{x, y, z} done done done;
  show a.{2}; show b.{3, 2}; show d.{1, 2, 1};
  List.iter (fun x -> bounds (fun () -> show a.{x}); bounds (fun () -> a.{x} <- f 1)) [ -1; 7; max_int; min_int ];
  bounds (fun () -> show b.{0, 1}); bounds (fun () -> show b.{1, 3}); bounds (fun () -> show d.{1, 3, 0}); bounds (fun () -> show d.{2, 0, 0});
  print_newline ()

let () =
  let show x = Printf.printf "%h " x in
  let a = Array1.create float64 c_layout 7 and b = Array2.create float64 fortran_layout 3 2 and d = Array3.create float64 c_layout 2 3 2 in
  for x = 0 to 6 do a.{x} <- f (x - 3) done;
  for x = 1 to 3 do for y = 1 to 2 do b.{x, y} <- f ((x * 10) + y) done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do d.{x, y, z} <- f ((x * 100) + (y * 10) + z) done done done;
  for x = 0 to 6 do show a.{x} done;
  for x = 1 to 3 do for y = 1 to 2 do show b.{x, y} done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do show d.{x, y, z} done done done;
  show a.{2}; show b.{3, 2}; show d.{1, 2, 1};
  List.iter (fun x -> bounds (fun () -> show a.{x}); bounds (fun () -> a.{x} <- f 1)) [ -1; 7; max_int; min_int ];
  bounds (fun () -> show b.{0, 1}); bounds (fun () -> show b.{1, 3}); bounds (fun () -> show d.{1, 3, 0}); bounds (fun () -> show d.{2, 0, 0});
  print_newline ()

let () =
  let show x = Printf.printf "%d " x in
  let a = Array1.create int8_signed c_layout 7 and b = Array2.create int8_signed fortran_layout 3 2 and d = Array3.create int8_signed c_layout 2 3 2 in
  for x = 0 to 6 do a.{x} <- i (x - 3) done;
  for x = 1 to 3 do for y = 1 to 2 do b.{x, y} <- i ((x * 10) + y) done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do d.{x, y, z} <- i ((x * 100) + (y * 10) + z) done done done;
  for x = 0 to 6 do show a.{x} done;
  for x = 1 to 3 do for y = 1 to 2 do show b.{x, y} done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do show d.{x, y, z} done done done;
  show a.{2}; show b.{3, 2}; show d.{1, 2, 1};
  List.iter (fun x -> bounds (fun () -> show a.{x}); bounds (fun () -> a.{x} <- i 1)) [ -1; 7; max_int; min_int ];
  bounds (fun () -> show b.{0, 1}); bounds (fun () -> show b.{1, 3}); bounds (fun () -> show d.{1, 3, 0}); bounds (fun () -> show d.{2, 0, 0});
  print_newline ()

let () =
  let show x = Printf.printf "%d " x in
  let a = Array1.create int8_unsigned c_layout 7 and b = Array2.create int8_unsigned fortran_layout 3 2 and d = Array3.create int8_unsigned c_layout 2 3 2 in
  for x = 0 to 6 do a.{x} <- i (x - 3) done;
  for x = 1 to 3 do for y = 1 to 2 do b.{x, y} <- i ((x * 10) + y) done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do d.{x, y, z} <- i ((x * 100) + (y * 10) + z) done done done;
  for x = 0 to 6 do show a.{x} done;
  for x = 1 to 3 do for y = 1 to 2 do show b.{x, y} done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do show d.{x, y, z} done done done;
  show a.{2}; show b.{3, 2}; show d.{1, 2, 1};
  List.iter (fun x -> bounds (fun () -> show a.{x}); bounds (fun () -> a.{x} <- i 1)) [ -1; 7; max_int; min_int ];
  bounds (fun () -> show b.{0, 1}); bounds (fun () -> show b.{1, 3}); bounds (fun () -> show d.{1, 3, 0}); bounds (fun () -> show d.{2, 0, 0});
  print_newline ()

let () =
  let show x = Printf.printf "%d " x in
  let a = Array1.create int16_signed c_layout 7 and b = Array2.create int16_signed fortran_layout 3 2 and d = Array3.create int16_signed c_layout 2 3 2 in
  for x = 0 to 6 do a.{x} <- i (x - 3) done;
  for x = 1 to 3 do for y = 1 to 2 do b.{x, y} <- i ((x * 10) + y) done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do d.{x, y, z} <- i ((x * 100) + (y * 10) + z) done done done;
  for x = 0 to 6 do show a.{x} done;
  for x = 1 to 3 do for y = 1 to 2 do show b.{x, y} done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do show d.{x, y, z} done done done;
  show a.{2}; show b.{3, 2}; show d.{1, 2, 1};
  List.iter (fun x -> bounds (fun () -> show a.{x}); bounds (fun () -> a.{x} <- i 1)) [ -1; 7; max_int; min_int ];
  bounds (fun () -> show b.{0, 1}); bounds (fun () -> show b.{1, 3}); bounds (fun () -> show d.{1, 3, 0}); bounds (fun () -> show d.{2, 0, 0});
  print_newline ()

let () =
  let show x = Printf.printf "%d " x in
  let a = Array1.create int16_unsigned c_layout 7 and b = Array2.create int16_unsigned fortran_layout 3 2 and d = Array3.create int16_unsigned c_layout 2 3 2 in
  for x = 0 to 6 do a.{x} <- i (x - 3) done;
  for x = 1 to 3 do for y = 1 to 2 do b.{x, y} <- i ((x * 10) + y) done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do d.{x, y, z} <- i ((x * 100) + (y * 10) + z) done done done;
  for x = 0 to 6 do show a.{x} done;
  for x = 1 to 3 do for y = 1 to 2 do show b.{x, y} done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do show d.{x, y, z} done done done;
  show a.{2}; show b.{3, 2}; show d.{1, 2, 1};
  List.iter (fun x -> bounds (fun () -> show a.{x}); bounds (fun () -> a.{x} <- i 1)) [ -1; 7; max_int; min_int ];
  bounds (fun () -> show b.{0, 1}); bounds (fun () -> show b.{1, 3}); bounds (fun () -> show d.{1, 3, 0}); bounds (fun () -> show d.{2, 0, 0});
  print_newline ()

let () =
  let show x = Printf.printf "%d " x in
  let a = Array1.create int c_layout 7 and b = Array2.create int fortran_layout 3 2 and d = Array3.create int c_layout 2 3 2 in
  for x = 0 to 6 do a.{x} <- i (x - 3) done;
  for x = 1 to 3 do for y = 1 to 2 do b.{x, y} <- i ((x * 10) + y) done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do d.{x, y, z} <- i ((x * 100) + (y * 10) + z) done done done;
  for x = 0 to 6 do show a.{x} done;
  for x = 1 to 3 do for y = 1 to 2 do show b.{x, y} done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do show d.{x, y, z} done done done;
  show a.{2}; show b.{3, 2}; show d.{1, 2, 1};
  List.iter (fun x -> bounds (fun () -> show a.{x}); bounds (fun () -> a.{x} <- i 1)) [ -1; 7; max_int; min_int ];
  bounds (fun () -> show b.{0, 1}); bounds (fun () -> show b.{1, 3}); bounds (fun () -> show d.{1, 3, 0}); bounds (fun () -> show d.{2, 0, 0});
  print_newline ()

let () =
  let show x = Printf.printf "%ld " x in
  let a = Array1.create int32 c_layout 7 and b = Array2.create int32 fortran_layout 3 2 and d = Array3.create int32 c_layout 2 3 2 in
  for x = 0 to 6 do a.{x} <- l (x - 3) done;
  for x = 1 to 3 do for y = 1 to 2 do b.{x, y} <- l ((x * 10) + y) done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do d.{x, y, z} <- l ((x * 100) + (y * 10) + z) done done done;
  for x = 0 to 6 do show a.{x} done;
  for x = 1 to 3 do for y = 1 to 2 do show b.{x, y} done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do show d.{x, y, z} done done done;
  show a.{2}; show b.{3, 2}; show d.{1, 2, 1};
  List.iter (fun x -> bounds (fun () -> show a.{x}); bounds (fun () -> a.{x} <- l 1)) [ -1; 7; max_int; min_int ];
  bounds (fun () -> show b.{0, 1}); bounds (fun () -> show b.{1, 3}); bounds (fun () -> show d.{1, 3, 0}); bounds (fun () -> show d.{2, 0, 0});
  print_newline ()

let () =
  let show x = Printf.printf "%Ld " x in
  let a = Array1.create int64 c_layout 7 and b = Array2.create int64 fortran_layout 3 2 and d = Array3.create int64 c_layout 2 3 2 in
  for x = 0 to 6 do a.{x} <- w (x - 3) done;
  for x = 1 to 3 do for y = 1 to 2 do b.{x, y} <- w ((x * 10) + y) done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do d.{x, y, z} <- w ((x * 100) + (y * 10) + z) done done done;
  for x = 0 to 6 do show a.{x} done;
  for x = 1 to 3 do for y = 1 to 2 do show b.{x, y} done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do show d.{x, y, z} done done done;
  show a.{2}; show b.{3, 2}; show d.{1, 2, 1};
  List.iter (fun x -> bounds (fun () -> show a.{x}); bounds (fun () -> a.{x} <- w 1)) [ -1; 7; max_int; min_int ];
  bounds (fun () -> show b.{0, 1}); bounds (fun () -> show b.{1, 3}); bounds (fun () -> show d.{1, 3, 0}); bounds (fun () -> show d.{2, 0, 0});
  print_newline ()

let () =
  let show x = Printf.printf "%nd " x in
  let a = Array1.create nativeint c_layout 7 and b = Array2.create nativeint fortran_layout 3 2 and d = Array3.create nativeint c_layout 2 3 2 in
  for x = 0 to 6 do a.{x} <- n (x - 3) done;
  for x = 1 to 3 do for y = 1 to 2 do b.{x, y} <- n ((x * 10) + y) done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do d.{x, y, z} <- n ((x * 100) + (y * 10) + z) done done done;
  for x = 0 to 6 do show a.{x} done;
  for x = 1 to 3 do for y = 1 to 2 do show b.{x, y} done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do show d.{x, y, z} done done done;
  show a.{2}; show b.{3, 2}; show d.{1, 2, 1};
  List.iter (fun x -> bounds (fun () -> show a.{x}); bounds (fun () -> a.{x} <- n 1)) [ -1; 7; max_int; min_int ];
  bounds (fun () -> show b.{0, 1}); bounds (fun () -> show b.{1, 3}); bounds (fun () -> show d.{1, 3, 0}); bounds (fun () -> show d.{2, 0, 0});
  print_newline ()

let () =
  let show x = Printf.printf "%C " x in
  let a = Array1.create char c_layout 7 and b = Array2.create char fortran_layout 3 2 and d = Array3.create char c_layout 2 3 2 in
  for x = 0 to 6 do a.{x} <- c (x - 3) done;
  for x = 1 to 3 do for y = 1 to 2 do b.{x, y} <- c ((x * 10) + y) done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do d.{x, y, z} <- c ((x * 100) + (y * 10) + z) done done done;
  for x = 0 to 6 do show a.{x} done;
  for x = 1 to 3 do for y = 1 to 2 do show b.{x, y} done done;
  for x = 0 to 1 do for y = 0 to 2 do for z = 0 to 1 do show d.{x, y, z} done done done;
  show a.{2}; show b.{3, 2}; show d.{1, 2, 1};
  List.iter (fun x -> bounds (fun () -> show a.{x}); bounds (fun () -> a.{x} <- c 1)) [ -1; 7; max_int; min_int ];
  bounds (fun () -> show b.{0, 1}); bounds (fun () -> show b.{1, 3}); bounds (fun () -> show d.{1, 3, 0}); bounds (fun () -> show d.{2, 0, 0});
  print_newline ()

