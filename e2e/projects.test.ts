/** Projects in the browser: they survive, they are made, renamed, exported, imported, and never lost. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { chromium } from "./programs.ts";
import { checked, editorText, expectWire, node, openStudio, retypeLine, startBrowser, stopBrowser } from "./studio.ts";

async function menu(page: Page, item: string): Promise<void> {
  await page.getByTestId("project-menu").click();
  await page.getByRole("menuitem", { name: item }).click();
}

async function projectName(page: Page, name: string): Promise<void> {
  await page.getByTestId("project-name").getByText(name, { exact: true }).waitFor();
}

describe.skipIf(chromium === undefined)("projects", () => {
  let folder = "";
  beforeAll(startBrowser);
  afterAll(stopBrowser);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "morgana-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("a project survives a reload: graph, sources, parameters, name", async () => {
    const { page, close } = await openStudio();
    await checked(page);
    await retypeLine(page, "let message", 'let message = "kept over the reload"');
    await menu(page, "Rename project");
    await page.getByRole("dialog").getByLabel("Name").fill("kept");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "New file" }).click();
    await page.keyboard.type("helpers.ml");
    await page.keyboard.press("Enter");
    await page.getByRole("tab", { name: "helpers.ml", exact: true }).waitFor();
    // A new file is there to be written in.
    await page.keyboard.type("let help = 1");
    await expect.poll(() => editorText(page)).toContain("let help = 1");
    await page.locator('[data-item="wall-clock"]').dblclick();
    await node(page, "wall-clock").waitFor();
    await page.getByTestId("save-status").getByText("saved", { exact: true }).waitFor();
    await page.reload();
    await projectName(page, "kept");
    await checked(page);
    await node(page, "wall-clock").waitFor();
    await expectWire(page, "console", "application", "Console", "fits");
    await page.getByRole("tab", { name: "helpers.ml" }).waitFor();
    await page.getByRole("tab", { name: "unikernel.ml" }).click();
    await page.locator(".monaco-editor .view-line", { hasText: "kept over the reload" }).waitFor();
    await close();
  });

  test("the second template has a functor between device and application; both projects are kept", async () => {
    const { page, close } = await openStudio();
    await checked(page);
    await menu(page, "New project from template");
    await page.getByTestId("template-echo-console").click();
    await projectName(page, "echo-console");
    await checked(page, "ok");
    await expectWire(page, "console", "lines", "Console", "fits");
    await expectWire(page, "lines", "application", "Lines", "fits");
    // A parameter with its type and default, changed and validated.
    await node(page, "lines").getByText("lines", { exact: true }).click();
    await page.getByTestId("inspector-lines").waitFor();
    const echo = page.getByLabel(/^echo/);
    expect(await echo.isChecked()).toBe(true);
    await page.getByRole("button", { name: "Use default" }).click();
    expect(await echo.isChecked()).toBe(false);
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await echo.isChecked()).toBe(true);
    await menu(page, "Open project");
    await page.getByRole("dialog").getByRole("button", { name: /^hello/ }).click();
    await projectName(page, "hello");
    await checked(page);
    await menu(page, "Open project");
    await page.getByRole("dialog").getByRole("button", { name: /^echo-console/ }).click();
    await projectName(page, "echo-console");
    await close();
  });

  test("an exported project comes back as it was; a damaged archive changes nothing", async () => {
    const { page, close } = await openStudio();
    await checked(page);
    await retypeLine(page, "let message", 'let message = "from the archive: Grüße"');
    await page.getByTestId("project-menu").click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Export project as .zip" }).click()]);
    const archive = join(folder, "hello.zip");
    await download.saveAs(archive);

    const choose = async (file: string): Promise<void> => {
      await page.getByTestId("project-menu").click();
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("menuitem", { name: /^Import project/ }).click()]);
      await chooser.setFiles(file);
    };
    await choose(archive);
    await projectName(page, "hello-2");
    await checked(page);
    expect(await editorText(page)).toContain("from the archive: Grüße");

    // Dropped onto the window.
    const bytes = readFileSync(archive);
    const transfer = await page.evaluateHandle((numbers) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(numbers)], "dropped.zip", { type: "application/zip" }));
      return data;
    }, [...bytes]);
    await page.getByTestId("status").dispatchEvent("drop", { dataTransfer: transfer });
    await projectName(page, "hello-3");
    await menu(page, "Open project");
    await page.getByRole("dialog").getByRole("button", { name: /^hello-2/ }).click();
    await projectName(page, "hello-2");
    await checked(page);

    writeFileSync(join(folder, "cut.zip"), bytes.subarray(0, bytes.length - 40));
    await choose(join(folder, "cut.zip"));
    await page.getByTestId("message").getByText(/cut off/).waitFor();
    await projectName(page, "hello-2");
    expect(await editorText(page)).toContain("from the archive: Grüße");
    await close();
  });

  test("a link holds the whole project, and adds a copy where it is opened", async () => {
    const { page, context, close } = await openStudio();
    await checked(page);
    await retypeLine(page, "let message", 'let message = "from the link: Grüße"');
    await menu(page, "Copy a link to this project");
    await page.getByTestId("message").getByText("Link copied").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const other = await context.newPage();
    await other.goto(link);
    await projectName(other, "hello-2");
    await checked(other, "ok");
    expect(await editorText(other)).toContain("from the link: Grüße");
    expect(new URL(other.url()).hash).toBe("");
    // In a tab that has the studio open already; a damaged link says so.
    await other.evaluate((damaged) => (window.location.href = damaged), `${link.slice(0, -40)}`);
    await other.getByTestId("message").getByText(/was not opened/).waitFor();
    await projectName(other, "hello-2");
    await close();
  });

  test("the studio opens without a network once it has been open", async () => {
    const { page, context, close } = await openStudio({ offline: true });
    await checked(page, "ok");
    await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.active?.state));
    await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
    await page.getByTestId("save-status").getByText("saved", { exact: true }).waitFor();
    await context.setOffline(true);
    await page.reload();
    await projectName(page, "hello");
    await checked(page, "ok");
    await page.locator(".monaco-editor .view-line", { hasText: "let message" }).waitFor();
    await close();
  });

  test("sources without a project are added to the open one, after a question", async () => {
    const { page, close } = await openStudio();
    await checked(page);
    writeFileSync(join(folder, "greeting.ml"), 'let text = "hi"\n');
    await page.getByTestId("project-menu").click();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("menuitem", { name: /^Import project/ }).click()]);
    await chooser.setFiles(join(folder, "greeting.ml"));
    await page.getByRole("alertdialog").getByRole("button", { name: "Add" }).click();
    await page.getByRole("tab", { name: "greeting.ml" }).waitFor();
    await checked(page);
    await close();
  });

  test("what another tab saved is not overwritten", async () => {
    const { page, context, close } = await openStudio();
    await checked(page);
    const other = await context.newPage();
    await other.goto(page.url());
    await projectName(other, "hello");
    await checked(other);
    await other.locator('[data-item="wall-clock"]').dblclick();
    await other.getByTestId("save-status").getByText("saved", { exact: true }).waitFor();
    await page.locator('[data-item="sleep"]').dblclick();
    await page.getByText("Another tab changed this project.").waitFor();
    await page.getByRole("button", { name: "Keep mine as a copy" }).click();
    await projectName(page, "hello-2");
    await node(page, "sleep-2").waitFor();
    await other.reload();
    await page.getByTestId("save-status").getByText("saved", { exact: true }).waitFor();
    await close();
  });
});
