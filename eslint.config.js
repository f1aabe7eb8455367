import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["bench/bundle.mjs", "dist/**", "node_modules/**", "public/**", ".cache/**"] },
  ...tseslint.configs.recommended,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      eqeqeq: ["error", "always"],
      "no-constant-condition": ["error", { checkLoops: false }],
      "prefer-const": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "CallExpression[callee.name=/^use(Layout)?Effect$/] > ArrowFunctionExpression[body.type!='BlockStatement']", message: "What an effect gives is called when it ends: give nothing by chance." },
      ],
      "@typescript-eslint/no-this-alias": "off",
    },
  },
  {
    // The compiler runs in a worker and in Node alike: it may name neither.
    files: ["compiler-worker/**/*.ts"],
    ignores: ["compiler-worker/cli.ts", "compiler-worker/cli/**", "compiler-worker/worker.ts", "compiler-worker/**/*.test.ts", "compiler-worker/**/testing/**"],
    rules: {
      "no-restricted-globals": ["error", "process", "Buffer", "window", "document", "require", "__dirname"],
      "no-restricted-imports": ["error", { patterns: ["node:*", "fs", "path", "os", "react*"] }],
    },
  },
);
