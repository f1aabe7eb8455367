/**
 * The typed tree: the parse tree with every name resolved to an `Ident` or a `Path`, every node typed, labels
 * reordered, coercions explicit. It is what `defunctorize/` and the language service read. OCaml's Typedtree (5.3).
 */
import type { ArgLabel, Attributes, ClosedFlag, CoreType, DirectionFlag, Longident, Loc, MutableFlag, OverrideFlag, PrivateFlag, RecFlag, VirtualFlag } from "../syntax/ast.ts";
import type { Location } from "../syntax/diagnostics.ts";
import type { ClassType, ConstructorDescription, ExtensionConstructor as ExtensionConstructorType, Ident, LabelDescription, ModulePresence, ModuleType, Path, PrimitiveDescription, RecordRepresentation, RowDesc, Signature, TypeDeclaration as TypeDeclarationType, TypeExpr, ValueDescription } from "./types.ts";
import type { Env } from "./env.ts";

/** Constants with their numeric value decided. Integers are bigint-free: int63 as decimal bigint only where it must be exact. */
export type Constant =
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "char"; readonly value: number }
  /** One code unit a byte. */
  | { readonly kind: "string"; readonly value: string; readonly loc: Location }
  /** The literal's text (underscores removed); its value is the nearest double. */
  | { readonly kind: "float"; readonly value: string }
  | { readonly kind: "int32"; readonly value: bigint }
  | { readonly kind: "int64"; readonly value: bigint }
  | { readonly kind: "nativeint"; readonly value: bigint };

// ---------------------------------------------------------------- patterns

/** Patterns of values. */
export interface Pattern {
  readonly desc: PatternDesc;
  readonly loc: Location;
  readonly type: TypeExpr;
  readonly env: Env;
  readonly attributes: Attributes;
  /** Constraints and opens that stood around the pattern, outermost last. */
  readonly extra: readonly PatternExtra[];
}
export type PatternExtra =
  | { readonly kind: "constraint"; readonly type: CoreType; readonly loc: Location }
  | { readonly kind: "type"; readonly path: Path; readonly loc: Location }
  | { readonly kind: "open"; readonly path: Path; readonly env: Env; readonly loc: Location }
  | { readonly kind: "unpack"; readonly module: UnpackedModule; readonly loc: Location };
/** What `(module M)` binds M to: undefined until the pattern's type is known. */
export interface UnpackedModule {
  readonly loc: Location;
  type: ModuleType | undefined;
}
export type PatternDesc =
  | { readonly kind: "any" }
  | { readonly kind: "var"; readonly id: Ident; readonly name: Loc<string> }
  | { readonly kind: "alias"; readonly pattern: Pattern; readonly id: Ident; readonly name: Loc<string> }
  | { readonly kind: "constant"; readonly constant: Constant }
  | { readonly kind: "tuple"; readonly components: readonly Pattern[] }
  | { readonly kind: "construct"; readonly ident: Loc<Longident>; readonly constructor: ConstructorDescription; readonly args: readonly Pattern[] }
  | { readonly kind: "variant"; readonly label: string; readonly argument: Pattern | undefined; readonly row: { value: RowDesc } }
  | { readonly kind: "record"; readonly fields: readonly { readonly ident: Loc<Longident>; readonly label: LabelDescription; readonly pattern: Pattern }[]; readonly closed: ClosedFlag }
  | { readonly kind: "array"; readonly elements: readonly Pattern[] }
  | { readonly kind: "or"; readonly left: Pattern; readonly right: Pattern; readonly row: RowDesc | undefined }
  | { readonly kind: "lazy"; readonly pattern: Pattern };

/** Patterns of computations, in `match`: a value, an exception, or a disjunction of the two. */
export type ComputationPattern =
  | { readonly kind: "value"; readonly pattern: Pattern }
  | { readonly kind: "exception"; readonly pattern: Pattern }
  | { readonly kind: "or"; readonly left: ComputationPattern; readonly right: ComputationPattern };

