/** What the references know beside that which the tests of single pieces read: the rest of their records. */
import { describe, expect, test } from "vitest";
import {
  type Likelihood,
  type Objective,
  crossEntropy,
  dataset,
  distributions,
  entropy,
  generalizedLinearModel,
  inference,
  likelihoods,
  linearRegression,
  logSumExp,
  logit,
  losses,
  metrics,
  mle,
  objective,
  penalties,
  priors,
  regularizationPath,
  softmax,
} from "../src/index.js";
import { readSmoothPrior } from "../src/distributions/smoothPrior.js";
import { factorLdlt } from "../src/linalg/ldlt.js";
import { csv, exactDot, fixture, hasReference, preciseSum, reference, toNumber, ulp, within } from "./support.js";

const near = (got: number, want: number, bound: number): void => within(got, want, bound * Math.abs(want));
const all = (got: ArrayLike<number>, want: readonly number[], bound: number): void => {
  expect(got.length).toBe(want.length);
  want.forEach((value, i) => within(got[i], value, bound * Math.max(Math.abs(value), 1e-300), String(i)));
};

test("the digit example, in every reading", () => {
  const d = fixture<Record<string, number> & Record<string, number[]>>("seed_example.json");
  const [q, hot] = [d["outputs"], d["onehot"]] as [number[], number[]];
  near(preciseSum(q), d["sum_outputs"], 4e-16);
  near(logSumExp(q), d["logsumexp"], 4e-16);
  all(softmax(q), d["softmax_of_outputs"], 4e-16);
  const loss = losses.softmaxCrossEntropy({ classes: 10 });
  near(loss.value(q, [d["label"]]), d["cross_entropy_softmax"], 4e-16);
  all(loss.gradient(q, [d["label"]]), d["grad_softmax_wrt_outputs"], 1e-15);
  const bce = losses.binaryCrossEntropy();
  all(bce.each(logit(q), hot), d["bce_per_class"], 1e-15);
  near(bce.value(logit(q), hot, { reduction: "sum" }), d["bce_sum"], 1e-15);
  near(bce.value(logit(q), hot), d["bce_mean"], 1e-15);
  near(metrics.meanSquaredError(q, hot), d["mse_mean"], 1e-15);
  near(2 * losses.squaredError().value(q, hot, { reduction: "sum" }), d["mse_sum"], 1e-15);
  near(Math.exp(-crossEntropy(hot, q, { check: false })), d["likelihood_of_label_raw"], 1e-15);
  expect(q.indexOf(Math.max(...q))).toBe(d["argmax"]);
  // ln(Σq) − ln q₁ as a function of the outputs: its slopes by differences of what crossEntropy gives.
  d["grad_normalised_wrt_outputs"].forEach((slope: number, k: number) => {
    const at = (h: number): number =>
      crossEntropy(
        hot,
        q.map((v, j) => (j === k ? v + h : v)),
        { normalize: true },
      );
    within((at(2 ** -12) - at(-(2 ** -12))) / 2 ** -11, slope, 1e-6);
  });
  near(entropy(d["outputs_normalised"]), d["entropy_of_normalised"], 4e-16);
});

describe("correctly rounded functions of two numbers", () => {
  interface Pairs {
    readonly a: (number | string)[];
    readonly b: (number | string)[];
    readonly y: (number | string)[];
  }

  test("log-sum-exp of two numbers", () => {
    const { a, b, y } = fixture<Pairs>("primitives/logaddexp.json");
    y.forEach((given, i) => {
      const [p, q, want] = [toNumber(a[i]), toNumber(b[i]), toNumber(given)];
      const got = logSumExp([p, q]);
      if (got === want || !Number.isFinite(want)) return expect(got + 0).toBe(want + 0);
      const most = Math.max(Math.abs(p), Math.abs(q));
      within(got, want, Math.abs(want) < 0.5 * most ? 4 * ulp(most) : 2 * ulp(want), `${p}, ${q}`);
    });
    expect(y.length).toBe(1800);
  });

  test("a·ln b, as the term of a cross-entropy", () => {
    const { a, b, y } = fixture<Pairs>("primitives/xlogy.json");
    let counted = 0;
    y.forEach((given, i) => {
      const [p, q, want] = [toNumber(a[i]), toNumber(b[i]), toNumber(given)];
      if (!(p >= 0 && p < Infinity && q >= 0 && q < Infinity)) return;
      counted++;
      const got = -crossEntropy([p], [q], { check: false });
      if (got !== want) within(got, want, 2 * ulp(want), `${p}, ${q}`);
    });
    expect(counted).toBeGreaterThan(500);
  });
});

