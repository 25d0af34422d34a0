import { sparseLength, sparseParts, sparseScores } from "../backend/typescript/sparse.js";
import { allocate, fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import type { LossKernels } from "../losses/loss.js";
import type { SparseMatrix, SparseReader } from "../matrix.js";
import { type Design, makeLinear } from "../models/linearEvaluation.js";
import type { BoundModel } from "../models/model.js";
import type { Layout } from "../priors/terms.js";
import { SparseGround, SparseHessian } from "./ground.js";

/** Parameters up to which a Hessian is offered: it is dense. */
const MOST_HESSIAN_PARAMETERS = 1000;

const design: Design = {
  ground: (data, layout, kernels, store) => new SparseGround(data, layout, kernels, store),
  hessian(ground) {
    if (!offersHessian(ground.layout)) {
      fail(
        "type",
        "objective",
        `one with a Hessian: of sparse X up to ${MOST_HESSIAN_PARAMETERS} parameters`,
        "a larger one",
      );
    }
    return new SparseHessian(ground as SparseGround<never>) as never;
  },
  offersHessian,
};

function offersHessian({ outputs, features }: Layout): boolean {
  return outputs * (features + 1) <= MOST_HESSIAN_PARAMETERS;
}

/** What reads sparse rows: their kernels come with it. */
export const sparseReader: SparseReader = {
  bind: (data: Dataset, outputs: number, intercept: boolean, kernels: LossKernels): BoundModel =>
    makeLinear(data, outputs, intercept, kernels, design),
  matrix({ rows, columns, nonzeros }, block, names) {
    const { values, indices, pointers } = sparseParts(rows, nonzeros, block);
    const fields = { rows, columns, names, values, columnIndices: indices, rowPointers: pointers };
    const hidden = { block: { value: block }, reader: { value: sparseReader } };
    return Object.freeze(Object.defineProperties(fields, hidden)) as SparseMatrix;
  },
  takeRows(matrix, chosen) {
    const { rowPointers, columns, names } = matrix;
    let nonzeros = 0;
    for (let i = 0; i < chosen.length; i++) nonzeros += rowPointers[chosen[i] + 1] - rowPointers[chosen[i]];
    const block = allocate("X", sparseLength(chosen.length, nonzeros));
    const { values, indices, pointers } = sparseParts(chosen.length, nonzeros, block);
    for (let i = 0, at = 0; i < chosen.length; i++) {
      const [first, last] = [rowPointers[chosen[i]], rowPointers[chosen[i] + 1]];
      values.set(matrix.values.subarray(first, last), at);
      indices.set(matrix.columnIndices.subarray(first, last), at);
      pointers[i + 1] = at += last - first;
    }
    return sparseReader.matrix({ rows: chosen.length, columns, nonzeros }, block, names);
  },
  takeColumns(matrix, chosen) {
    const { rows, columnIndices } = matrix;
    const place = new Int32Array(matrix.columns).fill(-1);
    chosen.forEach((j, k) => (place[j] = k));
    let nonzeros = 0;
    for (const j of columnIndices) if (place[j] >= 0) nonzeros++;
    const block = allocate("X", sparseLength(rows, nonzeros));
    const { values, indices, pointers } = sparseParts(rows, nonzeros, block);
    let at = 0;
    for (let i = 0; i < rows; i++) {
      for (let e = matrix.rowPointers[i]; e < matrix.rowPointers[i + 1]; e++) {
        if (place[columnIndices[e]] < 0) continue;
        values[at] = matrix.values[e];
        indices[at++] = place[columnIndices[e]];
      }
      pointers[i + 1] = at;
    }
    const names = matrix.names === null ? null : chosen.map((j) => matrix.names![j]);
    return sparseReader.matrix({ rows, columns: chosen.length, nonzeros }, block, names);
  },
  scores({ rows, columns, values, block }, outputs, parameters) {
    const transposed = new Float64Array(parameters.length);
    for (let k = 0, at = 0; k < outputs; k++) {
      for (let j = 0; j <= columns; j++) transposed[j * outputs + k] = parameters[at++];
    }
    const out = allocate("X", rows * outputs);
    sparseScores(columns, outputs, rows, values.length, 0, rows, block, transposed, null, out);
    return out;
  },
};
