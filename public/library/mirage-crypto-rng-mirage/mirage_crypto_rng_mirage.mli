(** Sets up the random number generator of a unikernel. *)

(** Makes the generator by default: when it is first asked for (so that a unikernel which never draws carries no generator) it is seeded with
    entropy of the processor's generator (in a process of the kernel's) and the jitter of time. From then on it is given more each time the
    main loop waits, and from the processor every [sleep] nanoseconds (default: a second). On a machine without such a generator it stays
    without a seed, which a warning tells, and drawing raises [Mirage_crypto_rng.Unseeded_generator]: the time alone can be guessed. Fails
    with [Failure] when called again. *)
val initialize : ?g:'a -> ?sleep:int64 -> 'a Mirage_crypto_rng.generator -> unit Lwt.t
