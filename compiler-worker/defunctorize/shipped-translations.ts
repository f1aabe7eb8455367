/**
 * Translations that were made when the compiler was built: of functions of the library's units, so that a program's first build need not type and
 * translate what it uses of them. As in a later build of one session (`memo.ts`), the questions of the translation are asked again, and when the
 * answers are the same the bindings are too; that the types are the same follows from the library's being the same, which the file's digest says.
 *
 * A group is found by its unit's file and where its item begins there. What its questions name by identifiers of the unit is found by their
 * numbers (`structure-idents.ts`).
 */
import type { Fresh } from "../core/build.ts";
import type { Variable } from "../core/core.ts";
import { Reader, StringTable, Strings, Unserializable, Writer } from "../core/serial.ts";
import type { Location, SourceFile } from "../syntax/diagnostics.ts";
import { persistent, predef } from "../typing/ident.ts";
import { headOf } from "../typing/path.ts";
import type { Ident, Path, PrimitiveDescription } from "../typing/types.ts";
import type { DialectSignature, Meaning, Namespace } from "./meanings.ts";
import type { Purity } from "./purity.ts";
import { answerOf, sameConstant, sameSignature, type BUILTIN, type Answer, type FactsOfGroup, type Question, type Record, type TranslationMemo, type ValueFacts } from "./memo.ts";

const HEADER = "morgana translations 1";
const NAMESPACES: readonly Namespace[] = ["value", "exception", "module", "class"];
const QUESTIONS = ["resolve", "external", "helper", "use"] as const;
const ANSWERS: readonly Answer["kind"][] = ["global", "constant", "primitive", "predefined", "builtin"];
const ROOTS: readonly Ident["kind"][] = ["local", "persistent", "predef"];
/** Stands for the number of a global that no question has named before. */
const NEW = -1;

const HELPER = "helper ";
const FACTS = "facts ";
const FACT_KINDS: readonly ValueFacts["kind"][] = ["constant", "alias", "group"];
const PURITIES: readonly Purity[] = ["pure", "generative", "effectful"];
const keyOfGroup = (at: Location): string => `${at.file.name}:${at.start}`;

// ---------------------------------------------------------------- writing

/** Helper functions whose name has the number of a variable are of one compilation. */
const isOfProgram = (helper: string): boolean => helper.startsWith("boxed/");

class TranslationWriter {
  readonly #writer: Writer;
  readonly #idents: readonly Ident[];
  readonly #asked = new Set<string>();

  constructor(strings: StringTable, file: SourceFile | undefined, idents: readonly Ident[]) {
    this.#writer = new Writer(strings, file);
    this.#idents = idents;
  }

  /** Throws `Unserializable`. */
  sequence(record: Record, globals: readonly Variable[]): readonly number[] {
    for (const v of globals) this.#writer.know(v);
    for (const question of record.questions) this.#question(question);
    this.#writer.number(-1);
    this.#writer.bindings(record.bindings);
    return this.#writer.finish();
  }

  /** Throws `Unserializable`. */
  facts(facts: ValueFacts): readonly number[] {
    const writer = this.#writer;
    writer.number(FACT_KINDS.indexOf(facts.kind));
    switch (facts.kind) {
      case "constant":
        writer.constant(facts.constant);
        break;
      case "alias":
        if (headOf(facts.path).kind === "local" && !this.#idents.includes(headOf(facts.path))) throw new Unserializable();
        this.#path(facts.path);
        break;
      case "group":
        writer.number(PURITIES.indexOf(facts.purity));
        writer.number(facts.values.length);
        for (const { kind, signature } of facts.values) {
          writer.kind(kind);
          this.#signature(signature);
        }
        break;
    }
    return writer.finish();
  }

  #signature(signature: DialectSignature | undefined): void {
    const writer = this.#writer;
    writer.number(signature === undefined ? -1 : signature.parameters.length);
    if (signature === undefined) return;
    writer.kind(signature.result);
    for (const kind of signature.parameters) writer.kind(kind);
  }

