/**
 * The type algebra: identifiers, paths, type expressions with levels, declarations, signatures.
 * The structure is OCaml's (`types.mli` of 5.3); Rémy's levels make generalization cheap.
 */
import type { ArgLabel, Attributes, MutableFlag, PrivateFlag, VirtualFlag } from "../syntax/ast.ts";
import type { Location } from "../syntax/diagnostics.ts";

// ---------------------------------------------------------------- identifiers and paths

/**
 * A binding occurrence's name. Two identifiers are the same iff they are the same object
 * (persistent ones, which name compilation units, are interned by name).
 */
export interface Ident {
  readonly name: string;
  readonly kind: "local" | "persistent" | "predef";
  /** Unique in a compilation session; used for printing and ordering, never for meaning. */
  readonly stamp: number;
  /** The level at which the identifier was bound; types that mention it may not escape below (`Ident.scope`). */
  readonly scope: number;
}

export type Path =
  | { readonly kind: "ident"; readonly id: Ident }
  | { readonly kind: "dot"; readonly prefix: Path; readonly name: string }
  | { readonly kind: "apply"; readonly functor: Path; readonly argument: Path }
  /** The type of an inline record: of constructor `constructor` of type `prefix`; undefined for an extension constructor `prefix`. */
  | { readonly kind: "inlineRecord"; readonly prefix: Path; readonly constructor: string | undefined };

// ---------------------------------------------------------------- type expressions

/** A node of a type graph. Always look through `repr` (links) before reading `desc`. */
export interface TypeExpr {
  desc: TypeDesc;
  level: number;
  /** The node stems from an equation of that level: it must not get a lower one. */
  scope: number;
  /** The traversal that saw the node last (`btype.newMark`). */
  mark: number;
  /** The node's copy, while an instance is being made. */
  copy: TypeExpr | undefined;
}

/** Level of generalized (quantified) nodes. */
export const GENERIC_LEVEL = 100000000;
export const LOWEST_LEVEL = 0;

export type TypeDesc =
  | { readonly kind: "var"; readonly name: string | undefined }
  | { readonly kind: "arrow"; readonly label: ArgLabel; readonly parameter: TypeExpr; readonly result: TypeExpr; readonly commutable: Commutable }
  | { readonly kind: "tuple"; readonly components: readonly TypeExpr[] }
  | { readonly kind: "constr"; readonly path: Path; readonly args: readonly TypeExpr[]; readonly abbreviations: AbbreviationMemo }
  /** `< fields >`; `name` remembers the class abbreviation it came from. */
  | { readonly kind: "object"; readonly fields: TypeExpr; readonly name: { value: { readonly path: Path; readonly args: readonly TypeExpr[] } | undefined } }
  | { readonly kind: "field"; readonly name: string; readonly fieldKind: FieldKind; readonly type: TypeExpr; readonly rest: TypeExpr }
  | { readonly kind: "nil" }
  | { readonly kind: "link"; readonly to: TypeExpr }
  | { readonly kind: "variant"; readonly row: RowDesc }
  | { readonly kind: "univar"; readonly name: string | undefined }
  | { readonly kind: "poly"; readonly body: TypeExpr; readonly variables: readonly TypeExpr[] }
  | { readonly kind: "package"; readonly path: Path; readonly constraints: readonly { readonly path: readonly string[]; readonly type: TypeExpr }[] };

/** Whether arguments may still be commuted (labels known); a cell because unification decides it. */
export interface Commutable {
  state: "ok" | "unknown" | { readonly link: Commutable };
}
/** Presence of an object's field; a cell for the same reason. */
export interface FieldKind {
  state: "public" | "private" | "absent" | { readonly link: FieldKind };
}
/**
 * Memo of abbreviation expansions: the node's own, then those within which the node was made. An expansion holds as long
 * as the path means the same declaration.
 */
