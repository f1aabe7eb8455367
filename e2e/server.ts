/** Serves the built studio while the tests run, as `npm start` does. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { preview } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    studioAddress: string;
  }
}

const root = fileURLToPath(new URL("..", import.meta.url));

export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(`${root}dist/index.html`) || !existsSync(`${root}dist/cli/morgana.mjs`)) throw new Error("The studio is not built: run `npm run build` first.");
  const server = await preview({ root, logLevel: "error", preview: { port: 0, host: "127.0.0.1" } });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error("The studio's server has no address.");
  project.provide("studioAddress", address);
  return () => server.close();
}
