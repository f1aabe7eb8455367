/** The studio in a real browser, as the tests use it: by mouse and by keyboard, through what a user sees. */
/// <reference lib="dom" />
import { chromium as browserType, type Browser, type BrowserContext, type Locator, type Page } from "playwright-core";
import { expect, inject, onTestFailed } from "vitest";
import { chromium } from "./programs.ts";

export const WINDOW = { width: 1280, height: 720 };

let browser: Browser | undefined;

export async function startBrowser(): Promise<void> {
  if (chromium === undefined) throw new Error("chromium is not installed");
  browser = await browserType.launch({ executablePath: chromium, args: ["--no-sandbox"] });
}

export async function stopBrowser(): Promise<void> {
  await browser?.close();
  browser = undefined;
}

export interface Studio {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Ends the visit; fails when the page had errors, or asked for anything that is not the studio's own. */
  readonly close: () => Promise<void>;
}

/** A first visit: a browser that has never seen the studio. */
export async function openStudio(options: { readonly dark?: boolean; readonly expectErrors?: boolean; readonly offline?: boolean } = {}): Promise<Studio> {
  if (browser === undefined) throw new Error("the browser was not started");
  const address = inject("studioAddress");
  const context = await browser.newContext({ viewport: WINDOW, colorScheme: options.dark === true ? "dark" : "light", acceptDownloads: true, serviceWorkers: options.offline === true ? "allow" : "block", permissions: ["clipboard-read", "clipboard-write"], reducedMotion: "reduce" });
  const page = await context.newPage();
  // The emulator and other tests may have the machine: what is waited for comes, only later.
  context.setDefaultTimeout(60_000);
  const faults: string[] = [];
  let open = true;
  onTestFailed(async ({ task }) => {
    if (open) await page.screenshot({ path: `test-results/${task.name.replaceAll(/[^a-z0-9]+/gi, "-").slice(0, 60)}.png` });
    await context.close();
  });
  page.on("pageerror", (error) => faults.push(`error in the page: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`error on the console: ${message.text()}`);
  });
  // File dialogs are the test's to answer from the beginning: asked for by `waitForEvent` only, the browser's own may come first.
  page.on("filechooser", () => undefined);
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(blob|data):/.test(url)) faults.push(`a request to elsewhere: ${url}`);
  });
  await page.goto(address);
  await page.getByTestId("project-name").waitFor();
  return {
    page,
    context,
    async close() {
      open = false;
      await context.close();
      if (options.expectErrors !== true) expect(faults).toEqual([]);
    },
  };
}

/** Waits until the compiler has said what it thinks of the project as it is now. */
export async function checked(page: Page, state?: "ok" | "errors"): Promise<void> {
  const status = page.getByTestId("status");
  const settled = page.locator("[data-testid=status][data-state=ok], [data-testid=status][data-state=errors]");
  await settled.waitFor({ timeout: 60_000 });
  if (state === undefined) return;
  const problems = await page.getByTestId("problem").allInnerTexts();
  expect(await status.getAttribute("data-state"), problems.join("\n")).toBe(state);
}

export function node(page: Page, id: string): Locator {
  return page.getByTestId(`node-${id}`);
}

export function inputHandle(page: Page, id: string, port: string): Locator {
  return node(page, id).getByLabel(`Input ${port}`, { exact: true });
}

export function outputHandle(page: Page, id: string): Locator {
  return node(page, id).getByLabel("Output", { exact: true });
}

/** A wire on the canvas, whose label ends in what is thought of it. */
export function wire(page: Page, from: string, to: string, port: string): Locator {
  return page.getByLabel(new RegExp(`^Wire from ${from} to ${to}\\.${port}: `));
}

export async function expectWire(page: Page, from: string, to: string, port: string, state: string): Promise<void> {
  await page.getByLabel(`Wire from ${from} to ${to}.${port}: ${state}`, { exact: true }).waitFor({ state: "attached" });
}

/** Presses Tab until the element has the focus, as a user of the keyboard does. */
export async function tabTo(page: Page, locator: Locator): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${locator}`);
}

async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("the element is not visible");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws a wire with the mouse. */
export async function drawWire(page: Page, from: Locator, to: Locator): Promise<void> {
  // Hovering waits until the canvas stands still.
  await from.hover();
  const a = await middle(from);
  const b = await middle(to);
  await page.mouse.down();
  await page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 6 });
  await page.mouse.move(b.x, b.y, { steps: 6 });
  await page.mouse.up();
}

/** Drags an item of the palette to a place on the canvas, counted from its corner. */
export async function dragFromPalette(page: Page, item: string, place: { readonly x: number; readonly y: number }): Promise<void> {
  await page.locator(`[data-item="${item}"]`).dragTo(page.locator(".react-flow__pane"), { targetPosition: place });
}

/** The text in the editor, as far as it is on the screen. */
export async function editorText(page: Page): Promise<string> {
  const lines = await page.locator(".monaco-editor .view-line").allInnerTexts();
  return lines.join("\n").replaceAll("\u00a0", " ");
}

/** Puts another line in the place of the one in the editor that holds `text`, by typing. */
export async function retypeLine(page: Page, text: string, line: string): Promise<void> {
  await page.locator(".monaco-editor .view-line", { hasText: text }).first().click();
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+Home");
  await page.keyboard.type(line);
}

/** Builds, waits for the image and returns where the download lies. */
export async function buildAndDownload(page: Page, path: string): Promise<{ readonly fileName: string; readonly sha256: string }> {
  await page.getByTestId("build").click();
  await page.getByTestId("download").waitFor({ timeout: 120_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("download").click()]);
  await download.saveAs(path);
  return { fileName: download.suggestedFilename(), sha256: await page.getByTestId("sha256").innerText() };
}