export interface AbbreviationMemo {
  expansion: AbbreviationExpansion | undefined;
}
export interface AbbreviationExpansion {
  readonly path: Path;
  readonly declaration: TypeDeclaration;
  /** The node that was expanded. */
  readonly type: TypeExpr;
  readonly expanded: TypeExpr;
  readonly next: AbbreviationExpansion | undefined;
}

export interface RowDesc {
  readonly fields: readonly { readonly label: string; readonly field: RowFieldCell }[];
  /** The row variable, or nil/constr for a fixed row. */
  readonly more: TypeExpr;
  readonly closed: boolean;
  readonly fixed: FixedExplanation | undefined;
  readonly name: { readonly path: Path; readonly args: readonly TypeExpr[] } | undefined;
}
export type FixedExplanation =
  | { readonly kind: "univar"; readonly type: TypeExpr }
  | { readonly kind: "private" }
  | { readonly kind: "reified"; readonly path: Path }
  | { readonly kind: "rigid" };
/** A row field; `either` is refined in place by unification. */
export interface RowFieldCell {
  state: RowFieldState;
}
export type RowFieldState =
  | { readonly kind: "present"; readonly argument: TypeExpr | undefined }
  /** `noArgument`: may be constant; `matched`: seen in a pattern. */
  | { readonly kind: "either"; readonly noArgument: boolean; readonly args: readonly TypeExpr[]; readonly matched: boolean }
  | { readonly kind: "absent" }
  | { readonly kind: "link"; readonly to: RowFieldCell };

// ---------------------------------------------------------------- values

export interface ValueDescription {
  readonly type: TypeExpr;
  readonly valueKind: ValueKind;
  readonly loc: Location;
  readonly attributes: Attributes;
  readonly uid: Uid;
}
export type ValueKind =
  | { readonly kind: "regular" }
  | { readonly kind: "primitive"; readonly primitive: PrimitiveDescription }
  /** Instance variable of the class being defined; self is the value `self-<classKey>`, each method's first parameter. */
  | { readonly kind: "instanceVariable"; readonly mutable: MutableFlag; readonly classKey: string }
  /** The self variable. `open`: the class is virtual, so that sending a message declares a method. */
  | { readonly kind: "self"; readonly classKey: string; readonly signature: ClassSignature; readonly methods: Map<string, Ident>; readonly variables: ReadonlyMap<string, Ident>; readonly open: boolean }
  | { readonly kind: "ancestor"; readonly classKey: string; readonly signature: ClassSignature; readonly methods: ReadonlyMap<string, Ident> }
  /** In scope, but not usable where instance variables are initialized. */
  | { readonly kind: "unbound"; readonly what: "instance variable" | "self" | "ancestor" };
export interface PrimitiveDescription {
  readonly name: string;
  readonly nativeName: string;
  readonly arity: number;
  readonly attributes: readonly string[];
  /** How the arguments and the result are passed, as `[@unboxed]` and `[@untagged]` say. */
  readonly representations: readonly PrimitiveRepresentation[];
}
export type PrimitiveRepresentation = "value" | "unboxed" | "untagged";
/** A unique number of a definition: joins uses with definitions (warnings, language service). */
export type Uid = number;

// ---------------------------------------------------------------- type declarations

