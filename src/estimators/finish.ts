import { fail } from "../check.js";
import { factorLdlt } from "../linalg/ldlt.js";
import type { Link } from "../likelihoods/link.js";
import type { Result } from "../minimize.js";
import type { Objective } from "../objective.js";
import type { Status } from "../optimizers/optimizer.js";
import { type Layout, type Terms, isFlat, isFree, namesIntercept } from "../priors/terms.js";
import { toColumnScale, toThresholds } from "./columnScale.js";
import { evaluated } from "./evaluated.js";
import { type Fit, type FitRecord, type FitStatement, makeFit } from "./fit.js";
import { fitToJSON } from "./fitJSON.js";
import type { Label } from "./labels.js";
import { type Nuisance, nuisanceAt } from "./nuisance.js";
import { toParameters } from "./toParameters.js";

/** What a fit knows beside its objective. */
export interface Context {
  readonly classes: readonly Label[] | null;
  /** The prior or penalty in words. */
  readonly prior: string;
  /** The same as plain JSON. */
  readonly stated: Pick<FitStatement, "prior" | "penalty" | "joint">;
  /** Which class the others are compared with where nothing else fixes the level of the scores. */
  readonly reference?: number;
  /** Name of the likelihood, where the objective has another. */
  readonly name?: string;
  /** What was estimated beside the coefficients, where the objective does not know. */
  readonly nuisance?: Partial<Nuisance>;
  /** The scale of the residuals of a robust fit. */
  readonly scale?: number | null;
  /** Gives back what the fit owns; called once, when the job ends. */
  readonly release?: () => void;
}

/** Fits report coefficients of columns, which only a linear model has. */
export function checkLinear({ bound }: Objective): void {
  if (bound.linear) return;
  fail("type", "model", "a linear one: call mlp for a network, or minimize its objective", "another");
}

/** Of losses without a likelihood whose scores are those of one. */
const LINKS: Readonly<Record<string, Link>> = {
  binaryCrossEntropy: "logit",
  softmaxCrossEntropy: "softmax",
};

/** The fit that a minimisation ended with, yielding between small pieces. */
export function* finish(target: Objective, context: Context, result: Result): Generator<void, Fit> {
  const { data, likelihood, loss, bound, terms } = target;
  // Only softmax leaves the level of its scores open; a prior that names the intercepts fixes it.
  const fixed = loss.name !== "softmaxCrossEntropy" || namesIntercept(terms, bound.layout);
  const level = fixed ? null : isFlat(terms) ? (context.reference ?? 0) : "mean";
  const { coefficients, intercepts, thresholds } = placed(target, result.parameters, level);
  const witness = result.witness === null ? null : placed(target, result.witness, null);
  const { boundary, ...nuisance } = { ...(yield* nuisanceAt(target, result.parameters)), ...context.nuisance };
  const end =
    boundary === null
      ? ((yield* undetermined(target, result)) ?? result)
      : ({ status: "boundary", reason: boundary } as const);
  const stated = likelihood ?? loss.likelihood;
  const record: FitRecord = {
    name: context.name ?? likelihood?.name ?? loss.name,
    link: stated?.link ?? LINKS[loss.name] ?? "identity",
    thresholds: thresholds ?? stated?.thresholds ?? null,
    names: data.names,
    classes: context.classes,
    coefficients,
    intercepts,
    ...nuisance,
    scale: context.scale ?? nuisance.scale,
    objective: result.value,
    offset: data.offsetLength > 0,
    rows: data.rows,
    totalWeight: data.totalWeight,
    prior: context.prior,
    statement: Object.freeze({
      intercept: bound.layout.intercept,
      dispersion: target.dispersion,
      thresholds: thresholds === null ? "none" : "estimated",
      estimated: likelihood?.dispersion === null,
      ...context.stated,
      scale: data.moments?.scale ?? null,
    }),
    status: end.status,
    reason: end.reason,
    iterations: result.iterations,
    evaluations: result.evaluations,
    passes: result.passes,
    certificate: result.certificate,
    witness:
      witness === null
        ? null
        : witness.thresholds === null
          ? toParameters(witness)
          : Float64Array.of(...witness.thresholds, ...witness.coefficients),
  };
  return makeFit(record, fitToJSON);
}

