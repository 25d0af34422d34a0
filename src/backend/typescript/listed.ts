/**
 * Which numbers of X are left out of a product: those that are 0.
 *
 * @module
 */

/** Whether three quarters or more of these rows are not 0. */
export function isFull(rows: number, inputs: number, a: Float64Array, begin: number, stride: number): boolean {
  let some = 0;
  for (let r = 0; r < rows; r++) {
    for (let at = begin + r * stride, end = at + inputs; at < end; at++) if (a[at] !== 0) some++;
  }
  return 4 * some >= 3 * rows * inputs;
}

/** Which inputs of a row are not 0; gives their number. */
export function listRow(inputs: number, a: Float64Array, row: number, list: Float64Array): number {
  let listed = 0;
  for (let i = 0; i < inputs; i++) if (a[row + i] !== 0) list[listed++] = i;
  return listed;
}
