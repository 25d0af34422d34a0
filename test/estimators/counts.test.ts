import { describe, expect, test } from "vitest";
import {
  type Fit,
  type Likelihood,
  dataset,
  erm,
  fitFromJSON,
  fitter,
  generalizedLinearModel,
  likelihoods,
  losses,
  map,
  mle,
  penalties,
  poissonRegression,
  priors,
  random,
  resume,
} from "../../src/index.js";
import { csv, draws, hasReference, reference, within } from "../support.js";

interface Case {
  name: string;
  data: string;
  x_columns: string[];
  y_column: string;
  family: string;
  penalty?: { l1: number; l2: number };
  params: number[];
  n: number;
  objective: number;
  loglik?: number;
  loglik_at_shape_ml?: number;
  shape_ml?: number;
  alpha?: number;
}

const cases = (file: string): Case[] => (hasReference ? reference<{ cases: Case[] }>(`fits/${file}.json`).cases : []);

const families: Readonly<Record<string, () => Likelihood>> = {
  poisson: () => likelihoods.poisson(),
  gamma: () => likelihoods.gamma(),
  negative_binomial_nb2: () => likelihoods.negativeBinomial(),
};

describe.runIf(hasReference)("counts and amounts of references", () => {
  test.each([...cases("poisson_gamma"), ...cases("negative_binomial")].map((given) => [given.name, given] as const))(
    "%s",
    (_, given) => {
      const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
      const { l1 = 0, l2 = 0 } = given.penalty ?? {};
      const penalised = l1 + l2 > 0;
      const fit = generalizedLinearModel(table.matrix(given.x_columns), table.column(given.y_column), {
        likelihood: families[given.family](),
        ...(penalised && { penalty: penalties.elasticNet({ l1: l1 / table.rows, l2: l2 / table.rows }) }),
      });
      expect(fit.status).toBe("converged");
      [fit.intercept, ...fit.coefficients].forEach((value, j) => within(value, given.params[j], 1e-13));
      if (given.family === "negative_binomial_nb2") {
        within(fit.dispersion! / given.alpha!, 1, 1e-13);
        within(fit.logLikelihood!, given.loglik!, 1e-11);
        return;
      }
      within((fit.objective * table.rows) / given.objective, 1, 1e-14);
      if (penalised) return;
      within(fit.logLikelihood!, (given.loglik ?? given.loglik_at_shape_ml)!, 1e-11);
      if (given.shape_ml !== undefined) within(fit.shape! / given.shape_ml, 1, 1e-13);
    },
  );
});

const source = draws(5077);
const generator = random(11);
const rows = 200;
const x = Array.from({ length: rows }, () => Array.from(source.normal(2, 0.5)));
const exposure = source.uniform(rows, 0.5, 4);
const scores = x.map(([a, b]) => 1 + a - 0.5 * b);
const withExposure = scores.map((z, i) => z + Math.log(exposure[i]));
const counts = likelihoods.poisson().sample(withExposure, generator);
const overdispersed = likelihoods.negativeBinomial({ dispersion: 0.5 }).sample(scores, generator);
const amounts = likelihoods.gamma({ shape: 3 }).sample(scores, generator);

