/**
 * One case per kernel: how to call it with arrays of interesting numbers. A kernel without a case fails the parity test.
 *
 * @module
 */
import type { KernelName, LossName } from "../../src/backend/kernels.js";

/** What a kernel is called with; arrays go to the memory of the backend, `out` ones are compared afterwards. */
export type Argument =
  | number
  | null
  | { readonly loss: LossName }
  | { readonly in: Float64Array }
  | { readonly out: number; readonly from?: Float64Array };

/** Makes numbers: ordinary ones with special ones between. */
export interface Source {
  /** Any doubles: normal, tiny, huge, ±0, ±Infinity, NaN. */
  any(length: number): Float64Array;
  /** Finite, of moderate size. */
  finite(length: number): Float64Array;
  /** In [0, 1], often 0 or 1. */
  unit(length: number): Float64Array;
  /** ≥ 0, often 0 or 1. */
  weights(length: number): Float64Array;
  /** Class indices. */
  classes(length: number, classes: number): Float64Array;
  /** Rows that sum to about 1. */
  distributions(rows: number, classes: number): Float64Array;
  bit(): boolean;
}

type Case = (n: number, source: Source) => Argument[];

const STACK = 4096;

const elementwise: Case = (n, source) => [n, { in: source.any(n) }, { out: n }];

const loss =
  (targets: (rows: number, columns: number, source: Source) => Float64Array, several: boolean): Case =>
  (n, source) => {
    const columns = several ? 2 + (n % 11) : 1;
    const rows = n;
    return [
      rows,
      columns,
      0,
      { in: source.bit() ? source.any(rows * columns) : source.finite(rows * columns) },
      { in: targets(rows, columns, source) },
      source.bit() ? { in: source.weights(rows) } : null,
      source.bit() ? { out: rows * columns } : null,
      source.bit() ? 1 : 1 / 3,
      { out: STACK },
    ];
  };

const curvature =
  (targets: (rows: number, columns: number, source: Source) => Float64Array, several: boolean): Case =>
  (n, source) => {
    const columns = several ? 2 + (n % 7) : 1;
    return [
      n,
      columns,
      { in: source.bit() ? source.any(n * columns) : source.finite(n * columns) },
      { in: targets(n, columns, source) },
      source.bit() ? { in: source.weights(n) } : null,
      { out: (n * columns * (columns + 1)) / 2 },
    ];
  };

const rows: Case = (n, source) => {
  const columns = 1 + (n % 13);
  return [n, columns, { in: source.any(n * columns) }, { out: n * columns }, { in: new Float64Array(STACK) }];
};

const linear = (n: number): { columns: number; outputs: number; rows: number; begin: number } => ({
  rows: n + 64,
  columns: 1 + (n % 23),
  outputs: n % 3 === 0 ? 1 : 1 + (n % 12),
  begin: n > 40 ? 64 : 0,
});

const sumsOfRows: Case = (n, source) => {
  const { rows, columns, outputs, begin } = linear(n);
  return [
    columns,
    outputs,
    begin,
    rows,
    { in: source.finite(rows * columns) },
    { in: source.any((rows - begin) * outputs) },
    { out: STACK, from: source.finite(STACK) },
  ];
};

export const cases: Record<KernelName, Case> = {
  exp: elementwise,
  log: elementwise,
  log1p: elementwise,
  expm1: elementwise,
  tanh: elementwise,
  sigmoid: elementwise,
  logSigmoid: elementwise,
  softplus: elementwise,
  logit: elementwise,

  collapse: (n, source) => [n, 3, { out: 64, from: source.finite(64) }],

  logSumExp: (n, source) => [n, 3, { in: source.any(n) }, { out: STACK, from: source.finite(STACK) }],
  collapseLogSumExp: (n, source) => [n, { out: 64, from: source.finite(64) }],
  logSumExpRows: (n, source) => {
    const columns = 1 + (n % 13);
    return [n, columns, { in: source.any(n * columns) }, { out: n }, { in: new Float64Array(STACK) }];
  },
  softmaxRows: rows,
  logSoftmaxRows: rows,
  expShifted: (n, source) => [n, { in: source.any(n) }, 0.25, 0.75, { out: n }],

  binaryCrossEntropy: loss((n, _, source) => source.unit(n), false),
  binaryCrossEntropyCurvature: curvature((n, _, source) => source.unit(n), false),
  softmaxCrossEntropy: loss((n, columns, source) => source.classes(n, columns), true),
  softmaxCrossEntropyCurvature: curvature((n, columns, source) => source.classes(n, columns), true),
  softmaxCrossEntropyDistributions: loss((n, columns, source) => source.distributions(n, columns), true),
  softmaxCrossEntropyDistributionsCurvature: curvature((n, columns, source) => source.distributions(n, columns), true),
  poisson: loss((n, _, source) => source.weights(n), false),
  poissonCurvature: curvature((n, _, source) => source.weights(n), false),
  squaredError: loss((n, _, source) => source.finite(n), false),
  squaredErrorCurvature: curvature((n, _, source) => source.finite(n), false),

  promote: (n, source) => {
    const begin = n % 5;
    return [begin, n + begin, { in: source.any(n + begin) }, { out: n }];
  },
  linearScores: (n, source) => {
    const { rows, columns, outputs, begin } = linear(n);
    return [
      columns,
      outputs,
      begin,
      rows,
      { in: source.finite(rows * columns) },
      { in: source.finite(outputs * (columns + 1)) },
      source.bit() ? { in: source.finite(rows * outputs) } : null,
      { out: (rows - begin) * outputs },
      { in: new Float64Array(outputs * columns + 1) },
    ];
  },
  linearGradient: sumsOfRows,
  linearSquares: sumsOfRows,
  linearPass: (n, source) => {
    const { rows, columns, outputs, begin } = linear(n);
    const pass = (rows - begin) * outputs;
    return [
      { loss: outputs === 1 ? "binaryCrossEntropy" : "softmaxCrossEntropy" },
      columns,
      outputs,
      begin,
      rows,
      { in: source.finite(rows * columns) },
      { in: source.finite(outputs * (columns + 1)) },
      source.bit() ? { in: source.finite(rows * outputs) } : null,
      1,
      { in: outputs === 1 ? source.unit(rows) : source.classes(rows, outputs) },
      source.bit() ? { in: source.weights(rows) } : null,
      { out: pass },
      source.bit() ? { out: pass } : null,
      { in: new Float64Array(outputs * columns + 1) },
      { out: STACK },
      { out: STACK, from: source.finite(STACK) },
    ];
  },
  linearHessian: (n, source) => {
    const { rows, columns, begin } = linear(n);
    const outputs = 1 + (n % 3);
    const pairs = (outputs * (outputs + 1)) / 2;
    return [
      columns,
      outputs,
      pairs,
      begin,
      rows,
      { in: source.finite(rows * columns) },
      { in: source.finite((rows - begin) * pairs) },
      { out: 8192, from: source.finite(8192) },
    ];
  },
};
