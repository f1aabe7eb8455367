/** Modules that MirageOS had before version 4.9 and examples still use: what to write instead. */

const SUCCESSORS: Readonly<Record<string, string>> = {
  Mirage_time: "Sleeping needs no functor parameter since MirageOS 4.9: Mirage_time.S.sleep_ns became Mirage_sleep.ns.",
  Mirage_clock: "Clocks are no functor parameters since MirageOS 4.9: PCLOCK became the module Mirage_ptime, MCLOCK became Mirage_mtime.",
  Mirage_time_unix: "This became the module Mirage_sleep.",
  Mirage_clock_unix: "This became the modules Mirage_ptime and Mirage_mtime.",
  Pclock: "This became the module Mirage_ptime.",
  Mclock: "This became the module Mirage_mtime.",
  Mirage_random: "Randomness is no functor parameter since MirageOS 4.9: generate is in Mirage_crypto_rng.",
  Mirage_console: "MirageOS has no consoles any more; the library's own is the device \"console\", with the signature Console.S.",
  Mirage_protocols: "Its signatures are in Tcpip, Ethernet and Arp since tcpip 7: Tcpip.Tcp.S, Ethernet.S, Arp.S.",
  Mirage_stack: "This became Tcpip.Stack.V4V6.",
  Mirage_fs: "File systems became key-value stores: Mirage_kv.RO and Mirage_kv.RW.",
  Mirage_types: "Its signatures are in the packages of their devices: Mirage_flow.S, Mirage_block.S, …",
  Mirage_types_lwt: "Its signatures are in the packages of their devices: Mirage_flow.S, Mirage_block.S, …",
  OS: "OS.Time.sleep_ns became Mirage_sleep.ns; the main loop is not called by applications.",
  Key_gen: "Boot arguments are registered where they are used: let x = Mirage_runtime.register_arg term, then x ().",
};

/** Modules that only have another name now. */
export const RENAMED_MODULES: Readonly<Record<string, string>> = { Mirage_time_unix: "Mirage_sleep", Mirage_clock_unix: "Mirage_ptime", Pclock: "Mirage_ptime", Mclock: "Mirage_mtime" };

/** Signatures of functors' parameters that became modules, and values that are called otherwise there. */
export const FORMER_PARAMETERS: Readonly<Record<string, { readonly module: string; readonly values: Readonly<Record<string, string>> }>> = {
  "Mirage_time.S": { module: "Mirage_sleep", values: { sleep_ns: "ns" } },
  "Mirage_clock.PCLOCK": { module: "Mirage_ptime", values: {} },
  "Mirage_clock.MCLOCK": { module: "Mirage_mtime", values: {} },
  "Mirage_random.S": { module: "Mirage_crypto_rng", values: {} },
};

/** The module that an error message calls unbound. */
export const unboundModule = (message: string): string | undefined => /^Unbound module (\w+)/.exec(message)?.[1];

/** Advice for an error message, if it is about such a module. */
export function formerModuleAdvice(message: string): string | undefined {
  const name = unboundModule(message);
  return name === undefined || !Object.hasOwn(SUCCESSORS, name) ? undefined : SUCCESSORS[name];
}
