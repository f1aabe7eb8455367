/** `npm run bench [NAME…]`: prints figures, asserts nothing. Ratios compare programs run in turn on the same machine. */
import { isMainThread } from "node:worker_threads";
import { benchEditor } from "./editor.ts";
import { benchHello } from "./hello.ts";
import { reportFrontEnd } from "./front-end.ts";
import { benchPrograms } from "./programs.ts";

const benches: Readonly<Record<string, () => Promise<void> | void>> = { hello: benchHello, "front-end": reportFrontEnd, editor: benchEditor, programs: benchPrograms };

const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!Object.hasOwn(benches, name)) {
    console.error(`There is no bench ${name}; there are ${Object.keys(benches).join(", ")}.`);
    process.exit(2);
  }
}
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (isMainThread) console.log(`\n== ${name}`);
  await run();
}
