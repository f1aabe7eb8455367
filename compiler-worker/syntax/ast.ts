/**
 * The parse tree: OCaml 5.3's Parsetree (reference manual, chapters 11 and 12) as discriminated unions.
 * Node and field names follow the manual's and `parsetree.mli`'s vocabulary without the prefixes.
 */
import type { Location, SourceFile } from "./diagnostics.ts";

/** Identifier paths as written: `x`, `M.x`, `F(X).t`. */
export type Longident =
  | { readonly kind: "ident"; readonly name: string }
  | { readonly kind: "dot"; readonly prefix: Longident; readonly name: string }
  | { readonly kind: "apply"; readonly functor: Longident; readonly argument: Longident };

/** A piece of syntax with its place. */
export interface Loc<T> {
  readonly value: T;
  readonly loc: Location;
}

/**
 * Constants. `value` of an integer is its text without underscores and suffix (as OCaml's `Pconst_integer`);
 * `suffix` is "" or the letter (`l`, `L`, `n`, or another letter, which typing rejects).
 */
export type Constant =
  | { readonly kind: "integer"; readonly value: string; readonly suffix: string }
  | { readonly kind: "char"; readonly value: number }
  /** `value` is decoded: one code unit a byte. `delimiter` is undefined for "…" and the id of `{id|…|id}`. `loc` covers the contents. */
  | { readonly kind: "string"; readonly value: string; readonly loc: Location; readonly delimiter: string | undefined }
  | { readonly kind: "float"; readonly value: string; readonly suffix: string };

export type RecFlag = "nonrecursive" | "recursive";
export type PrivateFlag = "public" | "private";
export type MutableFlag = "immutable" | "mutable";
export type VirtualFlag = "concrete" | "virtual";
export type OverrideFlag = "fresh" | "override";
export type ClosedFlag = "closed" | "open";
export type DirectionFlag = "upto" | "downto";
export type Variance = "covariant" | "contravariant" | "bivariant" | "none";
export type Injectivity = "injective" | "none";

export type ArgLabel =
  | { readonly kind: "nolabel" }
  | { readonly kind: "labelled"; readonly name: string }
  | { readonly kind: "optional"; readonly name: string };

export interface Attribute {
  readonly name: Loc<string>;
  readonly payload: Payload;
  readonly loc: Location;
}
export type Attributes = readonly Attribute[];
export interface Extension {
  readonly name: Loc<string>;
  readonly payload: Payload;
}
export type Payload =
  | { readonly kind: "structure"; readonly items: Structure }
  | { readonly kind: "signature"; readonly items: Signature }
  | { readonly kind: "type"; readonly type: CoreType }
  | { readonly kind: "pattern"; readonly pattern: Pattern; readonly guard: Expression | undefined };

// ---------------------------------------------------------------- core types

