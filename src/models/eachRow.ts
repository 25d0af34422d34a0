import type { Features } from "../features.js";

/** Calls back with every row of x, [rows × columns], in order; the array is used again. */
export function eachOf(x: Features, columns: number, visit: (row: number, features: Float64Array) => void): void {
  const room = new Float64Array(columns);
  for (let i = 0, at = 0; at < x.length; i++, at += columns) {
    const row = x.subarray(at, at + columns);
    if (row instanceof Float32Array) room.set(row);
    visit(i, row instanceof Float32Array ? room : row);
  }
}