  #question(question: Question): void {
    const writer = this.#writer;
    switch (question.kind) {
      case "resolve": {
        const root = headOf(question.path);
        if (root.kind === "local" && !this.#idents.includes(root)) {
          // What the group itself binds to a constant.
          if (question.path.kind === "ident" && question.answer.kind === "constant") return;
          throw new Unserializable();
        }
        const text = `${question.namespace} ${root.stamp} ${pathText(question.path)}`;
        if (this.#asked.has(text)) return;
        this.#asked.add(text);
        writer.number(QUESTIONS.indexOf("resolve"));
        writer.number(NAMESPACES.indexOf(question.namespace));
        this.#path(question.path);
        this.#answer(question.answer);
        return;
      }
      case "external":
        writer.number(QUESTIONS.indexOf("external"));
        writer.string(question.name);
        writer.location(question.loc);
        this.#answer(question.answer);
        return;
      case "helper":
        if (isOfProgram(question.name)) throw new Unserializable();
        writer.number(QUESTIONS.indexOf("helper"));
        writer.string(question.name);
        this.#global(question.variable);
        return;
      case "use":
        writer.number(QUESTIONS.indexOf("use"));
        writer.knownVariable(question.variable);
        return;
      case "number":
        throw new Unserializable();
    }
  }

  #global(v: Variable): void {
    if (this.#writer.knows(v)) this.#writer.knownVariable(v);
    else {
      this.#writer.number(NEW);
      this.#writer.know(v);
    }
  }

  #path(path: Path): void {
    const names: string[] = [];
    let p = path;
    for (; p.kind === "dot"; p = p.prefix) names.push(p.name);
    if (p.kind !== "ident") throw new Unserializable();
    const writer = this.#writer;
    writer.number(ROOTS.indexOf(p.id.kind));
    if (p.id.kind === "local") writer.number(this.#idents.indexOf(p.id));
    else writer.string(p.id.name);
    writer.number(names.length);
    for (const name of names.reverse()) writer.string(name);
  }

  #answer(answer: Answer): void {
    const writer = this.#writer;
    writer.number(ANSWERS.indexOf(answer.kind));
    switch (answer.kind) {
      case "global":
        this.#global(answer.variable);
        this.#signature(answer.signature);
        return;
      case "constant":
        writer.constant(answer.constant);
        return;
      case "primitive":
        writer.string(primitiveText(answer.primitive));
        return;
      case "predefined":
        writer.string(answer.exception);
        return;
      case "builtin":
        return;
    }
  }
}

function pathText(path: Path): string {
  return path.kind === "ident" ? path.id.name : path.kind === "dot" ? `${pathText(path.prefix)}.${path.name}` : "";
}

const primitiveText = (p: PrimitiveDescription): string => [p.name, p.nativeName, p.arity, p.attributes.join(" "), p.representations.join(" ")].join("|");

/** Collects the translations of builds, and gives the text from which `ShippedTranslations` reads them. */
export class TranslationCollector {
  readonly #strings = new StringTable();
  readonly #lines = new Map<string, string>();

  /** Adds what a build made of the library's units. */
  add(memo: TranslationMemo): void {
    for (const scope of memo.units()) {
      for (const [at, facts] of scope.facts) this.#addFacts(at, facts, scope.idents());
      for (const record of scope.records()) if (record.place !== undefined) this.#add(keyOfGroup(record.place.at), record, record.place.at.file, scope.idents(), record.place.globals());
    }
    for (const { name, variable, record } of memo.helpers()) if (!isOfProgram(name)) this.#add(`${HELPER}${name}`, record, undefined, [], [variable]);
  }

  #add(key: string, record: Record, file: SourceFile | undefined, idents: readonly Ident[], globals: readonly Variable[]): void {
    if (this.#lines.has(key)) return;
    try {
      this.#lines.set(key, new TranslationWriter(this.#strings, file, idents).sequence(record, globals).join(","));
    } catch (error) {
      if (!(error instanceof Unserializable)) throw error;
    }
  }

