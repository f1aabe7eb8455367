(** The modules with labels, to be opened in place of those without. *)

(** {!ArrayLabels}. *)
module Array = ArrayLabels

(** {!BytesLabels}. *)
module Bytes = BytesLabels

(** {!ListLabels}. *)
module List = ListLabels

(** {!StringLabels}. *)
module String = StringLabels
