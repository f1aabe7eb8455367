/** Command-line arguments: options declared with whether they take a value, read in any order. */

export interface OptionSpec {
  /** With its dashes: `--target`. */
  readonly name: string;
  /** Another spelling: `-t`. */
  readonly short?: string;
  /** What its value is called in messages; undefined for a flag. */
  readonly value?: string;
}

export class UsageError extends Error {}

export class Arguments {
  readonly positional: readonly string[];
  readonly #given: ReadonlyMap<string, readonly string[]>;

  constructor(positional: readonly string[], given: ReadonlyMap<string, readonly string[]>) {
    this.positional = positional;
    this.#given = given;
  }

  flag(name: string): boolean {
    return this.#given.has(name);
  }

  /** The last value given. */
  value(name: string): string | undefined {
    return this.#given.get(name)?.at(-1);
  }

  values(name: string): readonly string[] {
    return this.#given.get(name) ?? [];
  }
}

/** Reads `--name value`, `--name=value`, `-n value`; `--` ends the options. Throws `UsageError`. */
export function parseArguments(command: string, args: readonly string[], specs: readonly OptionSpec[]): Arguments {
  const positional: string[] = [];
  const given = new Map<string, string[]>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "--") {
      positional.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith("-") || arg === "-") {
      positional.push(arg);
      continue;
    }
    const equals = arg.startsWith("--") ? arg.indexOf("=") : -1;
    const name = equals < 0 ? arg : arg.slice(0, equals);
    const spec = specs.find((s) => s.name === name || s.short === name);
    if (spec === undefined) throw new UsageError(`${command}: unknown option ${name}`);
    let value = "";
    if (spec.value === undefined) {
      if (equals >= 0) throw new UsageError(`${command}: the option ${name} takes no value`);
    } else if (equals >= 0) value = arg.slice(equals + 1);
    else {
      const next = args[++i];
      if (next === undefined) throw new UsageError(`${command}: the option ${name} needs a value: ${spec.value}`);
      value = next;
    }
    const list = given.get(spec.name);
    if (list === undefined) given.set(spec.name, [value]);
    else list.push(value);
  }
  return new Arguments(positional, given);
}