// ---------------------------------------------------------------- expressions

export interface Expression {
  readonly desc: ExpressionDesc;
  readonly loc: Location;
  readonly type: TypeExpr;
  readonly env: Env;
  readonly attributes: Attributes;
  readonly extra: readonly ExpressionExtra[];
}
export type ExpressionExtra =
  | { readonly kind: "constraint"; readonly type: CoreType; readonly loc: Location }
  | { readonly kind: "coerce"; readonly from: CoreType | undefined; readonly to: CoreType; readonly loc: Location }
  | { readonly kind: "poly"; readonly type: CoreType | undefined; readonly loc: Location }
  | { readonly kind: "newtype"; readonly name: string; readonly loc: Location };
export type ExpressionDesc =
  | { readonly kind: "ident"; readonly path: Path; readonly ident: Loc<Longident>; readonly description: ValueDescription }
  | { readonly kind: "constant"; readonly constant: Constant }
  | { readonly kind: "let"; readonly rec: RecFlag; readonly bindings: readonly ValueBinding[]; readonly body: Expression }
  | { readonly kind: "function"; readonly parameters: readonly FunctionParameter[]; readonly body: FunctionBody }
  /** Arguments in the order of the function's type. `omitted`: a labelled argument left out (partial application). */
  | { readonly kind: "apply"; readonly function: Expression; readonly args: readonly { readonly label: ArgLabel; readonly argument: ApplyArgument }[] }
  | { readonly kind: "match"; readonly scrutinee: Expression; readonly cases: readonly ComputationCase[]; readonly effects: readonly EffectCase[]; readonly partial: boolean }
  | { readonly kind: "try"; readonly body: Expression; readonly cases: readonly Case[]; readonly effects: readonly EffectCase[] }
  | { readonly kind: "tuple"; readonly components: readonly Expression[] }
  | { readonly kind: "construct"; readonly ident: Loc<Longident>; readonly constructor: ConstructorDescription; readonly args: readonly Expression[] }
  | { readonly kind: "variant"; readonly label: string; readonly argument: Expression | undefined }
  /** All fields, in the order of declaration. */
  | { readonly kind: "record"; readonly fields: readonly RecordField[]; readonly representation: RecordRepresentation; readonly base: Expression | undefined }
  | { readonly kind: "field"; readonly record: Expression; readonly ident: Loc<Longident>; readonly label: LabelDescription }
  | { readonly kind: "setfield"; readonly record: Expression; readonly ident: Loc<Longident>; readonly label: LabelDescription; readonly value: Expression }
  | { readonly kind: "array"; readonly elements: readonly Expression[] }
  | { readonly kind: "ifthenelse"; readonly condition: Expression; readonly then: Expression; readonly else: Expression | undefined }
  | { readonly kind: "sequence"; readonly expressions: readonly Expression[] }
  | { readonly kind: "while"; readonly condition: Expression; readonly body: Expression }
  | { readonly kind: "for"; readonly id: Ident; readonly from: Expression; readonly to: Expression; readonly direction: DirectionFlag; readonly body: Expression }
  | { readonly kind: "send"; readonly object: Expression; readonly method: Method }
  | { readonly kind: "new"; readonly path: Path; readonly ident: Loc<Longident> }
  | { readonly kind: "instvar"; readonly self: Path; readonly variable: Path; readonly name: string }
  | { readonly kind: "setinstvar"; readonly self: Path; readonly variable: Path; readonly name: string; readonly value: Expression }
  | { readonly kind: "override"; readonly self: Path; readonly fields: readonly { readonly id: Ident; readonly name: string; readonly expression: Expression }[] }
  | { readonly kind: "letmodule"; readonly id: Ident | undefined; readonly presence: ModulePresence; readonly module: ModuleExpr; readonly body: Expression }
  | { readonly kind: "letexception"; readonly constructor: ExtensionConstructor; readonly body: Expression }
  | { readonly kind: "assert"; readonly condition: Expression; readonly loc: Location }
  | { readonly kind: "lazy"; readonly expression: Expression }
  | { readonly kind: "object"; readonly structure: ClassStructure; readonly methods: readonly string[] }
  | { readonly kind: "pack"; readonly module: ModuleExpr }
  /** `let op x = e and op y = f in body`; `body` is the case of the last function. */
  | { readonly kind: "letop"; readonly let: BindingOp; readonly ands: readonly BindingOp[]; readonly parameter: Ident; readonly body: Case; readonly partial: boolean }
  | { readonly kind: "open"; readonly declaration: OpenDeclaration; readonly body: Expression }
  /** `[%extension_constructor C]`. */
  | { readonly kind: "extensionConstructor"; readonly path: Path }
  | { readonly kind: "unreachable" };
