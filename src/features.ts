import { type SparseParts, sparseParts } from "./backend/typescript/sparse.js";
import { fail } from "./check.js";
import type { Dataset, DatasetOptions } from "./dataset.js";
import type { MatrixInput, SparseMatrix } from "./matrix.js";

/** Numbers of 64 or of 32 bits, row by row. */
export type Features = Float64Array | Float32Array;

/** Dense X of a data set, [rows × columns], to be read at once: the next allocation may detach it. */
export function featuresOf(data: Dataset): Features {
  const { store, x } = data.vectors();
  const block = store.view(x, data.length);
  if (data.storage === "sparse") fail("type", "X", "dense rows, which this needs", "a sparse matrix");
  if (data.storage === "float64") return block;
  return new Float32Array(block.buffer, block.byteOffset, data.rows * data.columns);
}

/** A row of X as numbers of its own: [columns]. */
export function rowOf(data: Dataset, row: number): Float64Array {
  const { columns } = data;
  const sparse = sparsePartsOf(data);
  if (sparse === null) return Float64Array.from(featuresOf(data).subarray(row * columns, (row + 1) * columns));
  const out = new Float64Array(columns);
  for (let e = sparse.pointers[row]; e < sparse.pointers[row + 1]; e++) out[sparse.indices[e]] = sparse.values[e];
  return out;
}

/** The parts of sparse X of a data set, to be read at once; null where it is dense. */
export function sparsePartsOf(data: Dataset): SparseParts | null {
  if (data.storage !== "sparse") return null;
  const { store, x } = data.vectors();
  return sparseParts(data.rows, data.nonzeros, store.view(x, data.length));
}

/** Sparse X of a data set, copied; null where it is dense. */
export function sparseMatrixOf(data: Dataset): SparseMatrix | null {
  if (data.reader === null) return null;
  const { store, x } = data.vectors();
  return data.reader.matrix(data, store.view(x, data.length).slice(), data.names);
}

/** How dense X is kept. */
export function denseStorageOf({ storage }: Dataset): "float64" | "float32" {
  return storage === "float32" ? "float32" : "float64";
}

/** X of a data set as it can be given again, copied, with the options that go with it. */
export function givenAgain(data: Dataset): { x: MatrixInput } & Pick<DatasetOptions, "columns" | "storage"> {
  const x = sparseMatrixOf(data);
  if (x !== null) return { x };
  return { x: Float64Array.from(featuresOf(data)), columns: data.columns, storage: denseStorageOf(data) };
}
