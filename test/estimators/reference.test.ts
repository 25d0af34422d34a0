import { describe, expect, test } from "vitest";
import {
  type Fit,
  dataset,
  erm,
  likelihoods,
  linearRegression,
  logisticRegression,
  losses,
  map,
  mle,
  penalties,
  priors,
  softmaxRegression,
} from "../../src/index.js";
import { csv, fixture, hasReference, reference, within } from "../support.js";

interface Case {
  name: string;
  data: string;
  x_columns: string[];
  y_column: string;
  y_equals?: number;
  weights_column?: string;
  family?: string;
  trials_column?: string;
  K?: number;
  transform?: { mean: number[]; scale: number[] };
  penalty: { l1: number; l2: number; penalize_intercept: boolean };
  params: number[] | number[][];
  objective: number;
  loglik?: number;
  rss?: number;
  sigma2_mle?: number;
  condition_number_2?: number;
}

/** The shipped cases, and those whose data are at hand. */
function cases(name: string): Case[] {
  const shipped = fixture<{ cases: Case[] }>(`fits/${name}.json`).cases;
  if (!hasReference) return shipped;
  const known = new Set(shipped.map((given) => given.name));
  const all = reference<{ cases: Case[] }>(`fits/${name}.json`).cases;
  const rest = all.filter(({ name, trials_column }) => !known.has(name) && !trials_column);
  return [...shipped, ...rest];
}

function read(given: Case): { x: number[][]; y: number[]; weights: number[] | undefined } {
  const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
  const raw = table.column(given.y_column);
  return {
    x: table.matrix(given.x_columns, given.transform),
    y: given.y_equals === undefined ? raw : raw.map((value) => (value === given.y_equals ? 1 : 0)),
    weights: given.weights_column === undefined ? undefined : table.column(given.weights_column),
  };
}

/** [intercept, coefficients] per class, flat. */
function parametersOf(fit: Fit): number[] {
  const d = fit.names.length;
  return Array.from(fit.intercepts).flatMap((intercept, k) => [
    intercept,
    ...fit.coefficients.subarray(k * d, (k + 1) * d),
  ]);
}

function compare(fit: Fit, given: Case, bound = 1e-8): void {
  const want = (given.params as (number | number[])[]).flat();
  parametersOf(fit).forEach((value, j) => {
    within(value, want[j], bound * Math.max(1, Math.abs(want[j])), `θ${j}`);
    // What an L1 penalty holds at 0 is exactly 0, and nothing else.
    if (given.penalty.l1 > 0) expect(value === 0, `θ${j} = 0`).toBe(want[j] === 0);
  });
}

/** The prior that the case's penalty is: N(0, 1/l2), on the intercept too if it says so, Laplace(1/l1) or their product. */
function priorOf({ penalty: { l1, l2, penalize_intercept } }: Case) {
  if (l1 > 0)
    return l2 > 0 ? priors.elasticNet({ scale: 1 / l1, sd: Math.sqrt(1 / l2) }) : priors.laplace({ scale: 1 / l1 });
  if (l2 === 0) return priors.flat();
  const sd = Math.sqrt(1 / l2);
  return priors.normal(penalize_intercept ? { sd, intercept: { sd } } : { sd });
}

describe.each(cases("logistic"))("logistic: $name", (given) => {
  const { x, y, weights } = read(given);
  const options = { ...(weights && { weights }) };

  test("logisticRegression finds the optimum", () => {
    const fit = logisticRegression(x, y, { prior: priorOf(given), ...options });
    expect(fit.status).toBe("converged");
    compare(fit, given);
    within(fit.objective * fit.totalWeight, given.objective, 1e-12 * given.objective);
    if (given.loglik !== undefined) within(fit.logLikelihood!, given.loglik, 1e-11 * Math.abs(given.loglik));
  });

  test("so do the three schools", () => {
    const data = dataset(x, y, options);
    const likelihood = likelihoods.bernoulli();
    const prior = priorOf(given);
    compare(map({ data, likelihood, prior }), given);
    compare(erm({ data, loss: likelihood.loss, penalty: prior.penalty({ totalWeight: data.totalWeight }) }), given);
    if (prior.flat) compare(mle({ data, likelihood }), given);
  });
});

describe.each(cases("linear"))("linear: $name", (given) => {
  const { x, y } = read(given);
  // The optimum moves by about the condition of X times rounding.
  const bound = Math.max(1e-10, (given.condition_number_2 ?? 0) * 2 ** -53 * 4);

  test("linearRegression finds the optimum", () => {
    const prior = priorOf(given);
    const fit = linearRegression(x, y, prior.flat ? {} : { prior, sd: 1 });
    expect(fit.status).toBe("converged");
    compare(fit, given, bound);
    within(fit.objective * fit.totalWeight, given.objective, 1e-12 * given.objective);
    if (given.loglik !== undefined) within(fit.logLikelihood!, given.loglik, 1e-10 * Math.abs(given.loglik));
    if (given.sigma2_mle !== undefined) within(fit.sd! ** 2, given.sigma2_mle, 1e-11 * given.sigma2_mle);
  });

  test.skipIf((given.condition_number_2 ?? 1e7) > 1e5)("so does the iterative solver", () => {
    const data = dataset(x, y);
    compare(mle({ data, likelihood: likelihoods.gaussian() }), given, 1e-8);
    compare(erm({ data, loss: losses.squaredError() }), given, 1e-8);
  });
});

