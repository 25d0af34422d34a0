import type { CurvatureKernel, KernelName, LossKernel, LossName, Twin } from "../backend/kernels.js";
import { runLoss } from "../backend/dispatch.js";
import { allocate, checkChoice, checkOptions, fail, outputFor, toFloat64 } from "../check.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { type Share, type Weights, checkWeights, totalWeightOf } from "../weights.js";
import type { PiecesOfLoss } from "./pieces.js";
import type { LossSettings, Traits } from "./traits.js";

/** Options of a loss over rows. */
export interface LossOptions {
  /** One weight per row, ≥ 0; a row of weight 0 is skipped. Ones without it. */
  readonly weights?: ArrayLike<number>;
  /** `"mean"`: divide by the total weight (default); `"sum"`: do not. */
  readonly reduction?: "mean" | "sum";
}

/** Options of a gradient over rows. */
export interface LossOutOptions extends LossOptions {
  /** Filled and returned instead of a new array. */
  readonly out?: Float64Array;
}

/** The kernels of a loss for one shape of targets. */
export interface LossKernels {
  readonly loss: Twin<LossName, LossKernel<Float64Array>>;
  readonly curvature: Twin<KernelName, CurvatureKernel<Float64Array>>;
  /**
   * The curvature of each row times a vector, or its diagonal where that is null, without the pairs of `curvature`; the
   * scores, vector and result are [rows × classes]. Where there is none the pairs are multiplied.
   */
  readonly curvatureTimes?: (
    rows: number,
    columns: number,
    scores: Float64Array,
    weights: Float64Array | null,
    moves: Float64Array | null,
    out: Float64Array,
  ) => void;
  /** Targets in a row: 1, or one per class. */
  readonly width: number;
  /** Scores from which copying them to WebAssembly and back pays; Infinity where arithmetic is too little for that. */
  readonly threshold: number;
  /** What the kernels take in place of the targets (default these): [rows × width]. */
  readonly targets?: Float64Array;
  /** The targets as fractions of a success (default as they are): whether data are separated depends on that alone. */
  readonly fractions?: Float64Array;
}

/**
 * A loss ℓ(scores, targets) in nats: what one observation costs, with everything left out that depends on targets
 * alone.
 *
 * `scores` are on the link scale, [rows] or [rows × classes] row-major; they propagate NaN and infinities. `targets`
 * and `weights` must be finite and in their domain. Every method throws a TypeError for what is no array of numbers; a
 * RangeError for lengths that do not fit, values outside the domain (with the row), a mean of nothing or of total
 * weight 0.
 */
export interface Loss {
  /** Name of its factory in `losses`. */
  readonly name: string;
  /** Scores in a row: 1, or the number of classes; of classes in order with free thresholds these. */
  readonly classes: number;
  /** What it declares of itself: convexity, smoothness, propriety, Lipschitz bound. */
  readonly traits: Traits;
  /** True if every target pulls its score without end: data that a hyperplane separates then have no minimum. */
  readonly separable: boolean;
  /** The likelihood whose surprisal this is up to a constant, or null where there is none. */
  readonly likelihood: Likelihood | null;
  /** Σ w·ℓ/Σ w, or with `reduction: "sum"` Σ w·ℓ, in nats; the sum of nothing is 0. */
  value(scores: ArrayLike<number>, targets: ArrayLike<number>, options?: LossOptions): number;
  /** Derivative of `value` by every score, of the shape of the scores. */
  gradient(scores: ArrayLike<number>, targets: ArrayLike<number>, options?: LossOutOptions): Float64Array;
  /** Both in one pass: cheaper than one after the other. */
  valueAndGradient(
    scores: ArrayLike<number>,
    targets: ArrayLike<number>,
    options?: LossOutOptions,
  ): { value: number; gradient: Float64Array };
  /** Second derivatives of `value` by the scores of a row: [rows], or [rows × classes × classes]. */
  hessian(scores: ArrayLike<number>, targets: ArrayLike<number>, options?: LossOptions): Float64Array;
  /** ℓ of every row in nats, unweighted: [rows]. */
  each(scores: ArrayLike<number>, targets: ArrayLike<number>): Float64Array;
  /**
   * The kernels for targets of this length, which are checked: what an objective runs.
   *
   * @internal
   */
  kernels(rows: number, targets: Float64Array): LossKernels;
  /**
   * True where scores are thresholds of classes in order, less what the model makes of a row.
   *
   * @internal
   */
  readonly ordered: boolean;
  /**
   * What rows are as pieces, linear or square on either side of one kink, and what minimises them; null where they are
   * none.
   *
   * @internal
   */
  readonly pieces: PiecesOfLoss | null;
  /**
   * A score of its domain where 0 is none, for a run to start from; else 0.
   *
   * @internal
   */
  readonly start: number;
  /**
   * What a row of weight 1 with this class adds to the total weight: 0 for one to be ignored; null where it is always 1.
   *
   * @internal
   */
  readonly share: Share | null;
  /**
   * The options with which its factory makes it again; null where no name and plain numbers do.
   *
   * @internal
   */
  readonly options: LossSettings | null;
}

