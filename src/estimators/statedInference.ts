import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import type { Minimized } from "../inference/covariance.js";
import { refuseJoint } from "../likelihoods/joint.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { Loss } from "../losses/loss.js";
import { makePointwise } from "../losses/pointwise.js";
import { standardizedLoss } from "../losses/standardized.js";
import { studentT } from "../losses/studentT.js";
import type { Penalty } from "../penalties/penalty.js";
import type { Prior } from "../priors/prior.js";
import { isFlat } from "../priors/terms.js";
import { surprisalOf } from "../priors/surprisal.js";
import type { FitRecord } from "./fit.js";
import { likelihoodOf } from "./likelihoodOf.js";
import { restate } from "./restated.js";

/** What a fit minimised, and the gradient of the mean loss where it ended. */
export interface StatedInference extends Minimized {
  readonly likelihood: Likelihood | null;
  readonly gradient: Float64Array;
  /** Prior or penalty, where they are one's own and no JSON tells them. */
  readonly given: { readonly prior: Prior | undefined; readonly penalty: Penalty | undefined };
  /** "none", or what was added: "quadratic" and other smooth priors, "absolute" where there is an L1 part, "jeffreys". */
  readonly penalised: "none" | "smooth" | "absolute" | "jeffreys";
}

/** What a fit does not tell. */
interface StatedOptions {
  readonly likelihood?: Likelihood;
  readonly loss?: Loss;
  readonly prior?: Prior;
  readonly penalty?: Penalty;
}

/** Where robust losses turn, unless the fit says otherwise. */
const DELTA = 1.345;
const DF = 4;

/** States it. Throws a RangeError where the data or the options are not those of the fit. */
export function stateFor(
  fit: FitRecord,
  data: Dataset,
  { likelihood: given, loss, prior, penalty }: StatedOptions,
): StatedInference {
  if (given !== undefined && typeof given?.loss?.kernels !== "function") {
    fail("type", "likelihood", "one of this library's", given);
  }
  refuseJoint(given);
  if (loss !== undefined && typeof loss?.kernels !== "function") fail("type", "loss", "one of this library's", loss);
  if (given !== undefined && loss !== undefined) fail("type", "loss", "nothing beside a likelihood", loss);
  const likelihood = given ?? (loss === undefined ? likelihoodOf(fit) : null);
  if (fit.statement?.thresholds === "estimated") {
    fail("range", "fit", "one whose thresholds between classes were given", "estimated ones");
  }
  const isRobust = typeof fit.scale === "number" && given === undefined;
  const own = isRobust ? robustLoss(fit.name, fit.scale, loss) : (loss ?? likelihood?.loss ?? null);
  const {
    target,
    parameters: theta,
    terms,
    dispersion: phi,
  } = restate(fit, data, {
    loss: own,
    ...(prior !== undefined && { prior }),
    ...(penalty !== undefined && { penalty }),
  });
  if (data.rows !== fit.rows) fail("range", "data", `the ${fit.rows} rows of the fit`, data.rows);
  if (fit.offset !== data.offsetLength > 0) {
    fail("range", "data", fit.offset ? "the offset of the fit" : "no offset, as the fit had none", "another");
  }
  const { value, gradient } = target.valueAndGradient(theta);
  const jeffreys = (fit.statement.prior as { family?: unknown } | null)?.family === "firth";
  if (!jeffreys && fit.status !== "boundary") {
    const cost = value / phi + surprisalOf(terms, theta) / target.totalWeight;
    const same = Math.abs(cost - fit.objective) <= 1e-6 * (1 + Math.abs(fit.objective));
    if (Number.isFinite(fit.objective) && !same) {
      const expected = `rows, weights and loss under which the coefficients cost ${fit.objective}`;
      fail("range", "data", `${expected}, as they did when fitted (likelihood or loss tell options)`, cost);
    }
  }
  const absolute = terms.rate.some((rate) => rate > 0);
  const penalised = jeffreys ? "jeffreys" : absolute ? "absolute" : isFlat(terms) ? "none" : "smooth";
  const stated = given === undefined && fit.logLikelihood === null ? null : likelihood;
  return { target, theta, terms, phi, likelihood: stated, gradient, penalised, given: { prior, penalty } };
}

/** The loss of a robust regression; `given` is of residuals in units of the scale. */
function robustLoss(name: string, scale: number, given: Loss | undefined): Loss {
  if (!(scale > 0)) fail("range", "fit.scale", "a number > 0", scale);
  if (given === undefined) {
    return name === "studentT"
      ? studentT({ df: DF, scale })
      : standardizedLoss(name as "huber" | "logCosh", DELTA, scale);
  }
  const one = (f: (z: number[], y: number[]) => ArrayLike<number>): ((z: number, y: number) => number) => {
    return (z, y) => f([z / scale], [y / scale])[0]!;
  };
  const slope = one(given.gradient);
  const curvature = one(given.hessian);
  const { name: own, traits } = given;
  return makePointwise({
    name: own,
    traits,
    value: one(given.each),
    gradient: (z, y) => slope(z, y) / scale,
    curvature: (z, y) => curvature(z, y) / scale / scale,
  });
}
