import { checkAttached, checkChoice, fail } from "../check.js";
import { compile } from "./wasm/compile.js";
import { Heap } from "./wasm/heap.js";
import { type CompiledModule, Instance } from "./wasm/instance.js";
import { Scratch } from "./wasm/scratch.js";

/** A compiled module with the instance that serves calls and small data sets. */
export interface Wasm {
  readonly module: CompiledModule;
  readonly instance: Instance;
  readonly scratch: Scratch;
  /** Small data sets and workspaces, beyond the scratch. */
  readonly arena: Heap;
}

function start(module: CompiledModule): Wasm {
  const instance = new Instance(module);
  const scratch = new Scratch(instance);
  return { module, instance, scratch, arena: new Heap(instance, scratch.end) };
}

/** Whatever refuses (no WebAssembly, no SIMD, a content security policy, an embedder, no memory) leads to the twin. */
function tryStart(): Wasm | null {
  try {
    return start(compile());
  } catch {
    return null;
  }
}

/** A choice of backend. */
export type Mode = "auto" | "wasm" | "typescript";

const state: { wasm: Wasm | null; mode: Mode } = /*#__PURE__*/ (() => ({ wasm: tryStart(), mode: "auto" as Mode }))();

/** The WebAssembly backend for work of this size, or null where the twin is to do it. */
export function wasmFor(size: number, threshold: number): Wasm | null {
  if (state.mode === "auto") return size < threshold ? null : state.wasm;
  return state.mode === "wasm" ? state.wasm : null;
}

/** A choice of backend that this host can run; returns it. */
export function checkMode(argument: string, mode: unknown): Mode {
  const chosen = checkChoice(argument, mode, ["auto", "wasm", "typescript"]);
  if (chosen === "wasm" && state.wasm === null) fail("type", argument, "a host that runs WebAssembly with SIMD", mode);
  return chosen;
}

/** The choice that holds now. */
export function currentMode(): Mode {
  return state.mode;
}

/** Does something with another choice of backend, or the same if it is null; the old one holds again, whatever happens. */
export function inMode<T>(mode: Mode | null, action: () => T): T {
  const before = state.mode;
  state.mode = mode ?? before;
  try {
    return action();
  } finally {
    state.mode = before;
  }
}

/** Which backend runs, and ways to change that. Both give the same bits: only speed can tell them apart. */
export interface Backend {
  /** The backend that large work runs on now. */
  readonly name: "wasm" | "typescript";
  /**
   * Chooses the backend of what is created from now on.
   *
   * @param mode - `"auto"`: WebAssembly, small calls on the twin; `"wasm"`: at every size; `"typescript"`: the twin.
   * @throws TypeError for `"wasm"` where it is missing, or what is no string; RangeError for another word.
   */
  use(mode: "auto" | "wasm" | "typescript"): void;
  /**
   * Runs the kernels of a module the host compiled itself, or of bytes, for example from `surprisal/kernels.wasm`. What
   * fails leaves the backend as it was.
   *
   * @param source - A WebAssembly.Module, or the bytes of one; its type names neither, so as to need no DOM types.
   * @throws TypeError for another thing, or a module of another version; what the host throws if it refuses to compile.
   */
  install(source: object): void;
}

/**
 * The backend that runs: WebAssembly SIMD, or its twin in TypeScript where that is missing or refused. Both give the
 * same bits: only speed can tell them apart.
 *
 * @example
 * backend.use("typescript");
 * backend.name; // → "typescript"
 * backend.use("auto");
 */
export const backend: Backend = {
  get name() {
    return state.wasm === null || state.mode === "typescript" ? "typescript" : "wasm";
  },
  use(mode) {
    state.mode = checkMode("mode", mode);
  },
  install(source) {
    if (typeof WebAssembly === "undefined") fail("type", "source", "a host with WebAssembly", source);
    if (!(source instanceof WebAssembly.Module || source instanceof ArrayBuffer || ArrayBuffer.isView(source))) {
      fail("type", "source", "a WebAssembly.Module, or the bytes of one", source);
    }
    if (ArrayBuffer.isView(source)) checkAttached("source", source);
    const bytes = ArrayBuffer.isView(source)
      ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
      : source;
    const module = bytes instanceof WebAssembly.Module ? bytes : new WebAssembly.Module(bytes);
    const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
    if (!["memory", "heapBase", "linearHessian"].every((name) => exported.includes(name))) {
      fail(
        "type",
        "source",
        "the kernels of this version",
        `a module that exports ${exported.join(", ") || "nothing"}`,
      );
    }
    state.wasm = start(module);
  },
};