  #addFacts(at: Location, facts: ValueFacts, idents: readonly Ident[]): void {
    const key = `${FACTS}${keyOfGroup(at)}`;
    if (this.#lines.has(key)) return;
    try {
      this.#lines.set(key, new TranslationWriter(this.#strings, at.file, idents).facts(facts).join(","));
    } catch (error) {
      if (!(error instanceof Unserializable)) throw error;
    }
  }

  text(): string {
    const lines = [...this.#lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, sequence]) => `${key}\t${sequence}\n`);
    return `${HEADER}\n${JSON.stringify(this.#strings.all)}\n${lines.join("")}`;
  }
}

// ---------------------------------------------------------------- reading

/** What a translation asks of the program around it; each does to the program what it would do then. */
export interface Asked {
  resolve(namespace: Namespace, path: Path): Meaning | undefined;
  /** `BUILTIN` for what the evaluator has built in. */
  external(name: string, loc: Location): Meaning | typeof BUILTIN | undefined;
  /** The variable of a helper function; undefined when there is none and it cannot be made. */
  helper(name: string, known: ReadonlyMap<Variable, Meaning>): Variable | undefined;
  use(meaning: Extract<Meaning, { kind: "group" }>): void;
}

export class ShippedTranslations {
  readonly #strings: Strings;
  readonly #lines = new Map<string, string>();

  /** Throws when the text is not what `TranslationCollector` gives. */
  constructor(text: string) {
    const [header, strings, ...lines] = text.split("\n");
    if (header !== HEADER) throw new Error("these are no translations that belong to this compiler");
    this.#strings = new Strings(JSON.parse(strings ?? "[]") as string[]);
    for (const line of lines) {
      const tab = line.indexOf("\t");
      if (tab >= 0) this.#lines.set(line.slice(0, tab), line.slice(tab + 1));
    }
  }

  /** The translation of the group of a library's unit whose item is at `at`. */
  group(at: Location, fresh: Fresh): ShippedTranslation | undefined {
    return this.#find(keyOfGroup(at), at.file, fresh);
  }

  /** Whether there are facts. */
  hasFacts(at: Location): boolean {
    return this.#lines.has(`${FACTS}${keyOfGroup(at)}`);
  }

  /** What the variables of the `let` of a library's unit at `at` are; `idents` are the unit's identifiers. */
  facts(at: Location, idents: () => readonly Ident[], fresh: Fresh): ValueFacts | undefined {
    const sequence = this.#sequence(`${FACTS}${keyOfGroup(at)}`);
    if (sequence === undefined) return undefined;
    const reader = new Reader(this.#strings, sequence, at.file, fresh);
    const kind = FACT_KINDS[reader.number()]!;
    switch (kind) {
      case "constant":
        return { kind, constant: reader.constant() };
      case "alias": {
        const path = readPath(reader, idents);
        return path === undefined ? undefined : { kind, path };
      }
      case "group": {
        const purity = PURITIES[reader.number()]!;
        const values: FactsOfGroup["values"][number][] = [];
        for (let count = reader.number(); count > 0; count--) values.push({ kind: reader.kind(), signature: readSignature(reader) });
        return { kind, purity, values };
      }
    }
  }

  /** The translation of a helper function. */
  helper(name: string, fresh: Fresh): ShippedTranslation | undefined {
    return this.#find(`${HELPER}${name}`, undefined, fresh);
  }

  #find(key: string, file: SourceFile | undefined, fresh: Fresh): ShippedTranslation | undefined {
    const sequence = this.#sequence(key);
    return sequence === undefined ? undefined : new ShippedTranslation(this.#strings, sequence, file, fresh);
  }

  #sequence(key: string): readonly number[] | undefined {
    const line = this.#lines.get(key);
    return line === undefined ? undefined : (JSON.parse(`[${line}]`) as number[]);
  }
}

function readPath(reader: Reader, idents: () => readonly Ident[]): Path | undefined {
  const kind = ROOTS[reader.number()]!;
  const id = kind === "local" ? idents()[reader.number()] : kind === "persistent" ? persistent(reader.string()) : predef(reader.string());
  const count = reader.number();
  if (id === undefined) return undefined;
  let path: Path = { kind: "ident", id };
  for (let i = 0; i < count; i++) path = { kind: "dot", prefix: path, name: reader.string() };
  return path;
}

function readSignature(reader: Reader): DialectSignature | undefined {
  const count = reader.number();
  if (count < 0) return undefined;
  const result = reader.kind();
  return { result, parameters: Array.from({ length: count }, () => reader.kind()) };
}

/** One translation, to be read once. */
export class ShippedTranslation {
  readonly #reader: Reader;
  readonly #meanings = new Map<Variable, Meaning>();
  /** Globals in the order of their numbers. */
  readonly #globals: Variable[] = [];

