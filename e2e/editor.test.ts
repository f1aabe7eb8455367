/** The editor beyond typing: from names to definitions, the library's sources, and back. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { chromium } from "./programs.ts";
import { checked, editorText, expectWire, node, openStudio, startBrowser, stopBrowser } from "./studio.ts";

/** Puts the caret before the last word of a line. */
async function caretBeforeLastWord(page: Page, line: string): Promise<void> {
  await page.locator(".monaco-editor .view-line", { hasText: line }).first().click();
  await page.keyboard.press("End");
  await page.keyboard.press("Control+ArrowLeft");
}

async function activeTab(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name, exact: true, selected: true }).waitFor();
}

describe.skipIf(chromium === undefined)("the editor", () => {
  beforeAll(startBrowser);
  afterAll(stopBrowser);

  test("goes from a name to its definition in the library, to what implements it, and back; devices show their source", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    await caretBeforeLastWord(page, "val ns : int64 -> unit Lwt.t");
    await page.keyboard.press("F12");
    await activeTab(page, "lwt.mli");
    await expect.poll(() => editorText(page)).toContain("type +'a t");
    // The caret is at the type's name: there the interface leads to the implementation.
    await page.keyboard.press("F12");
    await activeTab(page, "lwt.ml");
    await page.keyboard.press("Alt+ArrowLeft");
    await activeTab(page, "lwt.mli");
    await page.keyboard.press("Alt+ArrowLeft");
    await activeTab(page, "unikernel.ml");
    await page.keyboard.type("(* here *)");
    await expect.poll(() => editorText(page)).toContain("Lwt.(* here *)t");
    await node(page, "sleep").getByText("sleep", { exact: true }).click();
    await page.getByTestId("inspector-sleep").getByRole("button", { name: "Source" }).click();
    await activeTab(page, "mirage_sleep.mli");
    await page.getByRole("button", { name: "Show the implementation" }).click();
    await activeTab(page, "mirage_sleep.ml");
    // What belongs to the library cannot be changed.
    await page.keyboard.type("x");
    await page.locator(".monaco-editor-overlaymessage", { hasText: "This file is part of the library." }).waitFor();
    await page.getByRole("button", { name: "Close mirage-sleep/mirage_sleep.ml" }).click();
    await activeTab(page, "unikernel.ml");
    await close();
  });

  test("has a menu that can be read, and types by the keyboard", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    await caretBeforeLastWord(page, "val ns : int64 -> unit Lwt.t");
    await page.keyboard.press("Control+i");
    await page.locator(".monaco-hover").getByText("A promise for a value of type").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".monaco-editor .view-line", { hasText: "let message" }).click({ button: "right" });
    const menu = page.getByRole("menu").filter({ hasText: "Go to Definition" });
    await menu.waitFor();
    const backgrounds = await menu.evaluate((element) => {
      const colours: string[] = [];
      for (let at: Element | null = element; at !== null && !at.matches(".context-view"); at = at.parentElement) colours.push(getComputedStyle(at).backgroundColor);
      return colours;
    });
    expect(backgrounds.some((colour) => /^rgb\(/.test(colour)), backgrounds.join(" ")).toBe(true);
    await close();
  });

  test("renames, lists definitions, shows signatures and offers fixes, by the keyboard", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    await page.locator(".monaco-editor .view-line", { hasText: "let message" }).first().click();
    await page.keyboard.press("Home");
    await page.keyboard.press("Control+ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("F2");
    await page.locator(".rename-box input:focus").waitFor();
    await page.keyboard.type("greeting");
    await page.keyboard.press("Enter");
    await expect.poll(() => editorText(page)).toContain('let greeting = "Hello, world!"');
    await page.keyboard.press("Control+Shift+o");
    await page.locator(".quick-input-widget").getByText("start").waitFor();
    await page.keyboard.type("start");
    await page.keyboard.press("Enter");
    await expect.poll(() => editorText(page)).toContain("Console.log console greeting");
    await expect.poll(() => page.getByTestId("breadcrumbs").innerText()).toMatch(/^unikernel\.ml\s+Main\s+start$/);
    await checked(page, "ok");
    // A parameter of the functor is a port: its wire goes with the name.
    await page.locator(".monaco-editor .view-line", { hasText: "module Main" }).first().click();
    await page.keyboard.press("Home");
    for (let i = 0; i < "module Main (Con".length; i++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("F2");
    await page.locator(".rename-box input:focus").waitFor();
    await page.keyboard.type("Terminal");
    await page.keyboard.press("Enter");
    await expectWire(page, "console", "application", "Terminal", "fits");
    // Undone in the text it is undone on the canvas, and the other way round.
    await page.keyboard.press("Control+z");
    await expectWire(page, "console", "application", "Console", "fits");
    await page.keyboard.press("Control+Shift+z");
    await expectWire(page, "console", "application", "Terminal", "fits");
    await page.getByRole("button", { name: "Undo on the canvas" }).click();
    await expectWire(page, "console", "application", "Console", "fits");
    await page.getByRole("button", { name: "Redo on the canvas" }).click();
    await expectWire(page, "console", "application", "Terminal", "fits");
    await checked(page, "ok");
    await page.keyboard.press("Control+Shift+o");
    await page.locator(".quick-input-widget").getByText("start").waitFor();
    await page.keyboard.type("start");
    await page.keyboard.press("Enter");
    // The function is not yet called: what it takes is shown, then what is wrong mended.
    await page.keyboard.press("Home");
    await page.keyboard.type("let log = Consol.log");
    await page.keyboard.press("Enter");
    await checked(page, "errors");
    await page.keyboard.press("F8");
    expect(await page.locator(".zone-widget .filename").innerText()).toBe("unikernel.ml");
    await page.keyboard.press("Escape");
    await page.keyboard.press("End");
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget").getByText("Write Console for Consol").waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(() => editorText(page)).toContain("let log = Console.log");
    await page.keyboard.press("End");
    await page.keyboard.type(" ");
    await page.locator(".parameter-hints-widget").getByText("Console.log : Console.t -> string -> unit Lwt.t").waitFor();
    await page.keyboard.press("Escape");
    await close();
  });
});
