import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["compiler-worker/**/*.test.ts", "src/**/*.test.ts", "tests/**/*.test.ts"],
    // Type checking the standard library takes a while on a cold machine.
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
