import { wasmFor } from "./select.js";
import { type Store, typescriptStore } from "./store.js";
import { LARGE, ownMemory, wasmStore } from "./wasm/store.js";

/** Numbers from which a data set is worth a place in WebAssembly memory. */
const THRESHOLD = 256;

/** A store for a data set, with the way to give back what it holds. */
export interface Place {
  readonly store: Store<unknown>;
  readonly release: () => void;
}

/** The TypeScript twin's place: nothing to give back. */
export const typescriptPlace: Place = { store: typescriptStore as Store<unknown>, release: () => {} };

/**
 * Where a data set of this many numbers is to live: small ones share an arena, large ones get a memory of their own up to
 * a bounded number, and the rest lives in the twin.
 */
export function placeFor(length: number): Place {
  const wasm = wasmFor(length, THRESHOLD);
  if (wasm === null) return typescriptPlace;
  if (length < LARGE) return { store: wasmStore(wasm.arena) as Store<unknown>, release: () => {} };
  try {
    const own = ownMemory(wasm.module);
    if (own === null) return typescriptPlace;
    return { store: wasmStore(own.heap) as Store<unknown>, release: own.release };
  } catch {
    return typescriptPlace;
  }
}
