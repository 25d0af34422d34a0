import { describe, expect, test } from "vitest";
import {
  checkGradient,
  dataset,
  fitFromJSON,
  fitter,
  generalizedLinearModel,
  likelihoods,
  logisticRegression,
  losses,
  map,
  mle,
  models,
  objective,
  optimizers,
  ordinalRegression,
  penalties,
  priors,
  resume,
  verify,
} from "../../src/index.js";
import { bits, draws, exactDot, expectBits, preciseSum, within } from "../support.js";

/**
 * Satisfaction of 1681 residents with their housing, by influence, type and contact: M. Madsen, "Statistical analysis of
 * multiple contingency tables", Scand. J. Stat. 3 (1976). Counts of low, medium, high for influence low, medium, high
 * within each type within each contact.
 */
const counts = [
  ...[21, 21, 28, 34, 22, 36, 10, 11, 36, 61, 23, 17, 43, 35, 40, 26, 18, 54],
  ...[13, 9, 10, 8, 8, 12, 6, 7, 9, 18, 6, 7, 15, 13, 13, 7, 5, 11],
  ...[14, 19, 37, 17, 23, 40, 3, 5, 23, 78, 46, 43, 48, 45, 86, 15, 25, 62],
  ...[20, 23, 20, 10, 22, 24, 7, 10, 21, 57, 23, 13, 31, 21, 13, 5, 6, 13],
];
const satisfaction = counts.map((_, i) => ["low", "medium", "high"][i % 3]);
const design = counts.map((_, i) => {
  const [influence, type, contact] = [Math.floor(i / 3) % 3, Math.floor(i / 9) % 4, Math.floor(i / 36)];
  return [...[1, 2].map((k) => +(influence === k)), ...[1, 2, 3].map((k) => +(type === k)), contact];
});
const names = ["influence medium", "influence high", "apartment", "atrium", "terrace", "contact high"];
const classes = ["low", "medium", "high"];

const housing = () => ordinalRegression(design, satisfaction, { weights: counts, classes, names });

describe("the published fit of housing satisfaction", () => {
  // W. N. Venables & B. D. Ripley, Modern Applied Statistics with S, 4th ed., 2002, §7.3.
  const coefficients = [0.5664, 1.2888, -0.5724, -0.3662, -1.091, 0.3603];
  const errors = [0.10465, 0.12716, 0.11924, 0.15517, 0.15149, 0.09554];

  test("coefficients, thresholds and deviance", () => {
    const fit = housing();
    expect(preciseSum(counts)).toBe(1681);
    expect(fit.status).toBe("converged");
    coefficients.forEach((want, j) => within(fit.coefficients[j], want, 5e-5));
    within(fit.thresholds![0], -0.4961, 5e-5);
    within(fit.thresholds![1], 0.6907, 5e-5);
    within(-2 * fit.logLikelihood!, 3479.149, 5e-4);
  });

  test("standard errors from the Hessian", () => {
    const fit = housing();
    const y = satisfaction.map((label) => classes.indexOf(label));
    const target = objective({
      data: dataset(design, y, { weights: counts }),
      likelihood: likelihoods.ordinal({ classes: 3 }),
      model: models.parallel(),
    });
    const theta = Float64Array.of(...fit.thresholds!, ...fit.coefficients);
    const inverse = invert(
      target.hessian(theta).map((h) => h * 1681),
      8,
    );
    [0.1248, 0.1255].forEach((want, k) => within(Math.sqrt(inverse[k]), want, 5e-5));
    errors.forEach((want, j) => within(Math.sqrt(inverse[2 + j]), want, 5e-6));
  });
});

/** The diagonal of the inverse of a packed lower triangle, by Gauss and Jordan. */
function invert(packed: Float64Array, n: number): number[] {
  const at = (i: number, j: number): number => packed[(Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j)];
  const a = Array.from({ length: n }, (_, i) =>
    Array.from({ length: 2 * n }, (_, j) => (j < n ? at(i, j) : +(j - n === i))),
  );
  for (let p = 0; p < n; p++) {
    a[p] = a[p].map((value) => value / a[p][p]);
    for (let i = 0; i < n; i++) if (i !== p) a[i] = a[i].map((value, j) => value - a[i][p] * a[p][j]);
  }
  return a.map((row, i) => row[n + i]);
}

