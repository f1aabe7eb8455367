/** The graph in the browser: palette, wires and their errors, history, clipboard, ports that follow the source. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromium } from "./programs.ts";
import { checked, dragFromPalette, drawWire, expectWire, inputHandle, node, openStudio, outputHandle, retypeLine, startBrowser, stopBrowser, wire } from "./studio.ts";

describe.skipIf(chromium === undefined)("the graph", () => {
  beforeAll(startBrowser);
  afterAll(stopBrowser);

  test("a first visit opens the template hello, without problems", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    expect(await page.getByTestId("project-name").innerText()).toBe("hello");
    await expectWire(page, "console", "application", "Console", "fits");
    await expectWire(page, "sleep", "application", "Sleep", "fits");
    await page.getByRole("tab", { name: "unikernel.ml" }).waitFor();
    await page.getByRole("tab", { name: "main.ml" }).waitFor();
    expect(await page.getByTestId("build").isEnabled()).toBe(true);
    // Menus know what the compiler has said since.
    await page.getByTestId("project-menu").click();
    expect(await page.getByRole("menuitem", { name: "Export as MirageOS project (.zip)" }).getAttribute("data-disabled")).toBeNull();
    await page.keyboard.press("Escape");
    await close();
  });

  test("a narrow window keeps every part within reach", async () => {
    const { page, close } = await openStudio();
    await checked(page);
    await page.setViewportSize({ width: 480, height: 720 });
    for (const part of [page.getByTestId("project-menu"), page.getByTestId("target"), page.getByTestId("build"), page.getByRole("button", { name: "Theme" }), node(page, "console"), page.getByTestId("inspector"), page.locator(".monaco-editor").first(), page.getByRole("tab", { name: "Build" })]) {
      const box = await part.boundingBox();
      expect(box !== null && box.x >= 0 && box.x + Math.min(box.width, 120) <= 480, String(part)).toBe(true);
    }
    await page.getByTestId("project-name").getByText("hello").waitFor();
    await close();
  });

  test("a wrong wire turns red and says what is missing; undo mends it", async () => {
    const { page, close } = await openStudio();
    await checked(page);
    await drawWire(page, outputHandle(page, "console"), inputHandle(page, "application", "Sleep"));
    await expectWire(page, "console", "application", "Sleep", "does not fit");
    await checked(page, "errors");
    expect(await wire(page, "sleep", "application", "Sleep").count()).toBe(0);
    await page.getByTestId("wire-error-application-Sleep").click();
    const reason = page.getByRole("dialog").getByTestId("mismatch");
    expect(await reason.innerText()).toMatch(/missing[\s\S]*value ns[\s\S]*required[\s\S]*val ns : int64 -> unit Lwt\.t[\s\S]*provided/i);
    await page.getByRole("button", { name: "Show in inspector" }).click();
    const inspector = page.getByTestId("edge-inspector");
    expect(await inspector.getByLabel("Required signature").innerText()).toContain("val ns : int64 -> unit Lwt.t");
    expect(await inspector.getByLabel("Provided signature").innerText()).not.toContain("val ns");
    // Build says why it makes nothing.
    expect(await page.getByTestId("build").getAttribute("aria-disabled")).toBe("true");
    await page.keyboard.press("Control+Enter");
    expect(await page.getByTestId("build-panel").innerText()).toContain("Nothing can be built now");
    await page.getByRole("tab", { name: "Problems" }).click();
    await page.getByTestId("build").click({ force: true });
    await page.getByTestId("build-panel").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await expectWire(page, "sleep", "application", "Sleep", "fits");
    await checked(page);
    await page.getByRole("button", { name: "Redo" }).click();
    await expectWire(page, "console", "application", "Sleep", "does not fit");
    await close();
  });

  test("a port's signature is shown and makes way for what is selected next", async () => {
    const { page, close } = await openStudio();
    await checked(page);
    const inspector = page.getByTestId("inspector");
    await node(page, "application").getByRole("button", { name: "Console" }).click();
    await inspector.getByLabel("Signature of Console").waitFor();
    await node(page, "sleep").getByText("Sleep", { exact: true }).click();
    await inspector.getByLabel("Signature of Console").waitFor({ state: "detached" });
    await wire(page, "console", "application", "Console").click({ force: true });
    await page.getByTestId("edge-inspector").waitFor();
    await close();
  });

  test("what cannot be drawn says so in its place, and leaves the rest alone", async () => {
    const { page, close } = await openStudio({ expectErrors: true });
    await checked(page);
    await page.evaluate(() => {
      const { scrollIntoView } = Element.prototype;
      Element.prototype.scrollIntoView = () => {
        Element.prototype.scrollIntoView = scrollIntoView;
        throw new Error("no scrolling today");
      };
    });
    await node(page, "application").getByRole("button", { name: "Console" }).click();
    const fault = page.getByRole("alert").filter({ hasText: "the inspector cannot be drawn" });
    expect(await fault.innerText()).toContain("no scrolling today");
    await page.getByTestId("build").click();
    await page.getByTestId("build-panel").waitFor();
    await fault.getByRole("button", { name: "Draw it again" }).click();
    await page.getByTestId("inspector").getByLabel("Signature of Console").waitFor();
    await close();
  });

  test("nodes are dragged from the palette, selected, copied, deleted and brought back", async () => {
    const { page, close } = await openStudio();
    await checked(page);
    await dragFromPalette(page, "sleep", { x: 150, y: 190 });
    await node(page, "sleep-2").waitFor();
    await page.getByTestId("inspector-sleep-2").waitFor();
    // Delete deletes where the graph is, not where the hands are otherwise.
    await page.getByTestId("inspector-sleep-2").getByRole("button", { name: "Mirage_sleep" }).focus();
    await page.keyboard.press("Delete");
    await node(page, "sleep-2").waitFor();
    await page.keyboard.press("Alt+2");
    // The clipboard, while the canvas has the focus.
    await page.keyboard.press("Control+c");
    await page.locator(".react-flow__pane").click({ button: "right", position: { x: 20, y: 20 } });
    expect(await page.getByRole("menuitem", { name: /^Paste nodes/ }).getAttribute("data-disabled")).toBeNull();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Alt+2");
    await page.keyboard.press("Control+v");
    await node(page, "sleep-3").waitFor();
    await page.keyboard.press("Delete");
    await node(page, "sleep-3").waitFor({ state: "detached" });
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.getByText("The canvas is empty").waitFor();
    await checked(page, "errors");
    await page.keyboard.press("Control+z");
    await node(page, "application").waitFor();
    await expectWire(page, "console", "application", "Console", "fits");
    await page.keyboard.press("Control+z");
    await node(page, "sleep-3").waitFor();
    await close();
  });

  test("a wire that is dropped on the empty canvas brings the device that fits", async () => {
    const { page, close } = await openStudio();
    await checked(page);
    const port = await inputHandle(page, "application", "Sleep").boundingBox();
    if (port === null) throw new Error("the port is not visible");
    await page.mouse.move(port.x + port.width / 2, port.y + port.height / 2);
    await page.mouse.down();
    await page.mouse.move(port.x - 40, port.y + 60, { steps: 4 });
    await page.mouse.move(port.x - 60, port.y + 90, { steps: 4 });
    await page.mouse.up();
    await page.getByRole("menuitem", { name: "Console, does not fit" }).waitFor();
    await page.getByRole("menuitem", { name: "Sleep, fits" }).click();
    await expectWire(page, "sleep-2", "application", "Sleep", "fits");
    // One step: device and wire go together.
    await page.getByRole("button", { name: "Undo" }).click();
    await node(page, "sleep-2").waitFor({ state: "detached" });
    await expectWire(page, "sleep", "application", "Sleep", "fits");
    await close();
  });

  test("the ports follow the functor in the editor; a wire to a lost port stays until the user decides", async () => {
    const { page, close } = await openStudio();
    await checked(page);
    await retypeLine(page, "module Main (Console", "module Main (Console : Console.S) (Nap : SLEEP) = struct module Sleep = Nap");
    await inputHandle(page, "application", "Nap").waitFor();
    await expectWire(page, "sleep", "application", "Sleep", "leads to a port that does not exist");
    expect(await node(page, "application").innerText()).toContain("no such parameter");
    // The inspector offers what fits for the new port.
    await node(page, "application").getByText("application", { exact: true }).click();
    await page.getByTestId("inspector-application").waitFor();
    await page.getByLabel("Source for Nap").click();
    await page.getByRole("option", { name: "Sleep (sleep), fits" }).click();
    await expectWire(page, "sleep", "application", "Nap", "fits");
    await page.getByLabel("Source for Sleep").click();
    await page.getByRole("option", { name: "not wired" }).click();
    await wire(page, "sleep", "application", "Sleep").waitFor({ state: "detached" });
    // With its ports wired again, the project is whole.
    expect(await node(page, "application").innerText()).not.toContain("no such parameter");
    await close();
  });

  test("while the source has an error its ports stay, and the problem leads to its place", async () => {
    const { page, close } = await openStudio();
    await checked(page);
    await retypeLine(page, "let message", 'let message = "a" ^ 3');
    await checked(page, "errors");
    await inputHandle(page, "application", "Console").waitFor();
    expect(await page.getByTestId("problem").first().innerText()).toMatch(/expected of type\s+string[\s\S]*unikernel\.ml:17:23/);
    expect(await page.locator(".monaco-editor .squiggly-error").count()).toBeGreaterThan(0);
    // The caret is where the problem is: what is typed there mends it.
    await page.getByTestId("problem").first().click();
    await page.keyboard.press("Delete");
    await page.keyboard.type('"b"');
    await checked(page, "ok");
    expect(await page.getByTestId("problem").count()).toBe(0);
    await close();
  });
});
