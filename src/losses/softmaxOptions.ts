import { SMALL_STACK } from "../backend/leaves.js";
import {
  softmaxCrossEntropy as one,
  softmaxCrossEntropyCurvature as oneCurvature,
  softmaxCrossEntropyDistributions as many,
  softmaxCrossEntropyDistributionsCurvature as manyCurvature,
} from "../backend/typescript/losses/softmaxCrossEntropy.js";
import type { Loss } from "./loss.js";
import { makeRowwise } from "./rowwise.js";

/** What rows count, and how sure their classes are taken to be. */
export interface SoftmaxVariant {
  readonly classes: number;
  /** c_k: [classes]. */
  readonly classWeights: Float64Array;
  /** ε. */
  readonly labelSmoothing: number;
  /** The index of a row that does not count. */
  readonly ignoredIndex: number | null;
  /** Targets in a row; throws unless all lie in the domain. */
  width(rows: number, targets: Float64Array): number;
}

// A row of class y, or with the distribution q, costs Σ a_k(ln Σ e^z − z_k), a_k = c_k((1 − ε)q_k + ε/K): the kernels of
// plain cross-entropy on one row, of weight c_y or with a in place of q.

/** max |Σa·p − a| over p and y: p sure of the class where a is least. */
function steepest({ classes, classWeights: c, labelSmoothing: smoothing }: SoftmaxVariant): number {
  const shares = c.map((weight) => (weight * smoothing) / classes);
  const sum = shares.reduce((total, b) => total + b, 0);
  const squares = shares.reduce((total, b) => total + b * b, 0);
  const order = shares.slice().sort();
  let most = 0;
  for (let y = 0; y < classes; y++) {
    const b = shares[y];
    const own = b + c[y] * (1 - smoothing);
    const total = sum - b + own;
    const least = Math.min(own, b === order[0] ? order[1] : order[0]);
    most = Math.max(most, total * total - 2 * total * least + (squares - b * b + own * own));
  }
  return Math.sqrt(most);
}

/** Softmax cross-entropy with class weights, smoothed labels or rows to be ignored. */
export function softmaxVariant(name: string, variant: SoftmaxVariant): Loss {
  const { classes, classWeights: c, labelSmoothing: smoothing, ignoredIndex, width } = variant;
  const stack = new Float64Array(SMALL_STACK);
  const weight = new Float64Array(1);
  const a = new Float64Array(classes);

  /** a of a row; null where the plain kernel takes its index, with c_y as weight. */
  function spread(y: Float64Array): Float64Array | null {
    weight[0] = 1;
    if (y.length === 1 && smoothing === 0) {
      weight[0] = c[y[0]];
      return null;
    }
    for (let k = 0; k < classes; k++) {
      const q = y.length === 1 ? Number(k === y[0]) : y[k];
      a[k] = c[k] * ((1 - smoothing) * q + smoothing / classes);
    }
    return a;
  }

  const ignored = (y: Float64Array): boolean => y.length === 1 && y[0] === ignoredIndex;

  function run(z: Float64Array, y: Float64Array, out: Float64Array | null): number {
    const q = spread(y);
    (q === null ? one : many)(1, classes, 0, z, q ?? y, weight, out, 1, stack);
    return stack[0];
  }

  const even = c.every((value) => value === c[0]);
  const positive = c.every((value) => value > 0);
  return makeRowwise({
    name,
    options: { classes, classWeights: c, labelSmoothing: smoothing, ignoredIndex: ignoredIndex ?? undefined },
    classes,
    traits: {
      convex: true,
      strictlyConvex: positive,
      smooth: true,
      proper: even && smoothing === 0,
      lipschitz: steepest(variant),
    },
    separable: smoothing === 0,
    width,
    share: (y) => (y === ignoredIndex ? 0 : c[y]),
    value: (z, y) => (ignored(y) ? 0 : run(z, y, null)),
    gradient(z, y, out) {
      if (ignored(y)) out.fill(0);
      else run(z, y, out);
    },
    curvature(z, y, out) {
      if (ignored(y)) {
        out.fill(0);
        return;
      }
      const q = spread(y);
      (q === null ? oneCurvature : manyCurvature)(1, classes, z, q ?? y, weight, out);
    },
  });
}
