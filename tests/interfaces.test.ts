/** What is written for devices that have no implementation type-checks against their interfaces; building it tells what is missing. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { build, ProgramSources } from "../compiler-worker/driver.ts";
import { imageTarget } from "../compiler-worker/image/image.ts";
import { renderDiagnostic } from "../compiler-worker/syntax/render.ts";
import { TypingSession } from "../compiler-worker/typing/session.ts";
import { testLibrary } from "./support/library.ts";
import { unit } from "./support/run.ts";

const folder = fileURLToPath(new URL("interfaces/", import.meta.url));

describe("interfaces", () => {
  it.each(readdirSync(folder).filter((file) => file.endsWith(".ml")))("%s", (file) => {
    const sources = new ProgramSources([unit("Program", readFileSync(`${folder}${file}`, "latin1"))], testLibrary());
    const session = new TypingSession(sources);
    expect(session.typeUnit("Program").diagnostics.map(renderDiagnostic)).toEqual([]);
    expect(session.errors().map(renderDiagnostic)).toEqual([]);
  });

  it("name what stands in the way of a build", () => {
    const program = 'let () = Lwt.async (fun () -> Lwt.map (fun net -> ignore (Netif.mac net)) (Netif.connect "service"))';
    const sources = new ProgramSources([unit("Program", program)], testLibrary());
    const { image, diagnostics } = build(new TypingSession(sources), sources, { target: imageTarget("qemu")! });
    expect(image).toBeUndefined();
    expect(diagnostics.map(renderDiagnostic).join("\n")).toMatch(/Netif has an interface but no implementation/);
  });

  it("of published packages give their values types when something asks", () => {
    const text = "val known : int -> int\nval other : Nowhere.t -> int\n";
    const published = { ...unit("Published", ""), package: "published", published: true, interface: { name: "published.mli", text }, implementation: undefined };
    const typed = (program: string): string[] => {
      const own = unit("Program", program);
      const session = new TypingSession({ find: (name) => [own, published].find((u) => u.name === name) ?? testLibrary().find(name) });
      return session.typeUnit("Program").diagnostics.map((d) => d.message);
    };
    expect(typed("let x = Published.known 1")).toEqual([]);
    expect(typed("let x = Published.other 1")).toEqual(["Unbound module Nowhere"]);
  });

  // A build checks what it reaches only, and of the functions of these packages those that it needs.
  it("are those of the library's implementations", () => {
    const library = testLibrary();
    const session = new TypingSession(library, { keepsTrees: false });
    const units = [...library.units()].filter((u) => u.implementation !== undefined);
    expect(units.length).toBeGreaterThan(100);
    const errors = units.flatMap((u) => session.checkUnit(u.name).filter((d) => d.severity === "error").map(renderDiagnostic));
    expect([...new Set(errors)]).toEqual([]);
    // Types of values of interfaces are made when something asks for them.
    for (const u of library.units()) expect(() => session.signatureText(u.name)).not.toThrow();
  });
});
