/** Alerts: what definitions say to whoever uses them (reference manual, section 12.21): `[@@deprecated "…"]`, `[@@alert kind "…"]`. */
import type { Attributes, Expression } from "../syntax/ast.ts";
import type { Location } from "../syntax/diagnostics.ts";
import { payloadExpression, payloadString, reportAlert } from "./warnings.ts";

interface Alert {
  readonly kind: string;
  readonly message: string;
}

const known = new WeakMap<Attributes, readonly Alert[]>();

function alertsOf(attributes: Attributes): readonly Alert[] {
  let alerts = known.get(attributes);
  if (alerts === undefined) {
    alerts = attributes.flatMap((a): Alert[] => {
      const name = a.name.value.replace(/^ocaml\./, "");
      if (name === "deprecated") return [{ kind: name, message: payloadString(a.payload) ?? "" }];
      return name === "alert" ? alertOf(payloadExpression(a.payload)) : [];
    });
    known.set(attributes, alerts);
  }
  return alerts;
}

const stringOf = (e: Expression): string | undefined => (e.desc.kind === "constant" && e.desc.constant.kind === "string" ? e.desc.constant.value : undefined);

/** `kind` or `kind "message"`. */
function alertOf(e: Expression | undefined): Alert[] {
  const head = e?.desc.kind === "apply" && e.desc.args.length === 1 ? e.desc.function : e;
  if (head?.desc.kind !== "ident" || head.desc.ident.value.kind !== "ident") return [];
  const message = e?.desc.kind === "apply" ? stringOf(e.desc.args[0]!.argument) : "";
  return message === undefined ? [] : [{ kind: head.desc.ident.value.name, message }];
}

/** Tells the alerts of a definition where it is used. */
export function tellAlerts(loc: Location, attributes: Attributes, name: () => string): void {
  if (attributes.length === 0) return;
  for (const { kind, message } of alertsOf(attributes)) reportAlert(loc, kind, message === "" ? name() : `${name()}\n${message}`);
}