export interface TypeDeclaration {
  readonly parameters: readonly TypeExpr[];
  readonly arity: number;
  readonly kind: TypeKind;
  readonly private: PrivateFlag;
  readonly manifest: TypeExpr | undefined;
  /** Per parameter; the bits of `Variance` below. */
  readonly variance: readonly VarianceBits[];
  readonly separability: readonly ("independent" | "separable" | "deepSeparable")[];
  readonly isNewtype: boolean;
  /** Binding time of a local GADT equation's left side. */
  readonly expansionScope: number;
  readonly loc: Location;
  readonly attributes: Attributes;
  /** Values are always immediate (`[@@immediate]` or known). */
  readonly immediate: "unknown" | "always" | "always64";
  /** `[@@unboxed]` holds. */
  readonly unboxed: boolean;
  readonly uid: Uid;
}
/** OCaml's variance sets: may_pos=1 may_neg=2 may_weak=4 inj=8 pos=16 neg=32 inv=64. */
export type VarianceBits = number;
export type TypeKind =
  | { readonly kind: "abstract"; readonly origin: "definition" | "existential" | "recursionChecking" | "classRow" | "other"; readonly existentialOf?: string }
  | { readonly kind: "record"; readonly labels: readonly LabelDeclaration[]; readonly representation: RecordRepresentation }
  | { readonly kind: "variant"; readonly constructors: readonly ConstructorDeclaration[]; readonly representation: "regular" | "unboxed" }
  | { readonly kind: "open" };
export type RecordRepresentation =
  | { readonly kind: "regular" }
  /** All fields are float: tag 254. */
  | { readonly kind: "float" }
  | { readonly kind: "unboxed"; readonly inlined: boolean }
  /** Inline record of a block constructor with this tag. */
  | { readonly kind: "inlined"; readonly tag: number }
  /** Inline record of an extension constructor: field 0 is the constructor. */
  | { readonly kind: "extension"; readonly path: Path };
export interface LabelDeclaration {
  readonly id: Ident;
  readonly mutable: MutableFlag;
  readonly type: TypeExpr;
  readonly loc: Location;
  readonly attributes: Attributes;
  readonly uid: Uid;
}
export interface ConstructorDeclaration {
  readonly id: Ident;
  readonly args: ConstructorArguments;
  /** GADT return type. */
  readonly result: TypeExpr | undefined;
  readonly loc: Location;
  readonly attributes: Attributes;
  readonly uid: Uid;
}
export type ConstructorArguments =
  | { readonly kind: "tuple"; readonly types: readonly TypeExpr[] }
  | { readonly kind: "record"; readonly labels: readonly LabelDeclaration[] };
export interface ExtensionConstructor {
  readonly typePath: Path;
  readonly typeParameters: readonly TypeExpr[];
  readonly args: ConstructorArguments;
  readonly result: TypeExpr | undefined;
  readonly private: PrivateFlag;
  readonly loc: Location;
  readonly attributes: Attributes;
  readonly uid: Uid;
}

// ---------------------------------------------------------------- constructors and labels as uses see them

export type ConstructorTag =
  | { readonly kind: "constant"; readonly index: number }
  | { readonly kind: "block"; readonly tag: number }
  /** The only constructor of an `[@@unboxed]` type. */
  | { readonly kind: "unboxed" }
  | { readonly kind: "extension"; readonly path: Path; readonly constant: boolean };
export interface ConstructorDescription {
  readonly name: string;
  readonly result: TypeExpr;
  readonly existentials: readonly TypeExpr[];
  readonly args: readonly TypeExpr[];
  readonly arity: number;
  readonly tag: ConstructorTag;
  /** Number of constant and of non-constant constructors of the type (−1 for extensible types). */
  readonly constants: number;
  readonly nonConstants: number;
  readonly generalized: boolean;
  readonly private: PrivateFlag;
  readonly loc: Location;
  readonly attributes: Attributes;
  /** The inline record's declaration; then `args` is the one record type. */
  readonly inlined: TypeDeclaration | undefined;
  readonly uid: Uid;
}
export interface LabelDescription {
  readonly name: string;
  /** Type of the record. */
  readonly result: TypeExpr;
  /** Type of the field. */
  readonly type: TypeExpr;
  readonly mutable: MutableFlag;
  readonly position: number;
  /** All labels of the record, in order; filled in after creation. */
  all: readonly LabelDescription[];
  readonly representation: RecordRepresentation;
  readonly private: PrivateFlag;
  readonly loc: Location;
  readonly attributes: Attributes;
  readonly uid: Uid;
}