  constructor(strings: Strings, sequence: readonly number[], file: SourceFile | undefined, fresh: Fresh) {
    this.#reader = new Reader(strings, sequence, file, fresh);
  }

  /** Asks its questions; its record if all answers are those that it was made with. `globals` are those that the group defines, `idents` the unit's. */
  replay(asked: Asked, globals: readonly Variable[], idents: () => readonly Ident[], place: Record["place"]): Record | undefined {
    for (const v of globals) this.#know(v);
    const questions: Question[] = [];
    for (let n = this.#reader.number(); n >= 0; n = this.#reader.number()) {
      const question = this.#question(QUESTIONS[n]!, asked, idents);
      if (question === undefined) return undefined;
      questions.push(question);
    }
    return { questions, bindings: this.#reader.bindings(), place };
  }

  #know(v: Variable): void {
    this.#reader.know(v);
    this.#globals.push(v);
  }

  #question(kind: (typeof QUESTIONS)[number], asked: Asked, idents: () => readonly Ident[]): Question | undefined {
    const reader = this.#reader;
    switch (kind) {
      case "resolve": {
        const namespace = NAMESPACES[reader.number()]!;
        const path = readPath(reader, idents);
        const meaning = path === undefined ? undefined : asked.resolve(namespace, path);
        const answer = meaning === undefined ? undefined : this.#answer(meaning);
        return path === undefined || answer === undefined ? undefined : { kind, namespace, path, answer };
      }
      case "external": {
        const name = reader.string();
        const loc = reader.location();
        const meaning = loc === undefined ? undefined : asked.external(name, loc);
        const answer = meaning === undefined ? undefined : this.#answer(meaning);
        return loc === undefined || answer === undefined ? undefined : { kind, name, loc, answer };
      }
      case "helper": {
        const name = reader.string();
        const variable = asked.helper(name, this.#meanings);
        return variable === undefined || !this.#isGlobal(variable) ? undefined : { kind, name, variable };
      }
      case "use": {
        const variable = reader.knownVariable();
        const meaning = this.#meanings.get(variable);
        if (meaning?.kind !== "group") return undefined;
        asked.use(meaning);
        return { kind, variable };
      }
    }
  }

  /** Whether the global is the one that has the number that follows. */
  #isGlobal(v: Variable): boolean {
    const n = this.#reader.number();
    if (n !== NEW) return this.#globals[n] === v;
    this.#know(v);
    return true;
  }

  /** The meaning as an answer, if it is the one that follows. */
  #answer(meaning: Meaning | typeof BUILTIN): Answer | undefined {
    const reader = this.#reader;
    const answer = meaning.kind === "builtin" ? meaning : answerOf(meaning);
    if (answer === undefined || ANSWERS[reader.number()] !== answer.kind) return undefined;
    switch (answer.kind) {
      case "global":
        if (!this.#isGlobal(answer.variable) || !sameSignature(readSignature(reader), answer.signature)) return undefined;
        if (meaning.kind !== "builtin") this.#meanings.set(answer.variable, meaning);
        return answer;
      case "constant":
        return sameConstant(reader.constant(), answer.constant) ? answer : undefined;
      case "primitive":
        return reader.string() === primitiveText(answer.primitive) ? answer : undefined;
      case "predefined":
        return reader.string() === answer.exception ? answer : undefined;
      case "builtin":
        return answer;
    }
  }
}
