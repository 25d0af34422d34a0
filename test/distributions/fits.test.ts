/** Fits against references, and laws of conjugate priors. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as distributions from "../../src/distributions/index.js";
import { random } from "../../src/random.js";

type Row = Readonly<Record<string, number>>;
interface Case {
  readonly name: string;
  readonly dist: string;
  readonly data: readonly number[];
  readonly [key: string]: unknown;
}

const { cases } = JSON.parse(readFileSync(new URL("../fixtures/distributions/fits.json", import.meta.url), "utf8")) as {
  cases: Case[];
};
const of = (dist: string): [string, Case][] =>
  cases.filter((one) => one.dist === dist).map((one) => [one.name, one] as const as [string, Case]);

function near(got: number | undefined | null, expected: unknown, tolerance: number, what: string): void {
  const error = Math.abs(got! - (expected as number)) / Math.abs((expected as number) || 1);
  expect(error, `${what}: expected ${String(expected)}, got ${got}`).toBeLessThanOrEqual(tolerance);
}

const {
  bernoulli,
  beta,
  categorical,
  dirichlet,
  exponential,
  gamma,
  laplace,
  negativeBinomial,
  normal,
  poisson,
  studentT,
} = distributions;
const { normalInverseGamma } = distributions;

describe("closed forms against references", () => {
  it.each(of("bernoulli"))("%s", (_, one) => {
    const fit = bernoulli.fit(one.data);
    near(fit.parameters.probability, one["mle_p"], 1e-15, "p");
    near(fit.standardErrors!.probability, one["mle_se"], 1e-13, "se");
    near(fit.logLikelihood, one["loglik"], 1e-13, "log-likelihood");
    expect(fit.status).toBe(one["mle_p"] === 0 || one["mle_p"] === 1 ? "boundary" : "converged");
    for (const row of one["beta_priors"] as Row[]) {
      const after = bernoulli.fit(one.data, { prior: beta({ alpha: row["prior_alpha"], beta: row["prior_beta"] }) });
      expect(after.posterior!.parameters).toEqual({ alpha: row["post_alpha"], beta: row["post_beta"] });
      near(after.posterior!.mean, row["post_mean"], 1e-15, "mean");
      near(after.posterior!.variance, row["post_var"], 1e-14, "variance");
      near(after.parameters.probability, row["map"], 1e-15, "map");
      near(after.logEvidence, row["log_evidence"], 1e-13, "evidence");
      if (row["neg_log_posterior_unnormalised_at_map"] === null) expect(after.status).toBe("boundary");
    }
  });

  it.each(of("categorical"))("%s", (_, one) => {
    const classes = one["K"] as number;
    const fit = categorical.fit(one.data, { classes });
    fit.parameters.probabilities.forEach((p, k) => near(p, (one["mle"] as number[])[k], 1e-15, "p"));
    near(fit.logLikelihood, one["loglik"], 1e-13, "log-likelihood");
    for (const row of one["dirichlet_priors"] as Record<string, number[] & number>[]) {
      const after = categorical.fit(one.data, { prior: dirichlet({ alpha: row["alpha"] }) });
      after.posterior!.parameters.alpha.forEach((a, k) => near(a, row["post_alpha"][k], 1e-15, "alpha"));
      after.predictive!.parameters.probabilities.forEach((p, k) => near(p, row["post_mean"][k], 1e-14, "mean"));
      near(after.logEvidence, row["log_evidence_ordered"], 1e-13, "evidence");
      const map = row["map"] as number[] | null;
      if (map === null) expect(after.status).not.toBe("converged");
      else after.parameters.probabilities.forEach((p, k) => near(p, map[k], 1e-14, "map"));
    }
  });

  it.each(of("gaussian"))("%s", (name, one) => {
    const fit = normal.fit(one.data);
    const variance = /offset|tiny/.test(name) ? 1e-12 : 1e-13;
    const n = one.data.length;
    near(fit.parameters.mean, one["mle_mean"], 1e-15, "mean");
    near(fit.parameters.sd * fit.parameters.sd, one["mle_var"], variance, "variance");
    near(fit.logLikelihood, one["loglik"], 1e-13, "log-likelihood");
    near(fit.standardErrors!.mean, one["se_mean"], variance, "se of mean");
    near(fit.standardErrors!.sd * 2 * fit.parameters.sd, one["se_var"], variance, "se of variance");
    for (const row of one["nig_priors"] as Row[]) {
      const prior = normalInverseGamma({
        mean: row["m0"],
        kappa: row["kappa0"],
        shape: row["alpha0"],
        scale: row["beta0"],
      });
      const after = normal.fit(one.data, { prior });
      const { mean, kappa, shape, scale } = after.posterior!.parameters;
      near(mean, row["m_n"], 1e-13, "m");
      near(kappa, row["kappa_n"], 1e-15, "kappa");
      near(shape, row["alpha_n"], 1e-15, "alpha");
      near(scale, row["beta_n"], 1e-13, "beta");
      near(after.parameters.mean, row["map_joint_mean"], 1e-13, "map of the mean");
      near(after.parameters.sd * after.parameters.sd, row["map_joint_var"], 1e-13, "map of the variance");
      near(after.posterior!.marginals.variance.mean, row["post_mean_var"], 1e-13, "mean of the variance");
      near(after.logEvidence, row["log_evidence"], 1e-13, "evidence");
      expect(after.predictive!.parameters.df).toBe(2 * row["alpha0"] + n);
    }
  });

  it.each([...of("poisson"), ...of("exponential")])("%s", (_, one) => {
    const family = one.dist === "poisson" ? poisson : exponential;
    const fit = family.fit(one.data);
    near(fit.parameters.rate, one["mle_rate"], 1e-14, "rate");
    near(fit.standardErrors!.rate, one["mle_se"], 1e-13, "se");
    near(fit.logLikelihood, one["loglik"], 1e-13, "log-likelihood");
    for (const row of one["gamma_priors"] as Row[]) {
      const after = family.fit(one.data, { prior: gamma({ shape: row["shape"], rate: row["rate"] }) });
      near(after.posterior!.parameters.shape, row["post_shape"], 1e-15, "shape");
      near(after.posterior!.parameters.rate, row["post_rate"], 1e-14, "rate");
      near(after.parameters.rate, row["map"], 1e-14, "map");
      near(after.posterior!.mean, row["post_mean"], 1e-14, "mean");
      near(after.logEvidence, row["log_evidence"], 1e-13, "evidence");
    }
  });

  it.each(of("laplace"))("%s", (_, one) => {
    const fit = laplace.fit(one.data);
    const [low, high] = one["mle_location_interval"] as number[];
    near(fit.parameters.location, one["mle_location"], 1e-15, "location");
    near(fit.parameters.scale, one["mle_scale"], 1e-14, "scale");
    near(fit.logLikelihood, one["loglik"], 1e-13, "log-likelihood");
    expect(fit.status).toBe(low === high ? "converged" : "flat");
    if (low < high) expect(fit.reason).toContain(`from ${low} to ${high}`);
  });
});

describe("numeric maxima against references", () => {
  it.each(of("gamma"))("%s", (_, one) => {
    const fit = gamma.fit(one.data);
    const { shape, rate } = fit.parameters;
    near(shape, one["mle_shape"], 1e-11, "shape");
    near(rate, one["mle_rate"], 1e-11, "rate");
    near(fit.standardErrors!.shape, one["se_shape"], 1e-9, "se of the shape");
    near(fit.standardErrors!.rate / rate / rate, one["se_scale"], 1e-9, "se of the scale");
    near(fit.logLikelihood, one["loglik"], 1e-13, "log-likelihood");
  });

  it.each(of("beta"))("%s", (_, one) => {
    const fit = beta.fit(one.data);
    expect(fit.status).toBe("converged");
    near(fit.parameters.alpha, one["mle_alpha"], 1e-10, "alpha");
    near(fit.parameters.beta, one["mle_beta"], 1e-10, "beta");
    near(fit.standardErrors!.alpha, one["se_alpha"], 1e-9, "se of alpha");
    near(fit.standardErrors!.beta, one["se_beta"], 1e-9, "se of beta");
    near(fit.logLikelihood, one["loglik"], 1e-13, "log-likelihood");
  });

  it.each(of("student_t"))("%s", (_, one) => {
    const fixed = one["nu_fixed"] as number | null;
    const fit = studentT.fit(one.data, fixed === null ? {} : { df: fixed });
    expect(fit.status).toBe(fixed === null ? "stationary" : "converged");
    near(fit.parameters.location, one["mle_location"], 1e-10, "location");
    near(fit.parameters.scale, one["mle_scale"], 1e-10, "scale");
    near(fit.parameters.df, one["mle_nu"], 1e-9, "df");
    near(fit.logLikelihood, one["loglik"], 1e-13, "log-likelihood");
  });

  it.each(of("negative_binomial"))("%s", (_, one) => {
    const fit = negativeBinomial.fit(one.data);
    near(fit.parameters.mean, one["mle_mu"], 1e-15, "mean");
    near(1 / fit.parameters.dispersion, one["mle_theta"], 1e-10, "theta");
    near(fit.logLikelihood, one["loglik"], 1e-13, "log-likelihood");
  });

  it("all cases of the reference are here", () => {
    const known = [
      "bernoulli",
      "categorical",
      "gaussian",
      "poisson",
      "exponential",
      "laplace",
      "gamma",
      "beta",
      "student_t",
      "negative_binomial",
    ];
    expect(cases.filter(({ dist }) => !known.includes(dist))).toEqual([]);
    expect(cases.length).toBeGreaterThan(20);
  });
});

describe("where there is no maximum, or it is on the boundary, the fit says so", () => {
  it.each([
    ["normal, constant", normal.fit([3, 3, 3]), "unbounded", { mean: 3, sd: 0 }],
    ["normal, one value", normal.fit([3]), "unbounded", { mean: 3, sd: 0 }],
    ["gamma, constant", gamma.fit([3, 3]), "unbounded", { shape: Infinity, rate: Infinity }],
    ["gamma, a zero", gamma.fit([3, 0]), "unbounded", { shape: NaN, rate: NaN }],
    ["beta, a zero", beta.fit([0.3, 0, 0.2]), "unbounded", { alpha: NaN, beta: NaN }],
    ["beta, a one", beta.fit([0.3, 1]), "unbounded", { alpha: NaN, beta: NaN }],
    ["beta, constant", beta.fit([0.3, 0.3]), "unbounded", { alpha: Infinity, beta: Infinity }],
    ["laplace, one value", laplace.fit([-2]), "unbounded", { location: -2, scale: 0 }],
    ["studentT, one value", studentT.fit([-2]), "unbounded", { df: NaN, location: -2, scale: 0 }],
    ["studentT, ties", studentT.fit([1, 1, 1, 1, 5], { df: 4 }), "unbounded", { df: 4, location: 1, scale: 0 }],
    ["exponential, zeros", exponential.fit([0, 0]), "unbounded", { rate: Infinity }],
  ] as const)("%s", (_, fit, status, parameters) => {
    expect(fit.status).toBe(status);
    expect(fit.parameters).toEqual(parameters);
    expect(fit.distribution).toBe(null);
    expect(fit.logLikelihood).toBe(Infinity);
    expect(fit.reason).toMatch(/^[A-Z].*\.$/);
  });

  it("the likelihood does grow there", () => {
    const data = [1, 1, 1, 1, 5];
    const at = (scale: number): number =>
      studentT({ df: 4, location: 1, scale })
        .logDensity(data)
        .reduce((a, b) => a + b, 0);
    // Four fifths on one value are exactly df/(df + 1): the likelihood rises to its limit.
    expect(at(1e-3)).toBeGreaterThan(at(1e-1));
    expect(studentT.fit([1, 1, 1, 1, 5, 6], { df: 4 }).status).toBe("converged");
  });

  it("underdispersed counts: the limit is Poisson", () => {
    const fit = negativeBinomial.fit([2, 3, 3, 2]);
    expect([fit.status, fit.distribution?.name, fit.parameters.dispersion]).toEqual(["boundary", "poisson", 0]);
    expect(fit.logLikelihood).toBe(poisson.fit([2, 3, 3, 2]).logLikelihood);
    expect(negativeBinomial.fit([0, 0]).status).toBe("boundary");
    for (const dispersion of [1e-6, 0.01, 0.1]) {
      const other = negativeBinomial({ mean: 2.5, dispersion }).logDensity([2, 3, 3, 2]);
      expect(other.reduce((a, b) => a + b, 0)).toBeLessThan(fit.logLikelihood);
    }
  });

  it("short tails: the limit of Student t is normal", () => {
    const data = [-1.2, -0.9, -0.4, 0, 0.3, 0.5, 1, 1.1];
    const fit = studentT.fit(data);
    expect([fit.status, fit.distribution?.name, fit.parameters.df]).toEqual(["boundary", "normal", Infinity]);
    expect(fit.logLikelihood).toBe(normal.fit(data).logLikelihood);
    for (const df of [3, 30, 1e4]) expect(studentT.fit(data, { df }).logLikelihood).toBeLessThan(fit.logLikelihood);
  });

  it("flat and two-sided posteriors", () => {
    expect(bernoulli.fit([], { prior: beta({ alpha: 1, beta: 1 }) }).status).toBe("flat");
    const two = bernoulli.fit([], { prior: beta({ alpha: 0.5, beta: 0.5 }) });
    expect([two.status, two.distribution, two.parameters.probability]).toEqual(["unbounded", null, NaN]);
    expect(categorical.fit([0, 1], { prior: dirichlet({ alpha: [0.5, 0.5, 0.5] }) }).distribution).toBe(null);
  });

  it("nothing to fit is an error without a prior, and the prior with one", () => {
    expect(() => normal.fit([])).toThrow(/"data" expected at least one value/);
    expect(() => gamma.fit([1, 2], { weights: [0, 0] })).toThrow(/"weights" expected at least one value/);
    const prior = normalInverseGamma({ mean: 1, kappa: 2, shape: 3, scale: 4 });
    const fit = normal.fit([], { prior });
    expect(fit.posterior!.parameters).toEqual(prior.parameters);
    expect(fit.logEvidence).toBe(0);
  });

  it("values outside the support name their row", () => {
    expect(() => gamma.fit([1, -2])).toThrow(/"data" expected a finite number >= 0, got -2 at row 1/);
    expect(() => poisson.fit([1, 0.5])).toThrow(/"data" expected a whole number >= 0, got 0.5 at row 1/);
    expect(() => beta.fit([0.5, NaN])).toThrow(/got NaN at row 1/);
    expect(() => bernoulli.fit([1, 0], { prior: gamma({ shape: 1, rate: 1 }) as never })).toThrow(
      /"prior" expected a distribution made by distributions.beta/,
    );
  });
});

/** Fits with a conjugate prior, by name. */
const draw = random(9);
const conjugate = {
  bernoulli: [bernoulli.fit, beta({ alpha: 2, beta: 3 }), bernoulli({ probability: 0.3 }).sample(draw, 30)],
  binomial: [
    (x: never, o: object) => distributions.binomial.fit(x, { trials: 7, ...o }),
    beta({ alpha: 2, beta: 3 }),
    distributions.binomial({ trials: 7, probability: 0.3 }).sample(draw, 12),
  ],
  categorical: [
    categorical.fit,
    dirichlet({ alpha: [1, 2, 3] }),
    categorical({ probabilities: [0.2, 0.5, 0.3] }).sample(draw, 30),
  ],
  poisson: [poisson.fit, gamma({ shape: 2, rate: 0.7 }), poisson({ rate: 4 }).sample(draw, 20)],
  exponential: [exponential.fit, gamma({ shape: 2, rate: 0.7 }), exponential({ rate: 4 }).sample(draw, 20)],
  normal: [
    normal.fit,
    normalInverseGamma({ mean: 1, kappa: 2, shape: 3, scale: 4 }),
    normal({ mean: 2, sd: 3 }).sample(draw, 20),
  ],
} as unknown as Record<
  string,
  [
    (
      x: ArrayLike<number>,
      o?: object,
    ) => distributions.DistributionFit<object, { parameters: object }, distributions.Distribution>,
    { parameters: object },
    Float64Array,
  ]
