/** The text of an uncaught exception, as OCaml's run-time system prints it (`caml_format_exception`). */
import { Block, Bytes, stringOfBytes, type Value } from "./values.ts";

export function formatException(exception: Value): string {
  if (!(exception instanceof Block)) return "unknown";
  if (exception.tag === 248) return nameOf(exception);
  const constructor = exception.fields[0];
  const name = constructor instanceof Block ? nameOf(constructor) : "unknown";
  let args = exception.fields.slice(1);
  const single = args[0];
  if (args.length === 1 && single instanceof Block && single.tag === 0 && /^(Match_failure|Assert_failure|Undefined_recursive_module)$/.test(name)) args = single.fields.slice();
  if (args.length === 0) return name;
  return `${name}(${args.map(argument).join(", ")})`;
}

function nameOf(constructor: Block): string {
  const name = constructor.fields[0];
  return name instanceof Bytes ? stringOfBytes(name) : "unknown";
}

function argument(x: Value): string {
  if (typeof x === "number" || typeof x === "bigint") return x.toString();
  if (x instanceof Bytes) return `"${stringOfBytes(x)}"`;
  return "_";
}