test("Gaussians with their constants, deviances of Tweedie's family", () => {
  const { gaussian_nll, tweedie_deviance } = fixture<{
    gaussian_nll: Record<string, number>[];
    tweedie_deviance: { power: number; y: number[]; mu: number[]; unit_deviance: number[]; mean_deviance: number }[];
  }>("losses/divergences.json");
  for (const { mu, var: variance, target, value_full } of gaussian_nll) {
    const got = -distributions.normal({ mean: mu, sd: Math.sqrt(variance) }).logDensity(target);
    within(got, value_full, 4e-16 * Math.max(Math.abs(value_full), Math.abs(Math.log(variance)), 4));
  }
  for (const { power, y, mu, unit_deviance, mean_deviance } of tweedie_deviance) {
    near(metrics.tweedieDeviance(mu, y, { power }), mean_deviance, 1e-14);
    y.forEach((target, i) => near(metrics.tweedieDeviance([mu[i]], [target], { power }), unit_deviance[i], 1e-13));
  }
  expect([gaussian_nll.length, tweedie_deviance.length]).toEqual([24, 5]);
});

test("targets of a softmax that are no distribution are refused, with the row", () => {
  const { cases } = fixture<{ cases: { name: string; logits: number[][]; target: number[][] }[] }>(
    "losses/softmax_ce.json",
  );
  const wrong = cases.filter(({ name }) => name.startsWith("soft_unnormalised"));
  expect(wrong.length).toBe(2);
  for (const { logits, target } of wrong) {
    const loss = losses.softmaxCrossEntropy({ classes: logits[0].length });
    expect(() => loss.value(logits.flat(), target.flat())).toThrow(/"targets" expected .* sums to 1, got .* at row 0/);
  }
});

test("NIST's means and standard deviations", () => {
  const { univariate } = fixture<{
    univariate: { name: string; y: number[]; exact_mean: number; exact_sd: number; exact_var_mle: number }[];
  }>("nist_strd.json");
  expect(univariate.length).toBeGreaterThan(3);
  for (const { y, exact_mean, exact_sd, exact_var_mle } of univariate) {
    const { parameters } = distributions.normal.fit(y);
    near(parameters.mean, exact_mean, 4e-16);
    near(parameters.sd, Math.sqrt(exact_var_mle), 4e-16 * Math.max(1, 4 * Math.abs(exact_mean / exact_sd)));
    // The intercept alone.
    const nothing = new Float64Array(y.length);
    const fit = linearRegression(nothing, y, { columns: 1 });
    const made = inference(fit, dataset(nothing, y, { columns: 1 }));
    near(fit.intercept, exact_mean, 4e-16);
    near(Math.sqrt(made.dispersion!), exact_sd, 4e-16 * Math.max(1, 4 * Math.abs(exact_mean / exact_sd)));
  }
});

