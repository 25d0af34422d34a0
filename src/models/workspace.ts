import type { Store } from "../backend/store.js";
import { whenCollected } from "../backend/whenCollected.js";
import { fail } from "../check.js";

/** Vectors for evaluations, in the same memory as the data; given back when the model is garbage-collected. */
export class Workspace<Ref> {
  readonly #store: Store<Ref>;
  readonly #held: { ref: Ref; length: number }[];

  constructor(store: Store<Ref>) {
    const held: { ref: Ref; length: number }[] = [];
    this.#store = store;
    this.#held = held;
    whenCollected(this, () => held.forEach(({ ref, length }) => store.free(ref, length)));
  }

  allocate(length: number): Ref {
    return this.tryAllocate(length) ?? fail("range", "data", "a workspace that fits in memory", `${length} numbers`);
  }

  /** Null where memory is refused. */
  tryAllocate(length: number): Ref | null {
    let ref: Ref;
    try {
      ref = this.#store.allocate(length);
    } catch {
      return null;
    }
    this.#held.push({ ref, length });
    return ref;
  }
}