>;

const flat = (parameters: object): number[] => Object.values(parameters).flat() as number[];

describe.each(Object.entries(conjugate))("%s with its conjugate prior", (name, [fit, prior, data]) => {
  it("learns the same in parts as at once", () => {
    const batch = fit(data, { prior });
    let last: { posterior: { parameters: object } | null; logEvidence: number | null } = {
      posterior: prior,
      logEvidence: 0,
    };
    let evidence = 0;
    for (let i = 0; i < data.length; i += 5) {
      last = fit(data.subarray(i, i + 5), { prior: last.posterior });
      evidence += last.logEvidence!;
    }
    flat(last.posterior!.parameters).forEach((value, i) =>
      near(value, flat(batch.posterior!.parameters)[i], 1e-12, "parameter"),
    );
    near(evidence, batch.logEvidence, 1e-12, "evidence");
  });

  it("predicts by the ratio of evidences", () => {
    const before = fit(data, { prior });
    for (const x of [data[0], data[1], data[2]]) {
      const after = fit([...data, x], { prior });
      near(before.predictive!.logDensity(x), after.logEvidence! - before.logEvidence!, 1e-11, `next ${x}`);
    }
  });

  it("whole weights count values, weight 0 leaves them out", () => {
    const twice = fit(data, { weights: data.map(() => 2), prior });
    const repeated = fit([...data, ...data], { prior });
    near(twice.logEvidence, repeated.logEvidence, 1e-12, "evidence");
    const some = data.map((_, i) => (i % 3 === 0 ? 0 : 1));
    const left = fit(data, { weights: some });
    const kept = fit(data.filter((_, i) => i % 3 !== 0));
    near(left.logLikelihood, kept.logLikelihood, 1e-13, "log-likelihood");
    near(flat(left.parameters)[0], flat(kept.parameters)[0], 1e-13, "parameter");
    expect(fit(data, { weights: data.map(() => 0.5) }).standardErrors).toBe(null);
    expect(name.length).toBeGreaterThan(0);
  });
});

