import type { WorkerLike } from "./lane.js";

/** The part of Node's `worker_threads` that is used. */
export interface Threads {
  readonly Worker: new (url: URL, options: { readonly execArgv: string[] }) => WorkerLike;
  readonly isMainThread: boolean;
  readonly parentPort: {
    postMessage(message: unknown, transfer: ArrayBufferLike[]): void;
    on(event: "message", listener: (message: unknown) => void): unknown;
  } | null;
}

interface Host {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
  readonly navigator?: { readonly hardwareConcurrency?: number };
}

function builtin(name: string): unknown {
  return (globalThis as Host).process?.getBuiltinModule?.(name) ?? null;
}

/** Node's threads where there are such: asked for at run time, so that bundlers see no import. */
export function threads(): Threads | null {
  return builtin("node:worker_threads") as Threads | null;
}

/** How many workers can work at the same time, as far as the host tells; 1 if it does not. */
export function cores(): number {
  const os = builtin("node:os") as { availableParallelism?(): number } | null;
  return os?.availableParallelism?.() ?? (globalThis as Host).navigator?.hardwareConcurrency ?? 1;
}
