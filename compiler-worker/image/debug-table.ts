/** The table of locations, in the format of ARCHITECTURE section 7.8. */
import type { DataFragment } from "../codegen/object.ts";
import { framesOf } from "../core/frames.ts";
import { startOf } from "../syntax/positions.ts";
import type { SafePointOrder } from "./stack-maps.ts";
import { fragment, varint } from "./tables.ts";

/** So many entries follow each other without an offset of their own. */
const GROUP = 32;
/** Shorter strings are not worth a reference. */
const SHARED_STRING = 4;

/** A function's name as OCaml's backtraces have it: top-level code by its module, functions without a name as `(fun)`. */
export function functionName(symbol: string, file: string): string {
  if (/^init\.\d+$/.test(symbol)) {
    const base = file.slice(file.lastIndexOf("/") + 1).replace(/\.ml$/, "");
    return base.charAt(0).toUpperCase() + base.slice(1);
  }
  return symbol.replace(/(?:\.fun)+(?:\.\d+)?$/, ".(fun)").replace(/\.\d+$/, "");
}

/** Strings, names and scopes: what entries refer to, by offsets from the pool's start. */
class Pool {
  readonly bytes: number[] = [];
  readonly #strings = new Map<string, number>();
  readonly #names = new Map<string, number>();
  readonly #scopes = new Map<string, number>();

  /** A NUL-terminated string. */
  string(text: string): number {
    const known = this.#strings.get(text);
    return known ?? this.#newString(text);
  }

  #newString(text: string): number {
    const at = this.bytes.length;
    this.#strings.set(text, at);
    for (let i = 0; i < text.length; i++) this.bytes.push(text.charCodeAt(i) & 0xff);
    this.bytes.push(0);
    return at;
  }

  /** A name, up to its last dot, is that of what is around. Offset of the node, plus 1. */
  name(text: string): number {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const dot = text.lastIndexOf(".");
    const parent = dot <= 0 ? 0 : this.name(text.slice(0, dot));
    const component = dot <= 0 ? text : text.slice(dot + 1);
    const string = component.length < SHARED_STRING ? undefined : this.#strings.get(component);
    const at = this.bytes.length + 1;
    this.#names.set(text, at);
    varint(this.bytes, parent * 2 + (string === undefined ? 0 : 1));
    if (string === undefined) this.#newString(component);
    else varint(this.bytes, string);
    return at;
  }

  /** A function in a file. */
  scope(file: string, name: string): number {
    const key = `${file}\0${name}`;
    let at = this.#scopes.get(key);
    if (at === undefined) {
      const [fileAt, nameAt] = [this.string(file), this.name(name)];
      at = this.bytes.length;
      this.#scopes.set(key, at);
      varint(this.bytes, fileAt);
      varint(this.bytes, nameAt);
    }
    return at;
  }
}

function zigzag(n: number): number {
  return n < 0 ? -2 * n - 1 : 2 * n;
}

/** What an entry begins with, beside the difference of lines. */
const SAME_SCOPE = 0;
const OTHER_SCOPE = 1;
const UNKNOWN = 2;
/** With a number: so many frames follow, those of a function and of the functions that it was inlined into. */
const IN_PRIMITIVE = 3;
/** In such a list: another scope, of a frame that is called inlined. */
const INLINED = 3;

/** Code that is C under the real OCaml, of which backtraces do not tell. */
const PRIMITIVE = /^(?:Primitives_|Morgana_runtime__)/;

/** Its files are told of as OCaml's own are. */
const STANDARD_LIBRARY = /^stdlib\//;

export function debugTable(order: SafePointOrder): DataFragment {
  const pool = new Pool();
  const entries: number[] = [];
  const groups: number[] = [];
  let line = 0;
  let scope = 0;
  order.forEach(({ point, code }, i) => {
    if (i % GROUP === 0) {
      groups.push(entries.length);
      line = 0;
      scope = 0;
    }
    const { loc } = point;
    if (PRIMITIVE.test(loc === undefined ? code.symbol : functionName(code.symbol, loc.file.name))) {
      varint(entries, IN_PRIMITIVE);
      return;
    }
    if (loc === undefined) {
      varint(entries, UNKNOWN);
      return;
    }
    const frames = framesOf(loc);
    if (frames.length !== 1 || frames[0]!.isCopy) varint(entries, 4 * frames.length + IN_PRIMITIVE);
    frames.forEach((frame, k) => {
      if (frame.name === "") {
        varint(entries, UNKNOWN);
        return;
      }
      const position = startOf(frame.loc);
      const at = pool.scope(position.file.replace(STANDARD_LIBRARY, ""), functionName(frame.name ?? code.symbol, frame.loc.file.name));
      const same = at === scope && !frame.isCopy && (k > 0 || i % GROUP !== 0);
      varint(entries, 4 * zigzag(position.line - line) + (same ? SAME_SCOPE : frame.isCopy ? INLINED : OTHER_SCOPE));
      if (!same) varint(entries, zigzag(at - scope));
      varint(entries, position.column);
      varint(entries, Math.max(0, frame.loc.end - frame.loc.start));
      ({ line } = position);
      scope = at;
    });
  });
  // The pool's offset, those of the groups, the groups, the pool.
  const head = 4 + 4 * groups.length;
  const bytes = new Uint8Array(head + entries.length + pool.bytes.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, head + entries.length, true);
  groups.forEach((at, i) => view.setUint32(4 + 4 * i, head + at, true));
  bytes.set(entries, head);
  bytes.set(pool.bytes, head + entries.length);
  return fragment("debug_entries", bytes, 4);
}
