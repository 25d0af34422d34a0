import { logOne } from "../backend/typescript/math/log.js";
import { factorLdlt } from "../linalg/ldlt.js";
import { factorQr, inverseGram } from "../linalg/qr.js";
import type { Loss } from "../losses/loss.js";
import { type Objective, objective } from "../objective.js";
import { linear } from "../models/linear.js";
import type { ExpectedCurvature } from "./expectedCurvature.js";

/** Parameters up to which the inverse is made. */
export const MOST_PARAMETERS = 1000;

/** Products rows·p² up to which the design is factored by QR, which squares no condition; beyond, its Hessian is. */
const MOST_PRODUCTS = 268_435_456;

/** The inverse of an information matrix, Σ w·κ·x·xᵀ + diag(ridge) over some of the parameters. */
export interface Information {
  /** Packed lower triangle over these parameters, NaN where others determine one. */
  readonly inverse: Float64Array;
  /** Places of those that others determine. */
  readonly aliased: readonly number[];
  /** log |Σ w·κ·x·xᵀ + diag(ridge)| over the determined ones. */
  readonly logDeterminant: number;
}

/** Of which information matrix the inverse is wanted. */
export interface InformationRequest {
  /** The losses alone. */
  readonly target: Objective;
  readonly theta: Float64Array;
  /** Which parameters, ascending. */
  readonly used: readonly number[];
  /** Added to the diagonal, one per parameter that is used; null for none. */
  readonly ridge: Float64Array | null;
  /** κ; null for the curvature of the loss. */
  readonly curvature: ExpectedCurvature | null;
  /** Places among those used whose common level nothing determines: it is held. Empty for none. */
  readonly level: readonly number[];
}

/** The inverse; null where the matrix is not positive definite, up to columns that others determine. */
export function informationOf(request: InformationRequest): Information | null {
  const { target, theta, used, ridge } = request;
  const { rows } = target.data;
  const p = used.length;
  if (target.bound.layout.outputs === 1 && rows * p * p <= MOST_PRODUCTS) {
    const kappa = weighted(target, curvatureAt(request, target.bound.scores(theta)));
    if (kappa.every((k) => k >= 0) && (ridge === null || ridge.every((r) => r >= 0))) return byQr(request, kappa);
  }
  return byHessian(request);
}

function curvatureAt({ target, curvature }: InformationRequest, scores: Float64Array): Float64Array {
  if (curvature !== null) return curvature(scores);
  return target.loss.hessian(scores, target.data.targets!, { reduction: "sum" });
}

function weighted({ data: { weights } }: Objective, values: Float64Array): Float64Array {
  return weights === null ? values : values.map((value, i) => (weights[i] === 0 ? 0 : weights[i]! * value));
}

function byQr({ target, used, ridge }: InformationRequest, kappa: Float64Array): Information {
  const p = used.length;
  const { rows } = target.data;
  const held = ridge === null ? [] : [...ridge.keys()].filter((j) => ridge[j]! > 0);
  const all = rows + held.length;
  const design = new Float64Array(all * p);
  const scale = new Float64Array(all);
  eachDesignRow(target, used, (i, x) => {
    design.set(x, i * p);
    scale[i] = Math.sqrt(kappa[i]!);
  });
  held.forEach((j, k) => {
    design[(rows + k) * p + j] = 1;
    scale[rows + k] = Math.sqrt(ridge![j]!);
  });
  const qr = factorQr(design, all, p, scale);
  let logDeterminant = 0;
  for (let k = 0; k < qr.rank; k++) {
    logDeterminant += 2 * (logOne(Math.abs(qr.factors[k * all + k]!)) - logOne(qr.columnScale[qr.pivots[k]!]!));
  }
  return { inverse: inverseGram(qr), aliased: qr.aliased, logDeterminant };
}

/** Calls back with the used entries of (1, x) of every row; the array is used again. */
export function eachDesignRow(
  { bound }: Objective,
  used: readonly number[],
  visit: (row: number, x: Float64Array) => void,
): void {
  const shift = bound.layout.intercept ? 1 : 0;
  const own = new Float64Array(used.length);
  bound.eachRow((i, x) => {
    used.forEach((j, a) => (own[a] = j < shift ? 1 : x[j - shift]!));
    visit(i, own);
  });
}

/** The loss with another second derivative. */
function withCurvature(loss: Loss, curvature: ExpectedCurvature): Loss {
  return Object.freeze<Loss>({
    ...loss,
    kernels: (rows, targets) => ({
      ...loss.kernels(rows, targets),
      curvature: {
        name: null,
        twin(count, _columns, scores, _targets, weights, out) {
          const each = curvature(scores.slice(0, count));
          for (let i = 0; i < count; i++) out[i] = weights === null ? each[i]! : weights[i]! * each[i]!;
        },
      },
    }),
  });
}

function byHessian({ target, theta, used, ridge, curvature, level }: InformationRequest): Information | null {
  const { data, loss, bound, totalWeight: W } = target;
  const of =
    curvature === null
      ? target
      : objective({ data, loss: withCurvature(loss, curvature), model: linear({ intercept: bound.layout.intercept }) });
  const full = of.hessian(theta);
  const p = used.length;
  const packed = new Float64Array((p * (p + 1)) / 2);
  used.forEach((j, a) => {
    for (let b = 0; b <= a; b++) packed[(a * (a + 1)) / 2 + b] = W * full[(j * (j + 1)) / 2 + used[b]!]!;
    packed[(a * (a + 3)) / 2]! += ridge === null ? 0 : ridge[a]!;
  });
  if (level.length === 0) return inverted(packed, p);
  // With c·uuᵀ on the undetermined direction u the inverse is that of the rest plus uuᵀ/c.
  const c = level.reduce((sum, a) => sum + packed[(a * (a + 3)) / 2]!, 0) / level.length;
  const share = c / level.length;
  const eachPair = (f: (at: number) => void): void => {
    for (const a of level) for (const b of level) if (b <= a) f((a * (a + 1)) / 2 + b);
  };
  eachPair((at) => (packed[at] = packed[at]! + share));
  const found = inverted(packed, p);
  if (found === null) return null;
  const rest = 1 / (c * level.length);
  eachPair((at) => (found.inverse[at] = found.inverse[at]! - rest));
  return { ...found, logDeterminant: found.logDeterminant - logOne(c) };
}

function inverted(packed: Float64Array, p: number): Information | null {
  const { definite, deficient, pivots, scaling, solve } = factorLdlt(packed, p);
  if (!definite) return null;
  const inverse = new Float64Array(packed.length).fill(NaN);
  const unit = new Float64Array(p);
  let logDeterminant = 0;
  for (let a = 0; a < p; a++) {
    if (pivots[a] === 0) continue;
    logDeterminant += logOne(pivots[a]!) - 2 * logOne(scaling[a]!);
    unit.fill(0);
    unit[a] = 1;
    solve(unit, unit);
    for (let b = 0; b <= a; b++) if (pivots[b] !== 0) inverse[(a * (a + 1)) / 2 + b] = unit[b]!;
  }
  return { inverse, aliased: deficient, logDeterminant };
}
