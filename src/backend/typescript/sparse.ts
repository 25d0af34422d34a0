import { carry, nodeOf } from "./tree.js";

/** The parts of a block of compressed sparse rows. */
export interface SparseParts {
  readonly values: Float64Array;
  readonly indices: Int32Array;
  readonly pointers: Int32Array;
}

/** Numbers of 64 bits in such a block. */
export function sparseLength(rows: number, nonzeros: number): number {
  return nonzeros + ((nonzeros + 1) >>> 1) + ((rows + 2) >>> 1);
}

/** Views of its parts. */
export function sparseParts(rows: number, nonzeros: number, { buffer, byteOffset }: Float64Array): SparseParts {
  const indices = byteOffset + 8 * nonzeros;
  return {
    values: new Float64Array(buffer, byteOffset, nonzeros),
    indices: new Int32Array(buffer, indices, nonzeros),
    pointers: new Int32Array(buffer, indices + 8 * ((nonzeros + 1) >>> 1), rows + 1),
  };
}

export function sparseScores(
  _columns: number,
  outputs: number,
  rows: number,
  nonzeros: number,
  begin: number,
  end: number,
  x: Float64Array,
  parameters: Float64Array,
  offset: Float64Array | null,
  scores: Float64Array,
): void {
  const { values, indices, pointers } = sparseParts(rows, nonzeros, x);
  for (let i = begin; i < end; i++) {
    const out = (i - begin) * outputs;
    const last = pointers[i + 1];
    if (outputs === 1) scores[out] = gatherSlots(pointers[i], last, values, indices, parameters, 1) + parameters[0];
    else {
      scores.fill(0, out, out + outputs);
      for (let e = pointers[i]; e < last; e++) {
        const value = values[e];
        const w = (1 + indices[e]) * outputs;
        for (let k = 0; k < outputs; k++) scores[out + k] += value * parameters[w + k];
      }
      for (let k = 0; k < outputs; k++) scores[out + k] += parameters[k];
    }
    if (offset !== null) for (let k = 0; k < outputs; k++) scores[out + k] += offset[i * outputs + k];
  }
}

/** Σ x·w over numbers first .. last, in slots; w[shift] goes with index 0. */
export function gatherSlots(
  first: number,
  last: number,
  values: Float64Array,
  indices: Int32Array,
  w: Float64Array,
  shift: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let e = first;
  for (; e + 4 <= last; e += 4) {
    s0 += values[e] * w[shift + indices[e]];
    s1 += values[e + 1] * w[shift + indices[e + 1]];
    s2 += values[e + 2] * w[shift + indices[e + 2]];
    s3 += values[e + 3] * w[shift + indices[e + 3]];
  }
  if (e < last) s0 += values[e] * w[shift + indices[e]];
  if (e + 1 < last) s1 += values[e + 1] * w[shift + indices[e + 1]];
  if (e + 2 < last) s2 += values[e + 2] * w[shift + indices[e + 2]];
  return s0 + s2 + (s1 + s3);
}

export function sparseGradient(
  columns: number,
  outputs: number,
  leaf: number,
  rows: number,
  nonzeros: number,
  begin: number,
  end: number,
  x: Float64Array,
  residuals: Float64Array,
  squares: number,
  stack: Float64Array,
): void {
  const { values, indices, pointers } = sparseParts(rows, nonzeros, x);
  const size = outputs * (columns + 1);
  for (let i = begin; i < end; i++) {
    const index = Math.floor(i / leaf);
    const node = nodeOf(index, size);
    if (i % leaf === 0) stack.fill(0, node, node + size);
    const r = (i - begin) * outputs;
    for (let k = 0; k < outputs; k++) stack[node + k] += residuals[r + k];
    for (let e = pointers[i], last = pointers[i + 1]; e < last; e++) {
      const value = values[e];
      const g = node + (1 + indices[e]) * outputs;
      if (squares === 0) for (let k = 0; k < outputs; k++) stack[g + k] += residuals[r + k] * value;
      else for (let k = 0; k < outputs; k++) stack[g + k] += residuals[r + k] * value * value;
    }
    if ((i + 1) % leaf === 0 || i + 1 === rows) carry(index, size, stack);
  }
}

export function sparseHessian(
  columns: number,
  pairs: number,
  leaf: number,
  rows: number,
  nonzeros: number,
  begin: number,
  end: number,
  x: Float64Array,
  curvature: Float64Array,
  stack: Float64Array,
): void {
  const { values, indices, pointers } = sparseParts(rows, nonzeros, x);
  const triangle = ((columns + 1) * (columns + 2)) / 2;
  const size = pairs * triangle;
  for (let i = begin; i < end; i++) {
    const index = Math.floor(i / leaf);
    const node = nodeOf(index, size);
    if (i % leaf === 0) stack.fill(0, node, node + size);
    for (let pair = 0; pair < pairs; pair++) {
      const h = curvature[pair * (end - begin) + (i - begin)];
      const own = node + pair * triangle;
      stack[own] += h;
      for (let a = pointers[i], last = pointers[i + 1]; a < last; a++) {
        const v = h * values[a];
        const row = own + ((indices[a] + 1) * (indices[a] + 2)) / 2;
        stack[row] += v;
        for (let b = pointers[i]; b <= a; b++) stack[row + 1 + indices[b]] += v * values[b];
      }
    }
    if ((i + 1) % leaf === 0 || i + 1 === rows) carry(index, size, stack);
  }
}
