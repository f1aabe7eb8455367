/** What could be written so that a diagnostic goes away: from what it says, and the trees of the file that it is about. */
import type * as ast from "../syntax/ast.ts";
import type { Diagnostic, Location, SourceFile } from "../syntax/diagnostics.ts";
import { tokenize, type Tokens } from "../syntax/lexer.ts";
import { parseImplementation, parseInterface } from "../syntax/parser.ts";
import { spellcheck } from "../typing/spelling.ts";
import { missingCases } from "./missing-cases.ts";
import { FORMER_PARAMETERS, RENAMED_MODULES, unboundModule } from "../composition/former-modules.ts";
import { FORMER_DEVICES, RENAMED } from "../composition/mirage/former-spellings.ts";
import type { ProgramNames } from "./references.ts";
import { edited, renamingEdits, type Edit } from "./rename.ts";
import type { TypedSource } from "./sources.ts";

export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The diagnostic tells one thing of several: the fix is to be made again while it comes again. */
  readonly repeats?: boolean;
}

/** What fixes are looked for in. */
export interface FixContext {
  readonly file: SourceFile;
  readonly source: TypedSource | undefined;
  readonly names: ProgramNames;
  /** The compilation units that can be named. */
  readonly units: Iterable<string>;
  /** It is a configuration of MirageOS. */
  readonly isConfiguration: boolean;
}

const UNUSED_VARIABLES = [26, 27, 32, 35];
const UNUSED_OPEN = 33;
const UNUSED_REC = 39;
const NOT_EXHAUSTIVE = 8;

const syntaxErrors = (file: SourceFile): number => (file.name.endsWith(".mli") ? parseInterface(file) : parseImplementation(file)).diagnostics.filter((d) => d.severity === "error").length;

/** The fixes of a diagnostic, likely ones first; those after which the file could not be read are none. */
export function fixesOf(diagnostic: Diagnostic, context: FixContext): Fix[] {
  const { file } = context;
  const before = syntaxErrors(file);
  return [...candidates(diagnostic, context)].filter(({ edits }) => edits.length > 0 && syntaxErrors({ name: file.name, text: edited(file.text, edits) }) <= before);
}

function* candidates(diagnostic: Diagnostic, context: FixContext): Generator<Fix> {
  const { file, source, names, units, isConfiguration } = context;
  const { location, message, warning } = diagnostic;
  switch (warning?.number) {
    case NOT_EXHAUSTIVE: {
      const edit = source === undefined ? undefined : missingCases(source, diagnostic);
      if (edit !== undefined) yield { title: "Add the missing cases", edits: [edit], repeats: true };
      return;
    }
    case UNUSED_OPEN:
      yield { title: "Remove this open", edits: [withoutLine(location)] };
      return;
    case UNUSED_REC: {
      const rec = tokenBefore(tokenize(file), location.start, "rec");
      if (rec !== undefined) yield { title: "Remove rec", edits: [{ file, start: rec.start, end: spacesAfter(file.text, rec.end), text: "" }] };
      return;
    }
    default:
  }
  if (warning !== undefined) {
    if (!UNUSED_VARIABLES.includes(warning.number)) return;
    const symbol = names.symbolAt(file.name, names.nameAt(file.name, location.start)?.loc.start ?? location.start, file.name);
    if (symbol !== undefined && symbol.references.every((r) => r.written.definition !== undefined)) yield { title: `Call it _${symbol.name}: it is left unused`, edits: renamingEdits(symbol, `_${symbol.name}`) };
    return;
  }
  // What is known to have another name now is not looked for among names that are like it.
  const former = [...(isConfiguration ? formerConfiguration(diagnostic) : formerSpellings(diagnostic, file))];
  if (former.length > 0) return yield* former;
  const hint = /Hint: Did you mean ([^?]*)\?/.exec(message)?.[1];
  const module = unboundModule(message);
  const meant = hint !== undefined ? hint.split(/, | or /) : module !== undefined ? spellcheck(module, units) : [];
  if (meant.length > 0) {
    const wrong = misspelt(diagnostic);
    for (const name of meant) yield { title: `Write ${name} for ${file.text.slice(wrong.start, wrong.end)}`, edits: [{ ...wrong, text: name }] };
  }
  const line = /you should add the 'rec' keyword on line (\d+)/.exec(message)?.[1];
  if (line !== undefined) {
    const at = letOnLine(tokenize(file), Number(line), location.start);
    if (at !== undefined) yield { title: "Make the definition recursive: let rec", edits: [{ file, start: at, end: at, text: " rec" }] };
  }}

