import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["compiler-worker/**/*.test.ts", "src/**/*.test.ts", "tests/**/*.test.ts"],
    // Limits only end what hangs: a slow or busy machine takes long over whole programs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