/** Rows of classes in order, drawn from the model itself. */
function sample(rows: number, seed: number) {
  const source = draws(seed);
  const x = source.normal(rows * 3);
  const truth = [0.8, -0.5, 0];
  const scores = Float64Array.from({ length: rows }, (_, i) => truth.reduce((z, b, j) => z + b * x[3 * i + j], 0));
  const likelihood = likelihoods.ordinal({ classes: 4, thresholds: [-1, 0.2, 1.5] });
  const y = likelihood.sample(scores, source.random);
  y.set([0, 1, 2, 3]);
  return { x, y };
}

const free = likelihoods.ordinal({ classes: 4 });
const parallel = models.parallel();

describe("thresholds as parameters", () => {
  const { x, y } = sample(200, 31);
  const weights = draws(32).uniform(200, 0.5, 2);
  const offset = draws(33).normal(200);
  const target = objective({
    data: dataset(x, y, { columns: 3, weights, offset }),
    likelihood: free,
    model: parallel,
    prior: priors.normal({ sd: 2 }),
  });

  test("gradient, Hessian and products are those of differences", () => {
    const theta = Float64Array.of(-0.8, 0.1, 1.2, 0.3, -0.2, 0.5);
    const found = checkGradient(target, theta);
    expect(found.gradient.error).toBeLessThan(1e-9);
    expect(found.hessian!.error).toBeLessThan(1e-9);
    const direction = draws(34).normal(6);
    const hessian = target.hessian(theta);
    target.hessianVector(theta, direction).forEach((value, a) => {
      const row = direction.map((d, b) => d * hessian[(Math.max(a, b) * (Math.max(a, b) + 1)) / 2 + Math.min(a, b)]);
      within(value, preciseSum(row), 1e-14);
    });
  });

  test("are the sum of the surprisals with these thresholds, whatever the slices", () => {
    const theta = Float64Array.of(-0.8, 0.1, 1.2, 0.3, -0.2, 0.5);
    const scores = weights.map((_, i) => 0.3 * x[3 * i] - 0.2 * x[3 * i + 1] + 0.5 * x[3 * i + 2] + offset[i]);
    const fixed = losses.ordinal({ classes: 4, thresholds: theta.slice(0, 3) });
    within(target.dataTerm(theta), fixed.value(scores, y, { weights, reduction: "sum" }), 1e-11);
    const sliced = target.begin(theta, 2);
    while (!sliced.advance(1));
    expectBits(
      bits(sliced.value, sliced.gradient, sliced.hessian!),
      bits(target.value(theta), target.gradient(theta), target.hessian(theta)),
    );
  });

  test("of random points are convex", () => {
    expect(target.convex).toBe(true);
    const source = draws(35);
    const point = (): Float64Array => Float64Array.of(...source.normal(3, 2).sort(), ...source.normal(3, 2));
    for (let i = 0; i < 200; i++) {
      const [a, b] = [point(), point()];
      const middle = target.value(a.map((value, j) => (value + b[j]) / 2));
      const mean = (target.value(a) + target.value(b)) / 2;
      expect(middle).toBeLessThanOrEqual(mean * (1 + 1e-14));
    }
  });

  test("that do not increase have no probability", () => {
    const crossed = Float64Array.of(0.5, 0.1, 1.2, 0.3, -0.2, 0.5);
    expect(target.value(crossed)).toBe(Infinity);
    expect(free.mean([0.5, 0.1, 1.2])).toEqual(Float64Array.of(NaN, NaN, NaN, NaN));
    expect(free.logDensity([0.5, 0.1, 1.2], [1])).toEqual(Float64Array.of(-Infinity));
  });

  test("evaluated of parts of the rows, offset and all", () => {
    const theta = Float64Array.of(-0.8, 0.1, 1.2, 0.3, -0.2, 0.5);
    const all = Array.from({ length: 200 }, (_, i) => i);
    const gradient = new Float64Array(6);
    expect(target.evaluate(theta, gradient, { rows: all })).toBe(target.value(theta));
    expectBits(bits(gradient), bits(target.gradient(theta)));
    const halves = [all.slice(0, 100), all.slice(100)].map((rows) => target.evaluate(theta, null, { rows }));
    within((halves[0] + halves[1]) / 2, target.value(theta), 1e-14);
  });
});

