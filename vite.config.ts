import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { readLibraryArchive, readTemplates } from "./scripts/library-archive.mjs";

/** Serves the OCaml library and the templates as one file each: `library.json`, `templates.json`. */
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
    generateBundle() {
      for (const [fileName, make] of Object.entries(assets)) this.emitFile({ type: "asset", fileName, source: JSON.stringify(make()) });
    },
  };
}

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [react(), tailwindcss(), library()],
  worker: { format: "es" },
  build: { outDir: "dist", target: "es2023", chunkSizeWarningLimit: 8000, rolldownOptions: { checks: { pluginTimings: false } } },
});
