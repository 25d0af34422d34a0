import { describe, expect, test } from "vitest";
import {
  crossValidate,
  dataset,
  erm,
  fitter,
  folds,
  likelihoods,
  linearRegression,
  linearSVM,
  logisticRegression,
  losses,
  penalties,
  quantileRegression,
  random,
  regularizationPath,
  selectPenalty,
} from "../../src/index.js";
import { bits, csv, expectBits, fixture, hasReference, reference, within } from "../support.js";

interface PathCase {
  readonly name: string;
  readonly data: string;
  readonly x_columns: string[];
  readonly y_column: string;
  readonly y_equals?: number;
  readonly transform?: { mean: number[]; scale: number[] };
  readonly family: string;
  readonly lambda: number[];
  readonly lambda_max: number;
  readonly params_per_lambda: number[][];
}

const { cases } = hasReference
  ? reference<{ cases: PathCase[] }>("fits/lasso_path.json")
  : fixture<{ cases: PathCase[] }>("fits/lasso_path.json");

test.each(cases.map((one) => [one.name, one] as const))("reference path: %s", (_, given) => {
  const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
  const x = table.matrix(given.x_columns, given.transform);
  const y = table.column(given.y_column);
  const likelihood = given.family === "binomial" ? likelihoods.bernoulli() : likelihoods.gaussian();
  const path = regularizationPath(x, y, { likelihood, values: given.lambda });
  within(path.lambdaMax, given.lambda_max, 1e-11 * given.lambda_max);
  given.params_per_lambda.forEach((params, k) => {
    const { status, intercept, coefficients } = path.fits[k];
    expect(status).toBe("converged");
    [intercept, ...coefficients].forEach((value, j) => {
      within(value, params[j], 1e-10 * Math.max(1, Math.abs(params[j])));
      if (j > 0) expect(value === 0).toBe(params[j] === 0);
    });
  });
});

const generator = random(51);
const next = (): number => generator.uniform() + generator.uniform() - 1;
const rows = 40;
const columns = 130;
const wide = Float64Array.from({ length: rows * columns }, next);
const y = Array.from(
  { length: rows },
  (_, i) => 2 * wide[i * columns] - wide[i * columns + 3] + wide[i * columns + 5] + 0.3 * next(),
);

describe("a path", () => {
  test.each([1, 0.5])("leaves columns out by the strong rule and ends where all of them do, alpha %s", (alpha) => {
    const path = regularizationPath(wide, y, { columns, values: 8, ratio: 0.05, alpha });
    expect(path.nonzero[0]).toBe(0);
    expect(path.nonzero[7]).toBeGreaterThan(3);
    path.fits.forEach((fit, k) => {
      const lambda = path.lambda[k];
      const penalty = penalties.elasticNet({ l1: alpha * lambda, l2: (1 - alpha) * lambda });
      const direct = linearRegression(wide, y, { columns, penalty });
      fit.coefficients.forEach((value, j) => {
        within(value, direct.coefficients[j], 1e-9);
        expect(value === 0).toBe(direct.coefficients[j] === 0);
      });
      within(fit.objective, direct.objective, 1e-13);
    });
  });

  test("of classes, with weights, an offset and standardised columns, is that of single fits", () => {
    const x = Array.from({ length: 30 }, () => [next(), 5 * next(), next() + 2]);
    const labels = x.map(([a, b]) => (a + 0.2 * b + next() > 0 ? "yes" : "no"));
    const weights = x.map((_, i) => 1 + (i % 3));
    const offset = x.map(([a]) => a / 2);
    const options = { weights, offset, standardize: true, names: ["a", "b", "c"] };
    const path = regularizationPath(x, labels, { ...options, likelihood: likelihoods.bernoulli(), values: 6 });
    path.fits.forEach((fit, k) => {
      const penalty = penalties.elasticNet({ l1: path.lambda[k], l2: 0 });
      const direct = logisticRegression(x, labels, { ...options, penalty });
      fit.coefficients.forEach((value, j) => within(value, direct.coefficients[j], 1e-9));
      expect(fit.predict(x, { offset })).toEqual(direct.predict(x, { offset }));
    });
    const three = x.map(([a], i) => (a > 0.2 ? "u" : i % 2 === 0 ? "v" : "w"));
    const softmax = regularizationPath(x, three, { likelihood: likelihoods.categorical({ classes: 3 }), values: 4 });
    expect(softmax.nonzero[0]).toBe(0);
    expect(softmax.fits.every(({ status }) => status === "converged")).toBe(true);
  });

  test("of a loss with kinks is one of linear programs", () => {
    const x = Array.from({ length: 25 }, () => [next(), next()]);
    const z = x.map(([a]) => 3 * a + next());
    const path = regularizationPath(x, z, { loss: losses.quantile({ level: 0.5 }), values: [0.2, 0.05, 0.01] });
    path.fits.forEach((fit, k) => {
      const direct = quantileRegression(x, z, { penalty: penalties.l1(path.lambda[k]) });
      within(fit.objective, direct.objective, 1e-13);
    });
  });

  test("has values evenly spaced in their logarithms, or those given", () => {
    const path = regularizationPath(wide, y, { columns, values: 5, ratio: 0.01 });
    expect(path.lambda[0]).toBe(path.lambdaMax);
    for (let k = 1; k < 5; k++) within(path.lambda[k] / path.lambda[k - 1], 0.01 ** 0.25, 1e-14);
    expect(() => regularizationPath(wide, y, { columns, values: [1, 2] })).toThrow(
      '"values" expected numbers that fall',
    );
    expect(() => regularizationPath(wide, y, { columns, values: [] })).toThrow('"values" expected at least one value');
    expect(() => regularizationPath(wide, y, { columns, alpha: 0 })).toThrow('"alpha" expected a finite number > 0');
  });

  test("is a job that tells its progress; any slicing gives the same bits", () => {
    const told: number[] = [];
    const options = { columns, values: 4, ratio: 0.2, onProgress: ({ done }: { done: number }) => told.push(done) };
    const whole = regularizationPath(wide, y, { ...options, onProgress: () => {} });
    const job = fitter(regularizationPath, wide, y, options);
    while (!job.step({ units: 3 }));
    expect(told).toEqual([1, 2, 3, 4]);
    job.result.fits.forEach((fit, k) => expectBits(bits(fit.coefficients), bits(whole.fits[k].coefficients)));
  });
});