describe("distributions", () => {
  type Given = { dist: string; data: number[] } & Record<string, number>;
  const { cases } = fixture<{ cases: Given[] }>("distributions/fits.json");
  const of = (dist: string): Given[] => cases.filter((one) => one.dist === dist);

  test("fits in other parameters", () => {
    const [normals, gammas, counts] = [of("gaussian"), of("gamma"), of("negative_binomial")];
    expect([normals.length, gammas.length, counts.length].every((n) => n > 0)).toBe(true);
    for (const { data, unbiased_var } of normals) {
      const { sd } = distributions.normal.fit(data).parameters;
      near((sd * sd * data.length) / (data.length - 1), unbiased_var, 1e-13);
    }
    for (const { data, mle_scale } of gammas) near(1 / distributions.gamma.fit(data).parameters.rate, mle_scale, 1e-9);
    for (const { data, mle_r, mle_p_success } of counts) {
      const { mean, dispersion } = distributions.negativeBinomial.fit(data).parameters;
      near(1 / dispersion, mle_r, 1e-9);
      near(1 / (1 + mean * dispersion), mle_p_success, 1e-9);
    }
  });

  const densities = fixture<{
    cases: { dist: string; params: Record<string, number>; x?: number[]; d_log_density_dx?: (number | string)[] }[];
  }>("distributions/densities.json").cases;
  const made: Record<string, (p: Record<string, number>) => distributions.Distribution> = {
    logistic: ({ location, scale }) => distributions.logistic({ location, scale }),
    student_t: ({ nu, location, scale }) => distributions.studentT({ df: nu, location, scale }),
    gamma: ({ shape, rate }) => distributions.gamma({ shape, rate }),
    inverse_gamma: ({ shape, scale }) => distributions.inverseGamma({ shape, scale }),
    exponential: ({ rate }) => distributions.exponential({ rate }),
    half_normal: ({ scale }) => distributions.halfNormal({ scale }),
    half_cauchy: ({ scale }) => distributions.halfCauchy({ scale }),
    lognormal: ({ meanlog, sdlog }) => distributions.logNormal({ meanLog: meanlog, sdLog: sdlog }),
  };
  const smooth = densities.filter(({ dist, x }) => dist in made && x !== undefined);

  test.each(smooth.map((one) => [`${one.dist} ${JSON.stringify(one.params)}`, one] as const))(
    "the slope of a log density as a prior: %s",
    (_, { dist, params, x, d_log_density_dx }) => {
      const real = dist === "logistic" || dist === "student_t";
      const { slope, logDensity } = readSmoothPrior("prior", made[dist](params), real ? "real" : "positive");
      let counted = 0;
      x!.forEach((at, i) => {
        const want = Number(d_log_density_dx![i]);
        // Differences are for where a density lies, not for its far tails.
        if (!Number.isFinite(want) || (!real && !(at > 0)) || Math.abs(logDensity(at)) > 50) return;
        counted++;
        const steepest = Math.max(Math.abs(want), real ? 1 : Math.abs(logDensity(at)) / at);
        within(slope(at), want, 1e-8 * steepest, String(at));
      });
      expect(counted).toBeGreaterThan(0);
    },
  );
});

interface Case {
  readonly name: string;
  readonly data: string;
  readonly x_columns: string[];
  readonly y_column: string;
  readonly y_equals?: number;
  readonly weights_column?: string;
  readonly trials_column?: string;
  readonly offset_column?: string;
  readonly family?: string;
  readonly K?: number;
  readonly transform?: { mean: number[]; scale: number[] };
  readonly penalty: { l1: number; l2: number; penalize_intercept: boolean };
  readonly params: number[] | number[][];
  readonly objective: number;
  readonly nll_part?: number;
  readonly initial_objective_at_zero?: number;
  readonly objective_at_zero?: number;
  readonly null_loglik?: number;
  readonly rss?: number;
  readonly train_accuracy?: number;
  readonly nonzero?: number[];
  readonly laplace?: { readonly log_det_hessian: number };
}

const families: Record<string, () => Likelihood> = {
  gaussian: () => likelihoods.gaussian({ sd: 1 }),
  poisson: () => likelihoods.poisson(),
  gamma: () => likelihoods.gamma({ shape: 1 }),
};

/** The objective of a case by its loss and penalty; null where rows are sums of trials. */
function targetOf(given: Case): { target: Objective; x: number[][]; y: number[] } | null {
  if (given.trials_column !== undefined) return null;
  const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
  const x = table.matrix(given.x_columns, given.transform);
  const raw = table.column(given.y_column);
  const y = given.y_equals === undefined ? raw : raw.map((value) => (value === given.y_equals ? 1 : 0));
  const data = dataset(x, y, {
    ...(given.weights_column !== undefined && { weights: table.column(given.weights_column) }),
    ...(given.offset_column !== undefined && { offset: table.column(given.offset_column) }),
  });
  const W = data.totalWeight;
  const { l1, l2, penalize_intercept } = given.penalty;
  const loss =
    given.K !== undefined
      ? losses.softmaxCrossEntropy({ classes: given.K })
      : (families[given.family ?? ""]?.() ?? likelihoods.bernoulli()).loss;
  const sd = 1 / Math.sqrt(l2);
  const penalty = penalize_intercept
    ? priors.normal({ sd, intercept: { sd } }).penalty({ totalWeight: W })
    : penalties.elasticNet({ l1: l1 / W, l2: l2 / W });
  return { target: objective({ data, loss, ...(l1 + l2 > 0 && { penalty }) }), x, y };
}

