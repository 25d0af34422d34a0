import { describe, expect, test } from "vitest";
import {
  checkGradient,
  dataset,
  likelihoods,
  logisticRegression,
  map,
  minimizer,
  models,
  objective,
  priors,
} from "../../src/index.js";
import { bits, draws, expectBits, within } from "../support.js";

const prior = priors.firth();

describe("Firth's prior", () => {
  test("adds one half to each cell of a two by two table, separable or not", () => {
    for (const [a, b, c, d] of [
      [3, 0, 0, 3],
      [5, 2, 1, 7],
      [1, 0, 4, 2],
    ]) {
      const x = [...new Array<number>(a + b).fill(0), ...new Array<number>(c + d).fill(1)];
      const y = [...new Array<number>(a).fill(0), ...new Array<number>(b).fill(1)];
      y.push(...new Array<number>(c).fill(0), ...new Array<number>(d).fill(1));
      const fit = logisticRegression(x, y, { columns: 1, prior });
      expect(["converged", "stationary"]).toContain(fit.status);
      within(fit.intercept, Math.log((b + 0.5) / (a + 0.5)), 1e-7);
      within(fit.intercept + fit.coefficients[0], Math.log((d + 0.5) / (c + 0.5)), 1e-7);
    }
  });

  test("of an intercept alone is half an observation of each kind", () => {
    const ones = [[1], [1], [1], [1], [1]];
    const model = models.linear({ intercept: false });
    const binary = map({ data: dataset(ones, [1, 1, 1, 1, 1]), model, likelihood: likelihoods.bernoulli(), prior });
    within(binary.coefficients[0], Math.log(5.5 / 0.5), 1e-7);
  });

  test("has the gradient that differences give, with weights and offset", () => {
    const source = draws(410);
    const data = dataset(source.normal(30 * 3), source.classes(30, 2), {
      columns: 3,
      weights: source.uniform(30, 0, 2),
      offset: source.normal(30, 0.3),
    });
    const target = objective({ data, likelihood: likelihoods.bernoulli(), prior });
    for (let i = 0; i < 5; i++) {
      expect(checkGradient(target, source.normal(4, 0.5)).gradient.error).toBeLessThan(1e-9);
    }
  });

  test("does not depend on units: scaling a column scales its coefficient", () => {
    const x = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4];
    const y = [0, 0, 0, 0, 1, 1, 1, 1];
    const fit = logisticRegression(x, y, { columns: 1, prior });
    const scaled = logisticRegression(
      x.map((value) => 100 * value),
      y,
      { columns: 1, prior },
    );
    within(scaled.coefficients[0] * 100, fit.coefficients[0], 1e-5);
    expect(fit.prior).toBe("firth");
  });

  test("gives the same bits in any slices", () => {
    const source = draws(411);
    const data = dataset(source.normal(500 * 3), source.classes(500, 2), { columns: 3 });
    const target = objective({ data, likelihood: likelihoods.bernoulli(), prior });
    const jobs = [1, 3, Infinity].map((units) => {
      const job = minimizer(target);
      while (!job.step({ units }));
      return bits(job.result.parameters, job.result.value);
    });
    expectBits(jobs[1], jobs[0]);
    expectBits(jobs[2], jobs[0]);
  });

  test("refuses what it cannot do, by name", () => {
    const data = dataset([[1], [2], [4]], [0, 1, 1]);
    expect(() => objective({ data, likelihood: likelihoods.gaussian({ sd: 1 }), prior })).toThrow(
      /^"prior" expected likelihoods\.bernoulli\(\) with the logit link or poisson\(\) for firth, got "gaussian"$/,
    );
    const collinear = dataset(
      [
        [1, 2],
        [2, 4],
        [4, 8],
      ],
      [0, 1, 1],
    );
    expect(() => objective({ data: collinear, likelihood: likelihoods.bernoulli(), prior })).toThrow(
      /^"data" expected columns that are not collinear/,
    );
    expect(() => prior.penalty({ totalWeight: 3 })).toThrow(TypeError);
    expect(() => prior.logDensity([1])).toThrow(TypeError);
  });
});
