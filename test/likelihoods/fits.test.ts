/** Fits under the likelihoods: what they predict, what travels with rows, and how their numbers agree with each other. */
import { describe, expect, test } from "vitest";
import {
  type Fit,
  type Likelihood,
  dataset,
  erm,
  fitFromJSON,
  likelihoods,
  losses,
  map,
  mle,
  objective,
  optimizers,
  priors,
  random,
  sigmoid,
  softplus,
} from "../../src/index.js";
import * as special from "../../src/special/index.js";
import { bits, draws, expectBits, preciseSum, within } from "../support.js";

const rows = 60;
const source = draws(181);
const X = Array.from({ length: rows }, () => Array.from(source.normal(2, 0.7)));
const score = X.map(([a, b]) => 0.3 + 0.8 * a - 0.5 * b);
const weights = source.uniform(rows, 0.5, 2);
const trials = Float64Array.from({ length: rows }, (_, i) => 1 + ((7 * i) % 12));
const fresh = [
  [0.5, -1],
  [0, 0],
  [2, 1],
];

const drawn = (likelihood: Likelihood, options = {}): Float64Array => likelihood.sample(score, random(29), options);
const parameters = ({ intercept, coefficients }: Fit): number[] => [intercept, ...coefficients];

const closeTo = (a: Fit, b: Fit, bound = 1e-8): void => {
  expect(a.converged).toBe(true);
  const want = parameters(b);
  parameters(a).forEach((value, j) => within(value, want[j], bound * Math.max(1, Math.abs(want[j]))));
};

/** Log-likelihood by its definition. */
const direct = (likelihood: Likelihood, fit: Fit, y: Float64Array, options = {}): number =>
  preciseSum(likelihood.logDensity(fit.scores(X), y, options).map((log, i) => weights[i] * log));

const normalOf = (z: number): number => special.normalCdf(z);
const LINKED: readonly (readonly [string, Likelihood, (z: number) => number])[] = [
  ["poisson", likelihoods.poisson(), Math.exp],
  ["negativeBinomial", likelihoods.negativeBinomial({ dispersion: 0.5 }), Math.exp],
  ["gamma", likelihoods.gamma({ shape: 3 }), Math.exp],
  ["tweedie", likelihoods.tweedie({ power: 3, dispersion: 0.2 }), Math.exp],
  ["binomial", likelihoods.binomial({ trials }), (z) => 1 / (1 + Math.exp(-z))],
  ["laplace", likelihoods.laplace({ scale: 2 }), (z) => z],
  ["bernoulli", likelihoods.bernoulli(), (z) => 1 / (1 + Math.exp(-z))],
  ["probit", likelihoods.bernoulli({ link: "probit" }), normalOf],
  ["complementary log-log", likelihoods.bernoulli({ link: "complementaryLogLog" }), (z) => -Math.expm1(-Math.exp(z))],
];

describe.each(LINKED)("%s", (name, likelihood, inverse) => {
  const y = drawn(likelihood);
  const data = dataset(X, y, { weights });
  const fit = map({ data, likelihood, prior: priors.normal({ sd: 2 }) });

  test("a fit predicts by the inverse link, from its JSON too", () => {
    const scores = fit.scores(fresh);
    const again = fitFromJSON(JSON.stringify(fit));
    expect(again.link).toBe(likelihood.link);
    for (const one of [fit, again]) {
      const predicted = one.predict(fresh);
      scores.forEach((z, i) => {
        if (likelihood.name === "bernoulli") {
          expect(predicted[i]).toBe(inverse(z) >= 0.5 ? 1 : 0);
          within(one.predictProbabilities(fresh)[i], inverse(z), 1e-14);
        } else within(predicted[i] as number, inverse(z), 1e-14 * Math.max(1, Math.abs(inverse(z))));
      });
      if (likelihood.name !== "bernoulli" && name !== "binomial")
        expect(() => one.predictProbabilities(fresh)).toThrow(/one to classes/);
    }
  });

  test("its log-likelihood is the sum of the log densities", () => {
    const want = direct(likelihood, fit, y);
    within(fit.logLikelihood!, want, 1e-11 * Math.abs(want));
  });

  test("maximum likelihood is empirical risk: the same bits, and J·m + ℓ = 0", () => {
    if (!likelihood.loss.traits.smooth) return;
    const a = mle({ data, likelihood });
    const b = erm({ data, loss: likelihood.loss });
    const phi = likelihood.dispersion!;
    if (phi === 1)
      expectBits(bits(a.coefficients, a.intercept, a.objective), bits(b.coefficients, b.intercept, b.objective));
    else closeTo(a, b, 1e-7);
    expect(b.link).toBe(a.link);
    const target = objective({ data, likelihood });
    const theta = Float64Array.from(parameters(a));
    const whole = target.value(theta) * data.totalWeight + target.constant();
    within(whole, -a.logLikelihood!, 1e-12 * Math.abs(whole));
  });
});

