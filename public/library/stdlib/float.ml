(* Floating-point numbers. *)

external neg : float -> float = "%negfloat"
external add : float -> float -> float = "%addfloat"
external sub : float -> float -> float = "%subfloat"
external mul : float -> float -> float = "%mulfloat"
external div : float -> float -> float = "%divfloat"
external fma : float -> float -> float -> float = "caml_fma_float" "caml_fma" [@@unboxed] [@@noalloc]
external rem : float -> float -> float = "caml_fmod_float" "fmod" [@@unboxed] [@@noalloc]
external abs : float -> float = "%absfloat"
external of_int : int -> float = "%floatofint"
external to_int : float -> int = "%intoffloat"
external of_string : string -> float = "caml_float_of_string"

let of_string_opt = float_of_string_opt
let to_string = string_of_float

type fpclass = Stdlib.fpclass = FP_normal | FP_subnormal | FP_zero | FP_infinite | FP_nan

external classify_float : (float[@unboxed]) -> fpclass = "caml_classify_float" "caml_classify_float_unboxed"
  [@@noalloc]

external pow : float -> float -> float = "caml_power_float" "pow" [@@unboxed] [@@noalloc]
external sqrt : float -> float = "caml_sqrt_float" "sqrt" [@@unboxed] [@@noalloc]
external cbrt : float -> float = "caml_cbrt_float" "caml_cbrt" [@@unboxed] [@@noalloc]
external exp : float -> float = "caml_exp_float" "exp" [@@unboxed] [@@noalloc]
external exp2 : float -> float = "caml_exp2_float" "caml_exp2" [@@unboxed] [@@noalloc]
external log : float -> float = "caml_log_float" "log" [@@unboxed] [@@noalloc]
external log10 : float -> float = "caml_log10_float" "log10" [@@unboxed] [@@noalloc]
external log2 : float -> float = "caml_log2_float" "caml_log2" [@@unboxed] [@@noalloc]
external expm1 : float -> float = "caml_expm1_float" "caml_expm1" [@@unboxed] [@@noalloc]
external log1p : float -> float = "caml_log1p_float" "caml_log1p" [@@unboxed] [@@noalloc]
external cos : float -> float = "caml_cos_float" "cos" [@@unboxed] [@@noalloc]
external sin : float -> float = "caml_sin_float" "sin" [@@unboxed] [@@noalloc]
external tan : float -> float = "caml_tan_float" "tan" [@@unboxed] [@@noalloc]
external acos : float -> float = "caml_acos_float" "acos" [@@unboxed] [@@noalloc]
external asin : float -> float = "caml_asin_float" "asin" [@@unboxed] [@@noalloc]
external atan : float -> float = "caml_atan_float" "atan" [@@unboxed] [@@noalloc]
external atan2 : float -> float -> float = "caml_atan2_float" "atan2" [@@unboxed] [@@noalloc]
external hypot : float -> float -> float = "caml_hypot_float" "caml_hypot" [@@unboxed] [@@noalloc]
external cosh : float -> float = "caml_cosh_float" "cosh" [@@unboxed] [@@noalloc]
external sinh : float -> float = "caml_sinh_float" "sinh" [@@unboxed] [@@noalloc]
external tanh : float -> float = "caml_tanh_float" "tanh" [@@unboxed] [@@noalloc]
external acosh : float -> float = "caml_acosh_float" "caml_acosh" [@@unboxed] [@@noalloc]
external asinh : float -> float = "caml_asinh_float" "caml_asinh" [@@unboxed] [@@noalloc]
external atanh : float -> float = "caml_atanh_float" "caml_atanh" [@@unboxed] [@@noalloc]
external erf : float -> float = "caml_erf_float" "caml_erf" [@@unboxed] [@@noalloc]
external erfc : float -> float = "caml_erfc_float" "caml_erfc" [@@unboxed] [@@noalloc]
external trunc : float -> float = "caml_trunc_float" "caml_trunc" [@@unboxed] [@@noalloc]
external round : float -> float = "caml_round_float" "caml_round" [@@unboxed] [@@noalloc]
external ceil : float -> float = "caml_ceil_float" "ceil" [@@unboxed] [@@noalloc]
external floor : float -> float = "caml_floor_float" "floor" [@@unboxed] [@@noalloc]
external next_after : float -> float -> float = "caml_nextafter_float" "caml_nextafter" [@@unboxed] [@@noalloc]
external copy_sign : float -> float -> float = "caml_copysign_float" "caml_copysign" [@@unboxed] [@@noalloc]
external sign_bit : (float[@unboxed]) -> bool = "caml_signbit_float" "caml_signbit" [@@noalloc]
external frexp : float -> float * int = "caml_frexp_float"

