/** The parser's view of the tokens: a cursor, expectations, and errors. */
import { beforeRefusing, deepestNesting } from "./host-stack.ts";
import { Docstrings } from "./docstrings.ts";
import { FunctionExtents } from "./function-extents.ts";
import { tokenize, type Tokens } from "./lexer.ts";
import { misalignedEnd, missingIn, syntaxError } from "./syntax-errors.ts";
import { CompileError, errorAt, type Diagnostic, type Location, type Related, type SourceFile } from "./diagnostics.ts";

/** Thrown at a syntax error; caught where parsing can go on. */
export class SyntaxFailure extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

export class TokenStream {
  readonly file: SourceFile;
  readonly tokens: Tokens;
  readonly diagnostics: Diagnostic[];
  /** Errors that are told only when the file could be read as a whole. */
  readonly misplaced: Diagnostic[] = [];
  /** Where functions of structures end, if their bodies are to be passed over. */
  readonly extents: FunctionExtents | undefined;
  position = 0;
  #furthestFailure = -1;
  /** How many tokens that a failed phrase had swallowed were read again, as items. */
  rereads = 0;
  /** The first token of the innermost item of a structure or a signature that is being parsed. */
  itemStart = 0;
  /** That of the item before it. */
  itemBefore = 0;
  /** Before this token an `end` is missing, which was told. */
  assumedEnd = -1;
  /** How many there may be too many for that reason. */
  spareEnds = 0;
  #depth = 0;
  readonly #deepest = deepestNesting();
  /** Told of what there is in the file, when it is asked what documentation comments belong to. */
  readonly docstrings: Docstrings | undefined;

  /** `passesOver`: the text has no errors, and functions of structures are parsed when their bodies are looked at. */
  constructor(file: SourceFile, { passesOver = false, findsDocstrings = false }: { readonly passesOver?: boolean; readonly findsDocstrings?: boolean } = {}) {
    this.file = file;
    this.tokens = tokenize(file);
    this.diagnostics = this.tokens.diagnostics;
    this.extents = passesOver ? new FunctionExtents(this.tokens) : undefined;
    if (findsDocstrings && this.tokens.docs.length > 0) this.docstrings = new Docstrings(this.tokens);
  }

  /** An item that may be documented has been read, from its beginning up to here. */
  documented(start: number, startsText = false): void {
    this.docstrings?.item(start, this.previousEnd);
    if (startsText) this.docstrings?.textBefore(start);
  }

