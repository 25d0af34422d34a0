/** Standard errors, tests and criteria beside those of other systems. */
import { describe, expect, test } from "vitest";
import {
  type Fit,
  type Inference,
  type Likelihood,
  dataset,
  generalizedLinearModel,
  inference,
  likelihoods,
  linearRegression,
  priors,
  softmaxRegression,
} from "../../src/index.js";
import { csv, fixture, hasReference, reference, within } from "../support.js";

interface Certified {
  readonly name: string;
  readonly intercept: boolean;
  readonly powers: readonly number[] | null;
  readonly x: number[][];
  readonly y: number[];
  readonly certified_se: readonly number[];
  readonly certified_residual_sd: number | null;
  readonly certified_r2: number;
  readonly certified_f: number | string;
}

/** Digits in which two numbers agree. */
function digits(got: number, want: number): number {
  if (got === want) return 16;
  return -Math.log10(Math.abs(got - want) / Math.abs(want === 0 ? 1 : want));
}

function power(x: number, n: number): number {
  let product = 1;
  for (let i = 0; i < n; i++) product *= x;
  return product;
}

const nist = fixture<{ linear: Certified[] }>("nist_strd.json").linear;

function certifiedFit({ x: given, y, powers, intercept }: Certified): { fit: Fit; made: Inference } {
  const x = powers === null ? given : given.map(([v]) => powers.filter((k) => k > 0).map((k) => power(v, k)));
  const fit = linearRegression(x, y, { intercept });
  return { fit, made: inference(fit, dataset(x, y)) };
}

describe("NIST's certified errors of least squares", () => {
  /** The powers of Filip's x are rounded before anything is computed: against the decimals that costs half of the digits. */
  const least: Readonly<Record<string, readonly [errors: number, rest: number]>> = { Filip: [7.5, 8] };
  test.each(nist.map((given) => [given.name, given] as const))("%s", (name, given) => {
    const { made } = certifiedFit(given);
    const [errors, rest] = least[name] ?? [13.5, 13.4];
    made.rows.forEach((row, j) =>
      expect(digits(row.standardError!, given.certified_se[j]), row.name).toBeGreaterThan(errors),
    );
    const sd = Math.sqrt(made.dispersion!);
    if (given.certified_residual_sd !== null) expect(digits(sd, given.certified_residual_sd)).toBeGreaterThan(rest);
    expect(digits(made.rSquared!, given.certified_r2)).toBeGreaterThan(rest);
    expect(digits(made.fTest!.statistic, Number(given.certified_f))).toBeGreaterThan(rest);
  });

  /** Solved in rationals from the powers as rounded. */
  const stored = fixture<{ Filip: { params: number[]; se: number[]; sd: number } }>("fits/stored_designs.json").Filip;
  test("Filip, beside the exact solution of its rounded powers", () => {
    const { made } = certifiedFit(nist.find(({ name }) => name === "Filip")!);
    made.rows.forEach((row, j) => {
      expect(digits(row.coefficient, stored.params[j])).toBeGreaterThan(13);
      expect(digits(row.standardError!, stored.se[j])).toBeGreaterThan(7.5);
    });
    expect(digits(Math.sqrt(made.dispersion!), stored.sd)).toBeGreaterThan(14);
  });
});

interface Case {
  readonly name: string;
  readonly data: string;
  readonly x_columns: string[];
  readonly y_column: string;
  readonly y_equals?: number;
  readonly weights_column?: string;
  readonly trials_column?: string;
  readonly K?: number;
  readonly family?: string;
  readonly transform?: { mean: number[]; scale: number[] };
  readonly penalty?: { l1: number; l2: number; penalize_intercept: boolean };
  readonly inference?: { se: number[]; stat: number[]; p_value: number[]; ci95_low: number[]; ci95_high: number[] };
  readonly cov?: number[][];
  readonly laplace?: { sd: number[]; log_det_hessian: number };
  readonly se?: number[][];
  readonly loglik?: number;
  readonly deviance?: number;
  readonly null_deviance?: number;
  readonly pearson_chi2?: number;
  readonly aic?: number;
  readonly bic?: number;
  readonly aic_R?: number;
  readonly bic_R?: number;
  readonly r2?: number;
  readonly adj_r2?: number;
  readonly f_stat?: number;
  readonly f_p_value?: number;
  readonly sigma2_unbiased?: number;
  readonly df_residual?: number;
  readonly dispersion_pearson?: number;
  readonly shape_ml?: number;
  readonly loglik_at_shape_ml?: number;
  readonly aic_at_shape_ml?: number;
  readonly theta?: number;
}

