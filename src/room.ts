import { placeFor } from "./backend/place.js";
import { type Store, typescriptStore } from "./backend/store.js";
import { sparseLength } from "./backend/typescript/sparse.js";
import { fail } from "./check.js";
import type { Dataset, Vectors } from "./dataset.js";

/** A block in some memory. */
export interface Block {
  readonly store: Store<unknown>;
  readonly ref: unknown;
  readonly size: number;
}

/** What a room has place for. */
export interface RoomShape {
  readonly rows: number;
  /** Targets in a row. */
  readonly width: number;
  readonly outputs: number;
  /** Numbers of X where it is sparse. */
  readonly nonzeros: number;
}

/** The parts of a data set that lie in a block. */
export const PARTS = ["x", "targets", "weights", "offset"] as const;

/** Place for rows like those of a data set, to be filled again and again; a model that is bound to it stays. */
export interface Room {
  readonly block: Block;
  readonly data: Dataset;
  /** Numbers in a row of each part, 0 where there is none. */
  readonly widths: Readonly<Record<(typeof PARTS)[number], number>>;
  readonly vectors: Vectors & { generation: number };
}

/** Place in this memory, or where null where a data set of that size would be; in the twin's where there is no more. */
export function makeRoom(source: Dataset, store: Store<unknown> | null, shape: RoomShape): Room {
  const { rows, width, outputs, nonzeros } = shape;
  const isSparse = source.storage === "sparse";
  const widths = {
    x: source.columns,
    targets: width,
    weights: source.weights === null ? 0 : 1,
    offset: source.offsetLength === 0 ? 0 : outputs,
  };
  const lengths = PARTS.map((name) => rows * widths[name]);
  if (isSparse) lengths[0] = sparseLength(rows, nonzeros);
  const block = allocate(
    store ?? placeFor(rows * source.columns).store,
    lengths.reduce((sum, n) => sum + n + (n & 1), 0),
  );
  let begin = 0;
  const [x, targets, weights, offset] = lengths.map((n) => {
    const slice = n === 0 ? null : block.store.slice(block.ref, begin, begin + n);
    begin += n + (n & 1);
    return slice;
  });
  const vectors = { store: block.store, x, targets, weights, offset, generation: 0 };
  const data = Object.freeze<Dataset>({
    ...source,
    rows,
    targets: new Float64Array(lengths[1]),
    weights: source.weights === null ? null : new Float64Array(rows),
    offsetLength: lengths[3],
    backend: block.store.backend,
    storage: isSparse ? "sparse" : "float64",
    length: lengths[0],
    nonzeros,
    vectors(): Vectors {
      source.vectors(); // Throws once the data are released.
      return vectors;
    },
  });
  return { block, data, widths, vectors };
}

export function release({ store, ref, size }: Block): void {
  store.free(ref, size);
}

/** A block where the data live, or in the twin where there is no more memory. */
function allocate(store: Store<unknown>, size: number): Block {
  try {
    return { store, ref: store.allocate(size), size };
  } catch {
    const twin = typescriptStore as Store<unknown>;
    try {
      return { store: twin, ref: twin.allocate(size), size };
    } catch {
      return fail("range", "rows", "a batch that fits in memory", `${size} numbers`);
    }
  }
}
