/** `buildHello` where users run the compiler: in a Web Worker of Chromium. */
/// <reference lib="dom" />
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium as browserType } from "playwright-core";
import { chromium } from "../e2e/programs.ts";
import type { HelloBuilds, HelloInput } from "./hello-builds.ts";

const WORKER = "/worker.js";

/** A new browser's measure, without the image; undefined when there is no Chromium. */
export async function buildHelloInBrowser(input: HelloInput): Promise<Pick<HelloBuilds, "cold" | "stages" | "warm"> | undefined> {
  if (chromium === undefined) return undefined;
  const bundle = await build({ entryPoints: [fileURLToPath(new URL("hello-worker.ts", import.meta.url))], bundle: true, write: false, minify: true, platform: "browser", format: "esm", target: "es2023", logLevel: "warning" });
  const script = bundle.outputFiles[0]!.text;
  const server = createServer((request, response) => {
    response.setHeader("content-type", request.url === WORKER ? "text/javascript" : "text/html");
    response.end(request.url === WORKER ? script : "<!doctype html><title>bench</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await browserType.launch({ executablePath: chromium, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return await page.evaluate(
      ([address, data]) =>
        new Promise<Pick<HelloBuilds, "cold" | "stages" | "warm">>((resolve, reject) => {
          const worker = new Worker(address, { type: "module" });
          worker.onerror = (event) => reject(new Error(event.message));
          worker.onmessage = ({ data: builds }: MessageEvent<HelloBuilds | string>) => (typeof builds === "string" ? reject(new Error(builds)) : resolve({ cold: builds.cold, stages: builds.stages, warm: builds.warm }));
          worker.postMessage(data);
        }),
      [WORKER, input] as const,
    );
  } finally {
    await browser.close();
    server.close();
  }
}
