import { promote } from "../backend/typescript/single.js";
import type { Store } from "../backend/store.js";
import type { Dataset } from "../dataset.js";
import { type Features, featuresOf } from "../features.js";
import type { Workspace } from "./workspace.js";

/** Rows of X as kernels take them: numbers of 64 bits where they lie, those of 32 bits promoted when they are needed. */
export class Rows<Ref> {
  readonly #data: Dataset;
  readonly #store: Store<Ref>;
  /** Room for promoted rows. */
  readonly #room: Ref | null;
  /** Which rows it holds. */
  #begin = -1;
  #end = -1;

  /** At most `most` rows at a time. */
  constructor(data: Dataset, store: Store<Ref>, workspace: Workspace<Ref>, most: number) {
    this.#data = data;
    this.#store = store;
    this.#room = data.storage === "float32" ? workspace.allocate(most * data.columns) : null;
  }

  /** The rows begin .. end: [(end − begin) × columns]. */
  between(begin: number, end: number): Ref {
    const { columns } = this.#data;
    const x = this.#data.vectors().x as Ref;
    if (this.#room === null) return this.#store.slice(x, begin * columns, end * columns);
    if (begin !== this.#begin || end !== this.#end) {
      this.#store.bind({ name: "promote", twin: promote })(begin * columns, end * columns, x, this.#room);
      this.#begin = begin;
      this.#end = end;
    }
    return this.#room;
  }

  /** X for a kernel that counts from row 0, good for the rows begin .. end. */
  upTo(begin: number, end: number): Ref {
    if (this.#room === null) return this.#data.vectors().x as Ref;
    // The twin reads numbers of 32 bits as they are. In WebAssembly addresses wrap: row `begin` of this is the room's first.
    if (this.#store.backend === "typescript") return this.all() as Ref;
    return this.#store.slice(this.between(begin, end), -begin * this.#data.columns, 0);
  }

  /** X to be read by TypeScript: [rows × columns]. */
  all(): Features {
    return featuresOf(this.#data);
  }
}
