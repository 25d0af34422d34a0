/**
 * The contract that both backends meet: every kernel once, with its shapes.
 *
 * `Ref` is where a vector of f64 lives: a pointer into WebAssembly memory, or a Float64Array. Kernels trust their
 * arguments: all checks are done at the border. `null` stands for "not given".
 *
 * A kernel that reduces works through leaves of rows or elements, pushes one node per leaf on `stack` and merges equal
 * subtrees as it goes; `firstLeaf` is the index of the first leaf of this call, so a reduction can be cut between leaves
 * anywhere without changing a bit. `collapse` ends it. The order of every reduction is written down in docs/bits.md.
 *
 * @module
 */

/** out[i] = f(x[i]); x, out: [n], of an odd n with room for one number more; out may be x. */
export type ElementwiseKernel<Ref> = (n: number, x: Ref, out: Ref) => void;

/**
 * Pushes Σ w·ℓ(scores, targets) per leaf of `leafRows(columns)` rows (node size 1) and, unless `gradient` is null, writes
 * (∂ℓ/∂score)·w·scale to it. scores, gradient: [rows × columns]; targets: [rows], or [rows × columns] for distributions;
 * weights: [rows] or null for ones; a row of weight 0 adds 0 and has gradient 0 whatever its scores.
 */
export type LossKernel<Ref> = (
  rows: number,
  columns: number,
  firstLeaf: number,
  scores: Ref,
  targets: Ref,
  weights: Ref | null,
  gradient: Ref | null,
  scale: number,
  stack: Ref,
) => void;

/**
 * Writes w·∂²ℓ/∂score_k∂score_l, k ≥ l, pair after pair: out: [columns·(columns+1)/2 × rows], pair (k, l) at
 * k(k+1)/2 + l. scores: [rows × columns]; targets, weights: as in {@link LossKernel}.
 */
export type CurvatureKernel<Ref> = (
  rows: number,
  columns: number,
  scores: Ref,
  targets: Ref,
  weights: Ref | null,
  out: Ref,
) => void;

/**
 * Pushes, per leaf of `leafRows(outputs)` rows, the node [outputs × (1 + columns)] of sums of r and of r times what x gives.
 * `begin` is a multiple of the leaf; r: [(end − begin) × outputs].
 */
export type RowSumsKernel<Ref> = (
  columns: number,
  outputs: number,
  begin: number,
  end: number,
  x: Ref,
  r: Ref,
  stack: Ref,
) => void;

/** A loss as a kernel takes it: its twin, or the number of its kernel in the table of the module. */
export type LossRef<Ref> = Ref extends Float64Array ? LossKernel<Float64Array> : number;

export interface Kernels<Ref> {
  exp: ElementwiseKernel<Ref>;
  log: ElementwiseKernel<Ref>;
  log1p: ElementwiseKernel<Ref>;
  expm1: ElementwiseKernel<Ref>;
  tanh: ElementwiseKernel<Ref>;
  sigmoid: ElementwiseKernel<Ref>;
  logSigmoid: ElementwiseKernel<Ref>;
  softplus: ElementwiseKernel<Ref>;
  logit: ElementwiseKernel<Ref>;

  /** Merges what is left on the stack after `leaves` leaves; the total is then stack[0 .. size). */
  collapse: (leaves: number, size: number, stack: Ref) => void;

  /** Pushes (max, Σ exp(x − max) without the maximum's own 1) per leaf of 1024 elements; merged as log-sum-exp nodes. */
  logSumExp: (n: number, firstLeaf: number, x: Ref, stack: Ref) => void;
  /** Like `collapse` for log-sum-exp nodes; stack[0] becomes the maximum, stack[1] the rest, stack[2] the log-sum-exp. */
  collapseLogSumExp: (leaves: number, stack: Ref) => void;
  /** out[i] = log-sum-exp of row i. x: [rows × columns]; out: [rows]; stack: scratch. */
  logSumExpRows: (rows: number, columns: number, x: Ref, out: Ref, stack: Ref) => void;
  /** x, out: [rows × columns]; out may be x. */
  softmaxRows: (rows: number, columns: number, x: Ref, out: Ref, stack: Ref) => void;
  /** x, out: [rows × columns]; out may be x. */
  logSoftmaxRows: (rows: number, columns: number, x: Ref, out: Ref, stack: Ref) => void;
  /** out[i] = exp(x[i] − shift)·scale. x, out: [n]; out may be x. */
  expShifted: (n: number, x: Ref, shift: number, scale: number, out: Ref) => void;

