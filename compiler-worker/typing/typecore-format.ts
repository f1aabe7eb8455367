/** Format string literals: from the text to constructors of `CamlinternalFormatBasics` (the manual's Printf, Scanf and Format chapters). */
import type * as Ast from "../syntax/ast.ts";
import { CompileError, errorAt, type Location } from "../syntax/diagnostics.ts";

/** Builds parse trees of the constructors, at one place. */
class Builder {
  readonly loc: Location;
  constructor(loc: Location) {
    this.loc = { ...loc, ghost: true };
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

type Padding = { readonly kind: "none" } | { readonly kind: "literal"; readonly side: string; readonly width: number } | { readonly kind: "argument"; readonly side: string };
type Precision = { readonly kind: "none" } | { readonly kind: "literal"; readonly digits: number } | { readonly kind: "argument" };
/** Makes a format from the one that follows. */
type Step = (rest: Ast.Expression) => Ast.Expression;

/** The expression `Format (fmt, "text")` that a format literal stands for. */
export function formatExpression(text: string, loc: Location): Ast.Expression {
  const b = new Builder(loc);
  const parser = new FormatParser(text, b, loc);
  return b.construct("Format", parser.parseUntil(text.length), b.string(text));
}

class FormatParser {
  readonly #text: string;
  readonly #b: Builder;
  readonly #loc: Location;
  #i = 0;

  constructor(text: string, b: Builder, loc: Location) {
    this.#text = text;
    this.#b = b;
    this.#loc = loc;
  }

  #fail(at: number, message: string): never {
    throw new CompileError(errorAt(this.#loc, `invalid format ${JSON.stringify(this.#text)}: at character number ${at}, ${message}`));
  }

  /** The format of the text up to `end`. */
  parseUntil(end: number): Ast.Expression {
    const steps: Step[] = [];
    let literal = "";
    const flush = (): void => {
      if (literal === "") return;
      const shown = literal;
      steps.push((rest) => (shown.length === 1 ? this.#b.construct("Char_literal", this.#b.char(shown.charCodeAt(0)), rest) : this.#b.construct("String_literal", this.#b.string(shown), rest)));
      literal = "";
    };
    while (this.#i < end) {
      const c = this.#text[this.#i]!;
      if (c !== "%" && c !== "@") {
        literal += c;
        this.#i++;
        continue;
      }
      if (c === "%") {
        const next = this.#text[this.#i + 1];
        if (next === "%" || next === "@") {
          literal += next;
          this.#i += 2;
          continue;
        }
        if (next === ",") {
          this.#i += 2;
          continue;
        }
        flush();
        steps.push(this.#conversion(end));
      } else {
        const step = this.#formatting(end);
        if (typeof step === "string") literal += step;
        else {
          flush();
          steps.push(step);
        }
      }
    }
    flush();
    let result = this.#b.construct("End_of_format");
    for (let i = steps.length - 1; i >= 0; i--) result = steps[i]!(result);
    return result;
  }

  #number(): number | undefined {
    const match = /^[0-9]+/.exec(this.#text.slice(this.#i, this.#i + 10));
    if (match === null) return undefined;
    this.#i += match[0].length;
    return parseInt(match[0], 10);
  }

  #conversion(end: number): Step {
    const start = this.#i;
    this.#i++;
    let ignored = false;
    if (this.#text[this.#i] === "_") {
      ignored = true;
      this.#i++;
    }
    let minus = false;
    let zero = false;
    let plus = false;
    let space = false;
    let hash = false;
    for (; this.#i < end; this.#i++) {
      const c = this.#text[this.#i];
      if (c === "-") minus = true;
      else if (c === "0") zero = true;
      else if (c === "+") plus = true;
      else if (c === " ") space = true;
      else if (c === "#") hash = true;
      else break;
    }
    const side = minus ? "Left" : zero ? "Zeros" : "Right";
    let padding: Padding = { kind: "none" };
    if (this.#text[this.#i] === "*") {
      this.#i++;
      padding = { kind: "argument", side };
    } else {
      const width = this.#number();
      if (width !== undefined) padding = { kind: "literal", side, width };
    }
    let precision: Precision = { kind: "none" };
    if (this.#text[this.#i] === ".") {
      this.#i++;
      if (this.#text[this.#i] === "*") {
        this.#i++;
        precision = { kind: "argument" };
      } else {
        if (this.#text[this.#i] === "-" || this.#text[this.#i] === "+") this.#i++;
        precision = { kind: "literal", digits: this.#number() ?? 0 };
      }
    }
    if (this.#i >= end) this.#fail(start, "unexpected end of format");
    const symbol = this.#text[this.#i++]!;
    return this.#finish(start, symbol, { ignored, plus, space, hash, padding, precision, end });
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
  #literalWidth(p: Padding): Ast.Expression {
    return this.#b.option(p.kind === "literal" ? this.#b.int(p.width) : undefined);
  }

  #finish(start: number, symbol: string, o: { ignored: boolean; plus: boolean; space: boolean; hash: boolean; padding: Padding; precision: Precision; end: number }): Step {
    const b = this.#b;
    const ignore = (param: Ast.Expression): Step => (rest) => b.construct("Ignored_param", param, rest);
    const integer = (constructor: string, letter: string): Step => {
      const conv = b.construct(this.#intConversion(start, letter, o));
      // A precision makes zero padding meaningless.
      const padding = o.precision.kind !== "none" && o.padding.kind !== "none" && o.padding.side === "Zeros" ? { ...o.padding, side: "Right" } : o.padding;
      if (o.ignored) return ignore(b.construct(`Ignored_${constructor.toLowerCase()}`, conv, this.#literalWidth(padding)));
      return (rest) => b.construct(constructor, conv, this.#padding(padding), this.#precision(o.precision), rest);
    };
    switch (symbol) {
      case "c":
        return o.ignored ? ignore(b.construct("Ignored_char")) : (rest) => b.construct("Char", rest);
      case "C":
        return o.ignored ? ignore(b.construct("Ignored_caml_char")) : (rest) => b.construct("Caml_char", rest);
      case "s":
        return o.ignored ? ignore(b.construct("Ignored_string", this.#literalWidth(o.padding))) : (rest) => b.construct("String", this.#padding(this.#noZeros(start, o.padding)), rest);
      case "S":
        return o.ignored ? ignore(b.construct("Ignored_caml_string", this.#literalWidth(o.padding))) : (rest) => b.construct("Caml_string", this.#padding(this.#noZeros(start, o.padding)), rest);
      case "d": case "i": case "x": case "X": case "o": case "u":
        return integer("Int", symbol);
      case "l": case "n": case "L": {
        const letter = this.#text[this.#i];
        if (letter !== undefined && this.#i < o.end && "dixXou".includes(letter)) {
          this.#i++;
          return integer(symbol === "l" ? "Int32" : symbol === "n" ? "Nativeint" : "Int64", letter);
        }
        const counter = b.construct(symbol === "l" ? "Line_counter" : symbol === "n" ? "Char_counter" : "Token_counter");
        return o.ignored ? ignore(b.construct("Ignored_scan_get_counter", counter)) : (rest) => b.construct("Scan_get_counter", counter, rest);
      }
      case "N":
        return o.ignored ? ignore(b.construct("Ignored_scan_get_counter", b.construct("Token_counter"))) : (rest) => b.construct("Scan_get_counter", b.construct("Token_counter"), rest);
      case "f": case "e": case "E": case "g": case "G": case "F": case "h": case "H": {
        const flag = o.plus ? "Float_flag_p" : o.space ? "Float_flag_s" : "Float_flag_";
        const kind = symbol === "F" && o.hash ? "Float_CF" : `Float_${symbol}`;
        const conv = b.tuple(b.construct(flag), b.construct(kind));
        if (o.ignored) return ignore(b.construct("Ignored_float", this.#literalWidth(o.padding), b.option(o.precision.kind === "literal" ? b.int(o.precision.digits) : undefined)));
        return (rest) => b.construct("Float", conv, this.#padding(o.padding), this.#precision(o.precision), rest);
      }
      case "b": case "B":
        return o.ignored ? ignore(b.construct("Ignored_bool", this.#literalWidth(o.padding))) : (rest) => b.construct("Bool", this.#padding(o.padding), rest);
      case "a":
        return (rest) => b.construct("Alpha", rest);
      case "t":
        return (rest) => b.construct("Theta", rest);
      case "r":
        return o.ignored ? ignore(b.construct("Ignored_reader")) : (rest) => b.construct("Reader", rest);
      case "!":
        return (rest) => b.construct("Flush", rest);
      case "[": {
        const set = this.#characterSet(start, o.end);
        return o.ignored ? ignore(b.construct("Ignored_scan_char_set", this.#literalWidth(o.padding), b.string(set))) : (rest) => b.construct("Scan_char_set", this.#literalWidth(o.padding), b.string(set), rest);
      }
      case "{": case "(": {
        const close = symbol === "{" ? "}" : ")";
        const stop = this.#closing(start, symbol, close, o.end);
        const inner = this.parseUntil(stop);
        this.#i = stop + 2;
        const type = this.#formatType(inner);
        if (symbol === "{") return o.ignored ? ignore(b.construct("Ignored_format_arg", this.#literalWidth(o.padding), type)) : (rest) => b.construct("Format_arg", this.#literalWidth(o.padding), type, rest);
        return o.ignored ? ignore(b.construct("Ignored_format_subst", this.#literalWidth(o.padding), type)) : (rest) => b.construct("Format_subst", this.#literalWidth(o.padding), type, rest);
      }
      default:
        return this.#fail(start, `invalid conversion "${this.#text.slice(start, this.#i)}"`);
    }
  }

  #noZeros(start: number, p: Padding): Padding {
    if (p.kind !== "none" && p.side === "Zeros") this.#fail(start, "`padding' flag 0 is incompatible with this conversion");
    return p;
  }

  #intConversion(start: number, letter: string, o: { plus: boolean; space: boolean; hash: boolean }): string {
    if (o.hash) {
      if (letter === "x") return "Int_Cx";
      if (letter === "X") return "Int_CX";
      if (letter === "o") return "Int_Co";
      if (letter === "d") return "Int_Cd";
      if (letter === "i") return "Int_Ci";
      if (letter === "u") return "Int_Cu";
    }
    const sign = o.plus ? "p" : o.space ? "s" : "";
    if (sign !== "" && letter !== "d" && letter !== "i") this.#fail(start, `\`${o.plus ? "+" : "space"}' is incompatible with '${letter}' in sub-format`);
    return `Int_${sign}${letter}`;
  }

  /** `[a-z]`: the 256 bits of the set, after its opening bracket. */
  #characterSet(start: number, end: number): string {
    const bits = new Uint8Array(32);
    let negated = false;
    if (this.#text[this.#i] === "^") {
      negated = true;
      this.#i++;
    }
    const add = (c: number): void => {
      bits[c >> 3]! |= 1 << (c & 7);
    };
    let first = true;
    for (;;) {
      if (this.#i >= end) this.#fail(start, "unexpected end of format");
      const c = this.#text[this.#i]!;
      if (c === "]" && !first) break;
      first = false;
      if (this.#text[this.#i + 1] === "-" && this.#text[this.#i + 2] !== "]" && this.#i + 2 < end) {
        for (let k = c.charCodeAt(0); k <= this.#text.charCodeAt(this.#i + 2); k++) add(k);
        this.#i += 3;
      } else {
        add(c.charCodeAt(0));
        this.#i++;
      }
    }
    this.#i++;
    let result = "";
    for (const byte of bits) result += String.fromCharCode(negated ? byte ^ 255 : byte);
    return result;
  }

  /** Offset of the `%` of the `%}` or `%)` that closes a sub-format. */
  #closing(start: number, open: string, close: string, end: number): number {
    let depth = 0;
    for (let j = this.#i; j + 1 < end; j++) {
      if (this.#text[j] !== "%") continue;
      const c = this.#text[j + 1];
      if (c === "%") j++;
      else if (c === open) depth++;
      else if (c === close) {
        if (depth === 0) return j;
        depth--;
      }
    }
    return this.#fail(start, `unmatched "%${open}"`);
  }

  /** The type description (`fmtty`) of a format expression. */
  #formatType(format: Ast.Expression): Ast.Expression {
    const b = this.#b;
    const { desc } = format;
    if (desc.kind !== "construct") return b.construct("End_of_fmtty");
    const name = desc.ident.value.kind === "dot" ? desc.ident.value.name : "";
    const args = desc.argument === undefined ? [] : desc.argument.desc.kind === "tuple" ? desc.argument.desc.components : [desc.argument];
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
      default:
        return rest();
    }
  }

  /** What follows an `@`: a formatting indication, or literal text. */
  #formatting(end: number): Step | string {
    const b = this.#b;
    const start = this.#i;
    const c = this.#i + 1 < end ? this.#text[this.#i + 1] : undefined;
    const literal = (e: Ast.Expression, length: number): Step => {
      this.#i = start + length;
      return (rest) => b.construct("Formatting_lit", e, rest);
    };
    switch (c) {
      case undefined:
        this.#i++;
        return "@";
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
        const match = /^@;<\s*(-?\d+)(?:\s+(-?\d+))?\s*>/.exec(this.#text.slice(start, end));
        if (match !== null) return literal(b.construct("Break", b.string(match[0]), b.int(parseInt(match[1]!, 10)), b.int(parseInt(match[2] ?? "0", 10))), match[0].length);
        return literal(b.construct("Break", b.string("@;"), b.int(1), b.int(0)), 2);
      }
      case "<": {
        const match = /^@<\s*(\d+)\s*>/.exec(this.#text.slice(start, end));
        if (match !== null) return literal(b.construct("Magic_size", b.string(match[0]), b.int(parseInt(match[1]!, 10))), match[0].length);
        return literal(b.construct("Scan_indic", b.char(60)), 2);
      }
      case "%":
        if (this.#text[start + 2] === "%") return literal(b.construct("Escaped_percent"), 3);
        this.#i++;
        return "@";
      case "[":
      case "{": {
        this.#i = start + 2;
        const constructor = c === "[" ? "Open_box" : "Open_tag";
        // The indication <hov 2>, itself a format.
        if (this.#text[this.#i] === "<") {
          const close = this.#text.indexOf(">", this.#i);
          if (close >= 0 && close < end) {
            const from = this.#i;
            const text = this.#text.slice(from, close + 1);
            const inner = this.parseUntil(close + 1);
            this.#i = close + 1;
            return (rest) => b.construct("Formatting_gen", b.construct(constructor, b.construct("Format", inner, b.string(text))), rest);
          }
        }
        return (rest) => b.construct("Formatting_gen", b.construct(constructor, b.construct("Format", b.construct("End_of_format"), b.string(""))), rest);
      }
      default:
        return literal(b.construct("Scan_indic", b.char(c.charCodeAt(0))), 2);
    }
  }
}
