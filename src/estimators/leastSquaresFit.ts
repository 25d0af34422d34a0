import { logOne } from "../backend/typescript/math/log.js";
import { fail } from "../check.js";
import { EPSILON, TWO_PI } from "../constants.js";
import type { Dataset } from "../dataset.js";
import { featuresOf } from "../features.js";
import type { LeastSquares } from "../linalg/leastSquares.js";
import { solveRTransposed } from "../linalg/qr.js";
import type { Status } from "../optimizers/optimizer.js";
import type { Layout, Terms } from "../priors/terms.js";
import type { Certificate } from "../result.js";
import { toColumnScale } from "./columnScale.js";
import { gaussianLogLikelihood } from "./nuisance.js";
import { EXACT_FIT, isExactFit } from "./exactness.js";
import { type Fit, type FitStatement, makeFit } from "./fit.js";
import { fitToJSON } from "./fitJSON.js";

/** What a least-squares fit minimises: F = Σ w·(y − xθ)²/(2φ) + Σ ½·precision·(θ − mean)². */
export interface LeastSquaresStatement {
  readonly layout: Layout;
  readonly terms: Terms;
  /** φ. */
  readonly dispersion: number;
  /** The noise where it is known. */
  readonly sd: number | null;
  /** Prior or penalty in words, and as plain JSON. */
  readonly description: string;
  readonly stated: Pick<FitStatement, "prior" | "penalty">;
}

/** Numbers of X above this overflow where products of them are taken to twice their digits. */
const LARGEST = 1e300;

/** Names what made residuals overflow: a number of X, or else the targets. */
function refuseOverflow(data: Dataset, rss: number): never {
  const x = featuresOf(data);
  const at = x.findIndex((value) => Math.abs(value) > LARGEST);
  if (at < 0) return fail("range", "y", "numbers whose squared residuals do not overflow", rss);
  const place = { row: Math.floor(at / data.columns), column: at % data.columns };
  return fail("range", "X", `numbers of at most ${LARGEST} in size for least squares`, x[at], place);
}

/** The fit of a solution, yielding between small pieces. */
export function* leastSquaresFit(
  data: Dataset,
  statement: LeastSquaresStatement,
  solution: LeastSquares,
): Generator<void, Fit> {
  const { totalWeight: W, names } = data;
  const { layout, sd } = statement;
  const { aliased, residualSumOfSquares: rss, coefficients: theta } = solution;
  if (!Number.isFinite(rss)) refuseOverflow(data, rss);
  for (const j of aliased) theta[j] = 0;
  const certificate = yield* certify(data, statement, solution);
  const label = (j: number): string => (layout.intercept ? ["(intercept)", ...names][j] : names[j]);
  const exact = sd === null && isExactFit(data, rss / W);
  const end: { status: Status; reason: string } =
    aliased.length > 0
      ? {
          status: "rank-deficient",
          reason:
            `Other columns determine ${aliased.map(label).join(", ")}: left out, with coefficient 0. ` +
            "Drop such columns, or use a prior or penalty.",
        }
      : exact
        ? { status: "boundary", reason: EXACT_FIT }
        : {
            status: "converged",
            reason:
              "Solved by QR with refinement: the residuals are orthogonal to the columns as far as rounding allows.",
          };
  return recordOf(data, statement, theta, rss, { ...end, certificate, steps: 1, exact });
}

/** The fit where it is ended before there is a solution: all coefficients 0. */
export function abortedFit(data: Dataset, statement: LeastSquaresStatement, targets: Float64Array): Fit {
  let rss = 0;
  targets.forEach((y, i) => (rss += (data.weights === null ? 1 : data.weights[i]) * (y * y)));
  if (!Number.isFinite(rss)) fail("range", "y", "numbers whose squares do not overflow", rss);
  const certificate = { kind: "newton-decrement", value: NaN, bound: null, estimate: false } as const;
  const reason = "The run was aborted before the least squares were solved: the coefficients are 0.";
  const theta = new Float64Array(statement.terms.mean.length);
  return recordOf(data, statement, theta, rss, { status: "aborted", reason, certificate, steps: 0, exact: false });
}