describe("binomial", () => {
  const likelihood = likelihoods.binomial({ trials });
  const y = drawn(likelihood);
  const data = dataset(X, y);

  test("counts of successes are as many rows of a Bernoulli target", () => {
    const single = mle({
      data: dataset(
        X,
        y.map((count, i) => count / trials[i]),
        { weights: trials },
      ),
      likelihood: likelihoods.bernoulli(),
    });
    const fit = mle({ data, likelihood });
    closeTo(fit, single);
    expect(
      mle({
        data: dataset(
          X,
          y.map((v, i) => v / trials[i]),
          { weights: trials },
        ),
        likelihood: likelihoods.bernoulli(),
      }).logLikelihood,
    ).toBeNull();
    within(fit.logLikelihood!, preciseSum(likelihood.logDensity(fit.scores(X), y)), 1e-11);
  });

  test("one number for all rows and the same number for each state the same", () => {
    const same = new Float64Array(rows).fill(12);
    const one = likelihoods.binomial({ trials: 12 });
    const each = likelihoods.binomial({ trials: same });
    expectBits(bits(one.loss.gradient(score, y)), bits(each.loss.gradient(score, y)));
    expectBits(bits(one.loss.each(score, y)), bits(each.loss.each(score, y)));
    expectBits(bits(one.loss.hessian(score, y, { weights })), bits(each.loss.hessian(score, y, { weights })));
    expectBits(bits(one.sample(score, random(2))), bits(each.sample(score, random(2))));
    const [a, b] = [one, each].map((own) => mle({ data, likelihood: own }));
    expectBits(bits(a.coefficients, a.intercept, a.objective), bits(b.coefficients, b.intercept, b.objective));
  });

  test("the value on the fit's own scores is the objective's", () => {
    const target = objective({ data, likelihood });
    const theta = Float64Array.of(0.2, 1, -0.5);
    expect(likelihood.loss.value(target.bound.scores(theta), y)).toBe(target.value(theta));
  });

  test("trials go with their rows through batches", () => {
    const target = objective({ data, likelihood });
    const theta = Float64Array.of(0.2, 1, -0.5);
    const picked = [3, 11, 40];
    const want =
      preciseSum(
        picked.map((i) => softplus(target.bound.scores(theta)[i]) * trials[i] - y[i] * target.bound.scores(theta)[i]),
      ) / 3;
    within(target.evaluate(theta, null, { rows: picked }), want, 1e-14 * Math.abs(want));
  });

  test("all successes beside none separate; a count between does not", () => {
    const x = [[-2], [-1], [1], [2]];
    const by = (successes: number[]): Fit =>
      mle({ data: dataset(x, successes), likelihood: likelihoods.binomial({ trials: [3, 4, 5, 6] }) });
    expect(by([0, 0, 5, 6]).status).toBe("separated");
    expect(by([0, 1, 5, 6]).status).toBe("quasi-separated");
    expect(by([1, 1, 5, 6]).status).toBe("converged");
    expect(by([0, 3, 1, 6]).status).toBe("converged");
  });

  test("refuses other rows, more successes than trials, and trials that are none", () => {
    expect(() => mle({ data: dataset(X.slice(1), y.slice(1)), likelihood })).toThrow(
      /60 rows, as the loss was made for/,
    );
    expect(() => likelihood.loss.value(score.slice(1), y.slice(1))).toThrow(RangeError);
    expect(() => likelihood.mean([0])).toThrow(/"scores" expected 60 numbers/);
    expect(() => likelihoods.binomial({ trials: [3, 2] }).logDensity([0, 0], [1, 3])).toThrow(/0\.\.2.*got 3 at row 1/);
    expect(() => likelihoods.binomial({ trials: 3 }).logDensity([0], [1.5])).toThrow(/whole number/);
    for (const bad of [0, 1.5, -1, NaN, Infinity]) {
      expect(() => likelihoods.binomial({ trials: bad })).toThrow(RangeError);
      expect(() => likelihoods.binomial({ trials: [1, bad] })).toThrow(/at row 1/);
    }
  });
});