/** ∫ g(exp t) dt from a to b by Simpson's rule. */
function simpson(g: (x: number) => number, a: number, b: number, n = 4000): number {
  const h = (b - a) / n;
  let sum = g(a) + g(b);
  for (let i = 1; i < n; i++) sum += (i % 2 === 0 ? 2 : 4) * g(a + i * h);
  return (sum * h) / 3;
}

describe("evidence is the integral of likelihood and prior", () => {
  const sum = (x: Float64Array): number => x.reduce((a, b) => a + b, 0);
  it("a rate", () => {
    const prior = gamma({ shape: 2, rate: 0.7 });
    const data = [3, 1, 4, 1, 5];
    for (const family of [poisson, exponential]) {
      const integral = simpson(
        (t) => {
          const rate = Math.exp(t);
          return Math.exp(sum(family({ rate }).logDensity(data)) + prior.logDensity(rate) + t);
        },
        -14,
        5,
      );
      near(family.fit(data, { prior }).logEvidence, Math.log(integral), 1e-10, "log evidence");
    }
  });

  it("a probability", () => {
    const prior = beta({ alpha: 2, beta: 3 });
    const integral = simpson((p) => prior.density(p) * p * p * (1 - p), 0, 1);
    near(bernoulli.fit([1, 0, 1], { prior }).logEvidence, Math.log(integral), 1e-10, "log evidence");
  });

  it("a mean and a variance", () => {
    const prior = normalInverseGamma({ mean: 1, kappa: 2, shape: 3, scale: 4 });
    const data = [0.5, 2, 1.4];
    const integral = simpson(
      (t) => {
        const v = Math.exp(t);
        return (
          v *
          simpson(
            (m) => prior.density([m, v]) * Math.exp(sum(normal({ mean: m, sd: Math.sqrt(v) }).logDensity(data))),
            1 - 12 * Math.sqrt(v),
            1 + 12 * Math.sqrt(v),
            200,
          )
        );
      },
      -4,
      9,
      300,
    );
    near(normal.fit(data, { prior }).logEvidence, Math.log(integral), 1e-8, "log evidence");
  });
});