interface End {
  readonly status: Status;
  readonly reason: string;
  readonly certificate: Certificate;
  readonly steps: number;
  /** The residuals are nothing but rounding. */
  readonly exact: boolean;
}

function recordOf(data: Dataset, statement: LeastSquaresStatement, theta: Float64Array, rss: number, end: End): Fit {
  const { totalWeight: W } = data;
  const { layout, terms, dispersion: phi, sd, description, stated } = statement;
  const variance = end.exact ? 0 : sd === null ? rss / W : sd * sd;
  const surprisal = theta.reduce((sum, value, j) => {
    const distance = value - terms.mean[j];
    return sum + 0.5 * terms.precision[j] * (distance * distance);
  }, 0);
  const { status, reason, certificate, steps } = end;
  return makeFit(
    {
      name: "gaussian",
      link: "identity",
      thresholds: null,
      names: data.names,
      classes: null,
      ...toColumnScale(layout, data.moments, theta, null),
      sd: Math.sqrt(variance),
      shape: null,
      dispersion: null,
      scale: null,
      logLikelihood:
        sd === null
          ? gaussianLogLikelihood(W, variance)
          : -0.5 * (rss / variance) - 0.5 * W * logOne(TWO_PI * variance),
      objective: (rss / 2 / phi + surprisal) / W,
      offset: data.offsetLength > 0,
      rows: data.rows,
      totalWeight: W,
      prior: description,
      statement: Object.freeze({
        intercept: layout.intercept,
        thresholds: "none",
        dispersion: phi,
        estimated: sd === null,
        ...stated,
        scale: data.moments?.scale ?? null,
      }),
      status,
      reason,
      iterations: steps,
      evaluations: steps,
      passes: [0, steps, 0],
      certificate,
      witness: null,
    },
    fitToJSON,
  );
}

/** Rows between two yields. */
const ROWS = 256;

/** The Newton decrement² ‖R⁻ᵀg‖²/φ on the sum scale, g the gradient of the squares; its bound is what rounding leaves. */
function* certify(
  data: Dataset,
  { layout, terms, dispersion: phi }: LeastSquaresStatement,
  { coefficients: theta, residuals, residualSumOfSquares, qr }: LeastSquares,
): Generator<void, Certificate> {
  const { rows, columns, weights } = data;
  const shift = layout.intercept ? 1 : 0;
  const slopes = theta.map((value, j) => terms.precision[j] * phi * (value - terms.mean[j]));
  let noise = 0;
  for (let i = 0; i < rows; i++) {
    if (i % ROWS === 0) yield;
    const row = featuresOf(data).subarray(i * columns, (i + 1) * columns);
    const w = weights === null ? 1 : weights[i];
    const pull = w * residuals[i];
    let size = Math.abs(residuals[i]);
    if (shift === 1) {
      slopes[0] -= pull;
      size += Math.abs(theta[0]);
    }
    for (let j = 0; j < columns; j++) {
      slopes[j + shift] -= pull * row[j];
      size += Math.abs(theta[j + shift] * row[j]);
    }
    noise += w * size * size;
  }
  const reduced = Float64Array.from({ length: qr.rank }, (_, k) => slopes[qr.pivots[k]] * qr.columnScale[qr.pivots[k]]);
  solveRTransposed(qr, reduced);
  const value = reduced.reduce((sum, entry) => sum + entry * entry, 0) / phi;
  const rounding = (16 * EPSILON * EPSILON * noise) / phi;
  const bound = Math.max((64 * EPSILON * residualSumOfSquares) / 2 / phi, rounding);
  return Object.freeze({ kind: "newton-decrement", value, bound, estimate: false });
}