describe("folds", () => {
  test("are even, seeded, stratified or grouped", () => {
    for (const [n, count] of [
      [10, 3],
      [7, 7],
      [101, 5],
    ] as const) {
      const sizes = new Array<number>(count).fill(0);
      folds(n, { folds: count, seed: 4 }).forEach((fold) => sizes[fold]++);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
    expect(folds(30, { seed: 1 })).toEqual(folds(30, { seed: 1 }));
    expect(folds(30, { seed: 1 })).not.toEqual(folds(30, { seed: 2 }));
    const stratify = Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? "rare" : "often"));
    const stratified = folds(60, { folds: 5, stratify });
    for (let fold = 0; fold < 5; fold++) {
      expect(stratify.filter((label, i) => label === "rare" && stratified[i] === fold).length).toBe(2);
    }
    const groups = Array.from({ length: 50 }, (_, i) => i % 11);
    const grouped = folds(50, { folds: 4, groups });
    for (let group = 0; group < 11; group++) {
      expect(new Set(grouped.filter((_, i) => groups[i] === group)).size).toBe(1);
    }
  });

  test("that make no sense are refused", () => {
    expect(() => folds(4, { folds: 5 })).toThrow('"folds" expected an integer >= 2 and <= 4, got 5');
    expect(() => folds(4, { groups: [1, 1, 1, 1] })).toThrow(
      '"groups" expected at least 4 groups, one per fold, got 1',
    );
    expect(() => folds(4, { stratify: [1, 2] })).toThrow('"stratify" expected 4 labels, one per row');
    expect(() => folds(2, { groups: [1, 2], stratify: [1, 2] })).toThrow('"groups" expected nothing beside stratify');
  });
});

