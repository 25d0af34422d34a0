import { isFull, listRow } from "./listed.js";
import { carry } from "./tree.js";

export function packLayer(inputs: number, units: number, parameters: Float64Array, packed: Float64Array): void {
  const width = 1 + inputs;
  for (let first = 0, at = 0; first < units; first += 4) {
    for (let i = 0; i < width; i++) {
      for (let u = first; u < first + 4; u++) packed[at++] = u < units ? parameters[u * width + i] : 0;
    }
  }
}

export function layerForward(
  rows: number,
  inputs: number,
  units: number,
  a: Float64Array,
  aStride: number,
  packed: Float64Array,
  bias: number,
  add: number,
  out: Float64Array,
  outStride: number,
  lists: Float64Array | null,
): void {
  let full = true;
  for (let r = 0; r < rows; r++) {
    const row = r * aStride;
    if (lists !== null && (r & 3) === 0) full = isFull(Math.min(4, rows - r), inputs, a, row, aStride);
    const listed = full ? 0 : listRow(inputs, a, row, lists!);
    for (let u = 0, panel = 0; u < units; u += 4, panel += 4 * (1 + inputs)) {
      const to = r * outStride + u;
      let s0 = add === 1 ? out[to] : 0;
      let s1 = add === 1 && u + 1 < units ? out[to + 1] : 0;
      let s2 = add === 1 && u + 2 < units ? out[to + 2] : 0;
      let s3 = add === 1 && u + 3 < units ? out[to + 3] : 0;
      for (let i = 0, w = panel + 4; full && i < inputs; i++, w += 4) {
        const x = a[row + i];
        s0 += x * packed[w];
        s1 += x * packed[w + 1];
        s2 += x * packed[w + 2];
        s3 += x * packed[w + 3];
      }
      for (let k = 0; k < listed; k++) {
        const w = panel + 4 + 4 * lists![k];
        const x = a[row + lists![k]];
        s0 += x * packed[w];
        s1 += x * packed[w + 1];
        s2 += x * packed[w + 2];
        s3 += x * packed[w + 3];
      }
      if (bias === 1) {
        s0 += packed[panel];
        s1 += packed[panel + 1];
        s2 += packed[panel + 2];
        s3 += packed[panel + 3];
      }
      out[to] = s0;
      if (u + 1 < units) out[to + 1] = s1;
      if (u + 2 < units) out[to + 2] = s2;
      if (u + 3 < units) out[to + 3] = s3;
    }
  }
}

export function layerBackward(
  rows: number,
  inputs: number,
  units: number,
  delta: Float64Array,
  deltaStride: number,
  parameters: Float64Array,
  add: number,
  out: Float64Array,
  outStride: number,
  _scratch: Float64Array,
): void {
  const width = 1 + inputs;
  for (let r = 0; r < rows; r++) {
    const to = r * outStride;
    if (add === 0) out.fill(0, to, to + inputs);
    addProducts(inputs, units, delta, r * deltaStride, 1, parameters, 1, width, out, to);
  }
}

export function layerGradient(
  rows: number,
  inputs: number,
  units: number,
  delta: Float64Array,
  deltaStride: number,
  a: Float64Array,
  aStride: number,
  add: number,
  out: Float64Array,
  scratch: Float64Array,
): void {
  const width = 1 + inputs;
  const list = 4 * rows;
  for (let u = 0; add === 0 && u < units; u++) {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += delta[r * deltaStride + u];
    out[u * width] = sum;
  }
  for (let i = 0; i < inputs; i += 4) {
    const columns = Math.min(4, inputs - i);
    const listed = packColumns(rows, a, i, aStride, columns, add === 1, scratch);
    for (let u = 0, to = i + 1; u < units; u++, to += width) {
      let s0 = add === 1 ? out[to] : 0;
      let s1 = add === 1 && columns > 1 ? out[to + 1] : 0;
      let s2 = add === 1 && columns > 2 ? out[to + 2] : 0;
      let s3 = add === 1 && columns > 3 ? out[to + 3] : 0;
      for (let k = 0, at = u; listed === rows && k < rows; k++, at += deltaStride) {
        const f = delta[at];
        s0 += f * scratch[4 * k];
        s1 += f * scratch[4 * k + 1];
        s2 += f * scratch[4 * k + 2];
        s3 += f * scratch[4 * k + 3];
      }
      for (let k = 0; listed < rows && k < listed; k++) {
        const f = delta[scratch[list + k] * deltaStride + u];
        s0 += f * scratch[4 * k];
        s1 += f * scratch[4 * k + 1];
        s2 += f * scratch[4 * k + 2];
        s3 += f * scratch[4 * k + 3];
      }
      out[to] = s0;
      if (columns > 1) out[to + 1] = s1;
      if (columns > 2) out[to + 2] = s2;
      if (columns > 3) out[to + 3] = s3;
    }
  }
}

/** Rows of four columns that are not all 0, or all of them: 0 for columns that are not there; behind, their numbers. */
function packColumns(
  rows: number,
  a: Float64Array,
  begin: number,
  stride: number,
  columns: number,
  all: boolean,
  scratch: Float64Array,
): number {
  let listed = 0;
  for (let r = 0, at = begin; r < rows; r++, at += stride) {
    const x0 = a[at];
    const x1 = columns > 1 ? a[at + 1] : 0;
    const x2 = columns > 2 ? a[at + 2] : 0;
    const x3 = columns > 3 ? a[at + 3] : 0;
    if (!all && x0 === 0 && x1 === 0 && x2 === 0 && x3 === 0) continue;
    scratch[4 * listed] = x0;
    scratch[4 * listed + 1] = x1;
    scratch[4 * listed + 2] = x2;
    scratch[4 * listed + 3] = x3;
    scratch[4 * rows + listed] = r;
    listed++;
  }
  return listed;
}

/** out[to + i] += f[from + m·step]·x[begin + m·stride + i] for m = 0, 1, ... < count, four of them at a time. */
function addProducts(
  n: number,
  count: number,
  f: Float64Array,
  from: number,
  step: number,
  x: Float64Array,
  begin: number,
  stride: number,
  out: Float64Array,
  to: number,
): void {
  let m = 0;
  for (; m + 4 <= count; m += 4) {
    const f0 = f[from + m * step];
    const f1 = f[from + (m + 1) * step];
    const f2 = f[from + (m + 2) * step];
    const f3 = f[from + (m + 3) * step];
    const x0 = begin + m * stride;
    const x1 = x0 + stride;
    const x2 = x1 + stride;
    const x3 = x2 + stride;
    for (let i = 0; i < n; i++) {
      out[to + i] = out[to + i] + f0 * x[x0 + i] + f1 * x[x1 + i] + f2 * x[x2 + i] + f3 * x[x3 + i];
    }
  }
  for (; m < count; m++) {
    const factor = f[from + m * step];
    const row = begin + m * stride;
    for (let i = 0; i < n; i++) out[to + i] += factor * x[row + i];
  }
}

export function multiply(n: number, x: Float64Array, y: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = x[i] * y[i];
}

export const carryNode = carry;
