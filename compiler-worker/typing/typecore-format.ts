/** Format string literals: from the text to constructors of `CamlinternalFormatBasics` (the manual's Printf, Scanf and Format chapters). */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";
import { ghostly } from "./copies.ts";

/** Builds parse trees of the constructors, at one place. */
class Builder {
  readonly loc: Location;
  constructor(loc: Location) {
    this.loc = ghostly(loc);
  }
  #make(desc: Ast.ExpressionDesc): Ast.Expression {
    return { desc, loc: this.loc, attributes: [] };
  }
  construct(name: string, ...args: Ast.Expression[]): Ast.Expression {
    const ident: Ast.Loc<Ast.Longident> = { value: { kind: "dot", prefix: { kind: "ident", name: "CamlinternalFormatBasics" }, name }, loc: this.loc };
    const argument = args.length === 0 ? undefined : args.length === 1 ? args[0] : this.#make({ kind: "tuple", components: args });
    return this.#make({ kind: "construct", ident, argument });
  }
  plain(name: string, argument?: Ast.Expression): Ast.Expression {
    return this.#make({ kind: "construct", ident: { value: { kind: "ident", name }, loc: this.loc }, argument });
  }
  tuple(...components: Ast.Expression[]): Ast.Expression {
    return this.#make({ kind: "tuple", components });
  }
  int(n: number): Ast.Expression {
    return this.#make({ kind: "constant", constant: { kind: "integer", value: String(n), suffix: "" } });
  }
  char(code: number): Ast.Expression {
    return this.#make({ kind: "constant", constant: { kind: "char", value: code } });
  }
  string(text: string): Ast.Expression {
    return this.#make({ kind: "constant", constant: { kind: "string", value: text, loc: this.loc, delimiter: undefined } });
  }
  option(e: Ast.Expression | undefined): Ast.Expression {
    return e === undefined ? this.plain("None") : this.plain("Some", e);
  }
}

type Side = "Left" | "Right" | "Zeros";
type Padding = { readonly kind: "none" } | { readonly kind: "literal"; readonly side: Side; readonly width: number } | { readonly kind: "argument"; readonly side: Side };
type Precision = { readonly kind: "none" } | { readonly kind: "literal"; readonly digits: number } | { readonly kind: "argument" };
const NO_PADDING: Padding = { kind: "none" };
/** Makes a format from the one that follows. */
type Step = (rest: Ast.Expression) => Ast.Expression;

/** OCaml's `Sys.max_string_length` on 64-bit machines. */
const MAX_STRING_LENGTH = 144115188075855863n;

/** The expression `Format (fmt, "text")` that a format literal stands for. */
export function formatExpression(text: string, loc: Location): Ast.Expression {
  const b = new Builder(loc);
  const parser = new FormatParser(text, b, loc);
  return b.construct("Format", parser.parseUntil(text.length), b.string(text));
}

/** As OCaml's `String.escaped` writes it, in quotes. */
function camlString(text: string): string {
  return `"${Array.from(text, camlEscaped).join("")}"`;
}

function camlEscaped(c: string): string {
  const special: Record<string, string> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b" };
  const code = c.charCodeAt(0);
  return special[c] ?? (code < 32 || code > 126 ? `\\${String(code).padStart(3, "0")}` : c);
}

function camlChar(c: string): string {
  return c === "'" ? "'\\''" : c === '"' ? `'"'` : `'${camlEscaped(c)}'`;
}

const FLAGS = { "0": "zero", "-": "minus", "+": "plus", "#": "hash", " ": "space" } as const;
type Flag = (typeof FLAGS)[keyof typeof FLAGS];

/** What stands between `%` and the letter, and what of it has meant something to the conversion. */
class Specification {
  readonly start: number;
  readonly ignored: boolean;
  readonly flags = new Set<Flag>();
  readonly used = new Set<Flag | "padding" | "precision" | "ignored">();
  #padding: Padding = NO_PADDING;
  #precision: Precision = { kind: "none" };

