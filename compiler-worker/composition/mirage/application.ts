/**
 * What an application needs, read from its source: for a new `main` of a configuration, whose type states it. What a source does not
 * say plainly, the user writes in `config.ml`; whether devices fit is not decided here.
 */
import type * as Ast from "../../syntax/ast.ts";
import { parseImplementation } from "../../syntax/parser.ts";
import type { CombinatorInput } from "./dsl.ts";

/** Signatures of devices and the types that configurations have for them (MirageOS 4.11). */
const TYPES: Readonly<Record<string, string>> = {
  "Mirage_net.S": "network",
  "Ethernet.S": "ethernet",
  "Arp.S": "arpv4",
  "Dhcp_ipv4.S": "dhcp_ipv4",
  "Tcpip.Udp.S": "udpv4v6",
  "Tcpip.Tcp.S": "tcpv4v6",
  "Tcpip.Stack.V4V6": "stackv4v6",
  "Mirage_block.S": "block",
  "Mirage_kv.RO": "kv_ro",
  "Mirage_kv.RW": "kv_rw",
  "Resolver_mirage.S": "resolver",
  "Resolver_lwt.S": "resolver",
  "Conduit_mirage.S": "conduit",
  "Happy_eyeballs_mirage.S": "happy_eyeballs",
  "Dns_client_mirage.S": "dns_client",
  "Mimic_happy_eyeballs.S": "mimic",
  "Cohttp_mirage.Server.S": "http",
  "Cohttp_lwt.S.Server": "http",
  "Cohttp_lwt.S.Client": "http_client",
  "Paf_mirage.S": "http_server",
  "Http_mirage_client.S": "alpn_client",
  "Qubes.S.DB": "qubesdb",
};

export type ApplicationInputs = { readonly ok: true; readonly inputs: readonly CombinatorInput[] } | { readonly ok: false; readonly reason: string };

/** The devices that `start` of the module at `path` (below the file's module) is given; none when the source has no such module. */
export function applicationInputs(source: string, path: readonly string[]): ApplicationInputs {
  let expression: Ast.ModuleExpr | undefined;
  let items = parseImplementation({ name: "", text: source }).tree.items;
  for (const [depth, name] of path.entries()) {
    expression = moduleOf(items, name);
    const inner = depth + 1 < path.length ? withoutType(expression) : undefined;
    items = inner?.desc.kind === "structure" ? inner.desc.items : [];
  }
  const inputs: CombinatorInput[] = [];
  for (let body = withoutType(expression); body?.desc.kind === "functor"; body = withoutType(body.desc.body)) {
    const { parameter } = body.desc;
    if (parameter.kind === "unit") continue;
    const signature = signaturePath(parameter.type);
    const type = signature === undefined ? undefined : TYPES[signature];
    if (type === undefined) return { ok: false, reason: `The parameter ${parameter.name.value ?? "_"} of ${path.at(-1)!} is ${signature ?? "of a signature that is written out"}, of which no type of a configuration is known` };
    const count = inputs.filter((i) => i.type === type).length;
    inputs.push({ port: count === 0 ? type : `${type}${count + 1}`, type });
  }
  return { ok: true, inputs };
}

/** The module of a file that is most likely an application: the last one with a function `start`, or the file itself. */
export function applicationPath(source: string): readonly string[] {
  const { items } = parseImplementation({ name: "", text: source }).tree;
  if (hasStart(items)) return [];
  const names = items.flatMap((item) => (item.desc.kind === "module" && item.desc.binding.name.value !== undefined ? [item.desc.binding.name.value] : []));
  const starts = names.filter((name) => {
    let body = withoutType(moduleOf(items, name));
    while (body?.desc.kind === "functor") body = withoutType(body.desc.body);
    return body?.desc.kind === "structure" && hasStart(body.desc.items);
  });
  const found = starts.at(-1);
  return found === undefined ? [] : [found];
}

function hasStart(items: Ast.Structure): boolean {
  return items.some((item) => item.desc.kind === "value" && item.desc.bindings.some(({ pattern }) => pattern.desc.kind === "var" && pattern.desc.name.value === "start"));
}

function moduleOf(items: Ast.Structure, name: string): Ast.ModuleExpr | undefined {
  const found = items.findLast((item) => item.desc.kind === "module" && item.desc.binding.name.value === name);
  return found?.desc.kind === "module" ? found.desc.binding.expression : undefined;
}

function withoutType(expression: Ast.ModuleExpr | undefined): Ast.ModuleExpr | undefined {
  return expression?.desc.kind === "constraint" ? withoutType(expression.desc.module) : expression;
}

/** A named signature, whatever is said of its types. */
function signaturePath({ desc }: Ast.ModuleType): string | undefined {
  if (desc.kind === "with") return signaturePath(desc.type);
  return desc.kind === "ident" ? pathText(desc.ident.value) : undefined;
}

function pathText(path: Ast.Longident): string | undefined {
  if (path.kind === "ident") return path.name;
  const prefix = path.kind === "dot" ? pathText(path.prefix) : undefined;
  return path.kind === "dot" && prefix !== undefined ? `${prefix}.${path.name}` : undefined;
}
