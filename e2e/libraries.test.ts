/** Libraries that the user brings: dropped or chosen, in the palette and in the sources' scope, kept, exported, removed. */
import { readFileSync } from "node:fs";
import { unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { chromium } from "./programs.ts";
import { checked, expectWire, node, openStudio, retypeLine, startBrowser, stopBrowser } from "./studio.ts";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

const SHAPES = zipSync({
  "shapes-1.0/dune-project": text('(lang dune 3.0)\n(name shapes)\n(license MIT)\n(package (name shapes) (synopsis "Areas of shapes"))'),
  "shapes-1.0/src/dune": text("(library (name shapes) (public_name shapes))"),
  "shapes-1.0/src/square.ml": text("let area a = a * a"),
  "shapes-1.0/src/nap.ml": text("module Make (Inner : sig val ns : int64 -> unit Lwt.t end) = struct let ns n = Inner.ns (Int64.div n 2L) end"),
});

/** Drops a file on the window as a file manager does. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name: fileName, content }) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(content)], fileName));
      return data;
    },
    { name, content: [...bytes] },
  );
  await page.dispatchEvent("main", "dragover", { dataTransfer: transfer });
  await page.getByText("Drop a project or an OCaml library").waitFor();
  await page.dispatchEvent("main", "drop", { dataTransfer: transfer });
}

describe.skipIf(chromium === undefined)("libraries that the user brings", () => {
  beforeAll(startBrowser);
  afterAll(stopBrowser);

  test("a dropped archive's modules are in the palette and usable; it survives a reload, is exported, and goes", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    await drop(page, "shapes-1.0.zip", SHAPES);
    const listed = page.getByTestId("library-shapes-1.0");
    await listed.getByText("2 modules, MIT").waitFor();
    // In the palette, as a functor with the ports that its source says.
    await page.locator('[data-item="shapes:Shapes.Nap.Make"]').dblclick();
    await node(page, "Shapes-Nap-Make").getByLabel("Input Inner").waitFor();
    await page.getByLabel("Source for Inner").click();
    await page.getByRole("option", { name: "Sleep (sleep), fits" }).click();
    await expectWire(page, "sleep", "Shapes-Nap-Make", "Inner", "fits");
    await retypeLine(page, "let message", "let message = string_of_int (Shapes.Square.area 12)");
    await checked(page, "ok");
    await page.getByText("saved", { exact: true }).waitFor();
    await page.reload();
    await checked(page, "ok");
    await expectWire(page, "sleep", "Shapes-Nap-Make", "Inner", "fits");
    await page.getByTestId("project-menu").click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Export project as .zip" }).click()]);
    const exported = unzipSync(readFileSync(await download.path()));
    expect(Object.keys(exported)).toContain("hello/libraries/shapes-1.0/src/square.ml");
    expect(new TextDecoder().decode(exported["hello/morgana.json"])).toContain('"libraries/shapes-1.0"');
    await page.getByRole("button", { name: "Remove the library shapes-1.0" }).click();
    await checked(page, "errors");
    await page.locator('[data-item="shapes:Shapes.Nap.Make"]').waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await checked(page, "ok");
    await close();
  });

  test("what is wrong with a library is said; a damaged archive is refused; the keyboard's way is a file dialog", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("add ocaml library archive");
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
    const archive = zipSync({ "lone/dune": text("(library (name lone) (libraries not_there))"), "lone/lone.ml": text("let x = 1") });
    await chooser.setFiles({ name: "lone.zip", mimeType: "application/zip", buffer: Buffer.from(archive) });
    await page.getByTestId("library-lone").getByText("it needs the library not_there, which is missing").waitFor();
    // It stands in nobody's way as long as nothing reaches it.
    await checked(page, "ok");
    // What is wrong in a library that is reached leads to its text.
    await drop(page, "broken.zip", zipSync({ "broken/dune": text("(library (name broken))"), "broken/broken.ml": text('let x : int = "é"') }));
    await page.getByTestId("library-broken").waitFor();
    await retypeLine(page, "let message", 'let message = ignore Broken.x; "Hello"');
    await page.getByTestId("problem").filter({ hasText: "an expression was expected of type" }).first().click();
    await page.getByRole("tab", { name: "broken.ml", exact: true, selected: true }).waitFor();
    await drop(page, "cut.tar.gz", SHAPES.subarray(0, 40));
    const message = page.getByTestId("message").filter({ hasText: "cut.tar.gz was not imported" });
    await message.waitFor();
    // It lies beside what the user works with, not on it, and the keyboard reaches it.
    const output = (await page.getByRole("region", { name: "Output" }).boundingBox())!;
    const box = (await message.boundingBox())!;
    expect(output.y + output.height).toBeLessThanOrEqual(box.y + 1);
    await page.keyboard.press("Alt+7");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Alt+7");
    await page.keyboard.press("Escape");
    await message.waitFor({ state: "detached" });
    await close();
  });
});
