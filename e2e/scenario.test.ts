/**
 * The whole way: open, drag, wire wrongly, read why, mend, write a message, build, download, boot the file, and find the
 * message on the serial console. And: the command line makes the same bytes of the exported project.
 */
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { boot } from "./boot.ts";
import { chromium, qemu } from "./programs.ts";
import { buildAndDownload, checked, dragFromPalette, drawWire, expectWire, inputHandle, node, openStudio, outputHandle, retypeLine, startBrowser, stopBrowser } from "./studio.ts";

describe.skipIf(chromium === undefined || qemu === undefined)("from the graph to the machine", () => {
  let folder = "";
  beforeAll(startBrowser);
  afterAll(stopBrowser);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "morgana-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("a graph becomes a unikernel that boots and says what was typed", async () => {
    const message = `Greetings ${randomBytes(8).toString("hex")}`;
    const { page, close } = await openStudio();
    await checked(page, "ok");

    await dragFromPalette(page, "monotonic-clock", { x: 150, y: 200 });
    await node(page, "monotonic-clock").waitFor();
    await drawWire(page, outputHandle(page, "monotonic-clock"), inputHandle(page, "application", "Sleep"));
    await expectWire(page, "monotonic-clock", "application", "Sleep", "does not fit");
    await page.getByTestId("wire-error-application-Sleep").click();
    expect(await page.getByTestId("mismatch").first().innerText()).toMatch(/missing[\s\S]*value ns[\s\S]*val ns : int64 -> unit Lwt\.t/i);
    await page.keyboard.press("Escape");
    await drawWire(page, outputHandle(page, "sleep"), inputHandle(page, "application", "Sleep"));
    await expectWire(page, "sleep", "application", "Sleep", "fits");

    await retypeLine(page, "let message", `let message = "${message}"`);
    await checked(page, "ok");

    const image = join(folder, "image.elf");
    const { fileName, sha256 } = await buildAndDownload(page, image);
    expect(fileName).toBe("hello.elf");
    expect(createHash("sha256").update(readFileSync(image)).digest("hex")).toBe(sha256);
    expect(await page.getByTestId("boot-command").innerText()).toContain("hello.elf");
    expect(await page.getByTestId("stages").innerText()).toContain("total");
    await close();

    for (const machine of ["microvm", "pc"] as const) {
      const { serial, status } = await boot(image, { machine, memory: "8M", timeout: 60_000 });
      expect(serial.split(message).length - 1, `${machine}: ${serial}`).toBe(4);
      expect(status, machine).toBe(0);
    }
  });

  test("the command line builds the same bytes from the exported project", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    await retypeLine(page, "let message", 'let message = "Grüße, κόσμε"');
    await checked(page, "ok");
    const image = join(folder, "browser.elf");
    await buildAndDownload(page, image);
    await page.getByTestId("project-menu").click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Export project as .zip" }).click()]);
    expect(download.suggestedFilename()).toBe("hello.zip");
    await download.saveAs(join(folder, "hello.zip"));
    await close();
    for (const [path, bytes] of Object.entries(unzipSync(readFileSync(join(folder, "hello.zip"))))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    execFileSync(process.execPath, ["dist/cli/morgana.mjs", "build", join(folder, "hello"), "-o", join(folder, "node.elf")], { stdio: "inherit" });
    expect(readFileSync(join(folder, "node.elf")).equals(readFileSync(image))).toBe(true);
  });

  test("a build is marked when the project changes after it, and no longer when it changes back", async () => {
    const { page, close } = await openStudio();
    await checked(page, "ok");
    await page.getByTestId("build").click();
    await page.getByTestId("download").waitFor({ timeout: 120_000 });
    await page.locator(".monaco-editor .view-line", { hasText: "let message" }).click();
    await page.keyboard.press("End");
    await page.keyboard.type(" ");
    await page.getByTestId("stale").waitFor();
    await page.keyboard.press("Backspace");
    await page.getByTestId("stale").waitFor({ state: "detached" });
    // Moving nodes does not change the image.
    await node(page, "sleep").hover();
    await page.mouse.down();
    await page.mouse.move(400, 400, { steps: 4 });
    await page.mouse.up();
    await checked(page, "ok");
    expect(await page.getByTestId("stale").count()).toBe(0);
    await close();
  });
});