describe("ordinal regression", () => {
  const { x, y } = sample(300, 36);

  test("of two classes is logistic regression, its threshold the intercept with the other sign", () => {
    const two = y.map((k) => +(k > 1));
    const ordered = ordinalRegression(x, two, { columns: 3 });
    const binary = logisticRegression(x, two, { columns: 3 });
    within(ordered.thresholds![0], -binary.intercept, 1e-13);
    binary.coefficients.forEach((value, j) => within(ordered.coefficients[j], value, 1e-13));
    within(ordered.logLikelihood!, binary.logLikelihood!, 1e-12);
    expect(ordered.predict(x)).toEqual(binary.predict(x));
  });

  test("reversing the classes turns everything round", () => {
    const up = ordinalRegression(x, y, { columns: 3 });
    const down = ordinalRegression(x, y, { columns: 3, classes: [3, 2, 1, 0] });
    up.coefficients.forEach((value, j) => within(down.coefficients[j], -value, 1e-13));
    up.thresholds!.forEach((value, k) => within(down.thresholds![2 - k], -value, 1e-13));
  });

  test("without columns that tell anything the thresholds are those of the shares", () => {
    const fit = ordinalRegression(new Float64Array(300), y, { columns: 1 });
    const below = [0, 1, 2].map((k) => y.filter((value) => value <= k).length / 300);
    below.forEach((share, k) => within(fit.thresholds![k], Math.log(share / (1 - share)), 1e-13));
    const residuals = fit.predictProbabilities([[0]]).map((p, k) => p - y.filter((value) => value === k).length / 300);
    residuals.forEach((value) => within(value, 0, 1e-14));
  });

  test("standardized columns, named ones, moved ones: the same fit", () => {
    const plain = ordinalRegression(x, y, { columns: 3 });
    const moved = x.map((value, at) => 10 * value + (at % 3) * 50);
    const standardized = ordinalRegression(moved, y, { columns: 3, standardize: true });
    plain.coefficients.forEach((value, j) => within(standardized.coefficients[j], value / 10, 1e-12));
    const shift = preciseSum(standardized.coefficients.map((value, j) => value * 50 * j));
    plain.thresholds!.forEach((value, k) => within(standardized.thresholds![k], value + shift, 1e-10));
    expect(verify(standardized, dataset(moved, y, { columns: 3 })).optimal).toBe(true);
  });

  test("the three schools state the same bits", () => {
    const data = dataset(x, y, { columns: 3 });
    const prior = priors.normal({ sd: 0.5 });
    const one = map({ data, likelihood: free, model: parallel, prior });
    const other = ordinalRegression(x, y, { columns: 3, prior });
    const third = ordinalRegression(x, y, { columns: 3, penalty: prior.penalty({ totalWeight: 300 }) });
    for (const fit of [other, third]) {
      expectBits(bits(fit.coefficients, fit.thresholds!), bits(one.coefficients, one.thresholds!));
    }
    const glm = generalizedLinearModel(x, y, { columns: 3, likelihood: free });
    const mine = mle({ data, likelihood: free, model: parallel });
    expectBits(bits(glm.coefficients, glm.thresholds!), bits(mine.coefficients, mine.thresholds!));
    expect(preciseSum(one.coefficients.map((b) => b * b))).toBeLessThan(
      preciseSum(mine.coefficients.map((b) => b * b)),
    );
  });

  test("an absolute value leaves coefficients at exactly 0, bounds hold others", () => {
    const sparse = ordinalRegression(x, y, { columns: 3, penalty: penalties.l1(0.1) });
    expect(sparse.coefficients[2]).toBe(0);
    expect(sparse.coefficients[0]).toBeGreaterThan(0);
    expect(verify(sparse, dataset(x, y, { columns: 3 })).optimal).toBe(true);
    const bounded = ordinalRegression(x, y, { columns: 3, bounds: { lower: 0 } });
    expect(bounded.coefficients[1]).toBe(0);
    expect(bounded.status).toBe("converged");
  });

  test("every optimiser ends at the same", () => {
    const newton = ordinalRegression(x, y, { columns: 3 });
    for (const optimizer of [optimizers.lbfgs(), optimizers.newtonCG(), optimizers.gradientDescent()]) {
      const fit = ordinalRegression(x, y, { columns: 3, optimizer, maxIterations: 100_000 });
      fit.coefficients.forEach((value, j) => within(value, newton.coefficients[j], 1e-6));
    }
  });

  test("an offset is a column whose coefficient is 1", () => {
    const offset = x.filter((_, at) => at % 3 === 0).map((value) => 0.8 * value);
    const rest = x.filter((_, at) => at % 3 !== 0);
    const fit = ordinalRegression(rest, y, { columns: 2, offset });
    const whole = fit.scores(rest, { offset });
    fit.scores(rest, { offset: new Float64Array(300) }).forEach((z, i) => within(z + offset[i], whole[i], 1e-14));
    const flat = ordinalRegression(rest, y, { columns: 2, offset: new Float64Array(300) });
    expect(fit.logLikelihood!).toBeGreaterThan(flat.logLikelihood!);
    expect(verify(fit, dataset(rest, y, { columns: 2, offset })).optimal).toBe(true);
  });

  test("a fit goes through JSON and predicts the same bits; verify finds what was tampered with", () => {
    const labels = Array.from(y, (k) => ["a", "b", "c", "d"][k]);
    const fit = ordinalRegression(x, labels, { columns: 3 });
    const again = fitFromJSON(JSON.stringify(fit));
    expectBits(bits(again.predictProbabilities(x)), bits(fit.predictProbabilities(x)));
    expect(again.predict(x)).toEqual(fit.predict(x));
    expect(again.summary().rows.map(({ name }) => name)).toEqual(["a | b", "b | c", "c | d", "x0", "x1", "x2"]);
    const data = dataset(x, y, { columns: 3 });
    expect(verify(again, data).optimal).toBe(true);
    expect(verify({ ...fit, thresholds: fit.thresholds!.map((t) => t + 1e-6) }, data).optimal).toBe(false);
    const json = fit.toJSON() as Record<string, unknown>;
    expect(() => fitFromJSON({ ...json, thresholds: null })).toThrow(/"json.thresholds" expected/);
    expect(() => fitFromJSON({ ...json, thresholds: [0, 1] })).toThrow(/"json.classes" expected 3 labels/);
  });

  test("a stored job goes on with the same bits", () => {
    const whole = ordinalRegression(x, y, { columns: 3, prior: priors.normal({ sd: 1 }) });
    const job = fitter(ordinalRegression, x, y, { columns: 3, prior: priors.normal({ sd: 1 }) });
    job.step({ units: 6 });
    expect(job.done).toBe(false);
    const resumed = resume(JSON.stringify(job), { data: dataset(x, y, { columns: 3 }) });
    while (!resumed.step({ units: 1 }));
    expectBits(
      bits(resumed.result.coefficients, resumed.result.thresholds!),
      bits(whole.coefficients, whole.thresholds!),
    );
  });
});