/** θ by the columns as given. */
function placed(
  { bound, data }: Objective,
  parameters: Float64Array,
  level: number | "mean" | null,
): { coefficients: Float64Array; intercepts: Float64Array; thresholds: Float64Array | null } {
  const { layout } = bound;
  if (layout.thresholds === undefined) {
    return { ...toColumnScale(layout, data.moments, parameters, level), thresholds: null };
  }
  return { ...toThresholds(layout, data.moments, parameters), intercepts: new Float64Array(1) };
}

const SADDLE =
  "The gradient vanishes, but the Hessian there has a negative curvature: the point is a saddle, not a minimum. Start " +
  "elsewhere.";

/** Whether squares hold every coefficient, so that only intercepts are left to the data, which determine them. */
function isHeld({ precision }: Terms, { features, intercept, thresholds = 0 }: Layout): boolean {
  const stride = features + (intercept ? 1 : 0);
  return precision.every((value, j) => value > 0 || (intercept && j % stride === 0) || j < thresholds);
}

/** Parameters up to which a fit is asked whether its columns determine it. */
const MOST_RANK_PARAMETERS = 300;

/** Status and reason of a fit with one output whose columns determine each other, or null. */
function* undetermined(target: Objective, result: Result): Generator<void, { status: Status; reason: string } | null> {
  const { data, bound, size, terms } = target;
  const { outputs, features, intercept, thresholds = 0 } = bound.layout;
  const asked = result.converged && bound.linear && size <= MOST_RANK_PARAMETERS;
  if (!asked || (target.convex && isHeld(terms, bound.layout)) || !target.capabilities.includes("hessian")) return null;
  const { gradient, hessian } = yield* evaluated(target.begin(result.parameters, 2));
  // Of classes that are compared only the differences are determined: those of the first are left out, unless a prior
  // holds them.
  const stride = thresholds + features + (intercept ? 1 : 0);
  const compared = outputs > 1 && LINKS[target.loss.name] === "softmax";
  const loose = looseParameters(target, result, gradient).filter((j) => !compared || j >= stride || !isFree(terms, j));
  const { deficient, definite } = factorLdlt(principalPart(hessian!, loose), loose.length);
  if (!definite && !target.convex) return { status: "stationary", reason: SADDLE };
  if (deficient.length === 0) return null;
  const cuts = Array.from({ length: thresholds }, (_, k) => `threshold ${k}`);
  const names = [...cuts, ...(intercept ? ["(intercept)"] : []), ...data.names];
  const columns = [...new Set(deficient.map((a) => names[loose[a]! % stride]))];
  const reason =
    `Other columns determine ${columns.join(", ")}: the coefficients are one of many that fit ` +
    "alike. Drop such columns, or use a prior or penalty.";
  return { status: "rank-deficient", reason };
}

/** Share of its rate by which the slope of a parameter at its kink must fall short of it to be held there. */
const HELD = 1e-9;

/** Parameters that could move at no cost to first order: all but those that an absolute value or a bound holds. */
function looseParameters(target: Objective, { parameters }: Result, slope: Float64Array): number[] {
  const { prox, bounds } = target;
  const all = Array.from(parameters.keys()).filter(
    (j) => parameters[j] !== bounds?.lower?.[j] && parameters[j] !== bounds?.upper?.[j],
  );
  if (prox === undefined) return all;
  return all.filter((j) => {
    const rate = prox.rate[j]!;
    return rate === 0 || parameters[j] !== target.terms.mean[j] || Math.abs(slope[j]!) >= rate * (1 - HELD);
  });
}

/** The rows and columns of a packed lower triangle that are asked for. */
function principalPart(packed: Float64Array, indices: readonly number[]): Float64Array {
  const entries = indices.flatMap((j, a) => indices.slice(0, a + 1).map((k) => packed[(j * (j + 1)) / 2 + k]!));
  return Float64Array.from(entries);
}
