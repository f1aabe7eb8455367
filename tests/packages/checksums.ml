(* Checksums; CRC-32 and Adler-32 are those of zlib. *)
let () = List.iter (fun s -> let n = String.length s in
  Printf.printf "%08lx %08lx %08lx %08lx\n" Checkseum.Crc32.(to_int32 (digest_string s 0 n default)) Checkseum.Adler32.(to_int32 (digest_string s 0 n default)) Checkseum.Crc32c.(to_int32 (digest_string s 0 n default)) Checkseum.Crc24.(to_int32 (digest_string s 0 n default));
  let h = n / 2 in assert Checkseum.Crc32.(equal (digest_string s 0 n default) (digest_string s h (n - h) (digest_string s 0 h default))); assert Checkseum.Adler32.(equal (digest_string s 0 n default) (digest_string s h (n - h) (digest_string s 0 h default)))) [""; "a"; "123456789"; String.make 200000 '\255'; String.init 1000 (fun i -> Char.chr (i land 255))]