export type ApplyArgument =
  | { readonly kind: "expression"; readonly expression: Expression }
  | { readonly kind: "omitted" };
export type RecordField =
  | { readonly kind: "kept"; readonly label: LabelDescription; readonly type: TypeExpr }
  | { readonly kind: "overridden"; readonly label: LabelDescription; readonly ident: Loc<Longident>; readonly expression: Expression };
export type Method =
  | { readonly kind: "name"; readonly name: string }
  /** A method of self, known by identifier while the class is defined. */
  | { readonly kind: "self"; readonly id: Ident; readonly name: string }
  | { readonly kind: "ancestor"; readonly id: Ident; readonly self: Path; readonly name: string };
export interface Case {
  readonly pattern: Pattern;
  readonly guard: Expression | undefined;
  readonly body: Expression;
}
export interface ComputationCase {
  readonly pattern: ComputationPattern;
  readonly guard: Expression | undefined;
  readonly body: Expression;
}
/** `| effect p, k -> body`; `continuation` is bound to the continuation. */
export interface EffectCase {
  readonly pattern: Pattern;
  readonly continuation: Ident | undefined;
  readonly guard: Expression | undefined;
  readonly body: Expression;
}
export interface FunctionParameter {
  readonly label: ArgLabel;
  /** The variable that the whole argument is bound to before matching. */
  readonly id: Ident;
  readonly pattern: Pattern;
  /** Of an optional parameter; the pattern is then of the value inside `Some`. */
  readonly default: Expression | undefined;
  readonly partial: boolean;
  readonly newtypes: readonly string[];
  readonly loc: Location;
}
export type FunctionBody =
  | { readonly kind: "body"; readonly expression: Expression }
  | { readonly kind: "cases"; readonly parameter: Ident; readonly cases: readonly Case[]; readonly partial: boolean; readonly loc: Location };
export interface BindingOp {
  readonly path: Path;
  readonly name: Loc<string>;
  readonly description: ValueDescription;
  /** The operator's type at this use. */
  readonly type: TypeExpr;
  readonly expression: Expression;
  readonly loc: Location;
}
export interface ValueBinding {
  readonly pattern: Pattern;
  readonly expression: Expression;
  readonly attributes: Attributes;
  readonly loc: Location;
}

// ---------------------------------------------------------------- classes

export interface ClassExpr {
  readonly desc: ClassExprDesc;
  readonly loc: Location;
  readonly type: ClassType;
  readonly env: Env;
  readonly attributes: Attributes;
}
export type ClassExprDesc =
  | { readonly kind: "ident"; readonly path: Path; readonly args: readonly TypeExpr[] }
  | { readonly kind: "structure"; readonly structure: ClassStructure }
  | { readonly kind: "fun"; readonly label: ArgLabel; readonly pattern: Pattern; readonly bindings: readonly { readonly id: Ident; readonly expression: Expression }[]; readonly body: ClassExpr; readonly partial: boolean }
  | { readonly kind: "apply"; readonly class: ClassExpr; readonly args: readonly { readonly label: ArgLabel; readonly argument: ApplyArgument }[] }
  | { readonly kind: "let"; readonly rec: RecFlag; readonly bindings: readonly ValueBinding[]; readonly variables: readonly { readonly id: Ident; readonly expression: Expression }[]; readonly body: ClassExpr }
  /** `class : type`; what is visible after. */
  | { readonly kind: "constraint"; readonly class: ClassExpr; readonly visibleVariables: readonly string[]; readonly visibleMethods: readonly string[]; readonly concreteMethods: readonly string[] }
  | { readonly kind: "open"; readonly description: OpenDescription; readonly body: ClassExpr };
