import { callOff, whenCollected } from "./backend/whenCollected.js";
import { checkChoice, checkOptions, fail, toFloat64 } from "./check.js";
import { fingerprintOf } from "./fingerprint.js";
import {
  type MatrixInput,
  type MatrixReader,
  type SparseMatrix,
  type SparseReader,
  isSparse,
  readMatrix,
  readNamed,
} from "./matrix.js";
import type { Moments } from "./moments.js";
import { type Parts, type Vectors, releaser, settle } from "./packing.js";
import { checkWeights } from "./weights.js";

/** Options of a data set. */
export interface DatasetOptions {
  /** Columns of a flat X. */
  readonly columns?: number;
  /** One weight per row, finite and ≥ 0. Ones without it. */
  readonly weights?: ArrayLike<number>;
  /** Added to the scores of each row: [rows], or [rows × classes]. */
  readonly offset?: ArrayLike<number>;
  /** Names of the columns. */
  readonly names?: readonly string[];
  /**
   * Keep each column less its weighted mean, over its weighted standard deviation (ddof 0): a prior then acts per
   * standard deviation, and fits report coefficients of the columns as given. Sparse columns are divided and not centred,
   * which a free intercept makes up for.
   */
  readonly standardize?: boolean;
  /**
   * "float32" keeps X, rounded to 32 bits, in half the memory; arithmetic stays in 64 bits, so that results are those of
   * the rounded numbers kept in 64, bit for bit. "float64" without it.
   */
  readonly storage?: "float64" | "float32";
}

/** Options of a data set of records. */
export interface RecordsOptions extends Omit<DatasetOptions, "columns" | "names"> {
  /** The field that holds the target. */
  readonly target?: string;
  /** The fields that are features, in this order; all fields but the target without it. */
  readonly features?: readonly string[];
}

export type { Vectors };

/** Data copied once, to where the kernels run; see {@link dataset}. */
export interface Dataset {
  /** Rows of X. */
  readonly rows: number;
  /** Columns of X. */
  readonly columns: number;
  /** Names of the columns: as given, or x0, x1, ... */
  readonly names: readonly string[];
  /** Targets as given, [rows] or [rows × classes], or null. Not to be changed. */
  readonly targets: Float64Array | null;
  /** Weights [rows], or null where all are 1. Not to be changed. */
  readonly weights: Float64Array | null;
  /** W = Σ w. */
  readonly totalWeight: number;
  /** Numbers of the offset, 0 without one. */
  readonly offsetLength: number;
  /** What standardising took away, or null. */
  readonly moments: Moments | null;
  /** Where X lives. */
  readonly backend: "wasm" | "typescript";
  /** How X is kept: numbers of 64 or of 32 bits, or compressed sparse rows. */
  readonly storage: "float64" | "float32" | "sparse";
  /**
   * Numbers of 64 bits that the block of X takes.
   *
   * @internal
   */
  readonly length: number;
  /** Numbers of X that are not 0 as far as they are known: of sparse X those it holds, of dense X all. */
  readonly nonzeros: number;
  /**
   * What reads sparse X, or null.
   *
   * @internal
   */
  readonly reader: SparseReader | null;
  /**
   * Gives the memory back now instead of when the data set is garbage-collected; using it afterwards throws a
   * TypeError.
   */
  release(): void;
  /**
   * What tells a stored run that it is given other data: a hash of X as it is kept, targets, weights and offset. Throws a
   * TypeError after `release`.
   *
   * @internal
   */
  fingerprint(): string;
  /**
   * Where the kernels find it. Throws a TypeError after `release`.
   *
   * @internal
   */
  vectors(): Vectors;
}

/**
 * A data set: X copied once to where the kernels run, with targets, weights and offset.
 *
 * X: [rows × columns], all finite: rows `number[][]`, a flat `Float64Array` or `Float32Array` with `columns`, named
 * columns `{ name: column }`, or records `[{ name: value }, ...]` with `{ target, features }`; or what `sparse` makes. How
 * dense X is given never changes a bit. Small data sets share one memory, large ones get their own; where memory is refused the twin
 * keeps it. Inputs are left as they are, and may change afterwards.
 *
 * @param x - X, in any of these forms.
 * @param y - Targets: [rows] numbers or class indices, or [rows × classes] distributions.
 * @param options - `columns`, `weights`, `offset`, `names`, `standardize`, `storage`; of records `target` and `features` too.
 * @returns The data set, frozen.
 * @throws TypeError or RangeError, naming row and column, for what is not finite, ragged or of the wrong kind.
 * @example
 * const data = dataset([[1, 30], [2, 41]], [0, 1], { names: ["dose", "age"] });
 * data.totalWeight; // → 2
 * dataset([{ dose: 1, ill: 0 }, { dose: 2, ill: 1 }], { target: "ill" }).names; // → ["dose"]
 */
export function dataset(x: MatrixInput, y?: ArrayLike<number>, options?: DatasetOptions): Dataset;
/**
 * A data set of records.
 *
 * @param records - One object per row, all with the fields of the first.
 * @param options - `target`: the field of y. `features`: the fields of X, in this order; all others without it.
 */
export function dataset(records: ReadonlyArray<Readonly<Record<string, number>>>, options: RecordsOptions): Dataset;
export function dataset(x: unknown, y?: unknown, options?: unknown): Dataset {
  if (isRecords(x)) return fromRecords(x, (y === undefined ? {} : y) as RecordsOptions, options);
  checkOptions("options", options, ["columns", "weights", "offset", "names", "standardize", "storage"]);
  const given = (options ?? {}) as DatasetOptions;
  if (!isSparse(x)) return build(readMatrix(x, given.columns), y, given);
  for (const name of ["columns", "storage"] as const) {
    if (given[name] !== undefined) fail("type", name, "nothing beside a sparse X", given[name]);
  }
  return build(x, y, given);
}