external ldexp : (float[@unboxed]) -> (int[@untagged]) -> (float[@unboxed])
  = "caml_ldexp_float" "caml_ldexp_float_unboxed"
  [@@noalloc]

external modf : float -> float * float = "caml_modf_float"

let zero = 0.
let one = 1.
let minus_one = -1.
let infinity = Stdlib.infinity
let neg_infinity = Stdlib.neg_infinity
let quiet_nan = Int64.float_of_bits 0x7ff8_0000_0000_0001L
let signaling_nan = Int64.float_of_bits 0x7ff0_0000_0000_0001L
let nan = quiet_nan
let pi = 0x1.921fb54442d18p+1
let max_float = Stdlib.max_float
let min_float = Stdlib.min_float
let epsilon = epsilon_float
let succ x = next_after x infinity
let pred x = next_after x neg_infinity
let is_finite (x : float) = x -. x = 0.
let is_infinite (x : float) = 1. /. x = 0.
let is_nan (x : float) = x <> x
let is_integer x = x = trunc x && is_finite x

type t = float

let compare (a : float) b = Stdlib.compare a b
let equal (a : float) b = compare a b = 0

(* A NaN is the result; -0 is less than 0. *)
let min (a : float) (b : float) =
  if b > a || ((not (sign_bit b)) && sign_bit a) then if is_nan b then b else a
  else if is_nan a then a
  else b

let max (a : float) (b : float) =
  if b > a || ((not (sign_bit b)) && sign_bit a) then if is_nan a then a else b
  else if is_nan b then b
  else a

let min_max (a : float) (b : float) =
  if is_nan a || is_nan b then nan, nan
  else if b > a || ((not (sign_bit b)) && sign_bit a) then a, b
  else b, a

(* A NaN is the result only when both are. *)
let min_num (a : float) (b : float) =
  if b > a || ((not (sign_bit b)) && sign_bit a) then if is_nan a then b else a
  else if is_nan b then a
  else b

let max_num (a : float) (b : float) =
  if b > a || ((not (sign_bit b)) && sign_bit a) then if is_nan b then a else b
  else if is_nan a then b
  else a

let min_max_num (a : float) (b : float) =
  if is_nan a then b, b
  else if is_nan b then a, a
  else if b > a || ((not (sign_bit b)) && sign_bit a) then a, b
  else b, a

external hash_with : int -> int -> int -> 'a -> int = "caml_hash" [@@noalloc]

let seeded_hash seed (x : float) = hash_with 10 100 seed x
let hash (x : float) = hash_with 10 100 0 x

