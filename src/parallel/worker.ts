/**
 * What a worker of a pool runs: point a bundler at it, `new Worker(new URL("surprisal/parallel/worker", import.meta.url),
 * { type: "module" })`. Imported anywhere but in a worker it does nothing.
 *
 * @module
 */

import { threads } from "./threads.js";
import { type Port, serve } from "./serve.js";

/** What a worker of the web has for a global object. */
interface WorkerScope {
  postMessage(message: unknown, transfer: ArrayBufferLike[]): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
}

/** The line to whoever made this worker, or null where this is none. */
function portHere(): Port | null {
  const node = threads();
  // Some engines have postMessage on the main thread too; Deno takes a worker of the web for its main thread.
  const { WorkerGlobalScope } = globalThis as unknown as { readonly WorkerGlobalScope?: new () => object };
  const isWebWorker = WorkerGlobalScope !== undefined && globalThis instanceof WorkerGlobalScope;
  if (node?.isMainThread === true && !isWebWorker) return null;
  const parent = node?.parentPort ?? null;
  if (parent !== null) {
    return {
      post: (message, transfer) => parent.postMessage(message, transfer),
      listen: (listener) => void parent.on("message", listener),
    };
  }
  const scope = globalThis as unknown as Partial<WorkerScope> & { readonly document?: unknown };
  const isWorker = scope.document === undefined && typeof scope.postMessage === "function";
  if (!isWorker || typeof scope.addEventListener !== "function") return null;
  return {
    post: (message, transfer) => scope.postMessage!(message, transfer),
    listen: (listener) => scope.addEventListener!("message", ({ data }) => listener(data)),
  };
}

const port = portHere();
if (port !== null) serve(port);

/**
 * True in a worker, which this module then serves.
 *
 * @example
 * typeof serving; // → "boolean"
 */
export const serving: boolean = port !== null;