describe("poisson", () => {
  const exposure = source.uniform(rows, 0.5, 20);
  const likelihood = likelihoods.poisson({ exposure });
  const y = drawn(likelihood);

  test("an exposure is an offset of its logarithm; the fit predicts rates", () => {
    const fit = mle({ data: dataset(X, y), likelihood });
    const offset = exposure.map(Math.log);
    const other = mle({ data: dataset(X, y, { offset }), likelihood: likelihoods.poisson() });
    closeTo(fit, other);
    within(fit.logLikelihood!, other.logLikelihood!, 1e-10 * Math.abs(other.logLikelihood!));
    const means = other.predict(X, { offset }) as Float64Array;
    const rates = fit.predict(X) as Float64Array;
    rates.forEach((rate, i) => within(rate * exposure[i], means[i], 1e-8 * means[i]));
  });

  test("fractions have a loss and no density", () => {
    const fit = mle({
      data: dataset(
        X,
        y.map((v) => v + 0.5),
      ),
      likelihood,
    });
    expect(fit.status).toBe("converged");
    expect(fit.logLikelihood).toBeNull();
    expect(() => likelihoods.poisson().logDensity([0, 0], [1, 0.5])).toThrow(/whole number.*got 0\.5 at row 1/);
  });
});

describe("gamma", () => {
  const y = drawn(likelihoods.gamma({ shape: 3 }));
  const data = dataset(X, y, { weights });

  test("without shape it is estimated: no other makes the data more probable", () => {
    const likelihood = likelihoods.gamma();
    const fit = mle({ data, likelihood });
    closeTo(fit, mle({ data, likelihood: likelihoods.gamma({ shape: 7 }) }), 1e-7);
    const total = likelihood.loss.value(fit.scores(X), y, { weights, reduction: "sum" });
    const phi = likelihood.estimate(total, y, weights, data.totalWeight)!;
    const best = direct(likelihood, fit, y, { dispersion: phi });
    within(fit.logLikelihood!, best, 1e-11 * Math.abs(best));
    for (const factor of [0.999, 1.001])
      expect(direct(likelihood, fit, y, { dispersion: phi * factor })).toBeLessThan(best);
    expect(() => map({ data, likelihood, prior: priors.normal({ sd: 1 }) })).toThrow(
      /a known dispersion beside a prior/,
    );
  });

  test.each([1e-4, 0.3, 1, 19.9, 20.1, 1e3, 1e8])("a shape of %f is found again from its gap", (shape) => {
    const gap = shape > 1e6 ? 1 / (2 * shape) + 1 / (12 * shape * shape) : Math.log(shape) - special.digamma(shape);
    // With Σℓ = gap + 1 and ln y = 0 in one row.
    const phi = likelihoods.gamma().estimate(1 + gap, Float64Array.of(1), null, 1)!;
    within(phi * shape, 1, 4e-15 * (shape + 1 / gap) + 1e-12);
  });
});

describe("tweedie", () => {
  const likelihood = likelihoods.tweedie({ power: 1.5, dispersion: 0.8 });

  test("between 1 and 2: samples with zeros, their mean and variance, a fit, and no density by name", () => {
    const n = 40_000;
    const z = 0.7;
    const sample = likelihood.sample(new Float64Array(n).fill(z), random(31));
    const mean = Math.exp(z);
    const variance = 0.8 * Math.exp(1.5 * z);
    within(preciseSum(sample) / n, mean, 5 * Math.sqrt(variance / n));
    within(preciseSum(sample.map((y) => (y - mean) ** 2)) / n, variance, 0.05 * variance);
    const none = Math.exp(-Math.exp(0.5 * z) / (0.8 * 0.5));
    within(sample.filter((y) => y === 0).length / n, none, 5 * Math.sqrt(none / n));
    expect(() => likelihood.logDensity([0], [1])).toThrow(/"power" expected 1, 2 or 3 for a density.*got 1\.5/);
    expect(() => likelihood.constant([1])).toThrow(RangeError);
    const fit = mle({ data: dataset(X, drawn(likelihood)), likelihood });
    expect(fit.status).toBe("converged");
    expect(fit.logLikelihood).toBeNull();
    expect(() => likelihoods.tweedie({ power: 4, dispersion: 1 }).sample([0], random(1))).toThrow(/for a sample/);
  });

  test("its dispersion may stay open, but not be another than 1 for a Poisson", () => {
    const open = likelihoods.tweedie({ power: 3 });
    expect(open.dispersion).toBeNull();
    const y = drawn(likelihoods.tweedie({ power: 3, dispersion: 0.2 }));
    const fit = mle({ data: dataset(X, y, { weights }), likelihood: open });
    const total = open.loss.value(fit.scores(X), y, { weights, reduction: "sum" });
    const phi = open.estimate(total, y, weights, preciseSum(weights))!;
    const best = direct(open, fit, y, { dispersion: phi });
    within(fit.logLikelihood!, best, 1e-9 * Math.abs(best));
    for (const factor of [0.99, 1.01]) expect(direct(open, fit, y, { dispersion: phi * factor })).toBeLessThan(best);
    expect(() => likelihoods.tweedie({ power: 1, dispersion: 2 })).toThrow(RangeError);
  });
});