// ---------------------------------------------------------------- classes

export interface ClassSignature {
  readonly self: TypeExpr;
  /** The methods of self's type, which has them under the name of an abbreviation, too. */
  readonly selfFields: TypeExpr;
  selfRow: TypeExpr;
  readonly variables: Map<string, { readonly mutable: MutableFlag; readonly virtual: VirtualFlag; readonly type: TypeExpr }>;
  readonly methods: Map<string, { readonly private: FieldKind; readonly virtual: VirtualFlag; readonly type: TypeExpr }>;
}
export type ClassType =
  | { readonly kind: "constr"; readonly path: Path; readonly args: readonly TypeExpr[]; readonly type: ClassType }
  | { readonly kind: "signature"; readonly signature: ClassSignature }
  | { readonly kind: "arrow"; readonly label: ArgLabel; readonly parameter: TypeExpr; readonly result: ClassType };
export interface ClassDeclaration {
  readonly parameters: readonly TypeExpr[];
  type: ClassType;
  readonly path: Path;
  /** Type of `new c`; undefined for a virtual class. */
  readonly new: TypeExpr | undefined;
  readonly variance: readonly VarianceBits[];
  readonly loc: Location;
  readonly attributes: Attributes;
  readonly uid: Uid;
}
export interface ClassTypeDeclaration {
  readonly parameters: readonly TypeExpr[];
  readonly type: ClassType;
  readonly path: Path;
  /** The declaration of the hash type `#c`. */
  readonly hashType: TypeDeclaration;
  readonly variance: readonly VarianceBits[];
  readonly loc: Location;
  readonly attributes: Attributes;
  readonly uid: Uid;
}

// ---------------------------------------------------------------- modules

export type ModuleType =
  | { readonly kind: "ident"; readonly path: Path }
  | { readonly kind: "signature"; readonly items: Signature }
  | { readonly kind: "functor"; readonly parameter: FunctorParameter; readonly result: ModuleType }
  | { readonly kind: "alias"; readonly path: Path };
export type FunctorParameter =
  | { readonly kind: "unit" }
  | { readonly kind: "named"; readonly id: Ident | undefined; readonly type: ModuleType };
export type ModulePresence = "present" | "absent";
export type RecStatus = "not" | "first" | "next";
export type Visibility = "exported" | "hidden";
export type Signature = readonly SignatureItem[];
export type SignatureItem =
  | { readonly kind: "value"; readonly id: Ident; readonly description: ValueDescription; readonly visibility: Visibility }
  | { readonly kind: "type"; readonly id: Ident; readonly declaration: TypeDeclaration; readonly rec: RecStatus; readonly visibility: Visibility }
  | { readonly kind: "typext"; readonly id: Ident; readonly constructor: ExtensionConstructor; readonly status: "first" | "next" | "exception"; readonly visibility: Visibility }
  | { readonly kind: "module"; readonly id: Ident; readonly presence: ModulePresence; readonly declaration: ModuleDeclaration; readonly rec: RecStatus; readonly visibility: Visibility }
  | { readonly kind: "modtype"; readonly id: Ident; readonly declaration: ModuleTypeDeclaration; readonly visibility: Visibility }
  | { readonly kind: "class"; readonly id: Ident; readonly declaration: ClassDeclaration; readonly rec: RecStatus; readonly visibility: Visibility }
  | { readonly kind: "classtype"; readonly id: Ident; readonly declaration: ClassTypeDeclaration; readonly rec: RecStatus; readonly visibility: Visibility };
export interface ModuleDeclaration {
  readonly type: ModuleType;
  readonly attributes: Attributes;
  readonly loc: Location;
  readonly uid: Uid;
}
export interface ModuleTypeDeclaration {
  readonly type: ModuleType | undefined;
  readonly attributes: Attributes;
  readonly loc: Location;
  readonly uid: Uid;
}