export interface CoreType {
  readonly desc: CoreTypeDesc;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export type CoreTypeDesc =
  | { readonly kind: "any" }
  | { readonly kind: "var"; readonly name: string }
  | { readonly kind: "arrow"; readonly label: ArgLabel; readonly parameter: CoreType; readonly result: CoreType }
  | { readonly kind: "tuple"; readonly components: readonly CoreType[] }
  | { readonly kind: "constr"; readonly ident: Loc<Longident>; readonly args: readonly CoreType[] }
  | { readonly kind: "object"; readonly fields: readonly ObjectField[]; readonly closed: ClosedFlag }
  | { readonly kind: "class"; readonly ident: Loc<Longident>; readonly args: readonly CoreType[] }
  | { readonly kind: "alias"; readonly type: CoreType; readonly name: Loc<string> }
  /** `labels` is defined for `[< … > `A `B]`. */
  | { readonly kind: "variant"; readonly fields: readonly RowField[]; readonly closed: ClosedFlag; readonly labels: readonly string[] | undefined }
  | { readonly kind: "poly"; readonly variables: readonly Loc<string>[]; readonly body: CoreType }
  | { readonly kind: "package"; readonly package: PackageType }
  /** `M.(t)` (5.2). */
  | { readonly kind: "open"; readonly ident: Loc<Longident>; readonly body: CoreType }
  | { readonly kind: "extension"; readonly extension: Extension }
  /** Left by error recovery; a diagnostic was reported. */
  | { readonly kind: "error" };
export interface PackageType {
  readonly ident: Loc<Longident>;
  /** Of the whole, with the parentheses and `module` where these are written. */
  readonly loc: Location;
  readonly constraints: readonly { readonly ident: Loc<Longident>; readonly type: CoreType }[];
}
export type RowField =
  | { readonly kind: "tag"; readonly label: Loc<string>; readonly constant: boolean; readonly args: readonly CoreType[]; readonly loc: Location; readonly attributes: Attributes }
  | { readonly kind: "inherit"; readonly type: CoreType; readonly loc: Location; readonly attributes: Attributes };
export type ObjectField =
  | { readonly kind: "tag"; readonly label: Loc<string>; readonly type: CoreType; readonly loc: Location; readonly attributes: Attributes }
  | { readonly kind: "inherit"; readonly type: CoreType; readonly loc: Location; readonly attributes: Attributes };

// ---------------------------------------------------------------- patterns

export interface Pattern {
  readonly desc: PatternDesc;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export type PatternDesc =
  | { readonly kind: "any" }
  | { readonly kind: "var"; readonly name: Loc<string> }
  | { readonly kind: "alias"; readonly pattern: Pattern; readonly name: Loc<string> }
  | { readonly kind: "constant"; readonly constant: Constant }
  | { readonly kind: "interval"; readonly low: Constant; readonly high: Constant }
  | { readonly kind: "tuple"; readonly components: readonly Pattern[] }
  /** `argument.types` are the existentials of `C (type a b) p`. */
  | { readonly kind: "construct"; readonly ident: Loc<Longident>; readonly argument: { readonly types: readonly Loc<string>[]; readonly pattern: Pattern } | undefined }
  | { readonly kind: "variant"; readonly label: string; readonly argument: Pattern | undefined }
  | { readonly kind: "record"; readonly fields: readonly { readonly ident: Loc<Longident>; readonly pattern: Pattern }[]; readonly closed: ClosedFlag }
  | { readonly kind: "array"; readonly elements: readonly Pattern[] }
  | { readonly kind: "or"; readonly left: Pattern; readonly right: Pattern }
  | { readonly kind: "constraint"; readonly pattern: Pattern; readonly type: CoreType }
  | { readonly kind: "type"; readonly ident: Loc<Longident> }
  | { readonly kind: "lazy"; readonly pattern: Pattern }
  | { readonly kind: "unpack"; readonly name: Loc<string | undefined> }
  | { readonly kind: "exception"; readonly pattern: Pattern }
  | { readonly kind: "effect"; readonly effect: Pattern; readonly continuation: Pattern }
  | { readonly kind: "extension"; readonly extension: Extension }
  | { readonly kind: "open"; readonly ident: Loc<Longident>; readonly pattern: Pattern }
  | { readonly kind: "error" };

// ---------------------------------------------------------------- expressions

export interface Expression {
  readonly desc: ExpressionDesc;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export type ExpressionDesc =
  | { readonly kind: "ident"; readonly ident: Loc<Longident> }
  | { readonly kind: "constant"; readonly constant: Constant }
  | { readonly kind: "let"; readonly rec: RecFlag; readonly bindings: readonly ValueBinding[]; readonly body: Expression }
  /** `fun p1 … pn : constraint -> body` with n-ary parameters as in 5.2's Parsetree. */
  | { readonly kind: "function"; readonly parameters: readonly FunctionParameter[]; readonly constraint: TypeConstraint | undefined; readonly body: FunctionBody }
  | { readonly kind: "apply"; readonly function: Expression; readonly args: readonly { readonly label: ArgLabel; readonly argument: Expression }[] }
  | { readonly kind: "match"; readonly scrutinee: Expression; readonly cases: readonly Case[] }
  | { readonly kind: "try"; readonly body: Expression; readonly cases: readonly Case[] }
  | { readonly kind: "tuple"; readonly components: readonly Expression[] }
  | { readonly kind: "construct"; readonly ident: Loc<Longident>; readonly argument: Expression | undefined }
  | { readonly kind: "variant"; readonly label: string; readonly argument: Expression | undefined }
  | { readonly kind: "record"; readonly fields: readonly { readonly ident: Loc<Longident>; readonly expression: Expression }[]; readonly base: Expression | undefined }
  | { readonly kind: "field"; readonly record: Expression; readonly ident: Loc<Longident> }
  | { readonly kind: "setfield"; readonly record: Expression; readonly ident: Loc<Longident>; readonly value: Expression }
  | { readonly kind: "array"; readonly elements: readonly Expression[] }
  | { readonly kind: "ifthenelse"; readonly condition: Expression; readonly then: Expression; readonly else: Expression | undefined }
  /** `e1; e2; …; en` flattened: n ≥ 2 expressions (long sequences nest no deeper than one). */
  | { readonly kind: "sequence"; readonly expressions: readonly Expression[] }
  | { readonly kind: "while"; readonly condition: Expression; readonly body: Expression }
  | { readonly kind: "for"; readonly pattern: Pattern; readonly from: Expression; readonly to: Expression; readonly direction: DirectionFlag; readonly body: Expression }
  | { readonly kind: "constraint"; readonly expression: Expression; readonly type: CoreType }
  | { readonly kind: "coerce"; readonly expression: Expression; readonly from: CoreType | undefined; readonly to: CoreType }
  | { readonly kind: "send"; readonly object: Expression; readonly method: Loc<string> }
  | { readonly kind: "new"; readonly ident: Loc<Longident> }
  | { readonly kind: "setinstvar"; readonly name: Loc<string>; readonly value: Expression }
  | { readonly kind: "override"; readonly fields: readonly { readonly name: Loc<string>; readonly expression: Expression }[] }
  | { readonly kind: "letmodule"; readonly name: Loc<string | undefined>; readonly module: ModuleExpr; readonly body: Expression }
  | { readonly kind: "letexception"; readonly constructor: ExtensionConstructor; readonly body: Expression }
  | { readonly kind: "assert"; readonly condition: Expression }
  | { readonly kind: "lazy"; readonly expression: Expression }
  | { readonly kind: "poly"; readonly expression: Expression; readonly type: CoreType | undefined }
  | { readonly kind: "object"; readonly structure: ClassStructure }
  | { readonly kind: "newtype"; readonly name: Loc<string>; readonly body: Expression }
  | { readonly kind: "pack"; readonly module: ModuleExpr }
  | { readonly kind: "open"; readonly declaration: OpenDeclaration; readonly body: Expression }
  | { readonly kind: "letop"; readonly let: BindingOp; readonly ands: readonly BindingOp[]; readonly body: Expression }
  | { readonly kind: "extension"; readonly extension: Extension }
  | { readonly kind: "unreachable" }
  | { readonly kind: "error" };

export interface Case {
  readonly pattern: Pattern;
  readonly guard: Expression | undefined;
  readonly body: Expression;
}
export interface BindingOp {
  readonly op: Loc<string>;
  readonly pattern: Pattern;
  readonly expression: Expression;
  readonly loc: Location;
}
export type FunctionParameter =
  | { readonly kind: "value"; readonly label: ArgLabel; readonly default: Expression | undefined; readonly pattern: Pattern; readonly loc: Location }
  | { readonly kind: "newtype"; readonly name: Loc<string>; readonly loc: Location };
export type FunctionBody =
  | { readonly kind: "body"; readonly expression: Expression }
  | { readonly kind: "cases"; readonly cases: readonly Case[]; readonly loc: Location; readonly attributes: Attributes };
export type TypeConstraint =
  | { readonly kind: "constraint"; readonly type: CoreType }
  | { readonly kind: "coerce"; readonly from: CoreType | undefined; readonly to: CoreType };

/** `let p : constraint = e`; the constraint is kept apart from the pattern as since 5.1. */
export interface ValueBinding {
  readonly pattern: Pattern;
  readonly expression: Expression;
  readonly constraint: ValueConstraint | undefined;
  readonly attributes: Attributes;
  readonly loc: Location;
}
export type ValueConstraint =
  /** `let x : type a b. t = e` has `locallyAbstract` = [a; b]; `let x : 'a. t` has a `poly` type. */
  | { readonly kind: "constraint"; readonly locallyAbstract: readonly Loc<string>[]; readonly type: CoreType }
  | { readonly kind: "coercion"; readonly from: CoreType | undefined; readonly to: CoreType };

// ---------------------------------------------------------------- type declarations

export interface ValueDescription {
  readonly name: Loc<string>;
  readonly type: CoreType;
  /** The strings of an `external`; empty for `val`. */
  readonly primitive: readonly string[];
  readonly attributes: Attributes;
  readonly loc: Location;
}
export interface TypeParameter {
  readonly type: CoreType;
  readonly variance: Variance;
  readonly injectivity: Injectivity;
}
export interface TypeDeclaration {
  readonly name: Loc<string>;
  readonly parameters: readonly TypeParameter[];
  readonly constraints: readonly { readonly left: CoreType; readonly right: CoreType; readonly loc: Location }[];
  readonly definition: TypeDefinition;
  readonly private: PrivateFlag;
  readonly manifest: CoreType | undefined;
  readonly attributes: Attributes;
  readonly loc: Location;
}
export type TypeDefinition =
  | { readonly kind: "abstract" }
  | { readonly kind: "variant"; readonly constructors: readonly ConstructorDeclaration[] }
  | { readonly kind: "record"; readonly labels: readonly LabelDeclaration[] }
  | { readonly kind: "open" };
export interface LabelDeclaration {
  readonly name: Loc<string>;
  readonly mutable: MutableFlag;
  readonly type: CoreType;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export interface ConstructorDeclaration {
  readonly name: Loc<string>;
  readonly variables: readonly Loc<string>[];
  readonly args: ConstructorArguments;
  readonly result: CoreType | undefined;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export type ConstructorArguments =
  | { readonly kind: "tuple"; readonly types: readonly CoreType[] }
  | { readonly kind: "record"; readonly labels: readonly LabelDeclaration[]; readonly loc: Location };
export interface TypeExtension {
  readonly path: Loc<Longident>;
  readonly parameters: readonly TypeParameter[];
  readonly constructors: readonly ExtensionConstructor[];
  readonly private: PrivateFlag;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export interface ExtensionConstructor {
  readonly name: Loc<string>;
  readonly definition:
    | { readonly kind: "declaration"; readonly variables: readonly Loc<string>[]; readonly args: ConstructorArguments; readonly result: CoreType | undefined }
    | { readonly kind: "rebind"; readonly ident: Loc<Longident> };
  readonly loc: Location;
  readonly attributes: Attributes;
}
export interface TypeException {
  readonly constructor: ExtensionConstructor;
  readonly loc: Location;
  readonly attributes: Attributes;
}

// ---------------------------------------------------------------- classes

export interface ClassType {
  readonly desc: ClassTypeDesc;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export type ClassTypeDesc =
  | { readonly kind: "constr"; readonly ident: Loc<Longident>; readonly args: readonly CoreType[] }
  | { readonly kind: "signature"; readonly signature: ClassSignature }
  | { readonly kind: "arrow"; readonly label: ArgLabel; readonly parameter: CoreType; readonly result: ClassType }
  | { readonly kind: "open"; readonly description: OpenDescription; readonly body: ClassType }
  | { readonly kind: "extension"; readonly extension: Extension }
  | { readonly kind: "error" };
export interface ClassSignature {
  readonly self: CoreType;
  readonly fields: readonly ClassTypeField[];
}
export interface ClassTypeField {
  readonly desc:
    | { readonly kind: "inherit"; readonly type: ClassType }
    | { readonly kind: "val"; readonly name: Loc<string>; readonly mutable: MutableFlag; readonly virtual: VirtualFlag; readonly type: CoreType }
    | { readonly kind: "method"; readonly name: Loc<string>; readonly private: PrivateFlag; readonly virtual: VirtualFlag; readonly type: CoreType }
    | { readonly kind: "constraint"; readonly left: CoreType; readonly right: CoreType }
    | { readonly kind: "attribute"; readonly attribute: Attribute }
    | { readonly kind: "extension"; readonly extension: Extension };
  readonly loc: Location;
  readonly attributes: Attributes;
}
export interface ClassInfos<T> {
  readonly virtual: VirtualFlag;
  readonly parameters: readonly TypeParameter[];
  readonly name: Loc<string>;
  readonly expression: T;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export type ClassDescription = ClassInfos<ClassType>;
export type ClassTypeDeclaration = ClassInfos<ClassType>;
export type ClassDeclaration = ClassInfos<ClassExpr>;
export interface ClassExpr {
  readonly desc: ClassExprDesc;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export type ClassExprDesc =
  | { readonly kind: "constr"; readonly ident: Loc<Longident>; readonly args: readonly CoreType[] }
  | { readonly kind: "structure"; readonly structure: ClassStructure }
  | { readonly kind: "fun"; readonly label: ArgLabel; readonly default: Expression | undefined; readonly pattern: Pattern; readonly body: ClassExpr }
  | { readonly kind: "apply"; readonly class: ClassExpr; readonly args: readonly { readonly label: ArgLabel; readonly argument: Expression }[] }
  | { readonly kind: "let"; readonly rec: RecFlag; readonly bindings: readonly ValueBinding[]; readonly body: ClassExpr }
  | { readonly kind: "constraint"; readonly class: ClassExpr; readonly type: ClassType }
  | { readonly kind: "open"; readonly description: OpenDescription; readonly body: ClassExpr }
  | { readonly kind: "extension"; readonly extension: Extension }
  | { readonly kind: "error" };
export interface ClassStructure {
  readonly self: Pattern;
  readonly fields: readonly ClassField[];
}
export interface ClassField {
  readonly desc:
    | { readonly kind: "inherit"; readonly override: OverrideFlag; readonly class: ClassExpr; readonly alias: Loc<string> | undefined }
    | { readonly kind: "val"; readonly name: Loc<string>; readonly mutable: MutableFlag; readonly definition: ClassFieldKind }
    | { readonly kind: "method"; readonly name: Loc<string>; readonly private: PrivateFlag; readonly definition: ClassFieldKind }
    | { readonly kind: "constraint"; readonly left: CoreType; readonly right: CoreType }
    | { readonly kind: "initializer"; readonly expression: Expression }
    | { readonly kind: "attribute"; readonly attribute: Attribute }
    | { readonly kind: "extension"; readonly extension: Extension };
  readonly loc: Location;
  readonly attributes: Attributes;
}
/** A method's expression is a `poly` expression, as in OCaml. */
export type ClassFieldKind =
  | { readonly kind: "virtual"; readonly type: CoreType }
  | { readonly kind: "concrete"; readonly override: OverrideFlag; readonly expression: Expression };

// ---------------------------------------------------------------- modules

export interface ModuleType {
  readonly desc: ModuleTypeDesc;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export type ModuleTypeDesc =
  | { readonly kind: "ident"; readonly ident: Loc<Longident> }
  | { readonly kind: "signature"; readonly items: Signature }
  | { readonly kind: "functor"; readonly parameter: FunctorParameter; readonly result: ModuleType }
  | { readonly kind: "with"; readonly type: ModuleType; readonly constraints: readonly WithConstraint[] }
  | { readonly kind: "typeof"; readonly module: ModuleExpr }
  | { readonly kind: "alias"; readonly ident: Loc<Longident> }
  | { readonly kind: "extension"; readonly extension: Extension }
  | { readonly kind: "error" };
export type FunctorParameter =
  | { readonly kind: "unit" }
  | { readonly kind: "named"; readonly name: Loc<string | undefined>; readonly type: ModuleType };
export type Signature = readonly SignatureItem[];
export interface SignatureItem {
  readonly desc: SignatureItemDesc;
  readonly loc: Location;
}
export type SignatureItemDesc =
  /** `val` and `external`. */
  | { readonly kind: "value"; readonly description: ValueDescription }
  | { readonly kind: "type"; readonly rec: RecFlag; readonly declarations: readonly TypeDeclaration[] }
  | { readonly kind: "typesubst"; readonly declarations: readonly TypeDeclaration[] }
  | { readonly kind: "typext"; readonly extension: TypeExtension }
  | { readonly kind: "exception"; readonly exception: TypeException }
  | { readonly kind: "module"; readonly declaration: ModuleDeclaration }
  | { readonly kind: "modsubst"; readonly name: Loc<string>; readonly ident: Loc<Longident>; readonly attributes: Attributes; readonly loc: Location }
  | { readonly kind: "recmodule"; readonly declarations: readonly ModuleDeclaration[] }
  | { readonly kind: "modtype"; readonly declaration: ModuleTypeDeclaration }
  | { readonly kind: "modtypesubst"; readonly declaration: ModuleTypeDeclaration }
  | { readonly kind: "open"; readonly description: OpenDescription }
  | { readonly kind: "include"; readonly type: ModuleType; readonly loc: Location; readonly attributes: Attributes }
  | { readonly kind: "class"; readonly descriptions: readonly ClassDescription[] }
  | { readonly kind: "classtype"; readonly declarations: readonly ClassTypeDeclaration[] }
  | { readonly kind: "attribute"; readonly attribute: Attribute }
  | { readonly kind: "extension"; readonly extension: Extension; readonly attributes: Attributes };
export interface ModuleDeclaration {
  readonly name: Loc<string | undefined>;
  readonly type: ModuleType;
  readonly attributes: Attributes;
  readonly loc: Location;
}
export interface ModuleTypeDeclaration {
  readonly name: Loc<string>;
  readonly type: ModuleType | undefined;
  readonly attributes: Attributes;
  readonly loc: Location;
}
export interface OpenDescription {
  readonly ident: Loc<Longident>;
  readonly override: OverrideFlag;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export interface OpenDeclaration {
  readonly module: ModuleExpr;
  readonly override: OverrideFlag;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export type WithConstraint =
  | { readonly kind: "type"; readonly ident: Loc<Longident>; readonly declaration: TypeDeclaration }
  | { readonly kind: "typesubst"; readonly ident: Loc<Longident>; readonly declaration: TypeDeclaration }
  | { readonly kind: "module"; readonly ident: Loc<Longident>; readonly target: Loc<Longident> }
  | { readonly kind: "modsubst"; readonly ident: Loc<Longident>; readonly target: Loc<Longident> }
  | { readonly kind: "modtype"; readonly ident: Loc<Longident>; readonly type: ModuleType }
  | { readonly kind: "modtypesubst"; readonly ident: Loc<Longident>; readonly type: ModuleType };
export interface ModuleExpr {
  readonly desc: ModuleExprDesc;
  readonly loc: Location;
  readonly attributes: Attributes;
}
export type ModuleExprDesc =
  | { readonly kind: "ident"; readonly ident: Loc<Longident> }
  | { readonly kind: "structure"; readonly items: Structure }
  | { readonly kind: "functor"; readonly parameter: FunctorParameter; readonly body: ModuleExpr }
  | { readonly kind: "apply"; readonly functor: ModuleExpr; readonly argument: ModuleExpr }
  | { readonly kind: "applyunit"; readonly functor: ModuleExpr }
  | { readonly kind: "constraint"; readonly module: ModuleExpr; readonly type: ModuleType }
  | { readonly kind: "unpack"; readonly expression: Expression }
  | { readonly kind: "extension"; readonly extension: Extension }
  | { readonly kind: "error" };
export type Structure = readonly StructureItem[];
export interface StructureItem {
  readonly desc: StructureItemDesc;
  readonly loc: Location;
}
export type StructureItemDesc =
  | { readonly kind: "eval"; readonly expression: Expression; readonly attributes: Attributes }
  | { readonly kind: "value"; readonly rec: RecFlag; readonly bindings: readonly ValueBinding[] }
  | { readonly kind: "primitive"; readonly description: ValueDescription }
  | { readonly kind: "type"; readonly rec: RecFlag; readonly declarations: readonly TypeDeclaration[] }
  | { readonly kind: "typext"; readonly extension: TypeExtension }
  | { readonly kind: "exception"; readonly exception: TypeException }
  | { readonly kind: "module"; readonly binding: ModuleBinding }
  | { readonly kind: "recmodule"; readonly bindings: readonly ModuleBinding[] }
  | { readonly kind: "modtype"; readonly declaration: ModuleTypeDeclaration }
  | { readonly kind: "open"; readonly declaration: OpenDeclaration }
  | { readonly kind: "class"; readonly declarations: readonly ClassDeclaration[] }
  | { readonly kind: "classtype"; readonly declarations: readonly ClassTypeDeclaration[] }
  | { readonly kind: "include"; readonly module: ModuleExpr; readonly loc: Location; readonly attributes: Attributes }
  | { readonly kind: "attribute"; readonly attribute: Attribute }
  | { readonly kind: "extension"; readonly extension: Extension; readonly attributes: Attributes };
export interface ModuleBinding {
  readonly name: Loc<string | undefined>;
  readonly expression: ModuleExpr;
  readonly attributes: Attributes;
  readonly loc: Location;
}

/** What the parser gives for a file: as much of the tree as could be made, and what was wrong. */
export interface ParsedImplementation {
  readonly file: SourceFile;
  readonly items: Structure;
}
export interface ParsedInterface {
  readonly file: SourceFile;
  readonly items: Signature;
}