  constructor(start: number, ignored: boolean) {
    this.start = start;
    this.ignored = ignored;
  }
  has(flag: Flag): boolean {
    this.used.add(flag);
    return this.flags.has(flag);
  }
  isIgnored(): boolean {
    this.used.add("ignored");
    return this.ignored;
  }
  set(padding: Padding): void {
    this.#padding = padding;
  }
  setPrecision(precision: Precision): void {
    this.#precision = precision;
  }
  padding(): Padding {
    this.used.add("padding");
    return this.#padding;
  }
  precision(): Precision {
    this.used.add("precision");
    return this.#precision;
  }
  hasPadding(): boolean {
    return this.#padding.kind !== "none";
  }
  hasPrecision(): boolean {
    return this.#precision.kind !== "none";
  }
}

/** Name and arguments of a constructor that {@link Builder} made. */
function constructorName({ desc }: Ast.Expression): string {
  return desc.kind === "construct" && desc.ident.value.kind === "dot" ? desc.ident.value.name : "";
}

function argumentsOf({ desc }: Ast.Expression): readonly Ast.Expression[] {
  if (desc.kind !== "construct" || desc.argument === undefined) return [];
  return desc.argument.desc.kind === "tuple" ? desc.argument.desc.components : [desc.argument];
}

class FormatParser {
  readonly #text: string;
  readonly #b: Builder;
  readonly #loc: Location;
  #i = 0;
  /** Where the part of the text that is being read ends. */
  #end = 0;
  /** What is left to be checked when the rest has been read: errors there are told first. */
  #checks: (() => void)[] = [];

  constructor(text: string, b: Builder, loc: Location) {
    this.#text = text;
    this.#b = b;
    this.#loc = loc;
  }

  #failWith(message: string): never {
    throw new CompileError(errorAt(this.#loc, `invalid format ${camlString(this.#text)}: ${message}`));
  }

  #fail(at: number, message: string): never {
    return this.#failWith(`at character number ${at}, ${message}`);
  }

