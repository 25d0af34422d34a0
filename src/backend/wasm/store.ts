import type { Store } from "../store.js";
import type { Heap } from "./heap.js";
import { Heap as NewHeap } from "./heap.js";
import { type CompiledModule, Instance, type Pointer } from "./instance.js";

/** Vectors in the memory of one instance. */
export function wasmStore(heap: Heap): Store<Pointer> {
  return {
    backend: "wasm",
    bind: (binding) => heap.instance.kernels[binding.name],
    lossRef: (binding) => heap.instance.indexOf(binding.name),
    more: (module) => heap.instance.more(module),
    allocate: (length) => heap.allocate(length),
    free: (pointer, length) => heap.free(pointer, length),
    slice: (pointer, begin) => pointer + begin * 8,
    view: (pointer, length) => heap.instance.view(pointer, length),
  };
}

/** Numbers from which a data set gets a memory of its own. */
export const LARGE = 1 << 18;

/** Memories of their own that may live at once; a page of Chromium allows about 124 for everybody together. */
const MOST_MEMORIES = 24;

/** Released memories kept for the next data set: how many, and how large at most in bytes. */
const MOST_SPARE = 2;
const LARGEST_SPARE = 1 << 28;

let live = 0;
const spare: { readonly instance: Instance; readonly module: CompiledModule }[] = [];

/** A memory of its own with the way to give it back, or null where there are too many already. */
export function ownMemory(module: CompiledModule): { heap: Heap; release: () => void } | null {
  const index = spare.findIndex((entry) => entry.module === module);
  const reused = index < 0 ? undefined : spare.splice(index, 1)[0].instance;
  if (reused === undefined && live >= MOST_MEMORIES) return null;
  const instance = reused ?? new Instance(module);
  if (reused === undefined) live++;
  let released = false;
  const release = (): void => {
    if (released) return;
    released = true;
    if (spare.length < MOST_SPARE && instance.numbers.byteLength <= LARGEST_SPARE) spare.push({ instance, module });
    else live--;
  };
  return { heap: new NewHeap(instance, instance.base), release };
}