describe("Poisson regression", () => {
  const fit = poissonRegression(x, counts, { exposure });

  test("finds what the counts were drawn with", () => {
    expect(fit.status).toBe("converged");
    [1, 1, -0.5].forEach((value, j) => within([fit.intercept, ...fit.coefficients][j], value, 0.2));
    expect(fit.name).toBe("poisson");
    expect(fit.link).toBe("log");
  });

  test("an exposure is the offset of its logarithm, and adds to one", () => {
    const offset = exposure.map((e) => Math.log(e));
    const other = poissonRegression(x, counts, { offset });
    fit.coefficients.forEach((b, j) => within(other.coefficients[j], b, 1e-12));
    const half = poissonRegression(x, counts, { exposure: exposure.map(Math.sqrt), offset: offset.map((z) => z / 2) });
    fit.coefficients.forEach((b, j) => within(half.coefficients[j], b, 1e-12));
  });

  test("predicts means, for the exposure of the new rows", () => {
    const means = fit.predict(x, { exposure }) as Float64Array;
    const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
    within(sum(means) / sum(counts), 1, 1e-12);
    const rates = fit.predict(x, { exposure: exposure.map(() => 1) }) as Float64Array;
    rates.forEach((rate, i) => within(rate * exposure[i], means[i], 1e-12 * means[i]));
    expect(() => fit.predict(x)).toThrow(/"offset" expected the offset of each row/);
    expect(() => fit.predictProbabilities(x, { exposure })).toThrow(/"fit" expected one to classes/);
  });

  test("agrees with the three schools", () => {
    const data = dataset(x, counts, { offset: withExposure.map((z, i) => z - scores[i]) });
    const { totalWeight } = data;
    const options = { offset: withExposure.map((z, i) => z - scores[i]) };
    const prior = priors.normal({ sd: 0.3 });
    const poisson = likelihoods.poisson();
    const coefficients = (one: Fit): number[] => [one.intercept, ...one.coefficients];
    expect(coefficients(poissonRegression(x, counts, options))).toEqual(
      coefficients(mle({ data, likelihood: poisson })),
    );
    const byPrior = coefficients(poissonRegression(x, counts, { ...options, prior }));
    expect(byPrior).toEqual(coefficients(map({ data, likelihood: poisson, prior })));
    expect(byPrior).toEqual(
      coefficients(erm({ data, loss: losses.poisson(), penalty: prior.penalty({ totalWeight }) })),
    );
  });

  test("weights are copies", () => {
    const weights = counts.map((_, i) => i % 3);
    const copies = x.flatMap((row, i) => Array.from({ length: weights[i] }, () => row));
    const repeated = Array.from(counts).flatMap((y, i) => Array.from({ length: weights[i] }, () => y));
    const weighted = poissonRegression(x, counts, { weights });
    const plain = poissonRegression(copies, repeated);
    weighted.coefficients.forEach((b, j) => within(b, plain.coefficients[j], 1e-12));
    within(weighted.logLikelihood!, plain.logLikelihood!, 1e-9);
  });

  test("standardized columns change nothing but the way", () => {
    const other = poissonRegression(x, counts, { exposure, standardize: true });
    fit.coefficients.forEach((b, j) => within(other.coefficients[j], b, 1e-12));
  });

  test("fractions are fitted and have no likelihood", () => {
    const rates = poissonRegression(
      x,
      counts.map((y, i) => y / exposure[i]),
      { weights: exposure },
    );
    fit.coefficients.forEach((b, j) => within(rates.coefficients[j], b, 1e-10));
    expect(rates.logLikelihood).toBe(null);
  });

  test("is kept by JSON, and resumed with its exposure", () => {
    const again = fitFromJSON(JSON.stringify(fit));
    expect(again.predict(x, { exposure })).toEqual(fit.predict(x, { exposure }));
    const job = fitter(poissonRegression, x, counts, { exposure });
    job.step({ units: 2 });
    const resumed = resume(JSON.stringify(job), { x, y: counts, exposure });
    while (!resumed.step({ units: 1 }));
    expect(JSON.stringify(resumed.result)).toBe(JSON.stringify(fit));
  });

  test("counts that are all 0 have no optimum", () => {
    const none = poissonRegression(
      x,
      counts.map(() => 0),
    );
    expect(none.converged).toBe(false);
    expect(["separated", "unbounded"]).toContain(none.status);
    expect(none.witness).not.toBe(null);
    expect(() => none.summary()).toThrow(/no optimum/);
  });

  test.each([
    [
      "an exposure of 0",
      () => poissonRegression(x, counts, { exposure: exposure.map((e, i) => (i === 3 ? 0 : e)) }),
      /"exposure" expected a finite number > 0, got 0 at row 3/,
    ],
    [
      "too short an exposure",
      () => poissonRegression(x, counts, { exposure: [1] }),
      /"exposure" expected one number per row, 200/,
    ],
    [
      "a negative count",
      () =>
        poissonRegression(
          x,
          counts.map((y, i) => (i === 5 ? -1 : y)),
        ),
      /expected a finite number >= 0, got -1 at row 5/,
    ],
  ])("%s is refused", (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe("a dispersion to be estimated", () => {
  const options = { likelihood: likelihoods.negativeBinomial() };
  const fit = generalizedLinearModel(x, overdispersed, options);

  test("is found, with a likelihood above that of its neighbours", () => {
    expect(fit.status).toBe("converged");
    within(fit.dispersion!, 0.5, 0.25);
    const at = (dispersion: number): number =>
      generalizedLinearModel(x, overdispersed, { likelihood: likelihoods.negativeBinomial({ dispersion }) })
        .logLikelihood!;
    within(at(fit.dispersion!), fit.logLikelihood!, 1e-10);
    // A parabola through neighbours has its top at the estimate.
    const h = 1e-3;
    const [low, top, high] = [fit.dispersion! * (1 - h), fit.dispersion!, fit.dispersion! * (1 + h)].map(at);
    expect(low).toBeLessThan(top);
    expect(high).toBeLessThan(top);
    within((0.5 * h * (low - high)) / (low - 2 * top + high), 0, 1e-4);
  });

  test("sliced as a whole, from JSON as fitted", () => {
    const job = fitter(generalizedLinearModel, x, overdispersed, options);
    while (!job.step({ units: 1 }));
    expect(JSON.stringify(job.result)).toBe(JSON.stringify(fit));
    expect(fitFromJSON(JSON.stringify(fit)).dispersion).toBe(fit.dispersion);
  });

  test("goes to 0 where the counts vary less than Poisson counts", () => {
    const even = scores.map((z) => Math.round(Math.exp(z)));
    const boundary = generalizedLinearModel(x, even, options);
    expect(boundary.status).toBe("boundary");
    expect(boundary.dispersion).toBe(0);
    expect(boundary.name).toBe("negativeBinomial");
    expect(boundary.reason).toMatch(/dispersion goes to 0/);
    expect(boundary.coefficients).toEqual(poissonRegression(x, even).coefficients);
  });

  test("large counts, and a job that is aborted", () => {
    const large = generalizedLinearModel(
      x,
      overdispersed.map((y) => 5000 * y),
      options,
    );
    expect(large.status).toBe("converged");
    const job = fitter(generalizedLinearModel, x, overdispersed, options);
    job.step({ units: 1 });
    job.abort();
    expect(job.result.status).toBe("aborted");
  });

  test.each([
    ["a prior", { prior: priors.normal({ sd: 1 }) }],
    ["a penalty", { penalty: penalties.l2(1) }],
  ])("cannot stand beside %s", (_, beside) => {
    expect(() => generalizedLinearModel(x, overdispersed, { ...options, ...beside })).toThrow(
      /a known dispersion beside a prior or penalty: negativeBinomial\(\{ dispersion \}\)/,
    );
    const known = likelihoods.negativeBinomial({ dispersion: 0.5 });
    expect(generalizedLinearModel(x, overdispersed, { likelihood: known, ...beside }).status).toBe("converged");
  });
});

describe("a gamma shape to be estimated", () => {
  const fit = generalizedLinearModel(x, amounts, { likelihood: likelihoods.gamma() });

  test("is found, with a likelihood above that of its neighbours", () => {
    within(fit.shape!, 3, 1);
    const at = (shape: number): number =>
      generalizedLinearModel(x, amounts, { likelihood: likelihoods.gamma({ shape }) }).logLikelihood!;
    within(at(fit.shape!), fit.logLikelihood!, 1e-10);
    expect(at(fit.shape! * 1.01)).toBeLessThan(fit.logLikelihood!);
    expect(at(fit.shape! * 0.99)).toBeLessThan(fit.logLikelihood!);
  });

  test("has no maximum where every row is fitted exactly", () => {
    for (const [rows, y] of [
      [
        [[0], [1], [2]],
        [2, 2, 2],
      ],
      [
        [[0], [1], [2]],
        [1, 2, 4],
      ],
    ]) {
      const exact = generalizedLinearModel(rows as number[][], y as number[], { likelihood: likelihoods.gamma() });
      expect(exact.status).toBe("boundary");
      expect(exact.shape).toBe(Infinity);
      expect(exact.reason).toMatch(/shape/);
      expect(fitFromJSON(JSON.stringify(exact)).shape).toBe(Infinity);
    }
  });

  test("must be known beside a prior", () => {
    const prior = priors.normal({ sd: 1 });
    expect(() => generalizedLinearModel(x, amounts, { likelihood: likelihoods.gamma(), prior })).toThrow(
      /known dispersion beside a prior: gamma\(\{ shape \}\)/,
    );
  });
});

describe("every likelihood has its fit", () => {
  const shares = Array.from(source.uniform(rows));
  const successes = shares.map((p) => Math.round(p * 7));
  const ordered = scores.map((z, i) => (z + shares[i] < 1 ? "low" : z < 2 ? "middle" : "top"));
  const all: readonly (readonly [string, Likelihood, ArrayLike<never>])[] = [
    ["binomial", likelihoods.binomial({ trials: 7 }), successes as never],
    [
      "binomial, trials by row",
      likelihoods.binomial({ trials: successes.map((y, i) => y + 1 + (i % 3)) }),
      successes as never,
    ],
    ["ordinal", likelihoods.ordinal({ classes: 3, thresholds: [-1, 1] }), ordered as never],
    ["student t", likelihoods.studentT({ df: 5, scale: 1 }), scores as never],
    ["tweedie", likelihoods.tweedie({ power: 1.5 }), amounts as never],
    ["bernoulli, probit", likelihoods.bernoulli({ link: "probit" }), shares.map((p) => p > 0.4) as never],
    [
      "bernoulli, complementary log-log",
      likelihoods.bernoulli({ link: "complementaryLogLog" }),
      shares.map((p) => p > 0.4) as never,
    ],
    ["poisson with its own exposure", likelihoods.poisson({ exposure }), counts as never],
  ];

  test.each(all)("%s", (_, likelihood, y) => {
    const fit = generalizedLinearModel(x, y, { likelihood, intercept: likelihood.name !== "ordinal" });
    expect(["converged", "stationary"]).toContain(fit.status);
    expect(fit.link).toBe(likelihood.link);
    const predicted = fit.predict(x);
    const again = fitFromJSON(JSON.stringify(fit));
    expect(again.predict(x)).toEqual(predicted);
    if (Array.isArray(predicted)) expect(fit.classes).toContain(predicted[0]);
  });
});
