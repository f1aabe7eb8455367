(** Regular expressions in strings.

    {ul
    {- [.] any character but newline; [\[a-z\]], [\[^a-z\]] sets, in which [\]] comes first and [-] last to stand for themselves;
       [^] and [$] the beginning and end of a line.}
    {- [*], [+], [?] after an expression: any number, at least one, at most one; as many as possible.}
    {- [\\|] one or the other, [\\(] and [\\)] a group, [\\1] to [\\9] the text of a group, [\\b] a word's boundary; a
       backslash before any other character quotes it.}}

    The functions that tell about the last match ({!matched_string} and so on) need the string that it was found in. *)

(** A regular expression. *)
type regexp

(** Reads an expression. Raises [Failure] if it is malformed. *)
val regexp : string -> regexp

(** {!regexp} in which upper and lower case letters are the same. *)
val regexp_case_fold : string -> regexp

(** An expression that matches exactly this string. *)
val quote : string -> string

(** [regexp (quote s)]. *)
val regexp_string : string -> regexp

(** {!regexp_string} in which upper and lower case letters are the same. *)
val regexp_string_case_fold : string -> regexp

(** {1 Matching} Positions outside the string raise [Invalid_argument]. *)

(** [string_match r s i]: whether [r] matches at position [i]. *)
val string_match : regexp -> string -> int -> bool

(** The first position from the given one on where [r] matches. Raises [Not_found]. *)
val search_forward : regexp -> string -> int -> int

(** The last position up to the given one where [r] matches. Raises [Not_found]. *)
val search_backward : regexp -> string -> int -> int

(** Whether [r] matches at a position, or would if the string went on. *)
val string_partial_match : regexp -> string -> int -> bool

(** {1 The last match} *)

(** The text that was matched. *)
val matched_string : string -> string

(** Where it begins. *)
val match_beginning : unit -> int

(** Where it ends. *)
val match_end : unit -> int

(** The text of a group, from 1; 0 is the whole match. Raises [Not_found] if the group took no part, [Invalid_argument] if there is no
    such group, as the next two. *)
val matched_group : int -> string -> string

(** Where a group begins. *)
val group_beginning : int -> int

(** Where a group ends. *)
val group_end : int -> int

(** {1 Replacing} In templates [\\0] stands for what was matched, [\\1] to [\\9] for groups, [\\\\] for a backslash. Raises [Failure]
    for others. *)

(** [global_replace r template s] replaces all matches. *)
val global_replace : regexp -> string -> string -> string

(** Replaces the first match. *)
val replace_first : regexp -> string -> string -> string

(** [global_substitute r f s] replaces each match by [f s]. *)
val global_substitute : regexp -> (string -> string) -> string -> string

(** Replaces the first match by what the function gives. *)
val substitute_first : regexp -> (string -> string) -> string -> string

(** [replace_matched template s]: the template with what was matched last in [s]. *)
val replace_matched : string -> string -> string

(** {1 Splitting} A bound is the greatest number of parts. *)

(** The parts between matches; those before a match at the beginning and after one at the end are left out. *)
val split : regexp -> string -> string list

(** {!split} to at most so many parts. *)
val bounded_split : regexp -> string -> int -> string list

(** The parts between matches, empty ones at the beginning and end too. *)
val split_delim : regexp -> string -> string list

(** {!split_delim} to at most so many parts. *)
val bounded_split_delim : regexp -> string -> int -> string list

(** What lies between matches, and matches. *)
type split_result = Text of string | Delim of string

(** All parts with the matches between them. *)
val full_split : regexp -> string -> split_result list

(** {!full_split} to at most so many parts. *)
val bounded_full_split : regexp -> string -> int -> split_result list

(** {1 Parts of strings} They raise [Invalid_argument] if there are not so many characters. *)

(** The first characters. *)
val string_before : string -> int -> string

(** What follows them. *)
val string_after : string -> int -> string

(** {!string_before}. *)
val first_chars : string -> int -> string

(** The last characters. *)
val last_chars : string -> int -> string
