import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { readLibraryArchive, readTemplates } from "./scripts/library-archive.mjs";
import { LIBRARY_CODE, makeLibraryCode } from "./scripts/library-code.mjs";

/** Serves the OCaml library and the templates as one file each: `library.json`, `templates.json`; in builds the library's code too. */
function library(): Plugin {
  const assets: Readonly<Record<string, () => unknown>> = { "library.json": readLibraryArchive, "templates.json": readTemplates };
  return {
    name: "morgana-library",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const make = assets[(request.url ?? "").replace(/^\//, "").replace(/\?.*$/, "")];
        if (make === undefined) return next();
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(make()));
      });
    },
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: LIBRARY_CODE, source: await makeLibraryCode() });
      for (const [fileName, make] of Object.entries(assets)) this.emitFile({ type: "asset", fileName, source: JSON.stringify(make()) });
    },
  };
}

/** Writes the service worker, with the list of all files of the studio that it keeps. */
function offline(): Plugin {
  return {
    name: "morgana-offline",
    apply: "build",
    writeBundle({ dir }, bundle) {
      if (dir === undefined) throw new Error("the studio is built into no folder");
      const files = Object.keys(bundle).filter((name) => !name.endsWith(".map")).sort();
      const version = createHash("sha256");
      for (const name of files) version.update(name).update(readFileSync(join(dir, name)));
      const list = { version: version.digest("hex").slice(0, 16), files };
      writeFileSync(join(dir, "service-worker.js"), `const OFFLINE = ${JSON.stringify(list)};\n${readFileSync(new URL("src/service-worker.js", import.meta.url), "utf8")}`);
    },
  };
}

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [react(), tailwindcss(), library(), offline()],
  worker: { format: "es" },
  build: { outDir: "dist", target: "es2023", chunkSizeWarningLimit: 8000, rolldownOptions: { checks: { pluginTimings: false } } },
});
