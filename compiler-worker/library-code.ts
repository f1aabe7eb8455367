/** Makes what comes with the compiler of the library (`shipped-library.ts`): from builds of programs that use its functions. */
import { BuildMemo } from "./build-memo.ts";
import { CodeCollector } from "./codegen/shipped-code.ts";
import { readCatalogue } from "./composition/catalogue.ts";
import { analyseComposition } from "./composition/composition.ts";
import { parseManifest, PROJECT_FILE } from "./composition/project.ts";
import { TranslationCollector } from "./defunctorize/shipped-translations.ts";
import { build, ProgramSources } from "./driver.ts";
import { imageTargets, type ImageTarget } from "./image/image.ts";
import { Library, type LibraryArchive } from "./packages/library.ts";
import { unitsOfModules } from "./packages/program-units.ts";
import { encodeProject } from "./service/encoding.ts";
import { shippedLibraryText } from "./shipped-library.ts";
import { renderDiagnostic } from "./syntax/render.ts";
import { TypingSession, type UnitSource } from "./typing/session.ts";
import { NOTHING_TOLD } from "./typing/warnings.ts";

/** A program of one file. */
export interface SeedProgram {
  readonly name: string;
  readonly text: string;
}

/** The text that `parseShippedLibrary` reads, from builds of projects of the studio (their files) and of programs, for all targets. Throws when one has errors. */
export function libraryCode(archive: LibraryArchive, projects: readonly Readonly<Record<string, string>>[], programs: readonly SeedProgram[]): string {
  const library = new Library(archive);
  const context = { library, devices: new Map(readCatalogue(archive.packages).map((d) => [d.id, d])), targets: imageTargets.map((t) => t.name) };
  const code = new CodeCollector();
  const translations = new TranslationCollector();
  const add = (target: ImageTarget, session: TypingSession, units: readonly UnitSource[]): void => {
    const memo = new BuildMemo();
    const { diagnostics, image } = build(session, new ProgramSources(units, library), { target, memo });
    if (image === undefined) throw new Error(diagnostics.map(renderDiagnostic).join("\n"));
    code.add(memo.code[1].plain);
    translations.add(memo.translation);
  };
  for (const target of imageTargets) {
    for (const { [PROJECT_FILE]: manifestText, ...files } of projects) {
      const parsed = parseManifest(manifestText ?? "");
      if (!parsed.ok) throw new Error(parsed.errors.join("\n"));
      const session = new TypingSession(library);
      const { units, obstacles } = analyseComposition(session, encodeProject({ manifest: { ...parsed.manifest, target: target.name }, files }), context);
      if (obstacles.length > 0) throw new Error(obstacles.join("\n"));
      add(target, session, units);
    }
    for (const { name, text } of programs) {
      const { units } = unitsOfModules([{ module: "Main", interface: undefined, implementation: { name, text } }], library, [], NOTHING_TOLD);
      add(target, new TypingSession(new ProgramSources(units, library)), units);
    }
  }
  return shippedLibraryText(archive.digest ?? "", translations.text(), code.text());
}
