/** Examples of unmatched values as OCaml prints them: patterns. */
import { printConstantValue } from "./constants-print.ts";
import type { Witness } from "./parmatch-matrix.ts";

export function showWitness(w: Witness): string {
  return show(w, 0);
}

const ARGUMENT = 2;
const CONS = 1;

function show(w: Witness, level: number): string {
  const paren = (need: boolean, text: string): string => (need ? `(${text})` : text);
  switch (w.kind) {
    case "any":
      return "_";
    case "extension":
      return "*extension*";
    case "constant":
      return printConstantValue(w.constant);
    case "tuple":
      return `(${w.components.map((c) => show(c, 0)).join(", ")})`;
    case "construct": {
      const { name } = w.constructor;
      if (w.args.length === 0) return name;
      if (name === "::") return paren(level >= CONS, `${show(w.args[0]!, CONS)}::${show(w.args[1]!, 0)}`);
      if (w.args.length === 1) return paren(level >= ARGUMENT || level === CONS, `${name} ${show(w.args[0]!, ARGUMENT)}`);
      return paren(level >= ARGUMENT || level === CONS, `${name} (${w.args.map((a) => show(a, 0)).join(", ")})`);
    }
    case "record": {
      const shown = w.labels.map((l, i) => ({ l, f: w.fields[i]! })).filter(({ f }) => f.kind !== "any");
      if (shown.length === 0) return "_";
      const text = shown.map(({ l, f }) => `${l.name}=${show(f, 0)}`).join("; ");
      return shown.length < w.labels.length ? `{${text}; _ }` : `{${text}}`;
    }
    case "variant":
      if (w.argument === undefined) return `\`${w.label}`;
      return paren(level >= ARGUMENT || level === CONS, `\`${w.label} ${show(w.argument, ARGUMENT)}`);
    case "array":
      return `[| ${w.elements.map((e) => show(e, 0)).join("; ")} |]`;
    case "lazy":
      return paren(level >= ARGUMENT, `lazy ${show(w.value, ARGUMENT)}`);
    case "or":
      return `(${w.alternatives.map((a) => show(a, 0)).join("|")})`;
  }
}
