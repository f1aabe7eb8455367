(* The monotonic clock of the machine. *)

let start = Mirage_mtime.elapsed_ns ()
let now_ns () = Mirage_mtime.elapsed_ns ()
let now () = Mtime.of_uint64_ns (now_ns ())
let elapsed_ns () = Int64.sub (now_ns ()) start
let elapsed () = Mtime.Span.of_uint64_ns (elapsed_ns ())

type counter = int64

let counter = now_ns
let count start = Mtime.Span.of_uint64_ns (Int64.sub (now_ns ()) start)
let period_ns = Mirage_mtime.period_ns
let period () = Option.map Mtime.Span.of_uint64_ns (period_ns ())
