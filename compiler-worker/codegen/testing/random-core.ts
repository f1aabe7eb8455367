/**
 * Random programs in core that always end, for comparing generated code with the evaluator. Values are trees: an integer, or a
 * block (tag 0 or 1) of an integer and a tree, mutable. The result of a program is one integer.
 */
import * as b from "../../core/build.ts";
import type { Comparison, Expr, FunctionBinding, Kind, Label, TopBinding, UnsignedComparison, Variable } from "../../core/core.ts";

export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 12345) >>> 0;
  }
  next(): number {
    // xorshift32
    let x = this.#state === 0 ? 1 : this.#state;
    x ^= x << 13;
    x >>>= 0;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state;
  }
  below(n: number): number {
    return this.next() % n;
  }
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

interface Known {
  readonly variable: Variable;
  readonly parameters: readonly Kind[];
  readonly result: Kind;
}

interface Scope {
  readonly variables: readonly Variable[];
  readonly mutables: readonly Variable[];
  readonly functions: readonly Known[];
  /** Closures by arity; their arguments and result are values. */
  readonly closures: readonly { readonly variable: Variable; readonly arity: number }[];
  readonly labels: readonly { readonly label: Label; readonly kinds: readonly Kind[] }[];
  readonly inTry: boolean;
}

const KINDS: readonly Kind[] = ["immediate", "immediate", "value", "value", "word", "float"];
const SIGNED: readonly Comparison[] = ["eq", "ne", "lt", "le", "gt", "ge"];
const UNSIGNED: readonly UnsignedComparison[] = ["ult", "ule", "ugt", "uge"];
const INTS = [0n, 1n, -1n, 2n, 3n, 7n, 8n, 10n, 100n, 127n, 128n, -128n, 1000n, 65535n, 0x7fffffffn, -0x80000000n, 0x1_0000_0000n, 4611686018427387903n, -4611686018427387904n];
const WORDS = [0n, 1n, -1n, 2n, 5n, 8n, 63n, 255n, 0x7fffffffn, 0x80000000n, 0xffffffffn, -0x80000000n, 0x123456789abcdefn, 0x7fffffffffffffffn, -0x8000000000000000n];
const FLOATS = [0, 1, -1, 0.5, 2, 3.25, 1e10, -1e-3, 1e300, Infinity];

export class Generator {
  readonly #random: Random;
  readonly #fresh: b.Fresh;
  readonly #bindings: TopBinding[] = [];
  readonly #functions: Known[] = [];
  readonly #globals: Variable[] = [];
  #budget = 0;

  constructor(seed: number, fresh: b.Fresh) {
    this.#random = new Random(seed);
    this.#fresh = fresh;
  }

