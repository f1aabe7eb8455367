// `npm start`: installs what is needed, builds the studio, serves it and prints its address.
import { installNpmPackages, root } from "./install.mjs";

installNpmPackages();
const { buildAll } = await import("./build.mjs");
await buildAll();
const { preview } = await import("vite");
const server = await preview({ root, preview: { port: Number(process.env.PORT ?? 4173), host: "localhost" } });
console.log(`\nMorgana is at ${server.resolvedUrls?.local[0] ?? "http://localhost:4173/"}  (Ctrl-C stops it)`);