/** What a loss is made of. */
export interface LossRecord {
  readonly name: string;
  readonly classes: number;
  readonly traits: Traits;
  readonly separable: boolean;
  readonly ordered?: boolean;
  /** Throws unless the targets lie in the domain; tells which kernels take them. */
  kernels(rows: number, targets: Float64Array): LossKernels;
  readonly share?: Share;
  readonly start?: number;
  readonly pieces?: PiecesOfLoss;
  /** The options with which the factory of its name makes it again (default none); null where that is not possible. */
  readonly options?: LossSettings | null;
  likelihood(loss: Loss): Likelihood | null;
}

interface Reading {
  readonly rows: number;
  readonly scores: Float64Array;
  readonly targets: Float64Array;
  readonly weights: Float64Array | null;
  /** What the sum is divided by. */
  readonly divisor: number;
  readonly kernels: LossKernels;
}

const VALUE: readonly string[] = ["weights", "reduction"];
const GRADIENT: readonly string[] = ["weights", "reduction", "out"];

/** Like checkOptions, without its calls where every name is right: they would cost as much as a few rows. */
function checkNames(options: LossOutOptions, allowed: readonly string[]): void {
  let known = false;
  for (const key in options) {
    known = key === "weights" || key === "reduction" || (key === "out" && allowed === GRADIENT);
    if (!known) break;
  }
  if (!known) checkOptions("options", options, allowed);
}