describe("where no optimum exists", () => {
  const grid = Array.from({ length: 9 }, (_, i) => [i, (i * 5) % 9]);

  test("classes in order along a column are separated, and the witness proves it", () => {
    const y = grid.map((_, i) => Math.floor(i / 3));
    const fit = ordinalRegression(grid, y);
    expect(fit.status).toBe("separated");
    const [low, high, ...slopes] = fit.witness!;
    grid.forEach((row, i) => {
      if (y[i] < 2)
        expect(exactDot([1, -1, -1], [y[i] === 0 ? low : high, ...row.map((v, j) => v * slopes[j])])).toBeGreaterThan(
          0,
        );
      if (y[i] > 0)
        expect(exactDot([1, -1, -1], [y[i] === 1 ? low : high, ...row.map((v, j) => v * slopes[j])])).toBeLessThan(0);
    });
    expect(() => fit.summary()).toThrow(/no optimum/);
    expect(verify(fit, dataset(grid, y)).reason).toMatch(/no optimum/);
    const text = fitFromJSON(JSON.stringify(fit));
    expectBits(bits(text.witness!), bits(fit.witness!));
  });

  test("one threshold of several may be the one that separates", () => {
    // Whoever has x ≤ 2 is in the first class and nobody else; the other classes overlap.
    const fit = ordinalRegression(
      grid.map(([x]) => [x]),
      [0, 0, 0, 1, 2, 1, 2, 1, 2],
    );
    // The column cannot grow without order among the rest: its coefficient is held by classes 1 and 2.
    expect(fit.status).toBe("converged");
    const apart = ordinalRegression(
      grid.map(([x]) => [+(x > 2), [1, 0, 1, 0, 0, 1, 1, 0, 1][x]]),
      [0, 0, 0, 1, 2, 1, 2, 1, 2],
    );
    expect(apart.status).toBe("quasi-separated");
  });

  test("a prior gives them one", () => {
    const y = grid.map((_, i) => Math.floor(i / 3));
    const fit = ordinalRegression(grid, y, { prior: priors.normal({ sd: 2 }) });
    expect(fit.status).toBe("converged");
    expect(fit.summary().rows).toHaveLength(4);
  });

  test("a column that others determine is named", () => {
    const { x, y } = sample(100, 40);
    const tied = Array.from(y, (_, i) => [x[3 * i], 2 * x[3 * i], x[3 * i + 1]]);
    const fit = ordinalRegression(tied, y);
    expect(fit.status).toBe("rank-deficient");
    expect(fit.reason).toMatch(/x1/);
    const constant = ordinalRegression(
      Array.from(y, (_, i) => [x[3 * i], 1]),
      y,
    );
    expect(constant.status).toBe("rank-deficient");
  });
});

