/**
 * Changes of the graph as changes of `config.ml`: wires, arguments and nodes are changed where they are written, and everything else
 * stays as it is. What the configuration computes with code of its own is refused, with the reason.
 */
import type * as Ast from "../../syntax/ast.ts";
import { parseImplementation } from "../../syntax/parser.ts";
import type { DeviceNode, GraphEdge, GraphNode, ParameterValue } from "../project.ts";
import { parameterName, type Combinator, type CombinatorArgument, type CombinatorInput } from "./dsl.ts";
import { CONFIG_FILE } from "./evaluate.ts";
import { hole } from "./hole.ts";
import { renameVariable } from "./rename.ts";

export interface EditedGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export type EditedConfiguration = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** Why a change cannot be made in the text. */
class Refused extends Error {}

const refuse = (reason: string): never => {
  throw new Refused(reason);
};

/**
 * The text (one code unit a byte) after a change of the graph. `inputsOf` tells the ports of nodes that were there before, and of
 * applications that are new, in order.
 */
export function editConfiguration(text: string, before: EditedGraph, after: EditedGraph, combinators: ReadonlyMap<string, Combinator>, inputsOf: (node: string) => readonly CombinatorInput[]): EditedConfiguration {
  try {
    return { ok: true, text: new Editing(text, before, after, combinators, inputsOf).run() };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.message };
    throw error;
  }
}

type Apply = Ast.Expression & { readonly desc: Extract<Ast.ExpressionDesc, { kind: "apply" }> };

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

class Editing {
  readonly #text: string;
  readonly #before: EditedGraph;
  readonly #after: EditedGraph;
  readonly #combinators: ReadonlyMap<string, Combinator>;
  readonly #inputsOf: (node: string) => readonly CombinatorInput[];
  readonly #items: Ast.Structure;
  readonly #bindings = new Map<string, { readonly item: Ast.StructureItem; readonly expression: Ast.Expression }>();
  readonly #applications: Apply[] = [];
  readonly #replacements: Replacement[] = [];

  constructor(text: string, before: EditedGraph, after: EditedGraph, combinators: ReadonlyMap<string, Combinator>, inputsOf: (node: string) => readonly CombinatorInput[]) {
    this.#text = text;
    this.#before = before;
    this.#after = after;
    this.#combinators = combinators;
    this.#inputsOf = inputsOf;
    const { tree, diagnostics } = parseImplementation({ name: CONFIG_FILE, text });
    if (diagnostics.some((d) => d.severity === "error")) refuse(`${CONFIG_FILE} has a syntax error: mend it in the editor first.`);
    this.#items = tree.items;
    for (const item of tree.items) {
      if (item.desc.kind === "eval") this.#collect(item.desc.expression);
      if (item.desc.kind !== "value") continue;
      for (const { pattern, expression } of item.desc.bindings) {
        if (pattern.desc.kind === "var" && item.desc.bindings.length === 1) this.#bindings.set(pattern.desc.name.value, { item, expression });
        this.#collect(expression);
      }
    }
  }