  binaryCrossEntropy: LossKernel<Ref>;
  binaryCrossEntropyCurvature: CurvatureKernel<Ref>;
  softmaxCrossEntropy: LossKernel<Ref>;
  softmaxCrossEntropyDistributions: LossKernel<Ref>;
  softmaxCrossEntropyCurvature: CurvatureKernel<Ref>;
  softmaxCrossEntropyDistributionsCurvature: CurvatureKernel<Ref>;
  poisson: LossKernel<Ref>;
  poissonCurvature: CurvatureKernel<Ref>;
  squaredError: LossKernel<Ref>;
  squaredErrorCurvature: CurvatureKernel<Ref>;

  /** out[i − begin] = x[i], begin ≤ i < end, of numbers of 32 bits. x: [⌈end / 2⌉], two in a place; out: [end − begin]. */
  promote: (begin: number, end: number, x: Ref, out: Ref) => void;

  /**
   * scores[i − begin] = x_i·θ_k + intercept_k (+ offset_i), rows begin ≤ i < end.
   * x: [n × columns]; parameters: [outputs × (1 + columns)], intercept first; offset: [n × outputs] or null;
   * scores: [(end − begin) × outputs]; scratch: [outputs × columns].
   */
  linearScores: (
    columns: number,
    outputs: number,
    begin: number,
    end: number,
    x: Ref,
    parameters: Ref,
    offset: Ref | null,
    scores: Ref,
    scratch: Ref,
  ) => void;
  /** Σ r_ik and Σ r_ik·x_i. */
  linearGradient: RowSumsKernel<Ref>;
  /** Σ r_ik and Σ (r_ik·x_ij)·x_ij. */
  linearSquares: RowSumsKernel<Ref>;
  /**
   * `linearScores`, the loss, and unless `residuals` is null `linearGradient` of rows begin ≤ i < end, leaf after leaf: X is
   * read once. `begin` is a multiple of the leaf; targets: [n × width]; weights: [n] or null for ones; scores, residuals:
   * [(end − begin) × outputs].
   */
  linearPass: (
    loss: LossRef<Ref>,
    columns: number,
    outputs: number,
    begin: number,
    end: number,
    x: Ref,
    parameters: Ref,
    offset: Ref | null,
    width: number,
    targets: Ref,
    weights: Ref | null,
    scores: Ref,
    residuals: Ref | null,
    scratch: Ref,
    lossStack: Ref,
    gradientStack: Ref,
  ) => void;
  /**
   * Pushes, per leaf of `leafRows(outputs)` rows, one packed lower triangle of (1, x)ᵀ·diag(curvature)·(1, x) after the
   * other for each pair: node [pairs × (columns+1)(columns+2)/2]. curvature: [pairs × (end − begin)].
   */
  linearHessian: (
    columns: number,
    outputs: number,
    pairs: number,
    begin: number,
    end: number,
    x: Ref,
    curvature: Ref,
    stack: Ref,
  ) => void;
}

/**
 * Kernels of dense layers, a module of their own: z = a·wᵀ + b over the rows of a leaf, and its derivatives. Rows of a
 * matrix lie `stride` numbers apart. Each sum has one accumulator, which starts at +0, or at what stands in `out` where
 * `add` is 1, and takes its products in ascending order: how entries are tiled changes no bit.
 */