export interface ClassStructure {
  readonly self: Pattern;
  readonly selfId: Ident;
  readonly fields: readonly ClassField[];
  readonly type: import("./types.ts").ClassSignature;
  /** Methods by name with the identifier that `Method.self` uses. */
  readonly methods: ReadonlyMap<string, Ident>;
}
export interface ClassField {
  readonly desc:
    | { readonly kind: "inherit"; readonly override: OverrideFlag; readonly class: ClassExpr; readonly alias: string | undefined; readonly variables: readonly { readonly name: string; readonly id: Ident }[]; readonly methods: readonly { readonly name: string; readonly id: Ident }[] }
    | { readonly kind: "val"; readonly name: string; readonly mutable: MutableFlag; readonly id: Ident; readonly definition: ClassFieldKind; readonly override: boolean }
    | { readonly kind: "method"; readonly name: string; readonly private: PrivateFlag; readonly definition: ClassFieldKind }
    | { readonly kind: "constraint" }
    | { readonly kind: "initializer"; readonly expression: Expression }
    | { readonly kind: "attribute" };
  readonly loc: Location;
  readonly attributes: Attributes;
}
/** A method's expression is a function whose first parameter is self. */
export type ClassFieldKind =
  | { readonly kind: "virtual" }
  | { readonly kind: "concrete"; readonly override: OverrideFlag; readonly expression: Expression };
export interface ClassDeclaration {
  readonly id: Ident;
  readonly name: string;
  readonly virtual: VirtualFlag;
  readonly expression: ClassExpr;
  readonly type: import("./types.ts").ClassDeclaration;
  /** Public methods, in the order of the class's signature. */
  readonly publicMethods: readonly string[];
  readonly loc: Location;
}

// ---------------------------------------------------------------- modules

export interface ModuleExpr {
  readonly desc: ModuleExprDesc;
  readonly loc: Location;
  readonly type: ModuleType;
  readonly env: Env;
  readonly attributes: Attributes;
}
export type ModuleExprDesc =
  | { readonly kind: "ident"; readonly path: Path; readonly ident: Loc<Longident> }
  | { readonly kind: "structure"; readonly structure: Structure }
  | { readonly kind: "functor"; readonly parameter: FunctorParameter; readonly body: ModuleExpr }
  | { readonly kind: "apply"; readonly functor: ModuleExpr; readonly argument: ModuleExpr; readonly coercion: ModuleCoercion }
  | { readonly kind: "applyunit"; readonly functor: ModuleExpr }
  | { readonly kind: "constraint"; readonly module: ModuleExpr; readonly type: ModuleType; readonly coercion: ModuleCoercion; readonly explicit: boolean }
  | { readonly kind: "unpack"; readonly expression: Expression; readonly type: ModuleType };
export type FunctorParameter =
  | { readonly kind: "unit" }
  | { readonly kind: "named"; readonly id: Ident | undefined; readonly name: Loc<string | undefined>; readonly type: ModuleType };

/**
 * How a module of one type becomes one of another. Positions count the run-time components of a signature
 * (values that are not primitives, extension constructors, present modules, classes), from 0.
 */
export type ModuleCoercion =
  | { readonly kind: "none" }
  /** Component i of the result is component `position` of the source, coerced. */
  | { readonly kind: "structure"; readonly components: readonly { readonly position: number; readonly name: string; readonly coercion: ModuleCoercion }[] }
  | { readonly kind: "functor"; readonly argument: ModuleCoercion; readonly result: ModuleCoercion }
  /** The component is a primitive in the source and a value in the result. */
  | { readonly kind: "primitive"; readonly primitive: PrimitiveDescription; readonly type: TypeExpr; readonly env: Env; readonly loc: Location }
  /** The component is the module (alias) `path`. */
  | { readonly kind: "alias"; readonly env: Env; readonly path: Path; readonly coercion: ModuleCoercion };