describe("cross-validation", () => {
  const x = Array.from({ length: 24 }, () => [next(), 3 * next()]);
  const z = x.map(([a, b]) => a - 0.3 * b + next());
  const sides = x.map(([a], i) => (a + next() > 0 || i === 0 ? "up" : "down"));

  test("scores each row by a fit that did not see it, standardised within its fold", () => {
    const assigned = x.map((_, i) => i % 4);
    const weights = x.map((_, i) => 1 + (i % 2));
    const options = { standardize: true, penalty: penalties.l2(0.1), weights };
    const { scores, mean, standardError, predictions, fits } = crossValidate(linearRegression, x, z, options, {
      folds: assigned,
    });
    const expected = [0, 1, 2, 3].map((fold) => {
      const inside = x.map((_, i) => i).filter((i) => assigned[i] !== fold);
      const take = <T>(from: readonly T[]): T[] => inside.map((i) => from[i]);
      const fit = linearRegression(take(x), take(z), { ...options, weights: take(weights) });
      expectBits(bits(fits[fold].coefficients), bits(fit.coefficients));
      const out = x.map((_, i) => i).filter((i) => assigned[i] === fold);
      const predicted = fit.predict(out.map((i) => x[i])) as Float64Array;
      out.forEach((i, k) => expect(predictions[i]).toBe(predicted[k]));
      const total = out.reduce((sum, i) => sum + weights[i], 0);
      const loss = out.reduce((sum, i, k) => sum + (weights[i] * (z[i] - predicted[k]) ** 2) / 2, 0) / total;
      return { loss, total };
    });
    const all = expected.reduce((sum, { total }) => sum + total, 0);
    expected.forEach(({ loss }, fold) => within(scores[fold], loss, 1e-14));
    const average = expected.reduce((sum, { loss, total }) => sum + loss * total, 0) / all;
    within(mean, average, 1e-14);
    const variance = expected.reduce((sum, { loss, total }) => sum + total * (loss - average) ** 2, 0) / all;
    within(standardError, Math.sqrt(variance / 3), 1e-14);
  });

  test("of classes costs cross-entropy, wrong labels, or what one says", () => {
    const validation = { folds: 3, seed: 2, stratify: sides };
    const logistic = crossValidate(logisticRegression, x, sides, { penalty: penalties.l2(0.1) }, validation);
    const { folds: assigned, fits, scores } = logistic;
    const out = x.map((_, i) => i).filter((i) => assigned[i] === 1);
    const p = fits[1].predictProbabilities(out.map((i) => x[i]));
    const cost = out.reduce((sum, i, k) => sum - Math.log(sides[i] === "up" ? p[k] : 1 - p[k]), 0) / out.length;
    within(scores[1], cost, 1e-13);
    const svm = crossValidate(linearSVM, x, sides, {}, validation);
    const wrong = svm.predictions.filter((label, i) => label !== sides[i]).length / x.length;
    within(svm.mean, wrong, 1e-14);
    const metric = (predicted: ArrayLike<unknown>): number => predicted.length;
    expect(Array.from(crossValidate(linearSVM, x, sides, {}, { folds: 3, metric }).scores)).toEqual([8, 8, 8]);
    const byLoss = crossValidate(linearRegression, x, z, {}, { folds: 3, metric: losses.absoluteError() });
    expect(byLoss.mean).toBeGreaterThan(0);
  });

  test("refuses what makes no sense", () => {
    const run = (validation: object): unknown => crossValidate(linearRegression, x, z, {}, validation);
    expect(() => run({ folds: [0, 1] })).toThrow('"folds" expected one number per row, 24');
    expect(() => run({ folds: x.map(() => 0) })).toThrow('"folds" expected at least two folds');
    expect(() => run({ folds: x.map((_, i) => (i % 2) * 2) })).toThrow('"folds" expected at least two folds');
    expect(() => run({ metric: "accuracy" })).toThrow('"metric" expected a loss, or a function');
    expect(() => run({ metric: () => NaN })).toThrow('"metric" expected a function that gives a number');
    expect(() => crossValidate(erm as never, x, z)).toThrow('"estimator" expected a fit such as logisticRegression');
  });

  test("chooses a penalty, and a larger one within a standard error", () => {
    const options = { values: 15, folds: 4, seed: 3 };
    const selection = selectPenalty(x, z, options);
    const { path, mean, standardError, best, simplest, fit, simplestFit } = selection;
    expect(mean[best]).toBe(Math.min(...mean));
    expect(simplest).toBeLessThanOrEqual(best);
    expect(mean[simplest]).toBeLessThanOrEqual(mean[best] + standardError[best]);
    if (simplest > 0) expect(mean[simplest - 1]).toBeGreaterThan(mean[best] + standardError[best]);
    expect([fit, simplestFit]).toEqual([path.fits[best], path.fits[simplest]]);
    const k = 7;
    const penalty = penalties.l1(path.lambda[k]);
    const direct = crossValidate(linearRegression, x, z, { penalty }, { folds: Array.from(selection.folds) });
    within(direct.mean, mean[k], 1e-11);
    within(direct.standardError, standardError[k], 1e-11);
    const metric = (predicted: ArrayLike<unknown>, observed: ArrayLike<unknown>): number =>
      Array.from(observed).filter((label, i) => label !== predicted[i]).length;
    const classes = selectPenalty(x, sides, { ...options, likelihood: likelihoods.bernoulli(), metric });
    const share = x.map((_, i) => i).filter((i) => classes.folds[i] === 0);
    expect(share.filter((i) => sides[i] === "up").length).toBeGreaterThan(0);
    const job = fitter(selectPenalty, x, z, options);
    while (!job.step({ units: 10 }));
    expectBits(bits(job.result.mean), bits(mean));
    expect(dataset(x).rows).toBe(24);
  });
});
