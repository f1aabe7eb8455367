/**
 * Core written as S-expressions, for tests of the back end. Top level: `(fun (name options…) (params…) body…)`, where
 * consecutive functions may refer to each other, `(def name expr)`, `(do expr)`, `(export "name" f)`. A binder is `x` or `x:kind`, with kinds v i w f;
 * a function's result kind is written on its name.
 */
import * as b from "../../core/build.ts";
import type { BoxedInteger, Expr, Function, Kind, Label, Primitive, Program, TopBinding, Variable, Width } from "../../core/core.ts";

type Sexp = string | Sexp[];

export function parseSexps(text: string): Sexp[] {
  // A parenthesis in the first column begins a form.
  const chunks = text.replace(/;[^\n]*/g, "").split(/\n(?=\()/).filter((c) => c.trim() !== "");
  return chunks.flatMap(parseForms);
}

function parseForms(text: string): Sexp[] {
  const tokens = text.match(/[()]|"(?:[^"\\]|\\.)*"|[^\s()]+/g) ?? [];
  const balance = tokens.reduce((n, t) => n + (t === "(" ? 1 : t === ")" ? -1 : 0), 0);
  if (balance !== 0) throw new Error(`${balance > 0 ? "missing" : "superfluous"} parentheses (${Math.abs(balance)}) in ${text.slice(0, 60)}`);
  let at = 0;
  const one = (): Sexp => {
    const token = tokens[at++];
    if (token !== "(") return token!;
    const list: Sexp[] = [];
    while (tokens[at] !== ")") list.push(one());
    at++;
    return list;
  };
  const out: Sexp[] = [];
  while (at < tokens.length) out.push(one());
  return out;
}

const KINDS: { readonly [k: string]: Kind } = { v: "value", i: "immediate", w: "word", f: "float" };
const COMPARISONS = new Set(["eq", "ne", "lt", "le", "gt", "ge", "ult", "ule", "ugt", "uge"]);
const PLAIN =
  /^(int\.(add|sub|mul|div|mod|and|or|xor|shl|lsr|asr|neg|not|bswap16|popcount|clz|ctz|compare3)|word\.(add|sub|mul|div|mod|udiv|umod|and|or|xor|mulhu|shl|lsr|asr|neg|sext8|sext16|sext32|zext8|zext16|zext32|bswap|popcount|clz|ctz|compare3|ofInt|toInt)|float\.(add|sub|mul|div|neg|abs|sqrt|round32|compare3|ofInt|toInt|ofWord|bits|toWord|ofBits|ofBits32|bits32|box|unbox)|value\.(eq|ne|isInt|opaque)|block\.(tag|size|fieldAt|copy|wordAt|setWordAt|floatAt|setFloatAt)|bytes\.length|raw\.(address|value)|perform|runstack|resume|reperform)$/;

export class CoreText {
  readonly fresh = new b.Fresh();
  readonly bindings: TopBinding[] = [];
  readonly exports = new Map<string, Variable>();
  readonly #globals = new Map<string, Variable>();
  #statics = 0;
  readonly #staticIds = new Map<string, { readonly id: number; readonly bytes: number }>();
  #dialect: boolean;

  constructor(dialect = false) {
    this.#dialect = dialect;
  }

  program(): Program {
    return { bindings: this.bindings, exports: this.exports };
  }

