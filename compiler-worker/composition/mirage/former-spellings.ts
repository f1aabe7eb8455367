/** What configurations for older MirageOS say, and what to write now (changes from 4.4 to 4.11). */
import type { Diagnostic } from "../../syntax/diagnostics.ts";

const NO_PARAMETER = "is no parameter of functors since MirageOS 4.9";

/** Values, types and modules by the name that has no meaning any more. */
const NAMES: Readonly<Record<string, string>> = {
  foreign: 'foreign became main: main "Unikernel.Main" (… @-> job).',
  default_time: `Sleeping ${NO_PARAMETER}: leave it out here and in the functor, and call Mirage_sleep.ns. register ~sleep chooses another.`,
  time: `Sleeping ${NO_PARAMETER}: leave it out here and in the functor, and call Mirage_sleep.ns.`,
  default_posix_clock: `The wall clock ${NO_PARAMETER}: leave it out here and in the functor, and call Mirage_ptime. register ~ptime chooses another.`,
  pclock: `The wall clock ${NO_PARAMETER}: leave it out here and in the functor, and call Mirage_ptime.`,
  default_monotonic_clock: `The monotonic clock ${NO_PARAMETER}: leave it out here and in the functor, and call Mirage_mtime. register ~mtime chooses another.`,
  mclock: `The monotonic clock ${NO_PARAMETER}: leave it out here and in the functor, and call Mirage_mtime.`,
  rng: "Random numbers are drawn with Mirage_crypto_rng.generate since MirageOS 4.9: leave the device out here and in the functor.",
  stdlib_random: "Random numbers are drawn with Mirage_crypto_rng.generate since MirageOS 4.9: leave the device out here and in the functor.",
  nocrypto: "Random numbers are drawn with Mirage_crypto_rng.generate: the generator is seeded without being asked for.",
  default_console: "MirageOS has no consoles any more: use Logs, or print.",
  console: "MirageOS has no consoles any more: use Logs, or print.",
  custom_console: "MirageOS has no consoles any more: use Logs, or print.",
  mprof_trace: "Tracing is gone since MirageOS 4.4.",
  stackv4: "Stacks have both versions of IP: stackv4v6, generic_stackv4v6.",
  generic_stackv4: "This became generic_stackv4v6.",
  static_ipv4_stack: "This became generic_stackv4v6, with --no-dhcp when the unikernel is built.",
  dhcp_ipv4_stack: "This became generic_stackv4v6, which asks for an address by DHCP.",
  direct_stackv4: "This became direct_stackv4v6.",
  socket_stackv4: "This became generic_stackv4v6, with --net=host when the unikernel is built.",
  socket_stackv4v6: "This became generic_stackv4v6, with --net=host when the unikernel is built.",
  static_ipv4v6_stack: "This became generic_stackv4v6, with --no-dhcp when the unikernel is built.",
  conduit_tcp: "This became conduit_direct.",
  http_server_of_conduit: "This became cohttp_server.",
  archive: "This became tar_kv_ro.",
  archive_of_files: "This became tar_kv_ro on a disk, or crunch.",
  fat: "File systems became key-value stores: fat_ro.",
  kv_ro_of_fs: "File systems became key-value stores: fat_ro, tar_kv_ro.",
  generic_fs: "File systems became key-value stores: generic_kv_ro.",
  fs: "File systems became key-value stores: kv_ro, kv_rw.",
  happy_eyeballs_mirage: "This became generic_happy_eyeballs.",
  mem_kv_rw: "This is called kv_rw_mem.",
  syslog_config: "The server is a boot argument: syslog_udp stack, and --syslog at boot.",
  tracing: "Tracing is gone since MirageOS 4.4.",
  abstract: "Key.abstract became Key.v; of what is not a key: dep.",
  add_to_ocamlfind_libraries: "Packages are given to main: main ~packages:[ package \"…\" ].",
  add_to_opam_packages: "Packages are given to main: main ~packages:[ package \"…\" ].",
  libraries: "Packages are given to main: main ~packages:[ package \"…\" ].",
};

/** Those of them that only have another name now. */
export const RENAMED: Readonly<Record<string, string>> = {
  foreign: "main",
  stackv4: "stackv4v6",
  generic_stackv4: "generic_stackv4v6",
  dhcp_ipv4_stack: "generic_stackv4v6",
  direct_stackv4: "direct_stackv4v6",
  conduit_tcp: "conduit_direct",
  http_server_of_conduit: "cohttp_server",
  archive: "tar_kv_ro",
  fat: "fat_ro",
  generic_fs: "generic_kv_ro",
  happy_eyeballs_mirage: "generic_happy_eyeballs",
  mem_kv_rw: "kv_rw_mem",
};

