import { describe, expect, test } from "vitest";
import { dataset, erm, likelihoods, linearRegression, losses, map, mle, penalties, priors } from "../../src/index.js";
import { draws, preciseSum, within } from "../support.js";

const source = draws(131);
const rows = 50;
const x = Array.from({ length: rows }, () => Array.from(source.normal(3)));
const noise = source.normal(rows);
const y = x.map(([a, b, c], i) => 1 + 2 * a - b + 0.5 * c + noise[i]);
const weights = source.uniform(rows, 0.2, 2);

const rss = (predicted: Float64Array, w: ArrayLike<number> | null = null): number =>
  preciseSum(Array.from(predicted, (mean, i) => (w === null ? 1 : w[i]) * (y[i] - mean) ** 2));

describe("the sd of the noise", () => {
  test.each([
    ["without weights", null],
    ["with weights", weights],
  ])("is √(RSS/W) by maximum likelihood: %s", (_, w) => {
    const options = w === null ? {} : { weights: w };
    const data = dataset(x, y, options);
    for (const fit of [linearRegression(x, y, options), mle({ data, likelihood: likelihoods.gaussian() })]) {
      const residual = rss(fit.predict(x) as Float64Array, w);
      const W = w === null ? rows : preciseSum(w);
      within(fit.sd! ** 2, residual / W, 1e-13);
      within(fit.logLikelihood!, -0.5 * W * (Math.log((2 * Math.PI * residual) / W) + 1), 1e-11);
      expect(fit.status).toBe("converged");
    }
  });

  test("if given is kept, and enters the likelihood", () => {
    const data = dataset(x, y);
    for (const fit of [linearRegression(x, y, { sd: 2 }), mle({ data, likelihood: likelihoods.gaussian({ sd: 2 }) })]) {
      expect(fit.sd).toBe(2);
      const want = -rss(fit.predict(x) as Float64Array) / 8 - rows * (0.5 * Math.log(2 * Math.PI) + Math.log(2));
      within(fit.logLikelihood!, want, 1e-11);
    }
  });

  test("is on the boundary where the model fits every row", () => {
    const exact = x.map(([a, b]) => 1 + a - b);
    const fit = mle({ data: dataset(x, exact), likelihood: likelihoods.gaussian() });
    expect(fit.status).toBe("boundary");
    expect(fit.converged).toBe(false);
    expect(fit.reason).toMatch(/sd/);
    const few = linearRegression(x.slice(0, 4), y.slice(0, 4));
    expect(few.sd).toBe(0);
    expect(few.status).toBe("boundary");
    const known = linearRegression(x.slice(0, 4), y.slice(0, 4), { sd: 1 });
    expect(known.status).toBe("converged");
    const zeros = linearRegression(
      x,
      y.map(() => 0),
    );
    expect(zeros.sd).toBe(0);
    expect(zeros.status).toBe("boundary");
    expect(Array.from(zeros.coefficients)).toEqual([0, 0, 0]);
  });
});

describe("four roads to one fit", () => {
  const prior = priors.normal({ sd: 0.5 });
  const close = (fit: { coefficients: Float64Array; intercept: number }, other: typeof fit): void => {
    within(other.intercept, fit.intercept, 1e-12);
    fit.coefficients.forEach((value, j) => within(other.coefficients[j], value, 1e-12));
  };

  test("least squares", () => {
    const data = dataset(x, y, { weights });
    const fit = linearRegression(x, y, { weights });
    close(fit, mle({ data, likelihood: likelihoods.gaussian() }));
    close(fit, mle({ data, likelihood: likelihoods.gaussian({ sd: 3 }) }));
    close(fit, erm({ data, loss: losses.squaredError() }));
  });

  test("ridge", () => {
    const data = dataset(x, y, { weights });
    const { totalWeight } = data;
    const fit = linearRegression(x, y, { weights, prior, sd: 1.5 });
    close(fit, map({ data, likelihood: likelihoods.gaussian({ sd: 1.5 }), prior }));
    close(fit, erm({ data, loss: losses.squaredError(), penalty: prior.penalty({ totalWeight, dispersion: 2.25 }) }));
    close(fit, linearRegression(x, y, { weights, penalty: penalties.l2(2.25 / (0.25 * totalWeight)) }));
  });

  test("an offset is taken off the targets, an intercept may be left out", () => {
    const offset = source.normal(rows);
    const fit = linearRegression(x, y, { offset });
    close(
      fit,
      linearRegression(
        x,
        y.map((value, i) => value - offset[i]),
      ),
    );
    close(fit, erm({ data: dataset(x, y, { offset }), loss: losses.squaredError() }));
    const through = linearRegression(x, y, { intercept: false });
    expect(through.intercept).toBe(0);
  });

  test("normal equations hold: residuals are orthogonal to every column", () => {
    const fit = linearRegression(x, y, { weights });
    const mean = fit.predict(x) as Float64Array;
    for (const column of [() => 1, ...[0, 1, 2].map((j) => (i: number) => x[i][j])]) {
      const terms = y.map((value, i) => weights[i] * (value - mean[i]) * column(i));
      within(preciseSum(terms), 0, 1e-13);
    }
  });
});

describe("columns that others determine", () => {
  const doubled = x.map(([a, b, c]) => [a, b, a + b, c]);

  test("are named and left out", () => {
    const fit = linearRegression(doubled, y, { names: ["a", "b", "sum", "c"] });
    expect(fit.status).toBe("rank-deficient");
    expect(fit.reason).toMatch(/\bsum\b/);
    expect(fit.coefficients[2]).toBe(0);
    const plain = linearRegression(x, y);
    [0, 1, 3].forEach((j, i) => within(fit.coefficients[j], plain.coefficients[i], 1e-12));
    expect(linearRegression(doubled, y, { penalty: penalties.l2(0.1) }).status).toBe("converged");
  });

  test("a constant column beside an intercept, more columns than rows", () => {
    const fit = linearRegression(
      x.map((row) => [7, ...row]),
      y,
      { names: ["seven", "a", "b", "c"] },
    );
    expect(fit.status).toBe("rank-deficient");
    expect(fit.reason).toMatch(/seven/);
    const wide = linearRegression(x.slice(0, 2), y.slice(0, 2));
    expect(["rank-deficient", "boundary"]).toContain(wide.status);
  });
});

describe("what is refused", () => {
  test("by name", () => {
    const prior = priors.normal({ sd: 1 });
    expect(() => linearRegression(x, y, { prior })).toThrow(/"sd" expected a number beside a prior/);
    expect(() => linearRegression(x, y, { prior, sd: 1, penalty: penalties.l2(1) })).toThrow(/"penalty"/);
    for (const sd of [0, -1, NaN, 1e-200]) expect(() => linearRegression(x, y, { sd })).toThrow(RangeError);
    expect(() => linearRegression(x, y.slice(1))).toThrow(RangeError);
    expect(() =>
      linearRegression(
        x,
        y.map((v, i) => (i === 3 ? NaN : v)),
      ),
    ).toThrow(/"y".*at row 3/);
    expect(() => linearRegression(x, y, { ridge: 1 } as never)).toThrow(/ridge/);
    expect(() => linearRegression(x, y, { intercept: 1 } as never)).toThrow(/"intercept"/);
    expect(() => map({ data: dataset(x, y), likelihood: likelihoods.gaussian(), prior })).toThrow(RangeError);
  });
});