  /** All applications of an expression, those of functions that it defines excepted. */
  #collect(expression: Ast.Expression): void {
    const { desc } = expression;
    switch (desc.kind) {
      case "apply":
        this.#applications.push(expression as Apply);
        this.#collect(desc.function);
        for (const { argument } of desc.args) this.#collect(argument);
        break;
      case "tuple":
        for (const component of desc.components) this.#collect(component);
        break;
      case "construct":
        if (desc.argument !== undefined) this.#collect(desc.argument);
        break;
      case "let":
        for (const binding of desc.bindings) this.#collect(binding.expression);
        this.#collect(desc.body);
        break;
      case "sequence":
        for (const part of desc.expressions) this.#collect(part);
        break;
      case "constraint":
        this.#collect(desc.expression);
        break;
      default:
    }
  }

  run(): string {
    const old = new Map(this.#before.nodes.map((n) => [n.id, n]));
    const kept = new Map(this.#after.nodes.map((n) => [n.id, n]));
    const removed = this.#before.nodes.filter((n) => !kept.has(n.id));
    const added = this.#after.nodes.filter((n) => !old.has(n.id));
    if (removed.length === 1 && added.length === 1 && this.#isRenaming(removed[0]!, added[0]!)) {
      this.#rename(removed[0]!.id, added[0]!.id);
      return this.#apply();
    }
    for (const node of removed) this.#remove(node);
    for (const node of this.#after.nodes) {
      const previous = old.get(node.id);
      if (previous === undefined) continue;
      this.#changeArguments(previous, node);
      this.#changeWires(node);
    }
    this.#add(added);
    return this.#apply();
  }

  /** Whether all that happened to the graph is that a node is called otherwise. */
  #isRenaming(was: GraphNode, is: GraphNode): boolean {
    const renamed = (id: string): string => (id === was.id ? is.id : id);
    const content = (graph: EditedGraph, name: (id: string) => string): string =>
      JSON.stringify([
        graph.nodes.map((n) => (n.kind === "application" ? [name(n.id), n.module] : [name(n.id), n.device, Object.entries(n.parameters).sort()])).sort(),
        graph.edges.map((e) => [name(e.from), name(e.to), e.port]).sort(),
      ]);
    return content(this.#before, renamed) === content(this.#after, (id) => id);
  }

  #rename(from: string, to: string): void {
    const changes = renameVariable(this.#items, this.#text, from, to);
    if (typeof changes === "string") refuse(changes);
    else this.#replacements.push(...changes);
  }

  #apply(): string {
    let result = "";
    let at = 0;
    for (const { start, end, text } of this.#replacements.sort((a, b) => a.start - b.start || a.end - b.end)) {
      if (start < at) continue;
      result += this.#text.slice(at, start) + text;
      at = end;
    }
    return result + this.#text.slice(at);
  }

  // ------------------------------------------------------------ where nodes are written

  #makerOf(node: GraphNode): string {
    return node.kind === "application" ? "main" : node.device;
  }

  /** The call that makes a node: in the binding of its name, or the only one of its maker. */
  #callOf(node: GraphNode): Apply | undefined {
    const maker = this.#makerOf(node);
    const binding = this.#bindings.get(node.id);
    const isCall = (a: Apply): boolean => makerName(a.desc.function) === maker;
    if (binding !== undefined) return this.#applications.find((a) => isCall(a) && within(a, binding.expression));
    const calls = this.#applications.filter(isCall);
    return calls.length === 1 ? calls[0] : undefined;
  }

  /** The operands of `f $ a $ b` with the node as `f`, and where a further one goes. */
  #operandsOf(node: GraphNode): { readonly operands: readonly Ast.Expression[]; readonly end: number } | undefined {
    const call = this.#callOf(node);
    const binding = this.#bindings.get(node.id);
    const isHead = (head: Ast.Expression): boolean => (binding !== undefined && nameOf(head) === node.id) || (call !== undefined && head === call) || (binding !== undefined && head === binding.expression);
    let longest: { operands: Ast.Expression[]; end: number } | undefined;
    for (const application of this.#applications) {
      const operands: Ast.Expression[] = [];
      let head: Ast.Expression = application;
      while (head.desc.kind === "apply" && nameOf(head.desc.function) === "$" && head.desc.args.length === 2) {
        operands.unshift(head.desc.args[1]!.argument);
        head = head.desc.args[0]!.argument;
      }
      if (operands.length > 0 && isHead(head) && operands.length > (longest?.operands.length ?? 0)) longest = { operands, end: application.loc.end };
    }
    if (longest !== undefined) return longest;
    // The node without operands: where it is used, or made.
    const use = call ?? binding?.expression;
    return use === undefined ? undefined : { operands: [], end: use.loc.end };
  }

  // ------------------------------------------------------------ wires

  #changeWires(node: GraphNode): void {
    const from = (graph: EditedGraph, port: string): string | undefined => graph.edges.find((e) => e.to === node.id && e.port === port)?.from;
    const inputs = this.#inputsOf(node.id);
    inputs.forEach(({ port, type }, index) => {
      const was = from(this.#before, port);
      const is = from(this.#after, port);
      if (was === is) return;
      const wanted = is ?? hole(type);
      const operand = this.#operand(node, index, inputs.length);
      if (operand === undefined) return;
      if (operand.kind === "missing") {
        if (is !== undefined) this.#replacements.push({ start: operand.at, end: operand.at, text: ` $ ${wanted}` });
        return;
      }
      const name = nameOf(operand.expression);
      if (name === undefined) refuse(`What ${node.id} is given as ${port} is written inside of its own expression in ${CONFIG_FILE}. Give it a name there, or change the text.`);
      if (was !== undefined && name !== was && name !== hole(type)) refuse(`${CONFIG_FILE} gives ${port} to ${node.id} with code of its own (${name}). Change it in the text.`);
      const { start, end } = operand.expression.loc;
      this.#replacements.push({ start, end, text: wanted });
    });
  }

  #operand(node: GraphNode, index: number, count: number): { readonly kind: "found"; readonly expression: Ast.Expression } | { readonly kind: "missing"; readonly at: number } | undefined {
    const combinator = node.kind === "device" ? this.#combinators.get(node.device) : undefined;
    if (combinator !== undefined && !combinator.isFunctor) {
      const call = this.#callOf(node) ?? refuse(`${CONFIG_FILE} makes ${node.id} with code of its own. Change it in the text.`);
      const plain = call.desc.args.filter((a) => a.label.kind === "nolabel").slice(-count);
      const argument = plain[index]?.argument;
      if (argument === undefined || plain.length !== count) refuse(`${CONFIG_FILE} makes ${node.id} in several steps. Change it in the text.`);
      return { kind: "found", expression: argument! };
    }
    const spine = this.#operandsOf(node) ?? refuse(`${CONFIG_FILE} makes ${node.id} with code of its own. Change it in the text.`);
    const expression = spine.operands[index];
    if (expression !== undefined) return { kind: "found", expression };
    if (index !== spine.operands.length) refuse(`${node.id} is given its devices in order: wire the ports above first.`);
    return { kind: "missing", at: spine.end };
  }

  // ------------------------------------------------------------ arguments

  #changeArguments(was: GraphNode, is: GraphNode): void {
    if (was.kind === "application" && is.kind === "application") {
      if (was.module === is.module) return;
      const call = this.#callOf(is) ?? refuse(`${CONFIG_FILE} makes ${is.id} with code of its own. Change it in the text.`);
      const name = call.desc.args.find((a) => a.label.kind === "nolabel")?.argument;
      if (name === undefined || name.desc.kind !== "constant") refuse(`The module of ${is.id} is computed in ${CONFIG_FILE}. Change it in the text.`);
      this.#replacements.push({ start: name!.loc.start, end: name!.loc.end, text: quoted(is.module) });
      return;
    }
    if (was.kind !== "device" || is.kind !== "device") return;
    const combinator = this.#combinators.get(is.device);
    combinator?.arguments.forEach((argument, index) => {
      const name = parameterName(combinator.arguments, argument);
      if (was.parameters[name] === is.parameters[name]) return;
      this.#changeArgument(is, combinator, argument, index);
    });
  }

  #changeArgument(node: DeviceNode, combinator: Combinator, argument: CombinatorArgument, index: number): void {
    const call = this.#callOf(node) ?? refuse(`${CONFIG_FILE} makes ${node.id} with code of its own. Change it in the text.`);
    const value = argumentText(argument, node.parameters[parameterName(combinator.arguments, argument)]);
    const { args } = call.desc;
    if (argument.label === undefined) {
      const position = combinator.arguments.slice(0, index).filter((a) => a.label === undefined).length;
      const written = args.filter((a) => a.label.kind === "nolabel")[position]?.argument;
      if (written === undefined) refuse(`${CONFIG_FILE} makes ${node.id} in several steps. Change it in the text.`);
      this.#replacements.push({ start: written!.loc.start, end: written!.loc.end, text: value ?? '""' });
      return;
    }
    const written = args.find((a) => a.label.kind !== "nolabel" && a.label.name === argument.label);
    if (written === undefined) {
      if (value !== undefined) this.#replacements.push({ start: call.desc.function.loc.end, end: call.desc.function.loc.end, text: ` ~${argument.label}:${value}` });
      return;
    }
    const { start, end } = written.argument.loc;
    const label = this.#text.lastIndexOf(written.label.kind === "optional" ? "?" : "~", start);
    const from = value === undefined && /\s/.test(this.#text.charAt(label - 1)) ? label - 1 : label;
    this.#replacements.push({ start: from, end, text: value === undefined ? "" : `~${argument.label}:${value}` });
  }

  // ------------------------------------------------------------ nodes

  #remove(node: GraphNode): void {
    const binding = this.#bindings.get(node.id);
    if (node.kind === "application") this.#leaveJobs(node);
    if (binding === undefined) {
      // A value of the library, or what is written where it is used: the wires that go with it take it away.
      if (node.kind === "device" && !this.#before.edges.some((e) => e.from === node.id) && !this.#isConstant(node)) refuse(`${CONFIG_FILE} makes ${node.id} inside of another expression. Change it in the text.`);
      return;
    }
    const { start, end } = binding.item.loc;
    const line = this.#text.charAt(end) === "\n" ? end + 1 : end;
    this.#replacements.push({ start, end: line, text: "" });
  }

  #isConstant(node: DeviceNode): boolean {
    const combinator = this.#combinators.get(node.device);
    return combinator !== undefined && combinator.inputs.length === 0 && combinator.arguments.length === 0;
  }

  /** Takes an application from the list of jobs. */
  #leaveJobs(node: GraphNode): void {
    const register = this.#applications.find((a) => makerName(a.desc.function) === "register");
    const list = register?.desc.args.findLast((a) => a.label.kind === "nolabel")?.argument;
    const elements = list === undefined ? [] : elementsOf(list);
    const call = this.#callOf(node);
    const at = elements.findIndex((e) => {
      let head = e;
      while (head.desc.kind === "apply" && nameOf(head.desc.function) === "$") head = head.desc.args[0]!.argument;
      return nameOf(head) === node.id || head === call;
    });
    if (at < 0) refuse(`${CONFIG_FILE} registers ${node.id} with code of its own. Change it in the text.`);
    const element = elements[at]!;
    const next = elements[at + 1];
    const previous = elements[at - 1];
    if (next !== undefined) this.#replacements.push({ start: element.loc.start, end: next.loc.start, text: "" });
    else this.#replacements.push({ start: previous?.loc.end ?? element.loc.start, end: element.loc.end, text: "" });
  }

  /** Puts an application into the list of jobs, with the devices that it is wired to. */
  #enterJobs(node: GraphNode, names: readonly string[]): void {
    const register = this.#applications.find((a) => makerName(a.desc.function) === "register");
    const list = register?.desc.args.findLast((a) => a.label.kind === "nolabel")?.argument;
    const isList = list?.desc.kind === "construct" && (list.desc.argument === undefined || elementsOf(list).length > 0) && this.#text.charAt(list.loc.start) === "[";
    if (!isList) refuse(`${CONFIG_FILE} computes the list of its jobs. Write ${node.id} into it in the text.`);
    const job = [node.id, ...names].join(" $ ");
    const last = elementsOf(list!).at(-1);
    if (last === undefined) this.#replacements.push({ start: list!.loc.start, end: list!.loc.end, text: `[ ${job} ]` });
    else this.#replacements.push({ start: last.loc.end, end: last.loc.end, text: `; ${job}` });
  }

  #applicationText(node: GraphNode & { readonly kind: "application" }): string {
    const inputs = this.#inputsOf(node.id);
    this.#enterJobs(node, inputs.map(({ port, type }) => this.#after.edges.find((e) => e.to === node.id && e.port === port)?.from ?? hole(type)));
    const type = [...inputs.map((i) => i.type), "job"].join(" @-> ");
    // Most configurations call an application of theirs `main`, which hides what makes them.
    const make = this.#bindings.has("main") ? "Mirage.main" : "main";
    return `let ${node.id} = ${make} ${quoted(node.module)} ${inputs.length === 0 ? type : `(${type})`}\n`;
  }

  /** New devices are bound before the first phrase that uses them, or before the registration; applications before it, and registered. */
  #add(nodes: readonly GraphNode[]): void {
    const names = new Set(nodes.map((n) => n.id));
    const done = new Set<string>();
    const order: GraphNode[] = [];
    const visit = (node: GraphNode): void => {
      if (done.has(node.id)) return;
      done.add(node.id);
      for (const edge of this.#after.edges) if (edge.to === node.id && names.has(edge.from)) visit(nodes.find((n) => n.id === edge.from)!);
      order.push(node);
    };
    for (const node of nodes) visit(node);
    const lines = order.flatMap((node) => {
      if (node.kind === "application") return [this.#applicationText(node)];
      const combinator = this.#combinators.get(node.device);
      if (combinator === undefined) return refuse(`${node.device} is a device of ${CONFIG_FILE}'s own: only its text can make another.`);
      return this.#isConstant(node) && node.id === node.device ? [] : [`let ${node.id} = ${this.#expression(node, combinator)}\n`];
    });
    if (lines.length === 0) return;
    const users = this.#after.edges.flatMap((e) => (names.has(e.from) && !names.has(e.to) ? (this.#after.nodes.find((n) => n.id === e.to) ?? []) : []));
    const places = users.flatMap((user) => this.#bindings.get(user.id)?.item.loc.start ?? this.#itemOf(this.#callOf(user))?.loc.start ?? []);
    const registration = this.#itemOf(this.#applications.find((a) => makerName(a.desc.function) === "register")) ?? this.#items.at(-1);
    const at = Math.min(...places, registration?.loc.start ?? this.#text.length);
    this.#replacements.push({ start: at, end: at, text: lines.join("") });
  }

  /** The phrase of the file that an expression is in. */
  #itemOf(expression: Ast.Expression | undefined): Ast.StructureItem | undefined {
    return expression === undefined ? undefined : this.#items.find((i) => i.loc.start <= expression.loc.start && expression.loc.end <= i.loc.end);
  }

  #expression(node: DeviceNode, combinator: Combinator): string {
    const parts = [combinator.name];
    combinator.arguments.forEach((argument) => {
      const value = argument.type === "unit" ? "()" : argumentText(argument, node.parameters[parameterName(combinator.arguments, argument)]);
      if (value !== undefined) parts.push(argument.label === undefined ? value : `~${argument.label}:${value}`);
      else if (!argument.optional) parts.push(argument.label === undefined ? (argument.type === "string" ? '""' : hole("argument")) : `~${argument.label}:${hole(argument.label)}`);
    });
    const given = combinator.inputs.map(({ port, type }) => this.#after.edges.find((e) => e.to === node.id && e.port === port)?.from ?? hole(type));
    return combinator.isFunctor ? [parts.join(" "), ...given].join(" $ ") : [...parts, ...given].join(" ");
  }
}

/** The text of an argument's value; undefined when it is left out. */
function argumentText(argument: CombinatorArgument, value: ParameterValue | undefined): string | undefined {
  if (value === undefined || (value === "" && (argument.optional || argument.type !== "string"))) return undefined;
  if (typeof value !== "string") return String(value);
  if (!argument.optional && argument.type === "string") return quoted(value);
  return /^[\w"'.]+$/.test(value) || /^"(?:[^"\\]|\\.)*"$/.test(value) || /^\(.*\)$/.test(value) || /^\[.*\]$/.test(value) ? value : `(${value})`;
}

/** A string as OCaml writes it; bytes of characters stay as they are, so that people can read them. */
function quoted(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r" };
  return `"${text.replace(/["\\\0-\x1f\x7f]/g, (c) => escapes[c] ?? `\\${String(c.charCodeAt(0)).padStart(3, "0")}`)}"`;
}

function nameOf({ desc }: Ast.Expression): string | undefined {
  return desc.kind === "ident" && desc.ident.value.kind === "ident" ? desc.ident.value.name : undefined;
}

/** The name of a function of the library, also when it is written `Mirage.name`. */
function makerName(expression: Ast.Expression): string | undefined {
  const { desc } = expression;
  if (desc.kind !== "ident" || desc.ident.value.kind !== "dot") return nameOf(expression);
  const { prefix, name } = desc.ident.value;
  return prefix.kind === "ident" && prefix.name === "Mirage" ? name : undefined;
}

function within(inner: Ast.Expression, outer: Ast.Expression): boolean {
  return inner.loc.start >= outer.loc.start && inner.loc.end <= outer.loc.end;
}

/** The elements of a list that is written out. */
function elementsOf(list: Ast.Expression): Ast.Expression[] {
  const elements: Ast.Expression[] = [];
  for (let rest: Ast.Expression | undefined = list; rest !== undefined; ) {
    const { desc }: Ast.Expression = rest;
    if (desc.kind !== "construct" || desc.argument?.desc.kind !== "tuple") break;
    const [head, tail]: readonly Ast.Expression[] = desc.argument.desc.components;
    elements.push(head!);
    rest = tail;
  }
  return elements;
}
