/**
 * The compiler's flags in dune files (`flags`, `ocamlopt_flags`): those that change what a module means are honoured, those about
 * warnings, speed and other outputs say nothing here, and what is left is named (the manual's chapter on `ocamlopt`, options).
 */
import { NO_FLAGS, type LanguageFlags } from "../typing/language-flags.ts";

export interface CompilerFlags {
  /** Modules opened by `-open`. */
  readonly opens: readonly string[];
  /** `-nopervasives` */
  readonly withoutStdlib: boolean;
  /** `-linkall` */
  readonly linkAll: boolean;
  /** `-pp`, `-ppx` with the program that is to change the text. */
  readonly rewriters: readonly string[];
  readonly language: LanguageFlags;
  /** Flags that the compiler does not have, or whose meaning is not honoured here. */
  readonly unknown: readonly string[];
}

/** Flags that take the next word with them and change nothing here. */
const WITH_ARGUMENT = new Set([
  "-w", "-warn-error", "-alert", "-inline", "-rounds", "-inline-toplevel", "-inline-max-depth", "-inline-max-unroll", "-inline-call-cost", "-inline-alloc-cost", "-inline-prim-cost", "-inline-branch-cost", "-inline-indirect-cost", "-inline-lifting-benefit",
  "-inline-branch-factor", "-unbox-closures-factor", "-inline-max-speculation", "-inline-speculative-functions", "-cc", "-ccopt", "-cclib", "-dllib", "-dllpath", "-I", "-H", "-o", "-color", "-error-style", "-stop-after", "-save-ir-after", "-runtime-variant", "-use-runtime",
  "-llvm-flags", "-gdwarf-compression", "-dump-dir", "-intf-suffix", "-pf", "-zero-alloc-check", "-extension-universe", "-keywords", "-afl-inst-ratio", "-function-layout", "-set-runtime-default",
]);

/** Flags alone that change nothing here: they concern warnings, messages, speed, debugging, linking, or are what is done anyway. */
const ALONE = new RegExp(
  `^-(${[
    "g", "c", "a", "S", "annot", "bin-annot(-occurrences|-cms.*)?", "absname", "thread", "threads", "safe-string", "principal", "no-principal", "strict-sequence", "no-strict-sequence", "strict-formats", "no-strict-formats", "short-paths", "no-short-paths", "keep-locs", "no-keep-locs", "keep-docs",
    "no-keep-docs", "alias-deps", "no-alias-deps", "app-funct", "no-app-funct", "labels", "noautolink", "nostdlib", "linkscan", "linkall", "dlinkall", "output-obj", "output-complete-(obj|exe)", "shared", "verbose", "v", "version", "nodynlink", "dynlink", "fPIC", "fno-PIC", "p", "pic-code", "no-pic-code",
    "unsafe", "O[0-9]?", "Oclassic", "unboxed-types", "unbox-closures", "no-unbox-.*", "remove-unused-arguments", "inlining-report", "insn-sched", "no-insn-sched", "linear", "nolinear", "function-sections", "no-function-sections", "compact", "custom", "no-check-prims", "opaque", "afl-instrument",
    "float-const-prop", "no-float-const-prop", "classic-inlining", "flambda[0-9-].*", "no-flambda.*", "with-runtime", "without-runtime", "unboxed-default", "no-unboxed-.*", "warn-help", "where", "config", "d[a-z].*", "i", "stdin", "q", "ffast-math", "no-rectypes", "compat-32", "vmthread", "use-prims", "match-context-rows.*", "zero-alloc.*", "extension-universe.*",
  ].join("|")})$`,
);

/** The flags that change typing among a compiler's arguments. */
const TYPING_FLAGS = ["-nolabels", "-rectypes", "-noassert"];

/**
 * What a compiled module with its typed tree (`.cmt`) tells of the flags that it was compiled with: packages that are installed say
 * it nowhere else. The file is a value written by `Marshal`, in which the compiler's arguments follow each other: a string of less
 * than 32 bytes is a byte of 32 plus its length and the string.
 */
export function flagsOfCompiled(file: string): LanguageFlags {
  const written = (text: string): string => String.fromCharCode(32 + text.length) + text;
  // Compiled modules may have such strings in them: the arguments come last, after the compiler's own name.
  const start = Math.max(...["ocamlc", "ocamlc.opt", "ocamlopt", "ocamlopt.opt"].flatMap((name) => [file.lastIndexOf(written(name)), file.lastIndexOf(`/${name}`)]));
  return start < 0 ? NO_FLAGS : readFlags(TYPING_FLAGS.filter((flag) => file.includes(written(flag), start))).language;
}

/** Reads a list of flags as the compiler would. Never throws. */
export function readFlags(flags: readonly string[]): CompilerFlags {
  const opens: string[] = [];
  const rewriters: string[] = [];
  const unknown: string[] = [];
  let withoutStdlib = false;
  let linkAll = false;
  let language = NO_FLAGS;
  for (let i = 0; i < flags.length; i++) {
    const flag = flags[i]!;
    const next = flags[i + 1];
    switch (flag) {
      case "-open":
        if (next !== undefined) opens.push(next);
        i++;
        break;
      case "-pp":
      case "-ppx":
        rewriters.push(`${flag} ${next ?? ""}`);
        i++;
        break;
      case "-nopervasives":
        withoutStdlib = true;
        break;
      case "-linkall":
        linkAll = true;
        break;
      case "-nolabels":
      case "-labels":
        language = { ...language, ignoresLabels: flag === "-nolabels" };
        break;
      case "-rectypes":
      case "-no-rectypes":
        language = { ...language, recursiveTypes: flag === "-rectypes" };
        break;
      case "-noassert":
        language = { ...language, withoutAssertions: true };
        break;
      case "-for-pack":
      case "-pack":
        // Modules keep their names: nothing is packed in one unit here, and dune packs nothing either.
        unknown.push(flag);
        if (flag === "-for-pack") i++;
        break;
      default:
        if (WITH_ARGUMENT.has(flag)) i++;
        else if (flag.startsWith("-") && !ALONE.test(flag)) unknown.push(flag);
    }
  }
  return { opens, withoutStdlib, linkAll, rewriters, language, unknown };
}