/** The cases that ship, and those whose data are at hand. */
function cases(name: string): Case[] {
  const all = hasReference
    ? reference<{ cases: Case[] }>(`fits/${name}.json`).cases
    : fixture<{ cases: Case[] }>(`fits/${name}.json`).cases;
  return all.filter(
    ({ inference: known, laplace, se }) => known !== undefined || laplace !== undefined || se !== undefined,
  );
}

function likelihoodFor({ family, trials_column }: Case, trials: number[] | null): Likelihood {
  switch (family) {
    case "gaussian":
      return likelihoods.gaussian();
    case "poisson":
      return likelihoods.poisson();
    case "gamma":
      return likelihoods.gamma();
    case "negative_binomial_nb2":
      return likelihoods.negativeBinomial();
    default:
      return trials_column === undefined ? likelihoods.bernoulli() : likelihoods.binomial({ trials: trials! });
  }
}

function fitted(given: Case): Inference {
  const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
  const x = table.matrix(given.x_columns, given.transform);
  const raw = table.column(given.y_column);
  const y = given.y_equals === undefined ? raw : raw.map((value) => (value === given.y_equals ? 1 : 0));
  const weights = given.weights_column === undefined ? {} : { weights: table.column(given.weights_column) };
  const trials = given.trials_column === undefined ? null : table.column(given.trials_column);
  const l2 = given.penalty?.l2 ?? 0;
  const sd = 1 / Math.sqrt(l2);
  const prior =
    l2 === 0 ? {} : { prior: priors.normal({ sd, ...(given.penalty!.penalize_intercept && { intercept: { sd } }) }) };
  const data = dataset(x, y, weights);
  if (given.K !== undefined) return inference(softmaxRegression(x, y, { ...weights, ...prior }), data);
  const likelihood =
    given.family === "gamma" && l2 > 0 ? likelihoods.gamma({ shape: 1 }) : likelihoodFor(given, trials);
  const fit = generalizedLinearModel(x, y, { likelihood, ...weights, ...prior });
  return inference(fit, data, trials === null ? {} : { likelihood });
}

const files = ["linear", "logistic", "poisson_gamma", "negative_binomial", "softmax"].map((file) => {
  const ships = !["poisson_gamma", "negative_binomial"].includes(file);
  return [file, hasReference || ships ? cases(file) : []] as const;
});

test("some of these files ship cases, and all have some where the references are at hand", () => {
  expect(files.filter(([, all]) => all.length > 0).length).toBeGreaterThanOrEqual(hasReference ? files.length : 2);
});

describe.each(files.filter(([, all]) => all.length > 0))("%s", (_, all) => {
  test.each(all.map((given) => [given.name, given] as const))("%s", (_, given) => {
    const made = fitted(given);
    const near = (got: number | null, want: number | undefined, tolerance = 1e-10): void => {
      if (want === undefined) return;
      expect(got).not.toBeNull();
      expect(Math.abs(got! - want)).toBeLessThanOrEqual(tolerance * Math.abs(want));
    };
    const se = made.rows.map((row) => row.standardError);
    (given.inference?.se ?? given.laplace?.sd ?? given.se!.flat()).forEach((want, j) => near(se[j], want));
    given.inference?.stat.forEach((want, j) => near(made.rows[j].statistic, want));
    given.inference?.p_value.forEach((want, j) => near(made.rows[j].pValue, want));
    given.inference?.ci95_low.forEach((want, j) => near(made.rows[j].lower, want));
    given.inference?.ci95_high.forEach((want, j) => near(made.rows[j].upper, want));
    const p = made.rows.length;
    given.cov?.flat().forEach((want, at) => {
      const size = made.rows[Math.floor(at / p)].standardError! * made.rows[at % p].standardError!;
      within(made.covariance![at], want, 1e-10 * size);
    });
    near(made.logLikelihood, given.loglik ?? given.loglik_at_shape_ml);
    near(made.deviance, given.deviance);
    near(made.nullDeviance, given.null_deviance);
    near(made.pearson, given.pearson_chi2);
    if (given.laplace === undefined) {
      near(made.aic, given.aic ?? given.aic_at_shape_ml ?? given.aic_R);
      near(made.bic, given.bic ?? given.bic_R);
    }
    near(made.rSquared, given.r2);
    near(made.adjustedRSquared, given.adj_r2);
    near(made.fTest?.statistic ?? null, given.f_stat);
    near(made.fTest?.pValue ?? null, given.f_p_value);
    near(made.dispersion, given.sigma2_unbiased ?? given.dispersion_pearson);
  });
});