/** Makes a loss of its record. */
export function makeLoss(record: LossRecord): Loss {
  const { name, classes, traits, share = null, pieces = null } = record;

  function weightsOf(given: ArrayLike<number> | undefined, rows: number, targets: Float64Array): Weights {
    const weighted = checkWeights(given, rows);
    return share === null
      ? weighted
      : { weights: weighted.weights, total: totalWeightOf(share, rows, targets, weighted) };
  }

  function read(
    scores: unknown,
    targets: unknown,
    options: LossOptions | undefined,
    allowed: readonly string[],
  ): Reading {
    const z = toFloat64("scores", scores);
    const y = toFloat64("targets", targets);
    if (options !== undefined) checkNames(options, allowed);
    if (z.length % classes !== 0) fail("range", "scores", `a length that is a multiple of classes ${classes}`, scores);
    const rows = z.length / classes;
    const kernels = record.kernels(rows, y);
    const { weights, total } = weightsOf(options?.weights, rows, y);
    const reduction = options?.reduction;
    const mean = reduction === undefined || checkChoice("reduction", reduction, REDUCTIONS) === "mean";
    if (mean && rows === 0) fail("range", "scores", 'at least one row for a mean (or reduction: "sum")', scores);
    if (mean && total === 0) fail("range", "weights", "a total weight > 0", total);
    return {
      rows,
      scores: z,
      targets: kernels.targets ?? y,
      weights,
      divisor: mean ? total : 1,
      kernels,
    };
  }

  function run({ kernels, scores, targets, weights, divisor }: Reading, gradient: Float64Array | null): number {
    return runLoss(kernels, classes, scores, targets, weights, gradient, 1 / divisor) / divisor;
  }

  const withGradient: Loss["valueAndGradient"] = (scores, targets, options) => {
    const reading = read(scores, targets, options, GRADIENT);
    const { length } = reading.scores;
    const gradient = outputFor(options?.out, length);
    if (length > SMALL) {
      const apart = options?.out === undefined ? reading : awayFrom(gradient, reading);
      return { value: run(apart, gradient), gradient };
    }
    // Written elsewhere first: copying so few is cheaper than finding out whether arrays overlap.
    const small = spare ?? new Float64Array(SMALL);
    spare = null;
    const value = run(reading, small);
    for (let i = 0; i < length; i++) gradient[i] = small[i];
    spare = small;
    return { value, gradient };
  };

  const loss: Loss = {
    name,
    classes,
    traits,
    separable: record.separable,
    ordered: record.ordered ?? false,
    start: record.start ?? 0,
    get likelihood() {
      return record.likelihood(loss);
    },
    value: (scores, targets, options) => run(read(scores, targets, options, VALUE), null),
    gradient: (scores, targets, options) => withGradient(scores, targets, options).gradient,
    valueAndGradient: withGradient,
    hessian: (scores, targets, options) => hessian(classes, read(scores, targets, options, VALUE)),
    each: (scores, targets) => each(classes, read(scores, targets, SUM, VALUE)),
    ...{ kernels: record.kernels, pieces, share, options: record.options === undefined ? {} : record.options },
  };
  return Object.freeze(loss);
}

/** Scores up to which a gradient is written to {@link spare} first. */
const SMALL = 128;

/** Not there while a loss runs: one that users wrote may run others. */
let spare: Float64Array | null = null;

const REDUCTIONS = ["mean", "sum"] as const;
const SUM: LossOptions = { reduction: "sum" };

/** The inputs, copies of those over which the gradient is to be written: kernels may read what they take twice. */
function awayFrom({ buffer }: Float64Array, reading: Reading): Reading {
  const { scores, targets, weights } = reading;
  const clear = buffer !== scores.buffer && buffer !== targets.buffer && buffer !== weights?.buffer;
  return clear
    ? reading
    : { ...reading, scores: scores.slice(), targets: targets.slice(), weights: weights?.slice() ?? null };
}

/** Second derivatives by the scores of a row: [rows], or [rows × classes × classes]. */
function hessian(classes: number, { rows, scores, targets, weights, divisor, kernels }: Reading): Float64Array {
  const pairs = (classes * (classes + 1)) / 2;
  const packed = allocate("scores", pairs * rows);
  kernels.curvature.twin(rows, classes, scores, targets, weights, packed);
  if (classes === 1) return packed.map((h) => h / divisor);
  const out = allocate("scores", rows * classes * classes);
  for (let i = 0; i < rows; i++) {
    for (let k = 0, pair = 0; k < classes; k++) {
      for (let l = 0; l <= k; l++, pair++) {
        const h = packed[pair * rows + i] / divisor;
        out[(i * classes + k) * classes + l] = h;
        out[(i * classes + l) * classes + k] = h;
      }
    }
  }
  return out;
}

const one = /*#__PURE__*/ Float64Array.of(1);
const node = /*#__PURE__*/ new Float64Array(2);

/** ℓ per row: the kernel on one row of weight 1, which takes its logarithm alone. */
function each(classes: number, { rows, scores, targets, kernels }: Reading): Float64Array {
  const out = allocate("scores", rows);
  const { twin } = kernels.loss;
  const { width } = kernels;
  const z = new Float64Array(classes);
  const y = new Float64Array(width);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < classes; k++) z[k] = scores[i * classes + k];
    for (let k = 0; k < width; k++) y[k] = targets[i * width + k];
    twin(1, classes, 0, z, y, one, null, 1, node);
    out[i] = node[0];
  }
  return out;
}
