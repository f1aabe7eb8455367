// `npm run bench [NAME…]`: the benches in one file, as the studio and the command line are: what runs TypeScript as it is adds to every closure.
import { build } from "esbuild";
import { root } from "./install.mjs";

await build({ entryPoints: [`${root}bench/index.ts`], outfile: `${root}bench/bundle.mjs`, bundle: true, packages: "external", external: ["../scripts/*"], platform: "node", format: "esm", target: "node20", logLevel: "warning" });
await import("../bench/bundle.mjs");