export interface Structure {
  readonly items: readonly StructureItem[];
  readonly type: Signature;
  readonly finalEnv: Env;
}
export interface StructureItem {
  readonly desc: StructureItemDesc;
  readonly loc: Location;
  readonly env: Env;
}
export type StructureItemDesc =
  | { readonly kind: "eval"; readonly expression: Expression }
  /** `isClosed`: when it was typed, nothing of its types was left open. */
  | { readonly kind: "value"; readonly rec: RecFlag; readonly bindings: readonly ValueBinding[]; readonly isClosed: boolean }
  /** Variables of a `let` that are typed when `bindings` is called (`deferral.ts`). */
  | { readonly kind: "deferred"; readonly rec: RecFlag; readonly ids: readonly Ident[]; readonly areFunctions: boolean; readonly attributes: readonly Attributes[]; readonly bindings: () => readonly ValueBinding[] }
  | { readonly kind: "primitive"; readonly id: Ident; readonly description: ValueDescription }
  | { readonly kind: "type"; readonly declarations: readonly { readonly id: Ident; readonly declaration: TypeDeclarationType; readonly loc: Location }[] }
  | { readonly kind: "typext"; readonly constructors: readonly ExtensionConstructor[] }
  | { readonly kind: "exception"; readonly constructor: ExtensionConstructor }
  | { readonly kind: "module"; readonly binding: ModuleBinding }
  | { readonly kind: "recmodule"; readonly bindings: readonly ModuleBinding[] }
  | { readonly kind: "modtype"; readonly id: Ident; readonly loc: Location }
  | { readonly kind: "open"; readonly declaration: OpenDeclaration }
  | { readonly kind: "class"; readonly declarations: readonly ClassDeclaration[] }
  | { readonly kind: "classtype"; readonly ids: readonly Ident[] }
  /** `bound` are the items of the included signature, with the identifiers they have here. */
  | { readonly kind: "include"; readonly module: ModuleExpr; readonly bound: Signature }
  | { readonly kind: "attribute"; readonly name: string };
export interface ModuleBinding {
  readonly id: Ident | undefined;
  readonly name: Loc<string | undefined>;
  readonly presence: ModulePresence;
  readonly module: ModuleExpr;
  readonly loc: Location;
}
export interface ExtensionConstructor {
  readonly id: Ident;
  readonly name: string;
  readonly type: ExtensionConstructorType;
  /** A new constructor, or another name for an existing one. */
  readonly definition: { readonly kind: "declaration" } | { readonly kind: "rebind"; readonly path: Path };
  readonly loc: Location;
}
/** `open M`; for `open struct … end` the module is evaluated and `bound` are its items. */
export interface OpenDeclaration {
  readonly module: ModuleExpr;
  readonly bound: Signature;
  readonly override: OverrideFlag;
  readonly env: Env;
  readonly loc: Location;
}
export interface OpenDescription {
  readonly path: Path;
  readonly env: Env;
  readonly override: OverrideFlag;
  readonly loc: Location;
}

/** A typed compilation unit. */
export interface TypedUnit {
  /** The unit's module name, for instance `Stdlib__List`. */
  readonly name: string;
  /** How exceptions that it declares are called when they are printed: `Stdlib.List`. */
  readonly shownAs: string;
  readonly structure: Structure;
  /** From the implementation's signature to the interface's, or from it to itself. */
  readonly coercion: ModuleCoercion;
  readonly signature: Signature;
  /** `[@@@runtime]` stands in it. */
  readonly runtimeDialect: boolean;
  /** It is of the project's own library. */
  readonly isPublished: boolean;
}