describe("negative binomial without a dispersion", () => {
  const open = likelihoods.negativeBinomial();

  test("has a density for a given one, and nothing to fit by", () => {
    const known = likelihoods.negativeBinomial({ dispersion: 0.7 });
    const y = drawn(known);
    const options = { dispersion: 0.7 };
    expectBits(bits(open.logDensity(score, y, options)), bits(known.logDensity(score, y)));
    expectBits(bits(open.sample(score, random(1), options)), bits(known.sample(score, random(1))));
    expectBits(bits(open.variance(score, options)), bits(known.variance(score)));
    expect(() => open.logDensity(score, y)).toThrow(/"dispersion"/);
    expect(() => mle({ data: dataset(X, y), likelihood: open })).toThrow(/a known dispersion: negativeBinomial/);
  });
});

describe("ordinal", () => {
  const thresholds = [-1, 0.25, 1.5];
  const likelihood = likelihoods.ordinal({ classes: 4, thresholds });
  const y = drawn(likelihood);

  test("a fit gives the probabilities of all classes, and the most probable", () => {
    const fit = mle({ data: dataset(X, y), likelihood });
    expect(fit.status).toBe("converged");
    for (const one of [fit, fitFromJSON(JSON.stringify(fit))]) {
      const probabilities = one.predictProbabilities(fresh);
      expectBits(bits(probabilities), bits(likelihood.mean(fit.scores(fresh))));
      const predicted = one.predict(fresh);
      fresh.forEach((_, i) => {
        const row = Array.from(probabilities.subarray(4 * i, 4 * i + 4));
        within(preciseSum(row), 1, 1e-15);
        expect(predicted[i]).toBe(row.indexOf(Math.max(...row)));
      });
    }
  });

  test("of two classes it is logistic regression", () => {
    const two = likelihoods.ordinal({ classes: 2, thresholds: [0.5] });
    const labels = y.map((k) => Number(k > 1));
    const fit = mle({ data: dataset(X, labels), likelihood: two });
    const other = mle({ data: dataset(X, labels), likelihood: likelihoods.bernoulli() });
    within(fit.intercept - 0.5, other.intercept, 1e-9);
    fit.coefficients.forEach((value, j) => within(value, other.coefficients[j], 1e-9));
    within(fit.logLikelihood!, other.logLikelihood!, 1e-11);
  });

  test("keeps its digits where classes are narrow and scores far", () => {
    const narrow = likelihoods.ordinal({ classes: 3, thresholds: [0, 1e-12] });
    within(narrow.logDensity([0], [1])[0], Math.log(0.25e-12), 1e-14 * 29);
    within(narrow.logDensity([50], [1])[0], Math.log(1e-12) - 50, 1e-13 * 77);
    within(likelihood.mean([60])[0], Math.exp(-61), 1e-14 * Math.exp(-61));
    within(likelihood.variance([60])[3], Math.exp(-58.5), 1e-10 * Math.exp(-58.5));
  });

  test("samples have its probabilities", () => {
    const n = 20_000;
    const counts = new Float64Array(4);
    for (const k of likelihood.sample(new Float64Array(n).fill(0.4), random(37))) counts[k]++;
    likelihood.mean([0.4]).forEach((p, k) => within(counts[k] / n, p, 4.5 * Math.sqrt(p / n)));
  });

  test("no optimum where all rows are in the last class", () => {
    const fit = mle({ data: dataset(X, new Float64Array(rows).fill(3)), likelihood });
    expect(fit.converged).toBe(false);
  });

  test("refuses thresholds that are none", () => {
    const make =
      (own: unknown, classes = 3) =>
      () =>
        likelihoods.ordinal({ classes, thresholds: own as number[] });
    expect(make([1, 1])).toThrow(/a number > 1, the one before, got 1 at row 1/);
    expect(make([1])).toThrow(/2 numbers/);
    expect(make([0, NaN])).toThrow(/finite/);
    expect(make("ab")).toThrow(TypeError);
    expect(() => likelihood.logDensity([0], [1.5])).toThrow(/0\.\.3/);
  });
});