  /** The character at an index of the part that is being read, which must not end before. */
  #charAt(i: number): string {
    return i < this.#end ? this.#text[i]! : this.#fail(this.#end, "unexpected end of format");
  }

  #incompatible(spec: Specification, what: string, letter: string, stop = this.#i): never {
    return this.#fail(spec.start, `${what} is incompatible with '${letter}' in sub-format ${camlString(this.#text.slice(spec.start, stop))}`);
  }

  /** The format of the text up to `end`. */
  parseUntil(end: number): Ast.Expression {
    const outer = this.#end;
    const outerChecks = this.#checks;
    this.#end = end;
    this.#checks = [];
    const steps: Step[] = [];
    let literalStart = this.#i;
    const flush = (): void => {
      const shown = this.#text.slice(literalStart, this.#i);
      if (shown.length === 1) steps.push(this.#charLiteral(shown));
      else if (shown !== "") steps.push((rest) => this.#b.construct("String_literal", this.#b.string(shown), rest));
    };
    while (this.#i < end) {
      const c = this.#text[this.#i]!;
      if (c !== "%" && c !== "@") {
        this.#i++;
        continue;
      }
      flush();
      const step = c === "%" ? this.#conversion() : this.#formatting();
      if (step !== undefined) steps.push(step);
      literalStart = this.#i;
    }
    flush();
    for (let i = this.#checks.length - 1; i >= 0; i--) this.#checks[i]!();
    this.#checks = outerChecks;
    this.#end = outer;
    let result = this.#b.construct("End_of_format");
    for (let i = steps.length - 1; i >= 0; i--) result = steps[i]!(result);
    return result;
  }

  #charLiteral(c: string): Step {
    return (rest) => this.#b.construct("Char_literal", this.#b.char(c.charCodeAt(0)), rest);
  }

  /** Digits at the current place. */
  #number(): number {
    let value = 0n;
    for (; this.#i < this.#end && /[0-9]/.test(this.#text[this.#i]!); this.#i++) {
      value = value * 10n + BigInt(this.#text[this.#i]!);
      if (value > MAX_STRING_LENGTH) this.#failWith(`integer ${value} is greater than the limit ${MAX_STRING_LENGTH}`);
    }
    return Number(value);
  }

  #conversion(): Step | undefined {
    const start = this.#i++;
    const ignored = this.#charAt(this.#i) === "_";
    if (ignored) this.#i++;
    const spec = new Specification(start, ignored);
    for (;;) {
      const c = this.#charAt(this.#i);
      const flag = c in FLAGS ? FLAGS[c as keyof typeof FLAGS] : undefined;
      if (flag === undefined) break;
      spec.flags.add(flag);
      this.#i++;
    }
    this.#readWidth(spec);
    this.#readPrecision(spec);
    const letter = this.#charAt(this.#i++);
    const stop = this.#i;
    const step = this.#finish(spec, letter);
    this.#checks.push(() => this.#checkUsed(spec, letter, stop));
    return step;
  }

  #readWidth(spec: Specification): void {
    const minus = spec.flags.has("minus");
    const zero = spec.flags.has("zero");
    const side = minus ? "Left" : zero ? "Zeros" : "Right";
    const c = this.#charAt(this.#i);
    if (c >= "0" && c <= "9") spec.set({ kind: "literal", side, width: this.#number() });
    else if (c === "*") {
      this.#i++;
      spec.set({ kind: "argument", side });
    } else if (zero && !minus) spec.set({ kind: "literal", side: "Right", width: 0 });
  }

  #readPrecision(spec: Specification): void {
    if (this.#charAt(this.#i) !== ".") return;
    let c = this.#charAt(++this.#i);
    if (c === "+" || c === "-") {
      if (c === "-") spec.flags.add("minus");
      c = this.#charAt(++this.#i);
    }
    if (c === "*") {
      this.#i++;
      spec.setPrecision({ kind: "argument" });
    } else spec.setPrecision({ kind: "literal", digits: c >= "0" && c <= "9" ? this.#number() : 0 });
  }

  /** `_` must mean something, except where there is no argument to leave out. */
  #checkUsed(spec: Specification, letter: string, stop: number): void {
    if (spec.ignored && !spec.used.has("ignored") && !"@%!,".includes(letter)) this.#incompatible(spec, "'_'", letter, stop);
  }

  #padding(p: Padding): Ast.Expression {
    const b = this.#b;
    if (p.kind === "none") return b.construct("No_padding");
    if (p.kind === "literal") return b.construct("Lit_padding", b.construct(p.side), b.int(p.width));
    return b.construct("Arg_padding", b.construct(p.side));
  }
  #precision(p: Precision): Ast.Expression {
    const b = this.#b;
    if (p.kind === "none") return b.construct("No_precision");
    if (p.kind === "literal") return b.construct("Lit_precision", b.int(p.digits));
    return b.construct("Arg_precision");
  }

  /** A width that must be a literal, on the right; `letter` is what others do not go with. */
  #literalWidth(spec: Specification, letter: string): Ast.Expression {
    return this.#optionOfWidth(spec, spec.padding(), letter);
  }

  #optionOfWidth(spec: Specification, p: Padding, letter: string): Ast.Expression {
    if (p.kind === "none") return this.#b.option(undefined);
    if (p.kind === "argument") return this.#incompatible(spec, "'*'", letter);
    return this.#b.option(this.#b.int(p.width));
  }

  /** The width of a conversion for text: zeros are blanks, and a precision stands for a missing width. */
  #textWidth(spec: Specification): Padding {
    const p = spec.padding();
    if (p.kind !== "none") return p.side === "Zeros" ? { ...p, side: "Right" } : p;
    const precision = spec.precision();
    const side = spec.flags.has("minus") ? "Left" : "Right";
    if (precision.kind === "none") return p;
    return precision.kind === "literal" ? { kind: "literal", side, width: precision.digits } : { kind: "argument", side };
  }

  /** The width of an integer: zeros mean nothing beside a precision. */
  #integerWidth(spec: Specification): Padding {
    const p = spec.padding();
    return p.kind !== "none" && p.side === "Zeros" && spec.hasPrecision() ? { ...p, side: "Right" } : p;
  }

  #literalDigits(spec: Specification, letter: string): Ast.Expression {
    const p = spec.precision();
    if (p.kind === "argument") return this.#incompatible(spec, "'*'", letter);
    return this.#b.option(p.kind === "literal" ? this.#b.int(p.digits) : undefined);
  }

  #finish(spec: Specification, letter: string): Step | undefined {
    const b = this.#b;
    const ignore = (param: Ast.Expression): Step => (rest) => b.construct("Ignored_param", param, rest);
    const integer = (constructor: string, name: string): Step => {
      const conv = b.construct(this.#intConversion(spec, name));
      if (spec.isIgnored()) return ignore(b.construct(`Ignored_${constructor.toLowerCase()}`, conv, this.#literalWidth(spec, "_")));
      const precision = this.#precision(spec.precision());
      const padding = this.#padding(this.#integerWidth(spec));
      return (rest) => b.construct(constructor, conv, padding, precision, rest);
    };
    const text = (constructor: string): Step => {
      const width = this.#textWidth(spec);
      if (spec.isIgnored()) return ignore(b.construct(`Ignored_${constructor.toLowerCase()}`, this.#optionOfWidth(spec, width, "_")));
      return (rest) => b.construct(constructor, this.#padding(width), rest);
    };
    const plain = (constructor: string): Step => (spec.isIgnored() ? ignore(b.construct(`Ignored_${constructor.toLowerCase()}`)) : (rest) => b.construct(constructor, rest));
    switch (letter) {
      case ",":
        return undefined;
      case "%":
      case "@":
        return this.#charLiteral(letter);
      case "!":
        return (rest) => b.construct("Flush", rest);
      case "c": {
        const width = spec.padding();
        this.#literalWidth(spec, letter);
        return width.kind === "literal" && width.width === 0 ? plain("Scan_next_char") : plain("Char");
      }
      case "C":
        return plain("Caml_char");
      case "s":
        return text("String");
      case "S":
        return text("Caml_string");
      case "b":
      case "B":
        return text("Bool");
      case "d":
      case "i":
      case "x":
      case "X":
      case "o":
      case "u":
        return integer("Int", letter);
      case "l":
      case "n":
      case "L":
      case "N": {
        const next = this.#i < this.#end && letter !== "N" ? this.#text[this.#i]! : "";
        if (next !== "" && "dixXou".includes(next)) {
          this.#i++;
          return integer(letter === "l" ? "Int32" : letter === "n" ? "Nativeint" : "Int64", next);
        }
        const counter = b.construct(letter === "l" ? "Line_counter" : letter === "n" ? "Char_counter" : "Token_counter");
        return spec.isIgnored() ? ignore(b.construct("Ignored_scan_get_counter", counter)) : (rest) => b.construct("Scan_get_counter", counter, rest);
      }
      case "f":
      case "e":
      case "E":
      case "g":
      case "G":
      case "F":
      case "h":
      case "H": {
        const conv = this.#floatConversion(spec, letter);
        if (spec.isIgnored()) {
          const width = this.#literalWidth(spec, "_");
          return ignore(b.construct("Ignored_float", width, this.#literalDigits(spec, "_")));
        }
        const precision = this.#precision(spec.precision());
        const padding = this.#padding(spec.padding());
        return (rest) => b.construct("Float", conv, padding, precision, rest);
      }
      case "a":
        return (rest) => b.construct("Alpha", rest);
      case "t":
        return (rest) => b.construct("Theta", rest);
      case "r":
        return plain("Reader");
      case "{":
      case "(": {
        const close = letter === "{" ? "}" : ")";
        const stop = this.#closing(this.#i, this.#end, close);
        const name = letter === "{" ? "arg" : "subst";
        const specEnd = this.#i;
        const type = this.#formatType(this.parseUntil(stop));
        this.#i = specEnd;
        const width = this.#literalWidth(spec, spec.isIgnored() ? "_" : letter);
        this.#i = stop + 2;
        if (spec.ignored) return ignore(b.construct(`Ignored_format_${name}`, width, type));
        return (rest) => b.construct(`Format_${name}`, width, type, rest);
      }
      case "[": {
        const set = b.string(this.#characterSet());
        const width = this.#literalWidth(spec, spec.isIgnored() ? "_" : letter);
        return spec.ignored ? ignore(b.construct("Ignored_scan_char_set", width, set)) : (rest) => b.construct("Scan_char_set", width, set, rest);
      }
      case "-":
      case "+":
      case "#":
      case " ":
      case "_":
        return this.#fail(spec.start, `flag ${camlChar(letter)} is only allowed after the '%', before padding and precision`);
      default:
        return this.#fail(this.#i - 1, `invalid conversion "%${letter}"`);
    }
  }

  #intConversion(spec: Specification, letter: string): string {
    const decimal = letter === "d" || letter === "i";
    const hash = spec.has("hash");
    const plus = spec.has("plus") && decimal;
    const space = spec.has("space") && decimal;
    return `Int_${plus ? "p" : space ? "s" : hash ? "C" : ""}${letter}`;
  }

  #floatConversion(spec: Specification, letter: string): Ast.Expression {
    const hash = spec.has("hash");
    const plus = spec.has("plus");
    const space = spec.has("space");
    const flag = plus ? "Float_flag_p" : space ? "Float_flag_s" : "Float_flag_";
    return this.#b.tuple(this.#b.construct(flag), this.#b.construct(letter === "F" && hash ? "Float_CF" : `Float_${letter}`));
  }

  /** `[a-z]`: the 256 bits of the set, after its opening bracket. A bracket may come first; `%%` and `%@` stand for `%` and `@`. */
  #characterSet(): string {
    const bits = new Uint8Array(32);
    const add = (c: string): void => {
      const code = c.charCodeAt(0);
      bits[code >> 3]! |= 1 << (code & 7);
    };
    const addRange = (first: string, last: string): void => {
      for (let k = first.charCodeAt(0); k <= last.charCodeAt(0); k++) add(String.fromCharCode(k));
    };
    const lonePercent = (at: number): never => this.#failWith(`'%' alone is not accepted in character sets, use %% instead at position ${at}.`);
    const next = (): string => this.#charAt(this.#i++);
    const negated = this.#charAt(this.#i) === "^";
    if (negated) this.#i++;
    // A character that has been read but not added: it may begin a range. The first one is one whatever it is.
    let pending: string | undefined = next();
    for (;;) {
      const c = next();
      if (pending === undefined) {
        if (c === "]") break;
        if (c === "-") add(c);
        else pending = c;
      } else if (c === "]") {
        add(pending);
        break;
      } else if (c === "-") {
        const last = next();
        if (last === "]") {
          add(pending);
          add("-");
          break;
        }
        if (last === "%") {
          const escaped = next();
          if (escaped !== "%" && escaped !== "@") lonePercent(this.#i - 2);
          addRange(pending, escaped);
        } else addRange(pending, last);
        pending = undefined;
      } else if (pending === "%") {
        if (c !== "%" && c !== "@") lonePercent(this.#i - 1);
        add(c);
        pending = undefined;
      } else {
        add(pending);
        pending = c;
      }
    }
    let result = "";
    for (const byte of bits) result += String.fromCharCode(negated ? byte ^ 255 : byte);
    return result;
  }

  /** Offset of the `%` of the `%}` or `%)` that closes a sub-format whose text begins at `i`. */
  #closing(i: number, end: number, close: string): number {
    const open: string[] = [close];
    for (;;) {
      if (i >= end) this.#failWith(`unclosed sub-format, expected "%${open.at(-1)}" at character number ${end}`);
      if (this.#text[i] !== "%") {
        i++;
        continue;
      }
      let c = this.#charAt(++i);
      if (c === open.at(-1)) {
        open.pop();
        if (open.length === 0) return i - 1;
      } else {
        if (c === "_") c = this.#charAt(++i);
        else if (c === ")" || c === "}") this.#fail(i, `character ${camlChar(open.at(-1)!)} expected, read ${camlChar(c)}`);
        if (c === "(") open.push(")");
        else if (c === "{") open.push("}");
      }
      i++;
    }
  }

  /** The type description (`fmtty`) of a format expression. */
  #formatType(format: Ast.Expression): Ast.Expression {
    const b = this.#b;
    const name = constructorName(format);
    const args = argumentsOf(format);
    const rest = (): Ast.Expression => this.#formatType(args[args.length - 1]!);
    const padded = (type: Ast.Expression): Ast.Expression => {
      // A width or precision given as argument is an integer before.
      let result = type;
      for (const a of args) {
        if (a.desc.kind !== "construct" || a.desc.ident.value.kind !== "dot") continue;
        const n = a.desc.ident.value.name;
        if (n === "Arg_padding" || n === "Arg_precision") result = b.construct("Int_ty", result);
      }
      return result;
    };
    switch (name) {
      case "End_of_format":
        return b.construct("End_of_fmtty");
      case "Char": case "Caml_char":
        return b.construct("Char_ty", rest());
      case "String": case "Caml_string":
        return padded(b.construct("String_ty", rest()));
      case "Int":
        return padded(b.construct("Int_ty", rest()));
      case "Int32":
        return padded(b.construct("Int32_ty", rest()));
      case "Nativeint":
        return padded(b.construct("Nativeint_ty", rest()));
      case "Int64":
        return padded(b.construct("Int64_ty", rest()));
      case "Float":
        return padded(b.construct("Float_ty", rest()));
      case "Bool":
        return padded(b.construct("Bool_ty", rest()));
      case "Format_arg":
        return b.construct("Format_arg_ty", args[1]!, rest());
      case "Format_subst":
        return b.construct("Format_subst_ty", args[1]!, args[1]!, rest());
      case "Alpha":
        return b.construct("Alpha_ty", rest());
      case "Theta":
        return b.construct("Theta_ty", rest());
      case "Reader":
        return b.construct("Reader_ty", rest());
      case "Scan_char_set":
        return b.construct("String_ty", rest());
      case "Scan_get_counter":
        return b.construct("Int_ty", rest());
      case "Scan_next_char":
        return b.construct("Char_ty", rest());
      case "Formatting_gen":
        return this.#appendType(this.#formatType(argumentsOf(argumentsOf(args[0]!)[0]!)[0]!), rest());
      case "Ignored_param": {
        const ignored = args[0]!;
        if (constructorName(ignored) === "Ignored_reader") return b.construct("Ignored_reader_ty", rest());
        if (constructorName(ignored) === "Ignored_format_subst") return this.#appendType(argumentsOf(ignored)[1]!, rest());
        return rest();
      }
      default:
        return rest();
    }
  }

  /** One type description after the other. */
  #appendType(first: Ast.Expression, second: Ast.Expression): Ast.Expression {
    if (constructorName(first) === "End_of_fmtty") return second;
    const args = argumentsOf(first);
    return this.#b.construct(constructorName(first), ...args.slice(0, -1), this.#appendType(args[args.length - 1]!, second));
  }

  /** What follows an `@`: a formatting indication, or literal text. */
  #formatting(): Step {
    const b = this.#b;
    const start = this.#i;
    const end = this.#end;
    const c = start + 1 < end ? this.#text[start + 1] : undefined;
    const literal = (e: Ast.Expression, length: number): Step => {
      this.#i = start + length;
      return (rest) => b.construct("Formatting_lit", e, rest);
    };
    const lone = (): Step => {
      this.#i = start + 1;
      return this.#charLiteral("@");
    };
    switch (c) {
      case undefined:
        return lone();
      case "]":
        return literal(b.construct("Close_box"), 2);
      case "}":
        return literal(b.construct("Close_tag"), 2);
      case ",":
        return literal(b.construct("Break", b.string("@,"), b.int(0), b.int(0)), 2);
      case " ":
        return literal(b.construct("Break", b.string("@ "), b.int(1), b.int(0)), 2);
      case "?":
        return literal(b.construct("FFlush"), 2);
      case "\n":
        return literal(b.construct("Force_newline"), 2);
      case ".":
        return literal(b.construct("Flush_newline"), 2);
      case "@":
        return literal(b.construct("Escaped_at"), 2);
      case ";": {
        const match = /^@;< *(-?\d+) *(?:(-?\d+) *)?>/.exec(this.#text.slice(start, end));
        if (match !== null) return literal(b.construct("Break", b.string(match[0]), b.int(parseInt(match[1]!, 10)), b.int(parseInt(match[2] ?? "0", 10))), match[0].length);
        return literal(b.construct("Break", b.string("@;"), b.int(1), b.int(0)), 2);
      }
      case "<": {
        const match = /^@< *(-?\d+) *>/.exec(this.#text.slice(start, end));
        if (match !== null) return literal(b.construct("Magic_size", b.string(match[0]), b.int(parseInt(match[1]!, 10))), match[0].length);
        return literal(b.construct("Scan_indic", b.char(60)), 2);
      }
      case "%":
        return start + 2 < end && this.#text[start + 2] === "%" ? literal(b.construct("Escaped_percent"), 3) : lone();
      case "[":
      case "{": {
        const constructor = c === "[" ? "Open_box" : "Open_tag";
        // The description <hov 2> up to the first >, a format of its own.
        const from = start + 2;
        const close = this.#text[from] === "<" ? this.#text.indexOf(">", from) : -1;
        const stop = close >= 0 && close < end ? close + 1 : from;
        this.#i = from;
        const inner = this.parseUntil(stop);
        this.#i = stop;
        return (rest) => b.construct("Formatting_gen", b.construct(constructor, b.construct("Format", inner, b.string(this.#text.slice(from, stop)))), rest);
      }
      default:
        return literal(b.construct("Scan_indic", b.char(c.charCodeAt(0))), 2);
    }
  }
}
