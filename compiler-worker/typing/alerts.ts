/** Alerts: what definitions say to whoever uses them (reference manual, section 12.21): `[@@deprecated "…"]`, `[@@alert kind "…"]`. */
import type { Attributes, Expression } from "../syntax/ast.ts";
import type { Location } from "../syntax/diagnostics.ts";
import { payloadExpression, payloadString, reportAlert } from "./warnings.ts";
import type { SignatureItem } from "./types.ts";

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

type Marked = { readonly attributes: Attributes; readonly loc: Location };
function markedOf(item: SignatureItem): Marked | undefined {
  switch (item.kind) {
    case "value":
      return item.description;
    // Those of exceptions are told where they are used only.
    case "typext":
      return undefined;
    default:
      return item.declaration;
  }
}

/** Tells at `loc` the alerts of an item that it has no more under a signature, nor its constructors. */
export function tellLostAlerts(loc: Location, provided: SignatureItem, required: SignatureItem): void {
  const lost = (name: string, from: Marked | undefined, to: Marked | undefined): void => {
    if (from === undefined || to === undefined || from.attributes.length === 0) return;
    const kept = alertsOf(to.attributes);
    for (const { kind, message } of alertsOf(from.attributes)) {
      if (kept.some((a) => a.kind === kind)) continue;
      reportAlert(loc, kind, message === "" ? name : `${name}\n${message}`, [{ location: from.loc, message: "Definition" }, { location: to.loc, message: "Expected signature" }]);
    }
  };
  lost(provided.id.name, markedOf(provided), markedOf(required));
  if (provided.kind !== "type" || required.kind !== "type" || provided.declaration.kind.kind !== "variant" || required.declaration.kind.kind !== "variant") return;
  const { constructors } = required.declaration.kind;
  provided.declaration.kind.constructors.forEach((c, i) => lost(c.id.name, c, constructors[i]));
}

/** Tells the alerts of a definition where it is used. */
export function tellAlerts(loc: Location, attributes: Attributes, name: () => string): void {
  if (attributes.length === 0) return;
  for (const { kind, message } of alertsOf(attributes)) reportAlert(loc, kind, message === "" ? name() : `${name()}\n${message}`);
}
