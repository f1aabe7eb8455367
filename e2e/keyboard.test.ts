/** The studio without a mouse; themes; a compiler that does not start. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { faintTexts } from "./contrast.ts";
import { chromium } from "./programs.ts";
import { checked, expectWire, node, openStudio, startBrowser, stopBrowser, tabTo } from "./studio.ts";

/** The part of the window that has the keyboard's focus. */
function focusedPanel(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-panel]")?.dataset["panel"]);
}

describe.skipIf(chromium === undefined)("keyboard, themes, failures", () => {
  beforeAll(startBrowser);
  afterAll(stopBrowser);

  test("a device is found, added, wired, checked and built by the keyboard alone", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    // The palette: search, Enter.
    await page.keyboard.press("Alt+1");
    await page.keyboard.type("sleep");
    await page.keyboard.press("Enter");
    await node(page, "sleep-2").waitFor();
    // The canvas: select the application.
    await page.keyboard.press("Control+k");
    await page.keyboard.type("select unikernel");
    await page.keyboard.press("Enter");
    await page.getByTestId("inspector-application").waitFor();
    // What was open before the dialog has the focus again.
    expect(await focusedPanel(page)).toBe("palette");
    // The inspector: the source of a port, from the list that says what fits.
    await page.keyboard.press("Alt+3");
    const source = page.getByLabel("Source for Sleep");
    await tabTo(page, source);
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: "Console (console), does not fit" }).waitFor();
    await page.locator("[role=option]:focus").waitFor();
    await page.keyboard.type("Console");
    await page.keyboard.press("Enter");
    await expectWire(page, "console", "application", "Sleep", "does not fit");
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: "Sleep (sleep-2), fits" }).waitFor();
    await page.locator("[role=option]:focus").waitFor();
    // The arrows lead there, whatever the order.
    await page.keyboard.press("Home");
    const wanted = page.getByRole("option", { name: "Sleep (sleep-2), fits" });
    for (let steps = 0; steps < 20 && !(await wanted.evaluate((option) => option === document.activeElement)); steps++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expectWire(page, "sleep-2", "application", "Sleep", "fits");
    // The old device goes: on the canvas, by Tab and Delete.
    await page.keyboard.press("Alt+2");
    await tabTo(page, page.locator(".react-flow__node[data-id=sleep]"));
    await page.keyboard.press("Enter");
    await page.getByTestId("inspector-sleep").waitFor();
    await page.keyboard.press("Delete");
    await node(page, "sleep").waitFor({ state: "detached" });
    // The focus is not gone with what had it.
    expect(await focusedPanel(page)).toBe("canvas");
    await page.keyboard.press("Alt+4");
    expect(await focusedPanel(page)).toBe("editor");
    await checked(page, "ok");
    // The build.
    await page.keyboard.press("Control+Enter");
    await page.getByTestId("download").waitFor({ timeout: 120_000 });
    await close();
  });

  test("panels that are hidden open with the focus; dialogs give it back; what is deleted leaves it to its panel", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    for (const button of ["Show or hide the palette", "Show or hide the inspector", "Show or hide the editor"]) await page.getByRole("button", { name: button }).click();
    for (const [key, panel] of [["Alt+1", "palette"], ["Alt+3", "inspector"], ["Alt+5", "problems"], ["Alt+6", "build"], ["Alt+2", "canvas"]] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => focusedPanel(page), { timeout: 30_000 }).toBe(panel);
    }
    // The editor is loaded when it is first shown, and takes the focus that was asked for before.
    await page.keyboard.press("Alt+4");
    await expect.poll(() => focusedPanel(page), { timeout: 30_000 }).toBe("editor");
    for (const keys of ["Control+k", "Control+o"]) {
      await page.keyboard.press(keys);
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await expect.poll(() => focusedPanel(page), { timeout: 30_000 }).toBe("editor");
    }
    // A command's own goal is not taken back.
    await page.keyboard.press("Control+k");
    await page.keyboard.type("go to the problems");
    await page.keyboard.press("Enter");
    await expect.poll(() => focusedPanel(page), { timeout: 30_000 }).toBe("problems");
    // Deleted from the inspector: the project is in it now, and the focus still there.
    await page.keyboard.press("Control+k");
    await page.keyboard.type("select sleep");
    await page.keyboard.press("Enter");
    await page.getByTestId("inspector-sleep").getByRole("button", { name: "Delete node" }).focus();
    await page.keyboard.press("Enter");
    await node(page, "sleep").waitFor({ state: "detached" });
    expect(await focusedPanel(page)).toBe("inspector");
    await close();
  });

  test("every control has a name, every text can be read, in both themes; the window follows", async () => {
    const { page, close } = await openStudio({ dark: true });
    await checked(page);
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    const nameless = await page.locator("button, [role=button], input, [role=separator], [role=tab]").evaluateAll((elements) =>
      elements
        .filter((element) => element.closest(".monaco-editor") === null)
        .filter((element) => ![element.getAttribute("aria-label"), element.getAttribute("aria-labelledby"), element.textContent?.trim(), element instanceof HTMLInputElement && (element.labels?.length ?? 0) > 0 ? "labelled" : ""].some((name) => name))
        .map((element) => element.outerHTML.slice(0, 160)),
    );
    expect(nameless).toEqual([]);
    expect(await faintTexts(page)).toEqual([]);
    await page.getByRole("button", { name: "Theme" }).click();
    await page.getByRole("menuitemradio", { name: "Light" }).click();
    await page.locator("html[data-theme=light]").waitFor();
    await page.reload();
    await page.locator("html[data-theme=light]").waitFor();
    await checked(page);
    expect(await faintTexts(page)).toEqual([]);
    await close();
  });

  test("a compiler that ends is shown and started again", async () => {
    const { page, close } = await openStudio({ expectErrors: true });
    await checked(page, "ok");
    let failures = 0;
    await page.route(/assets\/worker-.*\.js$/, (route) => {
      failures++;
      return failures <= 1 ? route.abort() : route.continue();
    });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("restart the compiler");
    await page.keyboard.press("Enter");
    await checked(page, "ok");
    expect(failures).toBe(2);
    await page.unrouteAll();
    await page.route(/assets\/worker-.*\.js$/, (route) => route.abort());
    await page.keyboard.press("Control+k");
    await page.keyboard.type("restart the compiler");
    await page.keyboard.press("Enter");
    await page.locator("[data-testid=status][data-state=stopped]").waitFor();
    await page.unrouteAll();
    await page.getByTestId("status").getByRole("button", { name: "Restart" }).click();
    await checked(page, "ok");
    await close();
  });
});
