/** Where a pattern binds variables. */
import type { Pattern } from "../typing/typedtree.ts";
import type { Ident } from "../typing/types.ts";

/** The variables that a pattern binds with the patterns (variables and aliases) that bind them, in order of occurrence; alternatives bind the same ones. */
export function patternBinders(pattern: Pattern): { readonly id: Ident; readonly binder: Pattern }[] {
  const out: { readonly id: Ident; readonly binder: Pattern }[] = [];
  const stack: Pattern[] = [pattern];
  for (let p = stack.pop(); p !== undefined; p = stack.pop()) {
    const { desc } = p;
    switch (desc.kind) {
      case "any":
      case "constant":
        break;
      case "var":
        out.push({ id: desc.id, binder: p });
        break;
      case "alias":
        out.push({ id: desc.id, binder: p });
        stack.push(desc.pattern);
        break;
      case "tuple":
        for (let i = desc.components.length - 1; i >= 0; i--) stack.push(desc.components[i]!);
        break;
      case "construct":
        for (let i = desc.args.length - 1; i >= 0; i--) stack.push(desc.args[i]!);
        break;
      case "variant":
        if (desc.argument !== undefined) stack.push(desc.argument);
        break;
      case "record":
        for (let i = desc.fields.length - 1; i >= 0; i--) stack.push(desc.fields[i]!.pattern);
        break;
      case "array":
        for (let i = desc.elements.length - 1; i >= 0; i--) stack.push(desc.elements[i]!);
        break;
      case "or":
        stack.push(desc.left);
        break;
      case "lazy":
        stack.push(desc.pattern);
        break;
    }
  }
  return out;
}
