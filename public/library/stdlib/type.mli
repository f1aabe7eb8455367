type (_, _) eq = Equal: ('a, 'a) eq

module Id : sig

  type !'a t

  val make : unit -> 'a t

  val uid : 'a t -> int

  val provably_equal : 'a t -> 'b t -> ('a, 'b) eq option

end