function isRecords(x: unknown): x is ReadonlyArray<Record<string, unknown>> {
  if (!Array.isArray(x) || x.length === 0) return false;
  return isRecord(x[0]);
}

function isRecord(x: unknown): boolean {
  return typeof x === "object" && x !== null && !Array.isArray(x) && !ArrayBuffer.isView(x);
}

function fromRecords(records: ReadonlyArray<Record<string, unknown>>, options: RecordsOptions, more: unknown): Dataset {
  if (more !== undefined) fail("type", "options", "one object after records", more);
  checkOptions("options", options, ["target", "features", "weights", "offset", "standardize", "storage"]);
  const { target, features, ...rest } = options;
  // Not map: it would skip holes.
  for (let row = 0; row < records.length; row++) {
    if (!isRecord(records[row])) fail("type", "X", "a record as in row 0", records[row], { row });
  }
  const first = records[0];
  if (target !== undefined) checkField("target", target, first);
  if (features !== undefined && !Array.isArray(features)) fail("type", "features", "an array of fields", features);
  const names: string[] = features === undefined ? [] : Array.from(features as readonly string[]);
  for (const name of names) checkField("features", name, first);
  if (features === undefined) names.push(...Object.keys(first).filter((name) => name !== target));
  if (target !== undefined && names.includes(target)) fail("range", "features", "fields beside the target", target);
  const column = (name: string): unknown[] => records.map((record) => record[name]);
  const x = Object.fromEntries(names.map((name) => [name, column(name)]));
  return build(readNamed(x, names), target === undefined ? undefined : column(target), rest);
}

function checkField(argument: string, name: unknown, record: Record<string, unknown>): void {
  if (typeof name !== "string") fail("type", argument, "a field of the records", name);
  if (!Object.hasOwn(record, name)) fail("range", argument, "a field of the records", name);
}

function checkNames(names: unknown, matrix: Pick<MatrixReader, "names" | "columns">): readonly string[] {
  if (names === undefined) return matrix.names ?? Array.from({ length: matrix.columns }, (_, j) => `x${j}`);
  if (!Array.isArray(names)) fail("type", "names", `${matrix.columns} strings`, names);
  if (names.length !== matrix.columns) fail("range", "names", `${matrix.columns} strings`, names);
  return Array.from(names as string[], (name: unknown, row) => {
    return typeof name === "string" ? name : fail("type", "names", "a string", name, { row });
  });
}

function checkFinite(argument: string, values: unknown, rows: number): Float64Array | null {
  if (values === undefined) return null;
  const given = toFloat64(argument, values);
  if (given.length === 0 || given.length % rows !== 0) fail("range", argument, `${rows} rows as in X`, values);
  const width = given.length / rows;
  for (let i = 0; i < given.length; i++) {
    if (!Number.isFinite(given[i]))
      fail("range", argument, "a finite number", given[i], { row: Math.floor(i / width) });
  }
  return given.slice();
}

function build(matrix: MatrixReader | SparseMatrix, y: unknown, options: DatasetOptions): Dataset {
  const { rows, columns } = matrix;
  if (rows === 0) fail("range", "X", "at least one row", 0);
  const names = checkNames(options.names, matrix);
  const { standardize: standardized = false, storage: kept = "float64" } = options;
  if (typeof standardized !== "boolean") fail("type", "standardize", "true or false", standardized);
  const storage = isSparse(matrix) ? "sparse" : checkChoice("storage", kept, ["float64", "float32"]);
  if (standardized && storage === "float32") {
    fail("range", "storage", '"float64" for standardized columns, which 32 bits would round', storage);
  }
  const targets = checkFinite("y", y, rows);
  const offset = checkFinite("offset", options.offset, rows);
  const { weights, total } = checkWeights(options.weights, rows);
  if (total === 0) fail("range", "weights", "a total weight > 0", 0);
  if (!Number.isFinite(total)) fail("range", "weights", "a finite total weight", total);
  const parts: Parts = { matrix, targets, weights: weights === null ? null : weights.slice(), offset };
  const dense = storage === "float32" ? Math.ceil((rows * columns) / 2) : rows * columns;
  const own = isSparse(matrix) ? matrix.block.length : dense;
  const { place, vectors, length, moments } = settle(parts, own, storage, standardized, total);

  let held: Vectors | null = vectors;
  let fingerprint: string | null = null;
  const free = releaser(place, vectors.x, length);
  const data: Dataset = {
    rows,
    columns,
    names,
    targets,
    weights: parts.weights,
    totalWeight: total,
    offsetLength: offset === null ? 0 : offset.length,
    moments,
    backend: place.store.backend,
    storage,
    length: own,
    nonzeros: isSparse(matrix) ? matrix.values.length : rows * columns,
    reader: isSparse(matrix) ? matrix.reader : null,
    release() {
      if (held === null) return;
      held = null;
      callOff(data);
      free();
    },
    fingerprint() {
      const { store, x } = data.vectors();
      return (fingerprint ??= fingerprintOf([store.view(x, own), targets, parts.weights, offset]));
    },
    vectors() {
      return held ?? fail("type", "data", "a data set that is not released", "a released one");
    },
  };
  whenCollected(data, free, data);
  return Object.freeze(data);
}