  /** Bindings, and the checksum as an expression. */
  program(size: number): { readonly bindings: readonly TopBinding[]; readonly result: Expr } {
    const r = this.#random;
    const count = 2 + r.below(5);
    for (let i = 0; i < count; i++) {
      this.#budget = size;
      this.#topFunction(`f${i}`);
      if (r.chance(40)) {
        this.#budget = size / 3;
        const kind = r.pick(KINDS);
        const v = this.#fresh.variable(`g${i}`, kind);
        this.#bindings.push({ kind: "let", variable: v, value: this.#expr(kind, this.#empty(), 3) });
        this.#globals.push(v);
      }
    }
    const total = this.#fresh.mutable("total", "immediate");
    let body: Expr = b.variable(total);
    const scope = this.#empty();
    for (const f of this.#functions) {
      for (let k = 0; k < 3; k++) {
        this.#budget = 10;
        const call = this.#digest(f.result, this.#call(f, scope, 1));
        const exn = this.#fresh.variable("e");
        body = b.sequence(b.assign(total, b.prim("int.add", b.prim("int.mul", b.variable(total), b.int(31)), b.tryWith(call, exn, b.int(77)))), body);
      }
    }
    for (const g of this.#globals) body = b.sequence(b.assign(total, b.prim("int.xor", b.variable(total), this.#digest(g.kind, b.variable(g)))), body);
    const result = b.prim("int.and", b.letIn(total, b.int(1), body), b.int(0x3fff_ffff));
    return { bindings: this.#bindings, result };
  }

  #empty(): Scope {
    return { variables: [...this.#globals], mutables: [], functions: [...this.#functions], closures: [], labels: [], inTry: false };
  }

  /** An immediate that depends on a value of any kind. */
  #digest(kind: Kind, e: Expr): Expr {
    switch (kind) {
      case "immediate":
        return e;
      case "word":
        return b.prim("word.toInt", e);
      case "float": {
        const v = this.#fresh.variable("d", "float");
        return b.letIn(v, e, b.prim("int.add", b.compareFloat("lt", b.variable(v), b.float(1.5)), b.prim("int.mul", b.prim("float.compare3", b.variable(v), b.float(-3)), b.int(5))));
      }
      case "value": {
        // Sums the tree, to a depth.
        const label = this.#fresh.label("sum");
        const tree = this.#fresh.variable("tree");
        const sum = this.#fresh.variable("sum", "immediate");
        const depth = this.#fresh.variable("depth", "immediate");
        const t = b.variable(tree);
        const stop = b.ifThenElse(b.prim("value.isInt", t), b.trueExpr, b.compareInt("gt", b.variable(depth), b.int(20)));
        const next = b.jump(label, [b.field(t, 1, true), b.prim("int.add", b.variable(sum), b.prim("int.mul", b.field(t, 0, true), b.prim("int.add", b.variable(depth), b.int(3)))), b.prim("int.add", b.variable(depth), b.int(1))]);
        return b.join(label, [tree, sum, depth], b.ifThenElse(stop, b.ifThenElse(b.prim("value.isInt", t), b.prim("int.add", b.variable(sum), t), b.variable(sum)), next), b.jump(label, [e, b.int(0), b.int(0)]), true);
      }
    }
  }

  #topFunction(name: string): void {
    const r = this.#random;
    const parameters: Variable[] = [];
    const n = r.chance(15) ? 8 + r.below(8) : 1 + r.below(4);
    for (let i = 0; i < n; i++) parameters.push(this.#fresh.variable(`p${i}`, r.pick(KINDS)));
    const result = r.pick(KINDS);
    const variable = this.#fresh.variable(name);
    const known: Known = { variable, parameters: parameters.map((p) => p.kind), result };
    const scope = { ...this.#empty(), variables: [...this.#globals, ...parameters] };
    let body = this.#expr(result, scope, 6);
    // Recursion with a decreasing first parameter.
    const first = parameters[0]!;
    if (first.kind === "immediate" && r.chance(50)) {
      const args: Expr[] = parameters.map((p, i) => (i === 0 ? b.prim("int.sub", b.prim("int.and", b.variable(p), b.int(15)), b.int(1)) : this.#expr(p.kind, scope, 2)));
      const recursive = b.apply(b.variable(variable), args);
      const again = r.chance(50) ? recursive : this.#mix(result, recursive, this.#expr(result, scope, 3));
      body = b.ifThenElse(b.compareInt("gt", b.prim("int.and", b.variable(first), b.int(15)), b.int(0)), again, body);
    }
    const functions: FunctionBinding[] = [{ variable, function: b.makeFunction(name, parameters, body, { result }) }];
    this.#bindings.push({ kind: "letrec", functions });
    this.#functions.push(known);
  }

  #mix(kind: Kind, x: Expr, y: Expr): Expr {
    switch (kind) {
      case "immediate":
        return b.prim("int.add", x, y);
      case "word":
        return b.prim("word.xor", x, y);
      case "float":
        return b.prim("float.add", x, y);
      case "value":
        return this.#node(this.#digest("value", x), y);
    }
  }

  #node(head: Expr, tail: Expr): Expr {
    return b.makeBlock(this.#random.below(2), [head, tail], true);
  }

  #call(f: Known, scope: Scope, depth: number): Expr {
    return b.apply(
      b.variable(f.variable),
      f.parameters.map((k) => this.#expr(k, scope, depth)),
    );
  }

  #leaf(kind: Kind, scope: Scope): Expr {
    const r = this.#random;
    const known = [...scope.variables, ...scope.mutables].filter((v) => v.kind === kind);
    if (known.length > 0 && r.chance(80)) return b.variable(r.pick(known));
    switch (kind) {
      case "immediate":
        return b.int(r.chance(70) ? r.pick(INTS) : BigInt(r.below(1000)));
      case "word":
        return b.word(r.pick(WORDS));
      case "float":
        return b.float(r.pick(FLOATS));
      case "value":
        return r.chance(50) ? b.int(r.below(100)) : this.#node(b.int(r.below(10)), b.int(r.below(10)));
    }
  }

  #withVariables(scope: Scope, ...variables: Variable[]): Scope {
    return { ...scope, variables: [...scope.variables, ...variables] };
  }

  /** An expression in a position where jumps to the scope's labels are not allowed. */
  #inner(kind: Kind, scope: Scope, depth: number): Expr {
    return this.#expr(kind, scope.labels.length === 0 ? scope : { ...scope, labels: [] }, depth);
  }

  #expr(kind: Kind, scope: Scope, depth: number): Expr {
    const r = this.#random;
    this.#budget--;
    if (depth <= 0 || this.#budget <= 0) return this.#leaf(kind, scope);
    const d = depth - 1;
    switch (r.below(22)) {
      case 0:
      case 1:
      case 2:
      case 3: {
        const k = r.pick(KINDS);
        const v = this.#fresh.variable("x", k);
        return b.letIn(v, this.#inner(k, scope, d), this.#expr(kind, this.#withVariables(scope, v), depth));
      }
      case 4: {
        const k = r.pick(KINDS);
        const v = this.#fresh.mutable("m", k);
        return b.letIn(v, this.#inner(k, scope, d), this.#expr(kind, { ...scope, mutables: [...scope.mutables, v] }, depth));
      }
      case 5:
        if (scope.mutables.length > 0) {
          const v = r.pick(scope.mutables);
          return b.sequence(b.assign(v, this.#inner(v.kind, scope, d)), this.#expr(kind, scope, depth));
        }
        break;
      case 6:
      case 7:
        return b.ifThenElse(this.#condition(scope, d), this.#expr(kind, scope, d), this.#expr(kind, scope, d));
      case 8: {
        const cases: { value: number; body: Expr }[] = [];
        const n = 1 + r.below(7);
        for (let i = 0; i < n; i++) cases.push({ value: r.chance(85) ? i : 20 + i, body: this.#expr(kind, scope, d) });
        return b.switchOn(b.prim("int.and", this.#inner("immediate", scope, d), b.int(7)), cases, this.#expr(kind, scope, d));
      }
      case 9: {
        const label = this.#fresh.label("j");
        const kinds = Array.from({ length: r.below(3) }, () => r.pick(KINDS));
        const parameters = kinds.map((k) => this.#fresh.variable("a", k));
        return b.join(label, parameters, this.#expr(kind, this.#withVariables(scope, ...parameters), d), this.#expr(kind, { ...scope, labels: [...scope.labels, { label, kinds }] }, d));
      }
      case 10:
        if (scope.labels.length > 0) {
          const { label, kinds } = r.pick(scope.labels);
          return b.jump(label, kinds.map((k) => this.#inner(k, scope, d)));
        }
        break;
      case 11:
        return this.#loop(kind, scope, d);
      case 12: {
        const v = this.#fresh.variable("e");
        return b.tryWith(this.#expr(kind, { ...scope, inTry: true }, d), v, this.#expr(kind, this.#withVariables(scope, v), d));
      }
      case 13:
        if (scope.inTry && r.chance(40)) return b.sequence(b.ifThenElse(this.#condition(scope, d), b.raise(r.chance(50) ? "regular" : "notrace", this.#inner("value", scope, d)), b.unit), this.#expr(kind, scope, d));
        break;
      case 14:
      case 15:
        if (scope.functions.length > 0) {
          const f = r.pick(scope.functions);
          const v = this.#fresh.variable("c", f.result);
          return b.letIn(v, this.#call(f, { ...scope, labels: [] }, Math.min(d, 2)), this.#expr(kind, this.#withVariables(scope, v), d));
        }
        break;
      case 16:
        return this.#closure(kind, scope, d);
      case 17:
        if (scope.closures.length > 0) {
          const c = r.pick(scope.closures);
          // Sometimes too few arguments at first, sometimes all.
          const args = Array.from({ length: c.arity }, () => this.#inner("value", scope, Math.min(d, 2)));
          const split = c.arity > 1 && r.chance(40) ? 1 + r.below(c.arity - 1) : c.arity;
          const first = b.apply(b.prim("value.opaque", b.variable(c.variable)), args.slice(0, split));
          const call = split < c.arity ? b.apply(first, args.slice(split)) : r.chance(50) ? first : b.apply(b.variable(c.variable), args);
          const v = this.#fresh.variable("c");
          return b.letIn(v, call, this.#expr(kind, this.#withVariables(scope, v), d));
        }
        break;
      case 18: {
        const blocks = scope.variables.filter((v) => v.kind === "value");
        if (blocks.length > 0) {
          const t = b.variable(r.pick(blocks));
          const change = r.chance(50) ? b.setField(t, 0, "immediate", this.#inner("immediate", scope, d)) : b.setField(t, 1, "pointer", b.int(r.below(9)));
          return b.sequence(b.ifThenElse(b.prim("value.isInt", t), b.unit, change), this.#expr(kind, scope, d));
        }
        break;
      }
      default:
        break;
    }
    return this.#operation(kind, scope, d);
  }

  #condition(scope: Scope, d: number): Expr {
    const r = this.#random;
    switch (r.below(6)) {
      case 0:
        return b.compareWord(r.pick([...SIGNED, ...UNSIGNED]), this.#inner("word", scope, d), this.#inner("word", scope, d));
      case 1:
        return b.compareFloat(r.pick([...SIGNED, "nlt", "nle", "ngt", "nge"] as const), this.#inner("float", scope, d), this.#inner("float", scope, d));
      case 2:
        return b.prim("value.isInt", this.#inner("value", scope, d));
      case 3:
        return b.not(this.#condition(scope, d));
      default:
        return b.compareInt(r.pick([...SIGNED, ...UNSIGNED]), this.#inner("immediate", scope, d), this.#inner("immediate", scope, d));
    }
  }

  /** A loop with a counter and one more parameter, and assignments in it. */
  #loop(kind: Kind, scope: Scope, d: number): Expr {
    const r = this.#random;
    const label = this.#fresh.label("loop");
    const i = this.#fresh.variable("i", "immediate");
    const k = r.pick(KINDS);
    const x = this.#fresh.variable("acc", k);
    const inside = this.#withVariables(scope, i, x);
    const next = b.jump(label, [b.prim("int.sub", b.variable(i), b.int(1)), this.#inner(k, inside, d)]);
    const step = scope.mutables.length > 0 && r.chance(50) ? ((v) => b.sequence(b.assign(v, this.#inner(v.kind, inside, Math.min(d, 2))), next))(r.pick(scope.mutables)) : next;
    const body = r.chance(30) ? b.ifThenElse(this.#condition({ ...inside, labels: [] }, Math.min(d, 2)), step, this.#expr(kind, inside, d)) : step;
    return b.join(label, [i, x], b.ifThenElse(b.compareInt("le", b.variable(i), b.int(0)), this.#expr(kind, inside, d), body), b.jump(label, [b.int(r.below(6)), this.#inner(k, scope, d)]), true);
  }

  #closure(kind: Kind, scope: Scope, d: number): Expr {
    const r = this.#random;
    const visible = { ...scope, labels: [], mutables: [], inTry: false };
    const make = (): { f: Variable; parameters: Variable[] } => ({ f: this.#fresh.variable("h"), parameters: Array.from({ length: 1 + r.below(4) }, (_, i) => this.#fresh.variable(`q${i}`)) });
    const group = r.chance(30) ? [make(), make()] : [make()];
    const functions: FunctionBinding[] = group.map(({ f, parameters }, n) => {
      const others = group.slice(n + 1).map((o) => ({ variable: o.f, arity: o.parameters.length }));
      // Only later members are called, so that recursion ends.
      return { variable: f, function: b.makeFunction("h", parameters, this.#expr("value", { ...this.#withVariables(visible, ...parameters), closures: [...scope.closures, ...others] }, Math.min(d, 3))) };
    });
    const closures = group.map(({ f, parameters }) => ({ variable: f, arity: parameters.length }));
    return b.letrecIn(functions, this.#expr(kind, { ...scope, closures: [...scope.closures, ...closures] }, d));
  }

  #operation(kind: Kind, scope: Scope, d: number): Expr {
    const r = this.#random;
    const int = (): Expr => this.#inner("immediate", scope, d);
    const word = (): Expr => this.#inner("word", scope, d);
    const float = (): Expr => this.#inner("float", scope, d);
    const value = (): Expr => this.#inner("value", scope, d);
    switch (kind) {
      case "immediate":
        switch (r.below(14)) {
          case 0:
          case 1:
            return b.prim(r.pick(["int.add", "int.sub", "int.mul", "int.and", "int.or", "int.xor"] as const), int(), int());
          case 2:
            return b.prim(r.pick(["int.div", "int.mod"] as const), int(), b.int(r.pick([1n, 2n, 3n, 7n, 8n, 10n, -1n, -3n, 1000n])));
          case 3:
            return b.prim(r.pick(["int.div", "int.mod"] as const), int(), b.prim("int.or", b.prim("int.and", int(), b.int(255)), b.int(1)));
          case 4:
            return b.prim(r.pick(["int.shl", "int.lsr", "int.asr"] as const), int(), b.int(r.below(62)));
          case 5:
            return b.prim(r.pick(["int.shl", "int.lsr", "int.asr"] as const), int(), b.prim("int.and", int(), b.int(31)));
          case 6:
            return b.prim(r.pick(["int.neg", "int.popcount", "int.clz", "int.ctz", "int.bswap16"] as const), int());
          case 7:
            return this.#condition(scope, d);
          case 8:
            return b.prim("int.compare3", int(), int());
          case 9:
            return b.prim("word.toInt", word());
          case 10:
            return b.prim("word.compare3", word(), word());
          case 11:
            return b.prim("float.compare3", float(), float());
          case 12: {
            const v = this.#fresh.variable("t");
            const t = b.variable(v);
            return b.letIn(v, value(), b.ifThenElse(b.prim("value.isInt", t), t, r.chance(70) ? b.field(t, 0, true) : b.prim("block.tag", t)));
          }
          default: {
            const v = this.#fresh.variable("s");
            return b.letIn(v, b.string("some text of bytes to read"), b.prim("int.add", b.prim("bytes.length", b.variable(v)), b.prim("word.toInt", b.primitive({ op: "bytes.load", width: r.pick([8, 16, 32] as const) }, [b.variable(v), b.prim("int.and", int(), b.int(15))]))));
          }
        }
      case "word":
        switch (r.below(9)) {
          case 0:
          case 1:
            return b.prim(r.pick(["word.add", "word.sub", "word.mul", "word.and", "word.or", "word.xor", "word.mulhu"] as const), word(), word());
          case 2:
            return b.prim(r.pick(["word.div", "word.mod", "word.udiv", "word.umod"] as const), word(), b.word(r.pick([1n, 2n, 3n, 8n, 10n, 1000n, 0x7fffffffn])));
          case 3:
            return b.prim(r.pick(["word.udiv", "word.umod"] as const), word(), b.prim("word.or", b.prim("word.and", word(), b.word(0xffff)), b.word(1)));
          case 4:
            return b.prim(r.pick(["word.shl", "word.lsr", "word.asr"] as const), word(), b.int(r.below(64)));
          case 5:
            return b.prim(r.pick(["word.shl", "word.lsr", "word.asr"] as const), word(), b.prim("int.and", int(), b.int(63)));
          case 6:
            return b.prim(r.pick(["word.neg", "word.sext8", "word.sext16", "word.sext32", "word.zext8", "word.zext16", "word.zext32", "word.bswap", "word.popcount", "word.clz", "word.ctz"] as const), word());
          case 7:
            return b.unbox("int64", r.chance(50) ? b.box("int64", word()) : b.prim("value.opaque", b.box("int64", word())));
          default:
            return b.prim("word.ofInt", int());
        }
      case "float":
        switch (r.below(6)) {
          case 0:
          case 1:
            return b.prim(r.pick(["float.add", "float.sub", "float.mul"] as const), float(), float());
          case 2:
            return b.prim(r.pick(["float.neg", "float.abs", "float.round32"] as const), float());
          case 3:
            return b.prim("float.ofInt", b.prim("int.and", int(), b.int(0xffffff)));
          case 4:
            return b.unboxFloat(b.prim("value.opaque", b.boxFloat(float())));
          default: {
            const v = this.#fresh.variable("fa");
            return b.letIn(v, b.primitive({ op: "block.makeFloats", mutable: true }, [float(), float()]), b.primitive({ op: "block.floatField", index: r.below(2), mutable: true }, [b.variable(v)]));
          }
        }
      case "value":
        switch (r.below(4)) {
          case 0: {
            const v = this.#fresh.variable("t");
            const t = b.variable(v);
            return b.letIn(v, value(), b.ifThenElse(b.prim("value.isInt", t), t, b.field(t, 1, true)));
          }
          case 1:
            return b.prim("value.opaque", value());
          default:
            return this.#node(int(), value());
        }
    }
  }
}