describe("refusals", () => {
  const x = [[1], [2], [3], [4]];

  test.each([
    ["one class", () => ordinalRegression(x, [1, 1, 1, 1]), /"y" expected labels of at least two classes/],
    [
      "a class that is absent",
      () => ordinalRegression(x, [0, 1, 0, 1], { classes: [0, 1, 2] }),
      /"y" expected every class/,
    ],
    [
      "a class of weight 0",
      () => ordinalRegression(x, [0, 1, 2, 1], { weights: [1, 1, 0, 1] }),
      /"targets" expected a row of weight > 0 of every class, also of 2/,
    ],
    ["no intercept", () => ordinalRegression(x, [0, 1, 2, 1], { intercept: false }), /"intercept" expected nothing/],
    [
      "an intercept that is none",
      () => ordinalRegression(x, [0, 1, 2, 1], { intercept: 1 as never }),
      /"intercept" expected/,
    ],
    ["mixed labels", () => ordinalRegression(x, [0, "1", 2, 1]), /"y" expected labels that are all/],
    ["too few labels", () => ordinalRegression(x, [0, 1, 2]), /"y" expected 4 rows/],
    [
      "an offset of another length",
      () => ordinalRegression(x, [0, 1, 2, 1], { offset: [1, 2, 3, 4, 5, 6, 7, 8] }),
      /"offset" expected 4 numbers/,
    ],
    [
      "thresholds without their model",
      () => mle({ data: dataset(x, [0, 1, 2, 1]), likelihood: likelihoods.ordinal({ classes: 3 }) }),
      /"model" expected models.parallel\(\)/,
    ],
    [
      "the model without thresholds",
      () => mle({ data: dataset(x, [0, 1, 0, 1]), likelihood: likelihoods.bernoulli(), model: models.parallel() }),
      /"model" expected nothing with thresholds/,
    ],
    [
      "a start that crosses",
      () => ordinalRegression(x, [0, 1, 2, 1], { start: [1, 0] }),
      /"start" expected an array of length 3/,
    ],
    [
      "a class that the data lack",
      () =>
        mle({
          data: dataset(x, [0, 1, 0, 1]),
          likelihood: likelihoods.ordinal({ classes: 3 }),
          model: models.parallel(),
        }),
      /every class, also of 2/,
    ],
  ] as const)("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });

  test("a start whose thresholds do not increase is a result, not a number", () => {
    const fit = ordinalRegression(x, [0, 1, 2, 1], { start: [1, 0, 0] });
    expect(fit.converged).toBe(false);
    expect(fit.status).toBe("diverged");
  });
});
