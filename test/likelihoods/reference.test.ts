/** Fits under the likelihoods against other systems, on data that are not shipped. */
import { describe, expect, test } from "vitest";
import { type Fit, type Likelihood, dataset, likelihoods, mle } from "../../src/index.js";
import { csv, hasReference, reference, within } from "../support.js";

interface Given {
  readonly name: string;
  readonly data: string;
  readonly x_columns: string[];
  readonly y_column: string;
  readonly y_equals?: number;
  readonly offset_column?: string;
  readonly trials_column?: string;
  readonly weights_column?: string;
  readonly family: string;
  readonly penalty?: { readonly l1: number; readonly l2: number };
  readonly params: number[];
  readonly loglik?: number;
  readonly loglik_at_shape_ml?: number;
  readonly shape_ml?: number;
  readonly alpha?: number;
}

function fitOf(given: Given, likelihood: (table: ReturnType<typeof csv>) => Likelihood): Fit {
  const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
  const offset = given.offset_column === undefined ? {} : { offset: table.column(given.offset_column) };
  const data = dataset(table.matrix(given.x_columns), table.column(given.y_column), offset);
  const fit = mle({ data, likelihood: likelihood(table) });
  expect(fit.status).toBe("converged");
  const got = [fit.intercept, ...fit.coefficients];
  given.params.forEach((want, j) => within(got[j], want, 1e-7 * Math.max(1, Math.abs(want)), `parameter ${j}`));
  return fit;
}

const casesOf = (name: string): Given[] =>
  hasReference
    ? reference<{ cases: Given[] }>(`fits/${name}.json`).cases.filter(
        ({ penalty, weights_column, y_equals }) =>
          (penalty === undefined || (penalty.l1 === 0 && penalty.l2 === 0)) &&
          weights_column === undefined &&
          y_equals === undefined,
      )
    : [];

describe.skipIf(!hasReference)("log-likelihoods, constants included", () => {
  test.each(casesOf("poisson_gamma").filter(({ family }) => family === "poisson"))("$name: Poisson", (given) => {
    const fit = fitOf(given, () => likelihoods.poisson());
    within(fit.logLikelihood!, given.loglik!, 1e-11 * Math.abs(given.loglik!));
  });

  test.each(casesOf("poisson_gamma").filter(({ family }) => family === "gamma"))("$name: gamma", (given) => {
    const fit = fitOf(given, () => likelihoods.gamma());
    within(fit.logLikelihood!, given.loglik_at_shape_ml!, 1e-10 * Math.abs(given.loglik_at_shape_ml!));
    const known = fitOf(given, () => likelihoods.gamma({ shape: given.shape_ml! }));
    within(known.logLikelihood!, given.loglik_at_shape_ml!, 1e-10 * Math.abs(given.loglik_at_shape_ml!));
  });

  test.each(casesOf("negative_binomial"))("$name: negative binomial", (given) => {
    const fit = fitOf(given, () => likelihoods.negativeBinomial({ dispersion: given.alpha! }));
    within(fit.logLikelihood!, given.loglik!, 1e-11 * Math.abs(given.loglik!));
  });

  test.each(casesOf("logistic").filter(({ trials_column }) => trials_column !== undefined))(
    "$name: binomial, of several trials",
    (given) => {
      const fit = fitOf(given, (table) => likelihoods.binomial({ trials: table.column(given.trials_column!) }));
      within(fit.logLikelihood!, given.loglik!, 1e-11 * Math.abs(given.loglik!));
    },
  );
});