  /** Kind of the current token. */
  kind(): string {
    return this.tokens.kinds[this.position]!;
  }
  get value(): string {
    return this.tokens.values[this.position]!;
  }
  get extra(): string | undefined {
    return this.tokens.extras.get(this.position);
  }
  /** Offset at which the current token begins. */
  get start(): number {
    return this.tokens.starts[this.position]!;
  }
  get end(): number {
    return this.tokens.ends[this.position]!;
  }
  /** Offset at which the token before ended. */
  get previousEnd(): number {
    return this.position === 0 ? 0 : this.tokens.ends[this.position - 1]!;
  }
  peek(ahead: number): string {
    return this.tokens.kinds[Math.min(this.position + ahead, this.tokens.kinds.length - 1)]!;
  }
  advance(): void {
    if (this.position < this.tokens.kinds.length - 1) this.position++;
  }
  /** The tokens of the last pattern that needs no parentheses. */
  #simpleFrom = 0;
  #simpleTo = 0;
  tookSimplePattern(from: number): void {
    this.#simpleFrom = from;
    this.#simpleTo = this.position;
  }
  /** Whether the tokens since `from` are such a pattern. */
  wasSimplePattern(from: number): boolean {
    return this.#simpleFrom === from && this.#simpleTo === this.position;
  }
  /** Takes the current token if it is of this kind. */
  accept(kind: string): boolean {
    if (this.kind() !== kind) return false;
    this.advance();
    return true;
  }
  expect(kind: string): void {
    if (!this.accept(kind)) this.fail(`'${kind}'`);
  }
  /** Expects what closes the token that began at `opened`. */
  expectClosing(kind: string, opened: number, openedEnd: number): void {
    if (this.accept(kind)) return;
    if (kind === "end" && this.assumedEnd === this.position) return;
    const failure = this.#failure(`'${kind}'`, this.unmatched(opened, openedEnd));
    if (kind !== "end" || this.kind() !== "eof") throw failure;
    // What is in it is known; what is around it is not closed either.
    this.tell(failure);
    this.assumedEnd = this.position;
  }
  location(start: number, end: number = this.previousEnd): Location {
    return { file: this.file, start, end: Math.max(start, end), ghost: false };
  }
  ghost(start: number, end: number = this.previousEnd): Location {
    return { file: this.file, start, end: Math.max(start, end), ghost: true };
  }
  here(): Location {
    return this.location(this.start, this.end);
  }
  /** What is said of a token that nothing closes. */
  unmatched(opened: number, openedEnd: number): Related[] {
    const related: Related[] = [{ location: this.location(opened, openedEnd), message: `This '${this.file.text.slice(opened, openedEnd)}' might be unmatched` }];
    const misaligned = this.kind() === "eof" && /[a-z]$/.test(this.file.text.slice(opened, openedEnd)) ? misalignedEnd(this.tokens) : undefined;
    return misaligned === undefined || misaligned.location?.start === opened ? related : [...related, misaligned];
  }
  /** Expects a keyword that belongs to the one at `opened`. */
  expectOf(kind: string, opened: number, keyword: string): void {
    if (!this.accept(kind)) this.fail(`'${kind}'`, [{ location: this.location(opened, opened + keyword.length), message: `This '${keyword}' has no '${kind}'` }]);
  }
  /** Expects the `in` of the `let` that is the token `keyword`. */
  expectIn(keyword: number): void {
    if (!this.accept("in")) this.fail("'in'", missingIn(this, keyword));
  }
  /** A syntax error at the current token; `expected` names what may stand here. */
  fail(expected?: string, related: readonly Related[] = []): never {
    throw this.#failure(expected, related);
  }
  #failure(expected: string | undefined, related: readonly Related[]): SyntaxFailure {
    return new SyntaxFailure(syntaxError(this, expected, related));
  }
  /** Tells a failure, unless it follows from one that was told: by a phrase that is read again, or since the file ends too early. */
  tell({ diagnostic }: SyntaxFailure): void {
    const { start } = diagnostic.location;
    if (start <= this.#furthestFailure) return;
    this.#furthestFailure = start;
    if (start < this.file.text.length || !this.diagnostics.some((d) => /not terminated$|unterminated/.test(d.message))) this.diagnostics.push(diagnostic);
  }
  failAt(location: Location, message: string): never {
    throw new SyntaxFailure(errorAt(location, message));
  }
  report(location: Location, message: string): void {
    this.diagnostics.push(errorAt(location, message));
  }
  /** Parses what was passed over, from token `start` to `end`. Throws `CompileError` when there is an error in it after all. */
  parseBetween<T>(start: number, end: number, parse: (p: this) => T): T {
    const { position, depth } = this;
    this.position = start;
    this.depth = 0;
    try {
      const result = parse(this);
      if (this.position !== end) this.fail();
      return result;
    } catch (error) {
      throw error instanceof SyntaxFailure ? new CompileError(error.diagnostic) : error;
    } finally {
      this.position = position;
      this.depth = depth;
    }
  }
  /** Runs a parser one level deeper; refuses to go too deep. */
  nested<T>(parse: () => T): T {
    if (this.#depth >= this.#deepest) this.#refuse();
    this.#depth++;
    try {
      return parse();
    } finally {
      this.#depth--;
    }
  }
  #refuse(): never {
    beforeRefusing();
    this.failAt(this.here(), "Syntax error: this phrase is nested too deeply");
  }
  /** `weight`: how much more of the host's stack a level takes than one of an expression. */
  enter(weight = 1): void {
    if (this.#depth >= this.#deepest) this.#refuse();
    this.#depth += weight;
  }
  leave(weight = 1): void {
    this.#depth -= weight;
  }
  get depth(): number {
    return this.#depth;
  }
  set depth(value: number) {
    this.#depth = value;
  }
}