// ---------------------------------------------------------------- places in the text

const spacesAfter = (text: string, at: number): number => at + /^[ \t]*/.exec(text.slice(at, at + 100))![0].length;

/** The name that means nothing: the last of those that the message names, in a place that may go on after it; else the last there. */
function misspelt({ message, location }: Diagnostic): Edit {
  const { file, start, end } = location;
  const written = [...file.text.slice(start, end).matchAll(/[\w'\x80-\xff]+/g)];
  const named = /^Unbound [a-z ]+ ([\w.'\x80-\xff]+)/.exec(message)?.[1]?.split(".").length;
  const found = written[(named ?? written.length) - 1] ?? written.at(-1);
  return { file, start: start + (found?.index ?? 0), end: found === undefined ? end : start + found.index + found[0].length, text: "" };
}

/** The place goes, with its line when nothing else is on it. */
function withoutLine({ file, start, end }: Location): Edit {
  const from = file.text.lastIndexOf("\n", start - 1) + 1;
  const after = /^[ \t]*(\n|$)/.exec(file.text.slice(end));
  const isAlone = /^[ \t]*$/.test(file.text.slice(from, start)) && after !== null;
  return { file, start: isAlone ? from : start, end: isAlone ? end + after[0].length : end, text: "" };
}

/** The last token of a kind that ends at an offset or before. */
function tokenBefore({ kinds, starts, ends }: Tokens, offset: number, kind: string): { readonly start: number; readonly end: number } | undefined {
  for (let i = kinds.length - 1; i >= 0; i--) if (ends[i]! <= offset && kinds[i] === kind) return { start: starts[i]!, end: ends[i]! };
  return undefined;
}

/** Where `rec` goes after the last `let` of a line that is before an offset. */
function letOnLine({ file, kinds, ends, starts }: Tokens, line: number, before: number): number | undefined {
  let at = 0;
  for (let l = 1; l < line; l++) at = file.text.indexOf("\n", at) + 1;
  const end = file.text.indexOf("\n", at);
  let found: number | undefined;
  kinds.forEach((kind, i) => {
    if (kind === "let" && starts[i]! >= at && (end < 0 || starts[i]! < end) && starts[i]! < before && kinds[i + 1] !== "rec") found = ends[i]!;
  });
  return found;
}

// ---------------------------------------------------------------- what earlier versions of MirageOS had

function* formerSpellings({ message, location }: Diagnostic, file: SourceFile): Generator<Fix> {
  const module = unboundModule(message);
  if (module === undefined) return;
  if (Object.hasOwn(RENAMED_MODULES, module)) yield { title: `Write ${RENAMED_MODULES[module]}`, edits: [{ file, start: location.start, end: location.start + module.length, text: RENAMED_MODULES[module]! }] };
  const parameter = functorParameterAt(parseImplementation(file).tree.items, location.start);
  if (parameter === undefined) return;
  const former = Object.hasOwn(FORMER_PARAMETERS, parameter.type) ? FORMER_PARAMETERS[parameter.type] : undefined;
  if (former === undefined) return;
  yield { title: `Leave the parameter ${parameter.name} out and use ${former.module}`, edits: withoutParameter(file, parameter, former) };
}

interface FormerParameter {
  readonly name: string;
  /** `Mirage_time.S` */
  readonly type: string;
  readonly loc: Location;
  /** How many parameters are before it. */
  readonly position: number;
  readonly body: ast.ModuleExpr;
}

/** The parameter of a functor of the file's top level whose module type is at a place. */
function functorParameterAt(items: ast.Structure, offset: number): FormerParameter | undefined {
  for (const { desc } of items) {
    if (desc.kind !== "module") continue;
    let at = desc.binding.expression;
    let found: Omit<FormerParameter, "body"> | undefined;
    for (let position = 0; at.desc.kind === "functor"; position++) {
      const { parameter } = at.desc;
      if (parameter.kind === "named" && parameter.name.value !== undefined && parameter.type.desc.kind === "ident" && parameter.type.loc.start === offset) {
        const { loc } = parameter.type;
        found = { name: parameter.name.value, type: loc.file.text.slice(loc.start, loc.end), loc: { ...loc, start: parameter.name.loc.start }, position };
      }
      at = at.desc.body;
    }
    if (found !== undefined) return { ...found, body: at };
  }
  return undefined;
}

/** Without the parameter, and without the one of `start` that goes with it; what was its module's is the library's. */
function withoutParameter(file: SourceFile, { name, loc, position, body }: FormerParameter, former: { readonly module: string; readonly values: Readonly<Record<string, string>> }): Edit[] {
  const { text } = file;
  const open = text.lastIndexOf("(", loc.start);
  const close = text.indexOf(")", loc.end);
  if (open < 0 || close < 0) return [];
  const edits: Edit[] = [{ file, start: open - (/\s*$/.exec(text.slice(0, open))?.[0].length ?? 0), end: close + 1, text: "" }];
  const { kinds, starts, ends, values } = tokenize(file);
  for (let i = 0; i + 2 < kinds.length; i++) {
    if (kinds[i] !== "uident" || values[i] !== name || kinds[i - 1] === "." || starts[i]! < body.loc.start || ends[i]! > body.loc.end) continue;
    const value = kinds[i + 1] === "." && kinds[i + 2] === "lident" ? values[i + 2]! : undefined;
    const other = value !== undefined && Object.hasOwn(former.values, value) ? former.values[value] : undefined;
    edits.push({ file, start: starts[i]!, end: other === undefined ? ends[i]! : ends[i + 2]!, text: other === undefined ? former.module : `${former.module}.${other}` });
  }
  const parameters = body.desc.kind === "structure" ? startParameters(body.desc.items) : undefined;
  const own = parameters?.[position];
  if (parameters !== undefined && own !== undefined) edits.push(parameters.length === 1 ? { file, start: own.start, end: own.end, text: "()" } : { file, start: own.start, end: spacesAfter(text, own.end), text: "" });
  return edits;
}

/** Where the parameters of `start` are. */
function startParameters(items: ast.Structure): readonly Location[] | undefined {
  const bindings = items.flatMap(({ desc }) => (desc.kind === "value" ? desc.bindings : []));
  const start = bindings.findLast(({ pattern }) => pattern.desc.kind === "var" && pattern.desc.name.value === "start")?.expression;
  return start?.desc.kind === "function" ? start.desc.parameters.flatMap((p) => (p.kind === "value" ? [p.loc] : [])) : undefined;
}

function* formerConfiguration({ message, location }: Diagnostic): Generator<Fix> {
  const name = /^Unbound (?:value|type constructor) (\w+)/.exec(message)?.[1];
  if (name === undefined) return;
  const { file } = location;
  if (Object.hasOwn(RENAMED, name)) yield { title: `Write ${RENAMED[name]}`, edits: [{ file, start: location.start, end: location.end, text: RENAMED[name]! }] };
  if (!FORMER_DEVICES.has(name)) return;
  // `$ default_time` and `time @->`.
  const argument = /\s*\$\s*$/.exec(file.text.slice(0, location.start));
  const type = /^\s*@->\s*/.exec(file.text.slice(location.end));
  if (argument !== null) yield { title: `Leave ${name} out`, edits: [{ file, start: argument.index, end: location.end, text: "" }] };
  else if (type !== null) yield { title: `Leave ${name} out`, edits: [{ file, start: location.start, end: location.end + type[0].length, text: "" }] };
}