/** Ten classes of 65 parameters are beyond Newton's reach: L-BFGS leaves what the reference allows. */
const boundOf = ({ name }: Case): number => (name.startsWith("digits") ? 1e-7 : 1e-8);

describe.each(cases("softmax"))("softmax: $name", (given) => {
  const { x, y, weights } = read(given);
  const options = { ...(weights && { weights }) };

  test("softmaxRegression finds the optimum", () => {
    const prior = priorOf(given);
    const fit = softmaxRegression(x, y, { ...(prior.flat ? {} : { prior }), ...options });
    expect(fit.status).toBe("converged");
    expect(fit.classes!.length).toBe(given.K);
    compare(fit, given, boundOf(given));
    within(fit.objective * fit.totalWeight, given.objective, 1e-12 * given.objective);
    if (given.loglik !== undefined) within(fit.logLikelihood!, given.loglik, 1e-11 * Math.abs(given.loglik));
  });

  test.skipIf(given.name.startsWith("digits"))("so do the three schools", () => {
    const data = dataset(x, y, options);
    const likelihood = likelihoods.categorical({ classes: given.K! });
    const prior = priorOf(given);
    if (prior.flat) compare(mle({ data, likelihood }), given, boundOf(given));
    else {
      compare(map({ data, likelihood, prior }), given, boundOf(given));
      const penalty = prior.penalty({ totalWeight: data.totalWeight });
      compare(erm({ data, loss: likelihood.loss, penalty }), given, boundOf(given));
    }
  });
});

/** Successes out of trials: fractions weighted by the trials. */
const grouped = hasReference
  ? reference<{ cases: Case[] }>("fits/logistic.json").cases.filter(({ trials_column }) => trials_column !== undefined)
  : [];

describe.skipIf(!hasReference)("grouped binomial data", () => {
  test.each(grouped)("$name", (given) => {
    const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
    const trials = table.column(given.trials_column!);
    const y = table.column(given.y_column).map((successes, i) => (trials[i] === 0 ? 0 : successes / trials[i]));
    const data = dataset(table.matrix(given.x_columns), y, { weights: trials });
    const likelihood = likelihoods.bernoulli();
    for (const fit of [mle({ data, likelihood }), erm({ data, loss: likelihood.loss })]) {
      expect(fit.status).toBe("converged");
      compare(fit, given);
      within(fit.objective * fit.totalWeight, given.objective, 1e-12 * given.objective);
      // Fractions of a success have no density.
      expect(fit.logLikelihood).toBeNull();
    }
  });
});

interface SeparableCase {
  name: string;
  data?: string;
  x_columns?: string[];
  y_column?: string;
  y_equals?: number;
  transform?: { mean: number[]; scale: number[] };
  X?: number[][];
  y?: number[];
  mle_exists: boolean;
  map_l2?: { l2: number; params: number[]; objective: number }[];
}

const separable = fixture<{ cases: SeparableCase[] }>("fits/separable.json").cases;

describe.each(separable)("with a prior, separated data have an optimum: $name", (given) => {
  const { x, y } = given.X === undefined ? read(given as unknown as Case) : { x: given.X, y: given.y! };

  test.each(given.map_l2 ?? [])("l2 = $l2", ({ l2, params, objective }) => {
    const fit = logisticRegression(x, y, { prior: priors.normal({ sd: Math.sqrt(1 / l2) }) });
    expect(fit.status).toBe("converged");
    parametersOf(fit).forEach((value, j) => within(value, params[j], 1e-7 * Math.max(1, Math.abs(params[j])), `θ${j}`));
    within(fit.objective * fit.totalWeight, objective, 1e-10 * objective);
  });

  test.runIf(given.map_l2 === undefined)("but for one class only and a free intercept", () => {
    const data = dataset(x, y);
    const fit = map({ data, likelihood: likelihoods.bernoulli(), prior: priors.normal({ sd: 1 }) });
    expect(fit.status).toBe("separated");
    expect(fit.converged).toBe(false);
  });
});

interface Path {
  name: string;
  lambda: number[];
  params_per_lambda: number[][];
}

const pathsOf = (all: { cases: (Path & Case)[] }): (Path & Case)[] => all.cases;
const paths = pathsOf(hasReference ? reference("fits/lasso_path.json") : fixture("fits/lasso_path.json"));

test.each(paths)("lasso path: $name", (given) => {
  const { x, y } = read(given);
  given.lambda.forEach((lambda, i) => {
    const regression = given.family === "gaussian" ? linearRegression : logisticRegression;
    const fit = regression(x, y, { penalty: penalties.l1(lambda) });
    expect(fit.status).toBe("converged");
    const want = given.params_per_lambda[i];
    parametersOf(fit).forEach((value, j) => {
      within(value, want[j], 1e-10 * Math.max(1, Math.abs(want[j])), `λ = ${lambda}, θ${j}`);
      expect(value === 0).toBe(want[j] === 0);
    });
  });
});