function casesOf(file: string): Case[] {
  const shipped = ["linear", "logistic", "softmax"].includes(file)
    ? fixture<{ cases: Case[] }>(`fits/${file}.json`).cases
    : [];
  if (!hasReference) return shipped;
  const known = new Set(shipped.map(({ name }) => name));
  return [
    ...shipped,
    ...reference<{ cases: Case[] }>(`fits/${file}.json`).cases.filter(({ name }) => !known.has(name)),
  ];
}

describe.each(["linear", "logistic", "softmax", ...(hasReference ? ["poisson_gamma"] : [])])(
  "the objective at %s",
  (file) => {
    const given = casesOf(file).flatMap((one) => {
      const made = targetOf(one);
      return made === null ? [] : [{ ...one, ...made }];
    });

    test.each(given)("$name: its parts, at the optimum and at zero", (one) => {
      const { target, x, y } = one;
      const W = target.totalWeight;
      const theta = Float64Array.from(one.params.flat());
      near(W * target.value(theta), one.objective, 1e-12);
      if (one.nll_part !== undefined) near(target.dataTerm(theta), one.nll_part, 1e-11);
      const atZero = one.initial_objective_at_zero ?? one.objective_at_zero;
      if (atZero !== undefined) near(W * target.value(new Float64Array(target.size)), atZero, 1e-13);
      if (one.laplace?.log_det_hessian !== undefined) {
        const hessian = target.hessian(theta).map((h) => W * h);
        const { pivots, scaling } = factorLdlt(hessian, target.size);
        const logs = pivots.map((pivot, j) => Math.log(pivot) - 2 * Math.log(scaling[j]));
        near(preciseSum(logs), one.laplace.log_det_hessian, 1e-11);
      }
      if (one.rss !== undefined) near(2 * target.dataTerm(theta), one.rss, 1e-9);
      const scores = target.bound.scores(theta);
      if (one.train_accuracy !== undefined) {
        const K = one.K!;
        const right = y.map((label, i) => {
          const row = Array.from(scores.subarray(i * K, (i + 1) * K));
          return row.indexOf(Math.max(...row)) === label ? (target.data.weights?.[i] ?? 1) : 0;
        });
        near(preciseSum(right) / W, one.train_accuracy, 1e-15);
      }
      if (one.nonzero !== undefined) expect([...theta.keys()].filter((j) => theta[j] !== 0)).toEqual(one.nonzero);
      if (one.null_loglik !== undefined && one.family !== "gamma") {
        const likelihood = families[one.family ?? ""]?.() ?? likelihoods.bernoulli();
        const { data } = target;
        const alone = dataset(new Float64Array(data.rows), y, {
          columns: 1,
          ...(data.weights && { weights: data.weights }),
          ...(one.offset_column !== undefined && {
            offset: csv(one.data.replace(/^data\/|\.csv$/g, "")).column(one.offset_column),
          }),
        });
        near(mle({ data: alone, likelihood }).logLikelihood!, one.null_loglik, 1e-12);
      }
      expect(x.length).toBe(y.length);
    });
  },
);

describe("the paths of the lasso", () => {
  interface Path {
    readonly name: string;
    readonly data: string;
    readonly x_columns: string[];
    readonly y_column: string;
    readonly family?: string;
    readonly transform: { mean: number[]; scale: number[] };
    readonly lambda: number[];
    readonly objective_per_lambda: number[];
    readonly n_nonzero: number[];
  }
  const { cases } = hasReference
    ? reference<{ cases: Path[] }>("fits/lasso_path.json")
    : fixture<{ cases: Path[] }>("fits/lasso_path.json");

  test.each(cases)("$name: objectives and what is not 0", (given) => {
    const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
    const x = table.matrix(given.x_columns, given.transform);
    const path = regularizationPath(x, table.column(given.y_column), {
      ...(given.family === "binomial" ? { likelihood: likelihoods.bernoulli() } : { loss: losses.squaredError() }),
      values: given.lambda,
    });
    expect(path.nonzero).toEqual(given.n_nonzero);
    path.fits.forEach((fit, i) => near(fit.objective, given.objective_per_lambda[i], 1e-11));
  });
});