/** Devices, and their types, that functors are given no more. */
export const FORMER_DEVICES: ReadonlySet<string> = new Set(["default_time", "time", "default_posix_clock", "pclock", "default_monotonic_clock", "mclock", "rng", "stdlib_random", "nocrypto", "default_random", "random"]);

/** Labels that functions had. */
const LABELS: Readonly<Record<string, string>> = {
  keys: "Keys are configure-time only since MirageOS 4.5: boot arguments are given with ~runtime_args:[ runtime_arg ~pos:__POS__ \"Unikernel.name\" ], or registered in the unikernel by Mirage_runtime.register_arg.",
  packages: "register takes no packages since MirageOS 4.5: give them to main, which has ~packages.",
  libraries: "Packages are given to main: main ~packages:[ package \"…\" ].",
  stage: "Keys are configure-time only since MirageOS 4.5: a boot argument is a Cmdliner term in the unikernel, registered by Mirage_runtime.register_arg or named by runtime_arg ~pos:__POS__ \"Unikernel.name\".",
  extra_deps: "main has ~deps:[ dep … ].",
  dhcp_key: "?dhcp_key is gone since MirageOS 4.11: --no-dhcp says so when the unikernel is built.",
  net_key: "?net_key is gone since MirageOS 4.11: --net says so when the unikernel is built.",
  tcp: "?tcp is gone since MirageOS 4.11: --utcp chooses the TCP implementation when the unikernel is built.",
  clock: "Clocks are no devices of configurations since MirageOS 4.9: leave it out.",
  time: "Sleeping is no device of configurations since MirageOS 4.9: leave it out.",
  random: "Random numbers are no device of configurations since MirageOS 4.9: leave it out.",
  pclock: "Clocks are no devices of configurations since MirageOS 4.9: leave it out.",
  mclock: "Clocks are no devices of configurations since MirageOS 4.9: leave it out.",
  name: "A boot argument's name is in its term since MirageOS 4.5: create ~pos:__POS__ \"Unikernel.name\".",
};

/** Advice for an error of the type checker in `config.ml`; undefined when it is not about an old spelling. */
export function formerSpelling(diagnostic: Diagnostic): string | undefined {
  const { message } = diagnostic;
  const unbound = /^Unbound (?:value|type constructor|module|constructor) (?:[\w.]*\.)?(\w+)/.exec(message)?.[1];
  if (unbound !== undefined) return Object.hasOwn(NAMES, unbound) ? NAMES[unbound] : undefined;
  const label = /cannot be applied with label [~?](\w+)/.exec(message)?.[1] ?? labelOfExtra(diagnostic);
  if (label !== undefined) return Object.hasOwn(LABELS, label) ? LABELS[label] : undefined;
  if (/\bstring\b[^]*\bcode\b/.test(message) && /This expression has type\s+string/.test(message)) return 'Code is made with code since MirageOS 4.5: code ~pos:__POS__ "%s.connect %s" modname arg.';
  return undefined;
}

/** The label of the argument that a function does not take, read before it in the source. */
function labelOfExtra(diagnostic: Diagnostic): string | undefined {
  if (!diagnostic.message.includes("applied to too many arguments")) return undefined;
  for (const { location } of diagnostic.related) {
    if (location === undefined) continue;
    const label = /[~?]([a-z_]\w*)\s*:\s*\(?$/.exec(location.file.text.slice(Math.max(0, location.start - 60), location.start))?.[1];
    if (label !== undefined) return label;
  }
  return undefined;
}

/** Options of the command line by what they are called now. */
const OPTIONS: Readonly<Record<string, string>> = {
  dhcp: "--dhcp=BOOL became the flag --no-dhcp: an address by DHCP is the default.",
  ipv4: "--ipv4 is a boot argument: give it to the unikernel.",
  "ipv4-gateway": "--ipv4-gateway is a boot argument: give it to the unikernel.",
  ipv6: "--ipv6 is a boot argument: give it to the unikernel.",
  kv_rw: "There is no such key: kv_rw_mem and direct_kv_rw are different devices.",
  "kv-ro": "The key is written --kv_ro.",
  network: "Network interfaces are chosen at boot: --interface.",
  interface: "--interface is a boot argument: give it to the unikernel.",
};

/** Advice for an error of the command line. */
export function formerOption(message: string): string | undefined {
  const option = /unknown option '?--(?:\w+-)?([\w-]+?)(?:=[^']*)?'?[,.:]?(?:\s|$)/.exec(message)?.[1];
  return option === undefined || !Object.hasOwn(OPTIONS, option) ? undefined : OPTIONS[option];
}
