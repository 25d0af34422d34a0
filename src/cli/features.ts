import { UserError } from "./errors.js";
import { columnIndex, numberColumn, type Table } from "./table.js";

/** Feature columns of a table as a matrix. */
export interface Features {
  readonly names: readonly string[];
  readonly rows: number;
  /** [rows × names], row-major. */
  readonly x: Float64Array;
}

/** The features asked for, or every column that has no other role. */
export function featureNames(
  table: Table,
  asked: readonly string[] | undefined,
  target: string,
  weights: string | undefined,
): string[] {
  const names = asked ?? table.header.filter((name) => name !== target && name !== weights);
  names.forEach((name, i) => {
    if (name === target) throw new UserError(`column "${name}" is the target: it cannot be a feature too`);
    if (name === weights) throw new UserError(`column "${name}" holds the weights: it cannot be a feature too`);
    if (names.indexOf(name) < i) throw new UserError(`--features names column "${name}" twice`);
    if (name === "" && asked === undefined) {
      const number = table.header.indexOf("") + 1;
      throw new UserError(`column ${number} of ${table.path} has no name; name it, or choose columns by --features`);
    }
    columnIndex(table, name);
  });
  if (names.length === 0) throw new UserError(`${table.path} has no column beside the target: there are no features`);
  return [...names];
}

/** Reads columns of numbers. */
export function readFeatures(table: Table, names: readonly string[]): Features {
  const rows = table.rows.length;
  const x = new Float64Array(rows * names.length);
  names.forEach((name, j) => {
    const column = numberColumn(table, name);
    for (let i = 0; i < rows; i++) x[i * names.length + j] = column[i];
  });
  return { names, rows, x };
}

/** One weight per row: numbers ≥ 0, not all 0. */
export function readWeights(table: Table, name: string): Float64Array {
  const weights = numberColumn(table, name);
  const negative = weights.find((weight) => weight < 0);
  if (negative !== undefined) throw new UserError(`column "${name}" holds a negative weight: ${negative}`);
  if (weights.every((weight) => weight === 0)) throw new UserError(`column "${name}" holds no weight above 0`);
  return weights;
}

/** The standard deviation of each column (dividing by the number of rows). */
export function spreads({ names, rows, x }: Features): number[] {
  return names.map((_, j) => {
    const column = Array.from({ length: rows }, (_, i) => x[i * names.length + j]);
    const mean = column.reduce((sum, value) => sum + value, 0) / rows;
    return Math.sqrt(column.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / rows);
  });
}