describe("separable data", () => {
  interface Separable {
    readonly name: string;
    readonly data?: string;
    readonly X?: number[][];
    readonly y?: number[];
    readonly x_columns?: string[];
    readonly y_column?: string;
    readonly y_equals?: number;
    readonly transform?: { mean: number[]; scale: number[] };
    readonly certificate?: number[];
    readonly certificate_min_margin?: number;
    readonly map_l2?: { l2: number; params: number[]; objective: number; nll_part: number }[];
  }
  const { cases } = fixture<{ cases: Separable[] }>("fits/separable.json");

  test.each(cases)("$name: the margin of its certificate, and what the data cost at each prior", (given) => {
    const table = given.data === undefined ? null : csv(given.data.replace(/^data\/|\.csv$/g, ""));
    const x = given.X ?? table!.matrix(given.x_columns!, given.transform);
    const raw = given.y ?? table!.column(given.y_column!);
    const y = given.y_equals === undefined ? raw : raw.map((value) => (value === given.y_equals ? 1 : 0));
    const data = dataset(x, y);
    for (const { l2, params, objective: total, nll_part } of given.map_l2 ?? []) {
      const target = objective({
        ...{ data, likelihood: likelihoods.bernoulli(), prior: priors.normal({ sd: 1 / Math.sqrt(l2) }) },
      });
      const theta = Float64Array.from(params);
      near(target.dataTerm(theta), nll_part, 1e-10);
      near(target.value(theta) * y.length, total, 1e-10);
    }
    if (given.certificate === undefined) return;
    const margins = x.map((row, i) => (2 * y[i] - 1) * exactDot(given.certificate!, [1, ...row]));
    within(Math.min(...margins), given.certificate_min_margin!, 1e-12);
    expect(Math.max(...margins)).toBeGreaterThan(0);
  });
});

describe("robust fits", () => {
  interface Robust {
    readonly name: string;
    readonly data: string;
    readonly x_columns: string[];
    readonly y_column: string;
    readonly delta?: number;
    readonly params: number[];
    readonly objective?: number;
    readonly n_outside_delta?: number;
    readonly min_distance_to_kink?: number;
  }
  const { cases } = hasReference
    ? reference<{ cases: Robust[] }>("fits/robust.json")
    : fixture<{ cases: Robust[] }>("fits/robust.json");

  test.each(cases.filter(({ n_outside_delta }) => n_outside_delta !== undefined))(
    "$name: rows beyond δ, and the nearest to it",
    (given) => {
      const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
      const y = table.column(given.y_column);
      const target = objective({
        data: dataset(table.matrix(given.x_columns), y),
        loss: losses.huber({ delta: given.delta! }),
      });
      const theta = Float64Array.from(given.params);
      near(target.dataTerm(theta), given.objective!, 1e-12);
      const slopes = losses
        .huber({ delta: given.delta! })
        .gradient(target.bound.scores(theta), y, { reduction: "sum" });
      expect(slopes.filter((slope) => Math.abs(slope) === given.delta).length).toBe(given.n_outside_delta);
      const away = target.bound.scores(theta).map((z, i) => Math.abs(Math.abs(z - y[i]) - given.delta!));
      within(Math.min(...away), given.min_distance_to_kink!, 1e-9);
    },
  );
});

test.skipIf(!hasReference)("the error of α of a negative binomial, from that of θ", () => {
  interface Counts extends Case {
    readonly alpha: number;
    readonly alpha_se_joint_observed: number;
  }
  for (const given of reference<{ cases: Counts[] }>("fits/negative_binomial.json").cases) {
    const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
    const [x, y] = [table.matrix(given.x_columns), table.column(given.y_column)];
    const fit = generalizedLinearModel(x, y, { likelihood: likelihoods.negativeBinomial() });
    const { theta } = inference(fit, dataset(x, y), { joint: true });
    near(fit.dispersion!, given.alpha, 1e-6);
    near(theta!.standardError! / theta!.value ** 2, given.alpha_se_joint_observed, 1e-8);
  }
});