describe("maxima are maxima, weighted too", () => {
  const data = gamma({ shape: 2, rate: 1 }).sample(random(2), 60);
  const weights = data.map((_, i) => (i % 4) + 0.5);
  const shares = data.map((x) => x / (x + 3));
  const counts = negativeBinomial({ mean: 5, dispersion: 0.6 }).sample(random(2), 60);
  it.each([
    ["gamma", gamma, data],
    ["beta", beta, shares],
    ["laplace", laplace, data],
    ["studentT", studentT, studentT({ df: 2 }).sample(random(5), 60)],
    ["negativeBinomial", negativeBinomial, counts],
    ["normal", normal, data],
  ] as const)("%s", (_, family, x) => {
    const fit = (family as typeof normal).fit(x, { weights });
    const at = (parameters: object): number =>
      (family as (p: object) => distributions.Distribution)(parameters)
        .logDensity(x)
        .reduce((s, l, i) => s + weights[i] * l, 0);
    near(at(fit.parameters), fit.logLikelihood, 1e-12, "log-likelihood");
    for (const key of Object.keys(fit.parameters)) {
      for (const factor of [0.999, 1.001]) {
        const value = (fit.parameters as unknown as Row)[key] * factor;
        expect(at({ ...fit.parameters, [key]: value }), `${key} times ${factor}`).toBeLessThan(fit.logLikelihood);
      }
    }
  });

  it("standard errors are the spread of fits to draws", () => {
    const n = 400;
    const fits = Array.from({ length: 150 }, (_, i) =>
      gamma.fit(gamma({ shape: 3, rate: 2 }).sample(random(40, i), n)),
    );
    const mean = fits.reduce((s, fit) => s + fit.parameters.shape, 0) / fits.length;
    const spread = Math.sqrt(fits.reduce((s, fit) => s + (fit.parameters.shape - mean) ** 2, 0) / fits.length);
    expect(spread / fits[0].standardErrors!.shape).toBeGreaterThan(0.8);
    expect(spread / fits[0].standardErrors!.shape).toBeLessThan(1.25);
  });
});