module Array = struct
  type t = floatarray

  external length : t -> int = "%floatarray_length"
  external get : t -> int -> float = "%floatarray_safe_get"
  external set : t -> int -> float -> unit = "%floatarray_safe_set"
  external unsafe_get : t -> int -> float = "%floatarray_unsafe_get"
  external unsafe_set : t -> int -> float -> unit = "%floatarray_unsafe_set"
  external create : int -> t = "caml_floatarray_create"
  external unsafe_blit : t -> int -> t -> int -> int -> unit = "caml_floatarray_blit" [@@noalloc]

  (* {2 Making} *)

  let unsafe_fill a offset n v =
    for i = offset to offset + n - 1 do
      unsafe_set a i v
    done

  let make n v =
    let a = create n in
    unsafe_fill a 0 n v;
    a

  let init n f =
    if n < 0 then invalid_arg "Float.Array.init";
    let a = create n in
    for i = 0 to n - 1 do
      unsafe_set a i (f i)
    done;
    a

  let make_matrix rows columns v =
    if columns < 0 then invalid_arg "Float.Array.make_matrix";
    let m = Array.make rows (create 0) in
    if columns > 0 then
      for i = 0 to rows - 1 do
        Array.unsafe_set m i (make columns v)
      done;
    m

  let init_matrix rows columns f =
    if columns < 0 then invalid_arg "Float.Array.init_matrix";
    let m = Array.make rows (create 0) in
    if columns > 0 then
      for i = 0 to rows - 1 do
        let row = create columns in
        for j = 0 to columns - 1 do
          unsafe_set row j (f i j)
        done;
        Array.unsafe_set m i row
      done;
    m

  let unsafe_sub a offset n =
    let result = create n in
    unsafe_blit a offset result 0 n;
    result

  let copy a = unsafe_sub a 0 (length a)

  let append a b =
    let na = length a and nb = length b in
    let result = create (na + nb) in
    unsafe_blit a 0 result 0 na;
    unsafe_blit b 0 result na nb;
    result

  let rec total_length total = function
    | [] -> total
    | a :: rest ->
        let total = total + length a in
        if total < 0 then invalid_arg "Float.Array.concat" else total_length total rest

  let concat arrays =
    let result = create (total_length 0 arrays) in
    let rec write offset = function
      | [] -> result
      | a :: rest ->
          unsafe_blit a 0 result offset (length a);
          write (offset + length a) rest
    in
    write 0 arrays

  let sub a offset n =
    if offset < 0 || n < 0 || offset > length a - n then invalid_arg "Float.Array.sub" else unsafe_sub a offset n

  let fill a offset n v =
    if offset < 0 || n < 0 || offset > length a - n then invalid_arg "Float.Array.fill" else unsafe_fill a offset n v

  let blit a i b j n =
    if n < 0 || i < 0 || i > length a - n || j < 0 || j > length b - n then invalid_arg "Float.array.blit"
    else unsafe_blit a i b j n

  let to_list a =
    let rec from i acc = if i < 0 then acc else from (i - 1) (unsafe_get a i :: acc) in
    from (length a - 1) []

  let of_list l =
    let a = create (List.length l) in
    List.iteri (fun i x -> unsafe_set a i x) l;
    a

  (* {2 Iterating} *)

  let iter f a =
    for i = 0 to length a - 1 do
      f (unsafe_get a i)
    done

  let iteri f a =
    for i = 0 to length a - 1 do
      f i (unsafe_get a i)
    done

  let map f a =
    let n = length a in
    let result = create n in
    for i = 0 to n - 1 do
      unsafe_set result i (f (unsafe_get a i))
    done;
    result

  let mapi f a =
    let n = length a in
    let result = create n in
    for i = 0 to n - 1 do
      unsafe_set result i (f i (unsafe_get a i))
    done;
    result

  let map_inplace f a =
    for i = 0 to length a - 1 do
      unsafe_set a i (f (unsafe_get a i))
    done

  let mapi_inplace f a =
    for i = 0 to length a - 1 do
      unsafe_set a i (f i (unsafe_get a i))
    done

  let fold_left f acc a =
    let acc = ref acc in
    for i = 0 to length a - 1 do
      acc := f !acc (unsafe_get a i)
    done;
    !acc

  let fold_right f a acc =
    let acc = ref acc in
    for i = length a - 1 downto 0 do
      acc := f (unsafe_get a i) !acc
    done;
    !acc

  let iter2 f a b =
    if length a <> length b then invalid_arg "Float.Array.iter2: arrays must have the same length"
    else
      for i = 0 to length a - 1 do
        f (unsafe_get a i) (unsafe_get b i)
      done

  let map2 f a b =
    let n = length a in
    if n <> length b then invalid_arg "Float.Array.map2: arrays must have the same length"
    else begin
      let result = create n in
      for i = 0 to n - 1 do
        unsafe_set result i (f (unsafe_get a i) (unsafe_get b i))
      done;
      result
    end

  let map_to_array f a =
    let n = length a in
    if n = 0 then [||]
    else begin
      let result = Array.make n (f (unsafe_get a 0)) in
      for i = 1 to n - 1 do
        Array.unsafe_set result i (f (unsafe_get a i))
      done;
      result
    end

  let map_from_array f a =
    let n = Array.length a in
    let result = create n in
    for i = 0 to n - 1 do
      unsafe_set result i (f (Array.unsafe_get a i))
    done;
    result

  (* {2 Searching} *)

  let rec for_all_from p a n i = i >= n || (p (unsafe_get a i) && for_all_from p a n (i + 1))
  let for_all p a = for_all_from p a (length a) 0
  let rec exists_from p a n i = i < n && (p (unsafe_get a i) || exists_from p a n (i + 1))
  let exists p a = exists_from p a (length a) 0
  let mem x a = exists (fun y -> compare y x = 0) a
  let mem_ieee (x : float) a = exists (fun y -> y = x) a

  let rec find_from p a n i =
    if i >= n then None
    else
      let x = unsafe_get a i in
      if p x then Some x else find_from p a n (i + 1)

  let find_opt p a = find_from p a (length a) 0

  let rec find_index_from p a n i =
    if i >= n then None else if p (unsafe_get a i) then Some i else find_index_from p a n (i + 1)

  let find_index p a = find_index_from p a (length a) 0

  let rec find_mapi_from f a n i =
    if i >= n then None
    else match f i (unsafe_get a i) with None -> find_mapi_from f a n (i + 1) | some -> some

  let find_mapi f a = find_mapi_from f a (length a) 0
  let find_map f a = find_mapi_from (fun _ x -> f x) a (length a) 0

  (* {2 Sorting} The algorithms are those of the module Array, on unboxed numbers. *)

  let greatest_son cmp a n i =
    let son = (3 * i) + 1 in
    if son + 2 < n then begin
      let best = if cmp (unsafe_get a son) (unsafe_get a (son + 1)) < 0 then son + 1 else son in
      if cmp (unsafe_get a best) (unsafe_get a (son + 2)) < 0 then son + 2 else best
    end
    else if son + 1 < n && cmp (unsafe_get a son) (unsafe_get a (son + 1)) < 0 then son + 1
    else if son < n then son
    else -1

  let rec sift_down cmp a n i x =
    let son = greatest_son cmp a n i in
    if son >= 0 && cmp (unsafe_get a son) x > 0 then begin
      unsafe_set a i (unsafe_get a son);
      sift_down cmp a n son x
    end
    else unsafe_set a i x

  let rec sink_hole cmp a n i =
    let son = greatest_son cmp a n i in
    if son < 0 then i
    else begin
      unsafe_set a i (unsafe_get a son);
      sink_hole cmp a n son
    end

  let rec sift_up cmp a i x =
    let father = (i - 1) / 3 in
    if cmp (unsafe_get a father) x < 0 then begin
      unsafe_set a i (unsafe_get a father);
      if father > 0 then sift_up cmp a father x else unsafe_set a 0 x
    end
    else unsafe_set a i x

  let sort cmp a =
    let n = length a in
    for i = ((n + 1) / 3) - 1 downto 0 do
      sift_down cmp a n i (unsafe_get a i)
    done;
    for i = n - 1 downto 2 do
      let x = unsafe_get a i in
      unsafe_set a i (unsafe_get a 0);
      sift_up cmp a (sink_hole cmp a i 0) x
    done;
    if n > 1 then begin
      let x = unsafe_get a 1 in
      unsafe_set a 1 (unsafe_get a 0);
      unsafe_set a 0 x
    end

  let short_run = 5

  let insertion_sort cmp a i b j n =
    for k = 0 to n - 1 do
      let x = unsafe_get a (i + k) in
      let hole = ref (j + k - 1) in
      while !hole >= j && cmp (unsafe_get b !hole) x > 0 do
        unsafe_set b (!hole + 1) (unsafe_get b !hole);
        decr hole
      done;
      unsafe_set b (!hole + 1) x
    done

  let rec merge cmp a i i_end b j j_end c k =
    if i >= i_end then unsafe_blit b j c k (j_end - j)
    else if j >= j_end then unsafe_blit a i c k (i_end - i)
    else begin
      let x = unsafe_get a i and y = unsafe_get b j in
      if cmp x y <= 0 then begin
        unsafe_set c k x;
        merge cmp a (i + 1) i_end b j j_end c (k + 1)
      end
      else begin
        unsafe_set c k y;
        merge cmp a i i_end b (j + 1) j_end c (k + 1)
      end
    end

  let rec sort_into cmp a i b j n =
    if n <= short_run then insertion_sort cmp a i b j n
    else begin
      let first = n / 2 in
      let second = n - first in
      sort_into cmp a (i + first) b (j + first) second;
      sort_into cmp a i a (i + second) first;
      merge cmp a (i + second) (i + n) b (j + first) (j + n) b j
    end

  let stable_sort cmp a =
    let n = length a in
    if n <= short_run then insertion_sort cmp a 0 a 0 n
    else begin
      let first = n / 2 in
      let second = n - first in
      let sorted = create second in
      sort_into cmp a first sorted 0 second;
      sort_into cmp a 0 a second first;
      merge cmp a second n sorted 0 second a 0
    end

  let fast_sort = stable_sort

  let shuffle ~rand a =
    for i = length a - 1 downto 1 do
      let j = rand (i + 1) in
      let x = unsafe_get a i in
      unsafe_set a i (get a j);
      unsafe_set a j x
    done

  (* {2 Sequences} *)

  let rec seq_from a i () = if i >= length a then Seq.Nil else Seq.Cons (unsafe_get a i, seq_from a (i + 1))
  let to_seq a = seq_from a 0
  let rec seqi_from a i () = if i >= length a then Seq.Nil else Seq.Cons ((i, unsafe_get a i), seqi_from a (i + 1))
  let to_seqi a = seqi_from a 0
  let of_seq xs = of_list (List.of_seq xs)
