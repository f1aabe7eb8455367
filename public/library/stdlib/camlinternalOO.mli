(** How classes and objects are made. For the compiler's use only: what a class definition is compiled to calls this
    module.

    An object is a block of [Obj.object_tag]: its method table, its identity, its instance variables. A method table
    begins with the number [n] of the class's public methods and an unused word; then come [n] pairs of a method and
    its label, sorted by label, and after them the other methods. A method is a function whose first argument is the
    object. *)

type tag
(** The number by which a public method is known everywhere: a hash of its name. *)

type label
(** A method's place in the method table. *)

type table
(** A class while it is being made: the method table and what the names of methods and variables mean. *)

type meth
(** A method: a function from the object. *)

type t
(** Any value, where its type is known to the compiler only. *)

type obj
(** An object. *)

val public_method_label : string -> tag
(** The tag of a public method of that name. *)

(** {1 Entering methods and variables} *)

val new_variable : table -> string -> int
(** The place of an instance variable in objects: that of the one of this name, or a new one. A variable named [""] is
    new each time and cannot be found again. *)

val new_methods_variables : table -> string array -> string array -> label array
(** [new_methods_variables table methods variables] gives the places of the methods, then those of the variables,
    making those that there are not yet. *)

val get_variable : table -> string -> int
(** The place of an instance variable that exists. *)

val get_variables : table -> string array -> int array

val get_method_label : table -> string -> label
(** The place of a method, a new one if there is none of this name. *)

val get_method_labels : table -> string array -> label array

val get_method : table -> label -> meth
(** The method that stands at a place now: what [super#m] means. *)

val set_method : table -> label -> meth -> unit
(** Defines a method; one that the class's type shows as virtual is kept aside. *)

val set_methods : table -> Obj.t array -> unit
(** [set_methods table [| label; meth; … |]]. *)

val add_initializer : table -> (obj -> unit) -> unit
(** Initializers run in the order in which they are added. *)

val narrow : table -> string array -> string array -> string array -> unit
(** [narrow table variables virtual_methods concrete_methods]: until {!widen}, only these names mean what they meant;
    all others are new. *)

val widen : table -> unit
(** Ends what {!narrow} began. The instance variables that it listed keep the meaning that they have now. *)

(** {1 Classes} *)

val create_table : string array -> table
(** The table of a class with these public methods, sorted by label. *)

val init_class : table -> unit
(** Says that nothing more will be entered. *)

val dummy_table : table

val inherits : table -> string array -> string array -> string array -> t * (table -> Obj.t -> Obj.t) * t * Obj.t -> bool -> Obj.t array
(** [inherits table variables virtual_methods concrete_methods parent top] enters the parent's methods and variables.
    The result: the parent's function that initializes objects, then the places of the variables, then the concrete
    methods. With [top] the parent's own environment is used. *)

val make_class : string array -> (table -> Obj.t -> t) -> t * (table -> Obj.t -> t) * (Obj.t -> t) * Obj.t
(** [make_class public_methods class_init] is the class's block: the function that makes objects, [class_init], the
    function from environments to functions that make objects, the environment. *)

(** {1 Objects} *)

val copy : (< .. > as 'a) -> 'a
(** A new object with the same class and the same values of instance variables. *)

val create_object : table -> obj
(** A new object whose instance variables are 0. *)

val create_object_opt : obj -> table -> obj
(** The first argument, when that is an object: it is being made by a class that inherits. Else a new one. *)

val run_initializers : obj -> table -> unit

val run_initializers_opt : obj -> obj -> table -> obj
(** [run_initializers_opt no_object obj table] is [obj], after its initializers have run, unless a class that inherits
    will run them ([no_object] is an object). *)

val create_object_and_run_initializers : obj -> table -> obj

external send : obj -> tag -> t = "%send"
external sendcache : obj -> tag -> t -> int -> t = "%sendcache"
external sendself : obj -> label -> t = "%sendself"

val get_public_method : obj -> tag -> meth
(** The method that the object has under the tag; the immediate 0 if it has none. *)

(** {1 What there is} *)

type stats = { classes : int; methods : int; inst_vars : int }

val stats : unit -> stats
(** Numbers of classes, methods and instance variables made so far. *)