  /** Adds definitions; `dialect` functions do not check the stack. */
  add(text: string, dialect = false): this {
    this.#dialect = dialect;
    const forms = parseSexps(text) as Sexp[][];
    for (let i = 0; i < forms.length; ) {
      const form = forms[i]!;
      if (form[0] === "fun") {
        const group: Sexp[][] = [];
        while (i < forms.length && forms[i]![0] === "fun") group.push(forms[i++]!);
        const variables = group.map((g) => {
          const name = this.#name(g[1] as string);
          const v = this.fresh.variable(name, "value");
          this.#globals.set(name, v);
          return v;
        });
        this.bindings.push({ kind: "letrec", functions: group.map((g, k) => ({ variable: variables[k]!, function: this.#function(g[1] as string, g[2] as Sexp[], g.slice(3), new Map()) })) });
        continue;
      }
      if (form[0] === "def") {
        const value = this.#expr(form[2]!, new Map());
        const [name, kind] = (form[1] as string).split(":") as [string, string | undefined];
        const v = this.fresh.variable(name, KINDS[kind ?? "v"]!);
        this.#globals.set(name, v);
        this.bindings.push({ kind: "let", variable: v, value });
      } else if (form[0] === "do") this.bindings.push({ kind: "effect", value: this.#expr(form[1]!, new Map()) });
      else if (form[0] === "export") this.exports.set(JSON.parse(form[1] as string) as string, this.#globals.get(form[2] as string)!);
      else throw new Error(`unknown form ${String(form[0])}`);
      i++;
    }
    return this;
  }

  #name(binder: string): string {
    return binder.split(":")[0]!;
  }

  #kind(binder: string): Kind {
    return KINDS[binder.split(":")[1] ?? "v"]!;
  }

  #function(binder: string, params: Sexp[], body: Sexp[], env: ReadonlyMap<string, Variable | Label>): Function {
    const inner = new Map(env);
    const parameters = params.map((p) => {
      const v = this.fresh.variable(this.#name(p as string), this.#kind(p as string));
      inner.set(v.name, v);
      return v;
    });
    return b.makeFunction(this.#name(binder), parameters, this.#body(body, inner), { result: this.#kind(binder), runtimeDialect: this.#dialect });
  }

  #body(forms: readonly Sexp[], env: ReadonlyMap<string, Variable | Label>): Expr {
    let e = this.#expr(forms[forms.length - 1]!, env);
    for (let i = forms.length - 2; i >= 0; i--) e = b.sequence(this.#expr(forms[i]!, env), e);
    return e;
  }

  #lookup(name: string, env: ReadonlyMap<string, Variable | Label>): Variable {
    const v = env.get(name) ?? this.#globals.get(name);
    if (v === undefined || !("mutable" in v)) throw new Error(`${name} is not bound`);
    return v as Variable;
  }

  #atom(s: string, env: ReadonlyMap<string, Variable | Label>): Expr {
    if (s.startsWith('"')) return b.string(JSON.parse(s) as string);
    if (/^-?(0x[0-9a-f]+|[0-9]+)w$/.test(s)) return b.word(s.startsWith("-") ? -BigInt(s.slice(1, -1)) : BigInt(s.slice(0, -1)));
    if (/^-?[0-9]+$/.test(s)) return b.int(BigInt(s));
    if (/^-?[0-9]+\.[0-9]*(e-?[0-9]+)?$/.test(s)) return b.float(Number(s));
    return b.variable(this.#lookup(s, env));
  }

  #expr(s: Sexp, env: ReadonlyMap<string, Variable | Label>): Expr {
    if (typeof s === "string") return this.#atom(s, env);
    const head = s[0]!;
    const rest = s.slice(1);
    const sub = (e: Sexp): Expr => this.#expr(e, env);
    const args = (from = 0): Expr[] => rest.slice(from).map(sub);
    if (typeof head !== "string") return b.apply(sub(head), args());
    const bind = (binder: string, mutable = false): [Variable, Map<string, Variable | Label>] => {
      const v = mutable ? this.fresh.mutable(this.#name(binder), this.#kind(binder)) : this.fresh.variable(this.#name(binder), this.#kind(binder));
      return [v, new Map(env).set(v.name, v)];
    };
    switch (head) {
      case "let":
      case "mut": {
        const value = sub(rest[1]!);
        const [v, inner] = bind(rest[0] as string, head === "mut");
        return b.letIn(v, value, this.#body(rest.slice(2), inner));
      }
      case "letrec": {
        // (letrec ((f (params) body…) …) body…)
        const inner = new Map(env);
        const group = rest[0] as Sexp[][];
        const variables = group.map((g) => {
          const v = this.fresh.variable(this.#name(g[0] as string), "value");
          inner.set(v.name, v);
          return v;
        });
        return b.letrecIn(
          group.map((g, k) => ({ variable: variables[k]!, function: this.#function(g[0] as string, g[1] as Sexp[], g.slice(2), inner) })),
          this.#body(rest.slice(1), inner),
        );
      }
      case "lambda":
        return b.lambda(this.#function("lambda", rest[0] as Sexp[], rest.slice(1), env));
      case "set":
        return b.assign(this.#lookup(rest[0] as string, env), sub(rest[1]!));
      case "seq":
        return this.#body(rest, env);
      case "if":
        return b.ifThenElse(sub(rest[0]!), sub(rest[1]!), rest[2] === undefined ? b.unit : sub(rest[2]));
      case "and":
        return b.ifThenElse(sub(rest[0]!), sub(rest[1]!), b.falseExpr);
      case "or":
        return b.ifThenElse(sub(rest[0]!), b.trueExpr, sub(rest[1]!));
      case "while":
        return b.whileLoop(this.fresh, sub(rest[0]!), this.#body(rest.slice(1), env));
      case "switch": {
        const cases = rest.slice(1) as Sexp[][];
        const otherwise = cases.find((c) => c[0] === "else");
        return b.switchOn(
          sub(rest[0]!),
          cases.filter((c) => c[0] !== "else").map((c) => ({ value: Number(c[0]), body: this.#body(c.slice(1), env) })),
          otherwise === undefined ? undefined : this.#body(otherwise.slice(1), env),
        );
      }
      case "join":
      case "loop": {
        // (join (label params…) handler body) and (loop (label params…) handler body)
        const [name, ...params] = rest[0] as string[];
        const label = this.fresh.label(name!);
        const withLabel = new Map(env).set(name!, label);
        const inner = new Map(head === "loop" ? withLabel : env);
        const parameters = params.map((p) => {
          const v = this.fresh.variable(this.#name(p), this.#kind(p));
          inner.set(v.name, v);
          return v;
        });
        return b.join(label, parameters, this.#expr(rest[1]!, inner), this.#expr(rest[2]!, withLabel), head === "loop");
      }
      case "jump": {
        const label = env.get(rest[0] as string);
        if (label === undefined || "mutable" in label) throw new Error(`${String(rest[0])} is no label`);
        return b.jump(label, args(1));
      }
      case "try": {
        const body = sub(rest[0]!);
        const [v, inner] = bind(rest[1] as string);
        return b.tryWith(body, v, this.#expr(rest[2]!, inner));
      }
      case "raise":
        return b.raise("regular", sub(rest[0]!));
      case "raise_notrace":
        return b.raise("notrace", sub(rest[0]!));
      case "block":
        return b.makeBlock(Number(rest[0]), args(1));
      case "mblock":
        return b.makeBlock(Number(rest[0]), args(1), true);
      case "floats":
        return b.primitive({ op: "block.makeFloats", mutable: true }, args());
      case "field":
        return b.field(sub(rest[1]!), Number(rest[0]));
      case "mfield":
        return b.field(sub(rest[1]!), Number(rest[0]), true);
      case "setfield":
        return b.setField(sub(rest[1]!), Number(rest[0]), "pointer", sub(rest[2]!));
      case "setfield.imm":
        return b.setField(sub(rest[1]!), Number(rest[0]), "immediate", sub(rest[2]!));
      case "setfieldAt":
        return b.primitive({ op: "block.setFieldAt", store: "pointer" }, args());
      case "floatfield":
        return b.primitive({ op: "block.floatField", index: Number(rest[0]), mutable: true }, args(1));
      case "setfloatfield":
        return b.primitive({ op: "block.setFloatField", index: Number(rest[0]) }, args(1));
      case "box":
        return b.box(rest[0] as BoxedInteger, sub(rest[1]!));
      case "unbox":
        return b.unbox(rest[0] as BoxedInteger, sub(rest[1]!));
      case "array.length":
        return b.arrayLength("any", sub(rest[0]!));
      case "alloc.small":
        return b.primitive({ op: "alloc.small", tag: Number(rest[0]), size: Number(rest[1]) }, []);
      case "exn":
        return b.predefinedException(rest[0] as string);
      case "machine":
        return b.primitive({ op: "raw.machine", name: rest[0] as string }, args(1));
      case "stub":
        return b.primitive({ op: "stub", name: rest[0] as string, result: KINDS[rest[1] as string]! }, args(2));
      case "symbol":
        return b.primitive({ op: "raw.symbol", name: rest[0] as string }, []);
      case "static":
        // (static name bytes): the same name, the same memory.
        return b.primitive({ op: "raw.static", align: 16, ...this.#static(rest[0] as string, Number(rest[1] ?? 8)) }, []);
      case "load":
      case "load8":
      case "load16":
      case "load32":
        return b.primitive({ op: "raw.load", width: (head === "load" ? 64 : Number(head.slice(4))) as Width, signed: false }, args());
      case "store":
      case "store8":
      case "store16":
      case "store32":
        return b.primitive({ op: "raw.store", width: (head === "store" ? 64 : Number(head.slice(5))) as Width }, args());
      case "bytes.load":
      case "bytes.store":
        return b.primitive({ op: head, width: Number(rest[0]) as Width }, args(1));
    }
    const dot = /^(int|word|float)\.(n?[a-z]+)$/.exec(head);
    if (dot !== null && (COMPARISONS.has(dot[2]!) || /^n(lt|le|gt|ge)$/.test(dot[2]!))) return b.primitive({ op: `${dot[1]!}.compare`, comparison: dot[2] } as unknown as Primitive, args());
    if (PLAIN.test(head)) return b.primitive(b.plain(head as "int.add"), args());
    return b.apply(sub(head), args());
  }

  #static(name: string, bytes: number): { readonly id: number; readonly bytes: number } {
    let known = this.#staticIds.get(name);
    if (known === undefined) {
      known = { id: this.#statics++, bytes };
      this.#staticIds.set(name, known);
    }
    return known;
  }
}
