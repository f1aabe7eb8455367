type t = string

let make s = s
let pages = String.length
