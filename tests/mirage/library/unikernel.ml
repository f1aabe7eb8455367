let start () =
  Printf.printf "%d %s\n%d\n" (Shelf.Book.pages (Shelf.Book.make "abc")) Shelf.Words.nested Helper.zero;
  Lwt.return_unit
