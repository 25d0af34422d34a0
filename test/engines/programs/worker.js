// A module worker of a browser, Deno or Bun.
import { task } from "./task.js";

const facts = { worker: typeof globalThis.document === "undefined", isolated: globalThis.crossOriginIsolated === true };

globalThis.onmessage = ({ data }) => globalThis.postMessage({ result: task(data), facts });