describe("several scores or labels a row", () => {
  test("categorical: samples and variances", () => {
    const likelihood = likelihoods.categorical({ classes: 3 });
    const n = 20_000;
    const z = [0.5, -1, 1];
    const scores = Float64Array.from({ length: 3 * n }, (_, i) => z[i % 3]);
    const counts = new Float64Array(3);
    for (const k of likelihood.sample(scores, random(41))) counts[k]++;
    const p = likelihood.mean(z);
    p.forEach((value, k) => within(counts[k] / n, value, 4.5 * Math.sqrt(value / n)));
    likelihood.variance(z).forEach((v, k) => within(v, p[k] * (1 - p[k]), 1e-15));
    within(likelihood.variance([40, 0, 0])[0], 2 * Math.exp(-40), 1e-13 * Math.exp(-40));
    expect(likelihood.sample([NaN, 0, 1, -Infinity, 5, -Infinity], random(1))).toEqual(Float64Array.of(NaN, 1));
  });

  test("labels: as many Bernoulli targets", () => {
    const likelihood = losses.multiLabelCrossEntropy({ labels: 2 }).likelihood!;
    expectBits(bits(likelihood.mean([1, -2])), bits(sigmoid([1, -2])));
    const log = likelihood.logDensity([1, -2, 0, 0], [1, 0, 1, 1]);
    within(log[0], -(softplus(-1) + softplus(-2)), 1e-15);
    expect(() => likelihood.logDensity([1, -2], [1, 0.5])).toThrow(
      /0 or 1 for a likelihood, got 0\.5 at row 0, column 1/,
    );
    expect(Array.from(likelihood.sample([800, -800], random(1)))).toEqual([1, 0]);
  });

  test("a fit of labels predicts each by itself, from its JSON too", () => {
    const y = X.flatMap(([a, b]) => [Number(a + Math.sin(9 * b) > 0), Number(b + Math.sin(9 * a) > 0)]);
    const likelihood = losses.multiLabelCrossEntropy({ labels: 2 }).likelihood!;
    const fit = mle({ data: dataset(X, y), likelihood });
    expect(fit.status).toBe("converged");
    within(fit.logLikelihood!, preciseSum(likelihood.logDensity(fit.scores(X), y)), 1e-11);
    for (const one of [fit, fitFromJSON(JSON.stringify(fit))]) {
      expectBits(bits(one.predictProbabilities(fresh)), bits(sigmoid(fit.scores(fresh))));
      expect(one.predict(fresh)).toEqual(Array.from(fit.scores(fresh), (z) => Number(z >= 0)));
    }
  });

  test("mean and variance: a Gaussian of both", () => {
    const likelihood = losses.gaussianMeanVariance().likelihood!;
    const z = [1, Math.log(4)];
    within(likelihood.logDensity(z, [3])[0], likelihoods.gaussian({ sd: 2 }).logDensity([1], [3])[0], 1e-14);
    expect(Array.from(likelihood.mean(z))).toEqual([1]);
    within(likelihood.variance(z)[0], 4, 1e-14);
  });
});

