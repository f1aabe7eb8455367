/** Which packages an image is made of, and under which licences. */
import type { Library } from "./library.ts";

export interface LicencedPackage {
  readonly name: string;
  readonly origin: "own" | "user";
  readonly version: string | undefined;
  /** An SPDX expression where the metadata has one; undefined when nothing tells it. */
  readonly licence: string | undefined;
}

/** The packages whose units were linked, sorted by name; the program's own units belong to none. */
export function packagesOfUnits(units: readonly string[], library: Library): readonly LicencedPackage[] {
  const names = new Set(units.flatMap((unit) => library.find(unit)?.package ?? []));
  return [...names].sort().flatMap((name) => {
    const item = library.packages.get(name);
    return item === undefined ? [] : [{ name, origin: item.origin, version: item.version, licence: item.licence?.text }];
  });
}

/** One line: each licence with its packages; of the project's own only the number is told. */
export function licenceSummary(packages: readonly LicencedPackage[]): string {
  const byLicence = new Map<string, LicencedPackage[]>();
  for (const item of packages) {
    const licence = item.licence ?? "licence not told";
    const list = byLicence.get(licence);
    if (list === undefined) byLicence.set(licence, [item]);
    else list.push(item);
  }
  return [...byLicence]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, items]) => {
      const own = items.filter((i) => i.origin === "own").length;
      const names = [...(own === 0 ? [] : [`${own} of Morgana's packages`]), ...items.filter((i) => i.origin === "user").map((i) => i.name)];
      return `${licence} (${names.join(", ")})`;
    })
    .join("; ");
}