export interface LayerKernels<Ref> {
  /**
   * Rows [bias, weights] of units as panels of four: packed[p][i][u] is number i of unit 4p + u, 0 for units beyond the
   * last. parameters: [units × (1 + inputs)]; packed: [⌈units/4⌉ × (1 + inputs) × 4].
   */
  packLayer: (inputs: number, units: number, parameters: Ref, packed: Ref) => void;
  /**
   * out[r][u] = Σ_i a[r][i]·w[u][i], then + b[u] if `bias` is 1. With `lists` ([rows × (1 + inputs)], what it holds is of no
   * use; null beside `add`) numbers that are 0 are left out, unless of four rows three quarters or more are not.
   */
  layerForward: (
    rows: number,
    inputs: number,
    units: number,
    a: Ref,
    aStride: number,
    packed: Ref,
    bias: number,
    add: number,
    out: Ref,
    outStride: number,
    lists: Ref | null,
  ) => void;
  /** out[r][i] = Σ_u delta[r][u]·w[u][i]; parameters as for `packLayer`; scratch: [units × 4]. */
  layerBackward: (
    rows: number,
    inputs: number,
    units: number,
    delta: Ref,
    deltaStride: number,
    parameters: Ref,
    add: number,
    out: Ref,
    outStride: number,
    scratch: Ref,
  ) => void;
  /** out[u] = [Σ_r delta[r][u], Σ_r delta[r][u]·a[r][0], ...]: [units × (1 + inputs)]; the first only where `add` is 0, where rows that are 0 in four inputs are left out. scratch: [rows × 5]. */
  layerGradient: (
    rows: number,
    inputs: number,
    units: number,
    delta: Ref,
    deltaStride: number,
    a: Ref,
    aStride: number,
    add: number,
    out: Ref,
    scratch: Ref,
  ) => void;
  /** out[i] = x[i]·y[i]; out may be one of them. */
  multiply: (n: number, x: Ref, y: Ref, out: Ref) => void;
  /** z ← z where it is > 0, else leak·z, or 0 for a leak of 0; slopes: 1 or leak. NaN stays. Of an odd n with room for one more. */
  rectify: (n: number, leak: number, z: Ref, slopes: Ref | null) => void;
  /** out[i] = 1 − a[i]²: slopes of tanh from its values. Of an odd n with room for one number more. */
  tanhSlopes: ElementwiseKernel<Ref>;
  /** out[i] = a[i]·(1 − a[i]): slopes of the sigmoid from its values. Of an odd n with room for one number more. */
  sigmoidSlopes: ElementwiseKernel<Ref>;
  /** Merges nodes of the tree after leaf number `leaf` was written. */
  carryNode: (leaf: number, size: number, stack: Ref) => void;
}

/**
 * Kernels of X in compressed sparse rows, a module of their own. The block x holds values [nonzeros], then as whole numbers
 * of 32 bits the columns of the values [nonzeros], ascending in a row, and where each row begins [rows + 1]; both start at
 * an even one. Parameters and nodes of the tree hold all outputs of one column after the other, intercepts first:
 * [(1 + columns) × outputs].
 */
export interface SparseKernels<Ref> {
  /** scores[i − begin] = x_i·θ + intercepts (+ offset_i), rows begin ≤ i < end. offset: [rows × outputs] or null. */
  sparseScores: (
    columns: number,
    outputs: number,
    rows: number,
    nonzeros: number,
    begin: number,
    end: number,
    x: Ref,
    parameters: Ref,
    offset: Ref | null,
    scores: Ref,
  ) => void;
  /**
   * Adds Σ r_i and Σ r_i·x_i, or where `squares` is 1 Σ r_i·x_i², of the rows begin ≤ i < end to the nodes of their leaves of
   * `leaf` rows, row after row, and pushes those that end. residuals: [(end − begin) × outputs].
   */
  sparseGradient: (
    columns: number,
    outputs: number,
    leaf: number,
    rows: number,
    nonzeros: number,
    begin: number,
    end: number,
    x: Ref,
    residuals: Ref,
    squares: number,
    stack: Ref,
  ) => void;
  /** The same with packed lower triangles of (1, x)ᵀ·curvature·(1, x), as in `linearHessian`; of few columns. */
  sparseHessian: (
    columns: number,
    pairs: number,
    leaf: number,
    rows: number,
    nonzeros: number,
    begin: number,
    end: number,
    x: Ref,
    curvature: Ref,
    stack: Ref,
  ) => void;
}

export type KernelName = keyof Kernels<unknown>;

/** Names of the kernels of one type. */
type NameOf<Kernel> = { [Name in KernelName]: Kernels<Float64Array>[Name] extends Kernel ? Name : never }[KernelName];

export type ElementwiseName = NameOf<ElementwiseKernel<Float64Array>>;
export type LossName = NameOf<LossKernel<Float64Array>>;

/** A twin with the name of its kernel, null where WebAssembly has none and the twin runs everywhere. */
export interface Twin<Name extends KernelName, Kernel> {
  readonly name: Name | null;
  readonly twin: Kernel;
}

/** A kernel's name with its TypeScript twin: what a public function binds, so that unused twins shake away. */
export interface Binding<Name extends KernelName = KernelName> {
  readonly name: Name;
  readonly twin: Kernels<Float64Array>[Name];
}
