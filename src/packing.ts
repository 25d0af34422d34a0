/**
 * A data set on its way to where the kernels run: one block that holds everything.
 *
 * @module
 */

import { type Place, placeFor, typescriptPlace } from "./backend/place.js";
import type { Store } from "./backend/store.js";
import { fail } from "./check.js";
import { type MatrixReader, type SparseMatrix, isSparse } from "./matrix.js";
import { type Moments, scaleSparse, standardize } from "./moments.js";

/** How X is kept: numbers of 64 or of 32 bits row by row, or compressed sparse rows. */
export type Storage = "float64" | "float32" | "sparse";

/** Where the vectors of a data set live; only models look inside. */
export interface Vectors {
  readonly store: Store<unknown>;
  readonly x: unknown;
  readonly targets: unknown;
  readonly weights: unknown;
  readonly offset: unknown;
  /** How often they were filled with other rows; never, if not given. */
  readonly generation?: number;
}

/** Made apart from the data set: what a finalisation registry holds must not reach what it watches. */
export function releaser(place: Place, block: unknown, length: number): () => void {
  return () => {
    place.store.free(block, length);
    place.release();
  };
}

export interface Parts {
  readonly matrix: MatrixReader | SparseMatrix;
  readonly targets: Float64Array | null;
  readonly weights: Float64Array | null;
  readonly offset: Float64Array | null;
}

export interface Settled {
  readonly place: Place;
  readonly vectors: Vectors;
  /** Numbers in the one block that holds them all, X first. */
  readonly length: number;
  readonly moments: Moments | null;
}

/** Copies everything to a place that has the memory: the twin where WebAssembly has not. */
export function settle(
  { matrix, targets, weights, offset }: Parts,
  size: number,
  storage: Storage,
  wanted: boolean,
  total: number,
): Settled {
  const lengths = [size, targets?.length ?? 0, weights?.length ?? 0, offset?.length ?? 0].map((n) => n + (n & 1));
  const length = lengths.reduce((sum, n) => sum + n, 0);
  const { place, block } = allocateBlock(length, matrix);
  const { store } = place;
  try {
    const x = store.view(block, size);
    const moments = isSparse(matrix)
      ? fillSparse(matrix, x, wanted ? { weights, total } : null)
      : fillDense(matrix, x, storage, wanted ? { weights, total } : null);
    let begin = lengths[0];
    const copy = (values: Float64Array | null): unknown => {
      if (values === null) return null;
      const ref = store.slice(block, begin, begin + values.length);
      store.view(ref, values.length).set(values);
      begin += values.length + (values.length & 1);
      return ref;
    };
    const vectors = { store, x: block, targets: copy(targets), weights: copy(weights), offset: copy(offset) };
    return { place, vectors, length, moments };
  } catch (error) {
    releaser(place, block, length)();
    throw error;
  }
}

/** What standardising needs to know of the rows. */
interface Weighting {
  readonly weights: Float64Array | null;
  readonly total: number;
}

function fillSparse(matrix: SparseMatrix, block: Float64Array, standardized: Weighting | null): Moments | null {
  block.set(matrix.block);
  if (standardized === null) return null;
  const { rows, columns, columnIndices, rowPointers } = matrix;
  const values = block.subarray(0, matrix.values.length);
  return scaleSparse({ rows, columns, values, columnIndices, rowPointers }, standardized.weights, standardized.total);
}

function fillDense(
  matrix: MatrixReader,
  block: Float64Array,
  storage: Storage,
  standardized: Weighting | null,
): Moments | null {
  if (storage === "float32") fillSingle(matrix, block);
  else matrix.fill(block);
  return standardized && standardize(block, matrix.columns, standardized.weights, standardized.total);
}

/** Writes X as numbers of 32 bits, which the largest of 64 do not fit. */
function fillSingle({ rows, columns, names, fill }: MatrixReader, block: Float64Array): void {
  block.fill(0, block.length - 1);
  const x = new Float32Array(block.buffer, block.byteOffset, rows * columns);
  fill(x);
  const lost = x.findIndex((value) => !Number.isFinite(value));
  if (lost < 0) return;
  const column = lost % columns;
  const at = { row: Math.floor(lost / columns), column: names?.[column] ?? column };
  fail("range", "X", "a number that 32 bits can hold", x[lost], at);
}

function allocateBlock(
  length: number,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): { place: Place; block: unknown } {
  const place = placeFor(length);
  try {
    return { place, block: place.store.allocate(length) };
  } catch {
    place.release();
  }
  try {
    return { place: typescriptPlace, block: typescriptPlace.store.allocate(length) };
  } catch {
    return fail("range", "X", "a size that fits in memory", `${rows} x ${columns}`);
  }
}
