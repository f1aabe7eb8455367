/** `buildHello` in a worker of the browser: answers its one message, the input, with the measure. */
/// <reference lib="webworker" />
import { buildHello, type HelloInput } from "./hello-builds.ts";

self.onmessage = (event: MessageEvent<HelloInput>) => {
  buildHello(event.data).then((builds) => self.postMessage(builds), (error: unknown) => self.postMessage(String(error)));
};