describe("probit and complementary log-log", () => {
  test("of all the same kind, separated classes have no optimum", () => {
    for (const link of ["probit", "complementaryLogLog"] as const) {
      const likelihood = likelihoods.bernoulli({ link });
      const fit = mle({ data: dataset([[-2], [-1], [1], [2]], [0, 0, 1, 1]), likelihood });
      expect(fit.status).toBe("separated");
    }
  });

  test("Newton and L-BFGS agree", () => {
    for (const link of ["probit", "complementaryLogLog"] as const) {
      const likelihood = likelihoods.bernoulli({ link });
      const data = dataset(X, drawn(likelihood), { weights });
      const [a, b] = [optimizers.newton(), optimizers.lbfgs()].map((optimizer) =>
        mle({ data, likelihood }, { optimizer }),
      );
      closeTo(a, b, 1e-6);
    }
  });

  // mpmath 1.3.0, 30 digits.
  test.each([
    ["probit", -40, 1, 804.60844201375379, -40.024968847207264, 0.99937733162140861],
    ["probit", 8, 1, 6.2209605742717861e-16, -5.0522710835368954e-15, 4.0418168668295189e-14],
    ["probit", -1e5, 1, 5000000012.431864, -100000.00001, 0.9999999999],
    ["probit", 3, 0, 6.6077262215103495, 3.2830986549304365, 0.92944081321473188],
    ["complementaryLogLog", -20, 1, 20.000000001030577, -0.99999999896942319, 1.0305768105112199e-9],
    ["complementaryLogLog", 3, 1, 1.8921786966284627e-9, -3.8005425112356633e-8, 7.2535394570773867e-7],
    ["complementaryLogLog", -800, 1, 800, -1, 0],
    ["complementaryLogLog", 800, 1, 0, 0, 0],
    ["complementaryLogLog", 3, 0, 20.085536923187668, 20.085536923187668, 20.085536923187668],
  ] as const)("%s at %f, target %f: to the digits that references have", (name, z, y, value, gradient, hessian) => {
    const loss = losses[name]();
    within(loss.value([z], [y]), value, 2e-14 * Math.abs(value) + 1e-323);
    within(loss.gradient([z], [y])[0], gradient, 2e-14 * Math.abs(gradient));
    within(loss.hessian([z], [y])[0], hessian, 2e-13 * Math.abs(hessian) + (z === -800 ? 1e-300 : 0));
  });
});

describe("custom", () => {
  const loss = losses.custom({
    name: "geometric",
    value: (z, y) => softplus(z) + y * softplus(-z),
    gradient: (z, y) => sigmoid(z) - y * sigmoid(-z),
    curvature: (z, y) => (1 + y) * sigmoid(z) * sigmoid(-z),
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true },
    domain: { has: (y) => y >= 0, text: "a count" },
  });
  const own = likelihoods.custom({
    name: "geometric",
    loss,
    constant: () => 0,
    link: "log",
    variance: (z) => Math.exp(z) * (1 + Math.exp(z)),
    draw: (z, phi, generator) => likelihoods.negativeBinomial({ dispersion: phi }).sample([z], generator)[0],
    domain: { has: Number.isInteger, text: "a whole number" },
  });
  const same = likelihoods.negativeBinomial({ dispersion: 1 });

  test("has all that the library's own have", () => {
    const y = drawn(same);
    own
      .logDensity(score, y)
      .forEach((log, i) => within(log, same.logDensity(score, y)[i], 1e-13 * (1 + Math.abs(log))));
    expectBits(bits(own.mean(score)), bits(same.mean(score)));
    expectBits(bits(own.sample(score, random(4))), bits(same.sample(score, random(4))));
    own.variance(score).forEach((v, i) => within(v, same.variance(score)[i], 1e-14 * v));
    const data = dataset(X, y);
    const prior = priors.normal({ sd: 1 });
    const [a, b] = [own, same].map((likelihood) => map({ data, likelihood, prior }));
    closeTo(a, b);
    within(a.logLikelihood!, b.logLikelihood!, 1e-10);
    expect(a.name).toBe("geometric");
    expect(Object.isFrozen(own)).toBe(true);
  });

  test("refuses what does not fit, by name", () => {
    expect(() => own.logDensity([0, 0], [1, 0.5])).toThrow(/a whole number, got 0\.5 at row 1/);
    const bad = likelihoods.custom({ name: "bad", loss, constant: () => "x" as never });
    expect(() => bad.constant([1])).toThrow(/"constant\(\)" expected a number/);
    expect(() => bad.sample([0], random(1))).toThrow(/one with draw/);
    expect(bad.variance([0])[0]).toBeNaN();
    expect(() => likelihoods.custom({ name: "n", loss: {} as never, constant: () => 0 })).toThrow(/"loss"/);
    expect(() => likelihoods.custom({ name: "n", loss: losses.gaussianMeanVariance(), constant: () => 0 })).toThrow(
      RangeError,
    );
    expect(() => likelihoods.custom({ name: "n", loss } as never)).toThrow(/"constant" expected a function/);
    expect(() => likelihoods.custom({ name: "n", loss, constant: () => 0, link: "softmax" as never })).toThrow(
      RangeError,
    );
  });
});