end

module ArrayLabels = struct
  type t = floatarray

  let length = Array.length
  let get = Array.get
  let set = Array.set
  let make = Array.make
  let create = Array.create
  let init n ~f = Array.init n f
  let make_matrix ~dimx ~dimy v = Array.make_matrix dimx dimy v
  let init_matrix ~dimx ~dimy ~f = Array.init_matrix dimx dimy f
  let append = Array.append
  let concat = Array.concat
  let sub a ~pos ~len = Array.sub a pos len
  let copy = Array.copy
  let fill a ~pos ~len v = Array.fill a pos len v
  let blit ~src ~src_pos ~dst ~dst_pos ~len = Array.blit src src_pos dst dst_pos len
  let to_list = Array.to_list
  let of_list = Array.of_list
  let iter ~f a = Array.iter f a
  let iteri ~f a = Array.iteri f a
  let map ~f a = Array.map f a
  let map_inplace ~f a = Array.map_inplace f a
  let mapi ~f a = Array.mapi f a
  let mapi_inplace ~f a = Array.mapi_inplace f a
  let fold_left ~f ~init a = Array.fold_left f init a
  let fold_right ~f a ~init = Array.fold_right f a init
  let iter2 ~f a b = Array.iter2 f a b
  let map2 ~f a b = Array.map2 f a b
  let for_all ~f a = Array.for_all f a
  let exists ~f a = Array.exists f a
  let mem x ~set = Array.mem x set
  let mem_ieee x ~set = Array.mem_ieee x set
  let find_opt ~f a = Array.find_opt f a
  let find_index ~f a = Array.find_index f a
  let find_map ~f a = Array.find_map f a
  let find_mapi ~f a = Array.find_mapi f a
  let sort ~cmp a = Array.sort cmp a
  let stable_sort ~cmp a = Array.stable_sort cmp a
  let fast_sort ~cmp a = Array.fast_sort cmp a
  let shuffle = Array.shuffle
  let to_seq = Array.to_seq
  let to_seqi = Array.to_seqi
  let of_seq = Array.of_seq
  let map_to_array ~f a = Array.map_to_array f a
  let map_from_array ~f a = Array.map_from_array f a

  external unsafe_get : t -> int -> float = "%floatarray_unsafe_get"
  external unsafe_set : t -> int -> float -> unit = "%floatarray_unsafe_set"
end
