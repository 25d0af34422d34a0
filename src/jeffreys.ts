import { fail } from "./check.js";
import { logOne } from "./backend/typescript/math/log.js";
import { expOne } from "./backend/typescript/math/exp.js";
import { type Ldlt, factorLdlt } from "./linalg/ldlt.js";
import { dot } from "./linalg/vector.js";
import { sigmoidOne } from "./backend/typescript/math/sigmoid.js";
import type { Objective } from "./objective.js";
import { readParameters } from "./objectiveEvaluations.js";
import type { Evaluation } from "./optimizers/objective.js";
import type { Order } from "./optimizers/optimizer.js";

/** Derivative by the score of the information of one row, by the name of the loss of a canonical link. */
const SKEWS: Readonly<Record<string, (score: number) => number>> = {
  binaryCrossEntropy(score) {
    const p = sigmoidOne(score);
    return p * sigmoidOne(-score) * (sigmoidOne(-score) - p);
  },
  poisson: expOne,
};

/**
 * An objective with −½ log det I(θ) added to F, I the Fisher information: Jeffreys' prior.
 *
 * With q_i = xᵢᵀI⁻¹xᵢ its gradient is −½ Σ wᵢ·κ'(zᵢ)·qᵢ·xᵢ, κ the information of a row by its score. Every evaluation takes
 * the Hessian of the data; the second derivative of the prior is not offered.
 */
export function withJeffreys(inner: Objective): Objective {
  const { loss, likelihood, bound, data, totalWeight: W, size } = inner;
  const skew = Object.hasOwn(SKEWS, loss.name) ? SKEWS[loss.name] : undefined;
  if (likelihood === null || skew === undefined || !bound.linear) {
    fail("range", "prior", "likelihoods.bernoulli() with the logit link or poisson() for firth", likelihood?.name);
  }
  const rows = dataRows(inner);
  const begin: Objective["begin"] = (parameters, order, part) => {
    if (part?.rows !== undefined) fail("type", "rows", "nothing: firth is a matter of all rows", part.rows);
    const theta = parameters.slice();
    const evaluation = inner.begin(parameters, 2);
    const result = { done: false, value: NaN, gradient: evaluation.gradient, hessian: null, advance };
    function advance(units: number): boolean {
      if (result.done || !evaluation.advance(units)) return result.done;
      const information = factorLdlt(
        evaluation.hessian!.map((h) => h * W),
        size,
      );
      if (!information.definite || information.rank < size) result.value = Infinity;
      else {
        result.value = evaluation.value - (0.5 * logDeterminant(information)) / W;
        if (order >= 1) addSlope(result.gradient, information, bound.scores(theta));
      }
      result.done = true;
      return true;
    }
    return result;
  };

  function addSlope(gradient: Float64Array, information: Ldlt, scores: Float64Array): void {
    const slope = new Float64Array(size);
    const solved = new Float64Array(size);
    rows.forEach((x, i) => {
      const weight = data.weights === null ? 1 : data.weights[i];
      if (weight === 0) return;
      information.solve(x, solved);
      const factor = 0.5 * weight * skew!(scores[i]) * dot(x, solved);
      for (let j = 0; j < size; j++) slope[j] += factor * x[j];
    });
    for (let j = 0; j < size; j++) gradient[j] -= slope[j] / W;
  }

  const run = (parameters: ArrayLike<number>, order: Order, part?: Parameters<typeof begin>[2]): Evaluation => {
    const evaluation = begin(readParameters(parameters, size), order, part);
    evaluation.advance(Infinity);
    return evaluation;
  };
  if (run(new Float64Array(size), 0).value === Infinity) {
    fail("range", "data", "columns that are not collinear, for firth", "collinear ones");
  }
  const into = (parameters: ArrayLike<number>, out: Float64Array, part?: Parameters<typeof begin>[2]): number => {
    const { value, gradient } = run(parameters, 1, part);
    out.set(gradient);
    return value;
  };
  const valueAndGradient: Objective["valueAndGradient"] = (parameters, gradient = new Float64Array(size)) => ({
    value: into(parameters, gradient),
    gradient,
  });
  const rest: { -readonly [K in keyof Objective]: Objective[K] } = { ...inner };
  delete rest.diagnose;
  delete rest.diagnosis;
  return Object.freeze<Objective>({
    ...rest,
    convex: false,
    capabilities: Object.freeze([]),
    fingerprint() {
      const { data: rows, statement } = inner.fingerprint();
      return { data: rows, statement: `${statement} firth` };
    },
    begin,
    value: (parameters) => run(parameters, 0).value,
    gradient: (parameters, out) => valueAndGradient(parameters, out).gradient,
    valueAndGradient,
    beginProduct: noHessian,
    beginLine: noHessian,
    beginCommon: noHessian,
    beginCoordinates: noHessian,
    hessian: noHessian,
    hessianVector: noHessian,
    evaluate: (parameters, out, part) => (out === null ? run(parameters, 0, part).value : into(parameters, out, part)),
  });
}

/** The rows of the design, each as the model multiplies it with θ. */
function dataRows({ bound, data, size }: Objective): Float64Array[] {
  const { features, intercept } = bound.layout;
  const rows = Array.from({ length: data.rows }, () => new Float64Array(size));
  bound.eachRow((i, x) => {
    if (intercept) rows[i][0] = 1;
    for (let j = 0; j < features; j++) rows[i][j + (intercept ? 1 : 0)] = x[j];
  });
  return rows;
}

function logDeterminant({ pivots, scaling }: Ldlt): number {
  let sum = 0;
  for (let j = 0; j < pivots.length; j++) sum += logOne(pivots[j]) - 2 * logOne(scaling[j]);
  return sum;
}

const noHessian = (): never => fail("type", "objective", "one with a Hessian", "firth, which offers none");
