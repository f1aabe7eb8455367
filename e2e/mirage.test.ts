/**
 * MirageOS projects in the studio: opened, drawn, their graph and config.ml kept in step both ways, built, booted, kept, exported as
 * they were.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { boot } from "./boot.ts";
import { chromium, qemu } from "./programs.ts";
import { buildAndDownload, checked, editorText, expectWire, node, openStudio, retypeLine, startBrowser, stopBrowser, wire } from "./studio.ts";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

const CONFIG = `(* The reader's comment. *)
open Mirage

let pages = crunch "pages"
let main = main "Unikernel.Main" (kv_ro @-> job)
let () = register "reader" [ main $ pages ]
`;
const UNIKERNEL = `open Lwt.Infix

module Main (Pages : Mirage_kv.RO) = struct
  let start pages =
    Pages.get pages (Mirage_kv.Key.v "greeting.txt") >|= function
    | Ok text -> print_string text
    | Error e -> Format.printf "%a@." Pages.pp_error e
end
`;
const PROJECT = { "reader/config.ml": text(CONFIG), "reader/unikernel.ml": text(UNIKERNEL), "reader/pages/greeting.txt": text("Good morning from a file\n"), "reader/pages/bytes.bin": new Uint8Array([0, 255, 128, 10]), "reader/README.md": text("# Reader\n") };

async function importProject(page: Page, files: Record<string, Uint8Array>): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("import project");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("option", { name: /^Import project, library/ }).click()]);
  await chooser.setFiles({ name: "reader.zip", mimeType: "application/zip", buffer: Buffer.from(zipSync(files)) });
}

describe.skipIf(chromium === undefined || qemu === undefined)("MirageOS projects", () => {
  let folder = "";
  beforeAll(startBrowser);
  afterAll(stopBrowser);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "morgana-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("are opened and drawn, change with the graph and with the text, are built, kept, and exported as they were", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    await importProject(page, PROJECT);
    await expectWire(page, "pages", "main", "kv_ro", "fits");
    await checked(page, "ok");

    // The graph changes the text, only where the wire is written.
    await page.getByRole("tab", { name: "config.ml" }).click();
    await wire(page, "pages", "main", "kv_ro").focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("inspector").getByText("kv_ro").first().waitFor();
    await page.keyboard.press("Delete");
    await wire(page, "pages", "main", "kv_ro").waitFor({ state: "detached" });
    await checked(page, "errors");
    expect(await editorText(page)).toContain("main $ unwired_kv_ro ]");
    await page.getByTestId("problem").getByText("A device of type kv_ro is missing here").waitFor();
    await page.locator('[data-item="generic_kv_ro"]').dblclick();
    await node(page, "generic_kv_ro1").waitFor();
    await page.getByLabel("argumentstring").fill("pages");
    await page.getByTestId("node-main").click();
    await page.getByLabel("Source for kv_ro").click();
    await page.getByRole("option", { name: "generic_kv_ro (generic_kv_ro1), fits" }).click();
    await expectWire(page, "generic_kv_ro1", "main", "kv_ro", "fits");
    await checked(page, "ok");
    const changed = await editorText(page);
    expect(changed).toContain('let generic_kv_ro1 = generic_kv_ro "pages"');
    expect(changed).toContain("main $ generic_kv_ro1 ]");
    expect(changed).toContain("(* The reader's comment. *)");

    // The text changes the graph.
    await retypeLine(page, "let () = register", 'let () = register "reader" [ main $ pages ]');
    await expectWire(page, "pages", "main", "kv_ro", "fits");
    await checked(page, "ok");

    const image = join(folder, "image.elf");
    await buildAndDownload(page, image);
    const { serial, status } = await boot(image, { machine: "microvm", memory: "32M", timeout: 60_000 });
    expect(serial).toContain("Good morning from a file");
    expect(status).toBe(0);

    await page.getByText("saved", { exact: true }).waitFor();
    await page.reload();
    await expectWire(page, "pages", "main", "kv_ro", "fits");
    await checked(page, "ok");
    await page.getByTestId("project-menu").click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Export project as .zip" }).click()]);
    const exported = unzipSync(readFileSync(await download.path()));
    await close();
    expect(Object.keys(exported).sort()).toEqual(Object.keys(PROJECT).sort());
    for (const [path, bytes] of Object.entries(PROJECT)) if (!path.endsWith("config.ml")) expect(Buffer.from(exported[path]!).equals(Buffer.from(bytes)), path).toBe(true);

    // The command line makes the same image of it.
    for (const [path, bytes] of Object.entries(exported)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    execFileSync(process.execPath, ["dist/cli/morgana.mjs", "build", join(folder, "reader"), "-t", "qemu", "-o", join(folder, "node.elf")], { stdio: "inherit" });
    expect(readFileSync(join(folder, "node.elf")).equals(readFileSync(image))).toBe(true);
  });

  test("take new applications and other names from the canvas", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    const second = 'module Main (Files : Mirage_kv.RO) = struct\n  let start _ = print_endline "second too"; Lwt.return_unit\nend\n';
    await importProject(page, { ...PROJECT, "reader/second.ml": text(second) });
    await expectWire(page, "pages", "main", "kv_ro", "fits");
    await checked(page, "ok");
    await page.getByRole("tab", { name: "config.ml" }).click();

    // A name of the canvas is a variable of the configuration.
    await node(page, "pages").click();
    const name = page.getByTestId("inspector-pages").getByLabel("Name");
    await name.fill("main");
    await name.press("Enter");
    await page.getByText("main.", { exact: false }).first().waitFor();
    await name.fill("site");
    await name.press("Enter");
    await expectWire(page, "site", "main", "kv_ro", "fits");
    await checked(page, "ok");

    // An application comes with the ports that its source names, and is registered.
    await page.getByLabel("Search devices").fill("application");
    await page.keyboard.press("Enter");
    await node(page, "second").waitFor();
    await page.getByLabel("Source for kv_ro").click();
    await page.getByRole("option", { name: /^crunch \(site\)/ }).click();
    await expectWire(page, "site", "second", "kv_ro", "fits");
    await checked(page, "ok");
    const changed = await editorText(page);
    expect(changed).toContain('let site = crunch "pages"');
    expect(changed).toContain('let second = Mirage.main "Second.Main" (kv_ro @-> job)');
    expect(changed).toContain("[ main $ site; second $ site ]");
    await close();
  });

  test("have devices by category, keys to choose, and advice for old spellings", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    const stack = CONFIG.replace('crunch "pages"', 'generic_kv_ro "pages"').replace("let main", "let stack = generic_stackv4v6 default_network\nlet main").replace("(kv_ro @-> job)", "(kv_ro @-> stackv4v6 @-> job)").replace("$ pages", "$ pages $ stack");
    const unikernel = UNIKERNEL.replace("(Pages : Mirage_kv.RO)", "(Pages : Mirage_kv.RO) (S : Tcpip.Stack.V4V6)").replace("start pages", "start pages _stack");
    await importProject(page, { ...PROJECT, "reader/config.ml": text(stack), "reader/unikernel.ml": text(unikernel) });
    await expectWire(page, "stack", "main", "stackv4v6", "fits");
    await checked(page, "ok");
    for (const category of ["Network stacks", "Files that are read", "Disks"]) await page.getByRole("group", { name: category }).waitFor();
    // What the network lacks stands in the way of building, not of checking.
    expect(await page.getByTestId("build").isDisabled()).toBe(true);
    await page.getByTestId("node-pages").click();
    await page.getByTestId("inspector-pages").getByLabel("--kv_ro").selectOption("direct");
    await checked(page, "ok");
    await page.getByTestId("node-stack").click();
    await page.getByTestId("inspector-stack").getByText("--ipv4-gateway").first().waitFor();
    await page.getByRole("tab", { name: "config.ml" }).click();
    // The configuration is OCaml: its names have types, documentation and definitions.
    await page.locator(".monaco-editor .view-line", { hasText: "let stack" }).getByText("generic_stackv4v6").hover();
    await page.locator(".monaco-hover").getByText("A stack on a network").first().waitFor();
    await retypeLine(page, "let main", 'let main = foreign "Unikernel.Main" (kv_ro @-> stackv4v6 @-> job)');
    await checked(page, "errors");
    await page.getByTestId("problem").getByText("foreign became main").waitFor();
    // The graph stays while the text has an error.
    await node(page, "stack").waitFor();
    await close();
  });
});
