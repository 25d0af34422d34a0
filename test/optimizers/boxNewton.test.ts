import { describe, expect, test } from "vitest";
import {
  type MinimizeOptions,
  fitter,
  linearRegression,
  logisticRegression,
  minimize,
  minimizer,
  optimizers,
  penalties,
  priors,
  resume,
  softmaxRegression,
} from "../../src/index.js";
import { factorLdlt } from "../../src/linalg/ldlt.js";
import { clampToBox, isHeld, minimizeInBox } from "../../src/optimizers/boxModel.js";
import { draws, within } from "../support.js";

const source = draws(4203);

/** AᵀA of random A, as a packed lower triangle. */
function gram(size: number, rows: number): Float64Array {
  const a = Array.from({ length: rows }, () => source.normal(size));
  const out: number[] = [];
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) out.push(a.reduce((sum, row) => sum + row[i] * row[j], 0));
  return Float64Array.from(out);
}

const entry = (h: Float64Array, a: number, b: number): number =>
  h[(Math.max(a, b) * (Math.max(a, b) + 1)) / 2 + Math.min(a, b)];

function value(h: Float64Array, g: Float64Array, x: ArrayLike<number>): number {
  let sum = 0;
  for (let a = 0; a < g.length; a++) {
    sum += g[a] * x[a];
    for (let b = 0; b < g.length; b++) sum += 0.5 * entry(h, a, b) * x[a] * x[b];
  }
  return sum;
}

/** The least value over all 3^d ways to put coordinates on bounds. */
function exhaustive(h: Float64Array, g: Float64Array, lower: Float64Array, upper: Float64Array): number {
  const d = g.length;
  let best = Infinity;
  for (let code = 0; code < 3 ** d; code++) {
    const x = new Float64Array(d);
    const free: number[] = [];
    for (let j = 0, rest = code; j < d; j++, rest = Math.floor(rest / 3)) {
      if (rest % 3 === 0) free.push(j);
      else x[j] = rest % 3 === 1 ? lower[j] : upper[j];
    }
    if (x.some((v) => !Number.isFinite(v))) continue;
    const part = Float64Array.from(free.flatMap((j, a) => free.slice(0, a + 1).map((k) => entry(h, j, k))));
    const rhs = Float64Array.from(free, (j) => -g[j] - x.reduce((sum, v, k) => sum + entry(h, j, k) * v, 0));
    factorLdlt(part, free.length).solve(rhs, rhs);
    free.forEach((j, a) => (x[j] = rhs[a]));
    if (free.some((j) => x[j] < lower[j] || x[j] > upper[j])) continue;
    best = Math.min(best, value(h, g, x));
  }
  return best;
}

describe("the minimum of a quadratic in a box", () => {
  test.each(Array.from({ length: 40 }, (_, i) => [i]))("is the least of all sets of bounds, case %i", () => {
    const d = 1 + Math.floor(5 * source.random.uniform());
    const h = gram(d, d + 2);
    const g = source.normal(d, 3);
    const ends = [source.normal(d), source.normal(d)];
    const lower = ends[0].map((v, j) => (source.random.uniform() < 0.2 ? -Infinity : Math.min(v, ends[1][j])));
    const upper = ends[1].map((v, j) => (source.random.uniform() < 0.2 ? Infinity : Math.max(v, ends[0][j])));
    const start = clampToBox({ lower, upper }, new Float64Array(d));
    const slope = g.map((v, j) => v + start.reduce((sum, x, k) => sum + entry(h, j, k) * x, 0));
    const x = minimizeInBox(h, slope, start, { lower, upper });
    x.forEach((v, j) => expect(v >= lower[j] && v <= upper[j]).toBe(true));
    const want = exhaustive(h, g, lower, upper);
    within(value(h, g, x), want, 1e-11 * Math.max(1, Math.abs(want)));
    const at = g.map((v, j) => v + x.reduce((sum, b, k) => sum + entry(h, j, k) * b, 0));
    at.forEach((s, j) => isHeld({ lower, upper }, j, x[j], s) || within(s, 0, 1e-11 * (1 + Math.abs(g[j]))));
  });

  test("a coordinate that is fixed stays", () => {
    const box = { lower: Float64Array.of(1, -9), upper: Float64Array.of(1, 9) };
    const x = minimizeInBox(Float64Array.of(2, 1, 2), Float64Array.of(5, -3), Float64Array.of(1, 0), box);
    expect(Array.from(x)).toEqual([1, 1.5]);
  });
});

const rows = 80;
const x = Array.from({ length: rows }, () => Array.from(source.normal(5)));
const noise = source.normal(rows);
const y = x.map((row, i) => 1 + row[0] - 2 * row[1] + 0.2 * row[3] + noise[i]);

describe("fits within bounds", () => {
  test("non-negative least squares is least squares on its support, and the rest would be negative", () => {
    const fit = linearRegression(x, y, { bounds: { lower: 0 } });
    expect(fit.status).toBe("converged");
    const support = [0, 1, 2, 3, 4].filter((j) => fit.coefficients[j] > 0);
    expect(support.length).toBeGreaterThan(0);
    expect(support.length).toBeLessThan(5);
    const free = linearRegression(
      x.map((row) => support.map((j) => row[j])),
      y,
    );
    support.forEach((j, a) => within(fit.coefficients[j], free.coefficients[a], 1e-13));
    const residuals = (fit.predict(x) as Float64Array).map((mean, i) => mean - y[i]);
    [0, 1, 2, 3, 4].forEach((j) => {
      const slope = residuals.reduce((sum, r, i) => sum + r * x[i][j], 0);
      if (support.includes(j)) within(slope, 0, 1e-11);
      else {
        expect(Object.is(fit.coefficients[j], 0)).toBe(true);
        expect(slope).toBeGreaterThan(0);
      }
    });
  });

  test("bounds that are not met change nothing", () => {
    const free = linearRegression(x, y);
    const fit = linearRegression(x, y, { bounds: { lower: -10, upper: [10, 10, 10, 10, Infinity] } });
    fit.coefficients.forEach((b, j) => within(b, free.coefficients[j], 1e-13));
  });

  test("act on the columns as given, standardized or not", () => {
    const wide = x.map((row) => row.map((v, j) => v * 10 ** j + j));
    const bounds = { lower: -0.001, upper: [0.5, 0, 1, 1, 1] };
    const fit = linearRegression(wide, y, { bounds });
    const standard = linearRegression(wide, y, { bounds, standardize: true });
    fit.coefficients.forEach((b, j) => within(standard.coefficients[j], b, 1e-12));
    expect(fit.coefficients[0]).toBe(0.5);
  });

  test("go with a prior, an offset, weights, and other likelihoods", () => {
    const labels = y.map((v) => v > 1);
    const bounds = { lower: -1, upper: 1 };
    const options = {
      bounds,
      prior: priors.normal({ sd: 3 }),
      weights: source.uniform(rows, 0, 2),
      offset: source.normal(rows),
    };
    const fit = logisticRegression(x, labels, options);
    expect(fit.status).toBe("converged");
    expect(fit.coefficients.some((b) => Math.abs(b) === 1)).toBe(true);
    const job = fitter(logisticRegression, x, labels, options);
    while (!job.step({ units: 1 }));
    expect(JSON.stringify(job.result)).toBe(JSON.stringify(fit));
  });

  test("bounds keep a separated fit finite where they stop its direction", () => {
    const fit = logisticRegression([[1], [2], [3], [4]], [0, 0, 1, 1], { bounds: { upper: 2 } });
    expect(fit.status).toBe("converged");
    expect(fit.coefficients[0]).toBe(2);
    expect(logisticRegression([[1], [2], [3], [4]], [0, 0, 1, 1], { bounds: { lower: 2 } }).status).toBe("separated");
  });

  test("a stored job goes on, its bounds given again", () => {
    const bounds = { lower: 0 };
    const job = fitter(linearRegression, x, y, { bounds });
    job.step({ units: 2 });
    const resumed = resume(JSON.stringify(job), { x, y, bounds });
    while (!resumed.step({ units: 1 }));
    expect(JSON.stringify(resumed.result)).toBe(JSON.stringify(linearRegression(x, y, { bounds })));
  });

  test.each([
    [
      "an empty box",
      () => linearRegression(x, y, { bounds: { lower: 1, upper: [2, 2, 0, 2, 2] } }),
      /"bounds.upper" expected numbers >= those of lower, got 0 at row 2/,
    ],
    [
      "too few",
      () => linearRegression(x, y, { bounds: { lower: [0] } }),
      /"bounds.lower" expected one number per coefficient, 5/,
    ],
    ["NaN", () => linearRegression(x, y, { bounds: { lower: NaN } }), /"bounds.lower" expected a number/],
    [
      "beside L1",
      () => linearRegression(x, y, { bounds: { lower: 0 }, penalty: penalties.l1(1) }),
      /"bounds" expected nothing beside an L1/,
    ],
    [
      "several scores",
      () =>
        softmaxRegression(
          x,
          y.map((v) => v > 0),
          { bounds: { lower: 0 } },
        ),
      /"bounds" expected nothing for a model with several/,
    ],
    [
      "another optimizer",
      () => linearRegression(x, y, { bounds: { lower: 0 }, optimizer: optimizers.newton() }),
      /optimizer "newton" knows no bounds/,
    ],
  ])("%s is refused", (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe("a function within bounds", () => {
  /** Rosenbrock's valley. */
  const valley = {
    size: 2,
    convex: false,
    value: ([a, b]: Float64Array) => (1 - a) * (1 - a) + 100 * (b - a * a) * (b - a * a),
    gradient: ([a, b]: Float64Array) => [-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)],
    hessian: ([a, b]: Float64Array) => [2 - 400 * (b - 3 * a * a), -400 * a, 200],
  };
  const run = (bounds: object, options: MinimizeOptions = {}) => minimize({ ...valley, bounds }, options);

  test("ends at its minimum where that lies inside, on the bound where not", () => {
    const inside = run({ lower: [-2, -2], upper: [2, 2] }, { start: [-1.2, 1] });
    within(inside.parameters[0], 1, 1e-12);
    const edge = run({ upper: [0.5, 2] }, { start: [-1.2, 1] });
    expect(edge.parameters[0]).toBe(0.5);
    within(edge.parameters[1], 0.25, 1e-12);
    expect(edge.optimizer).toBe("boxNewton");
    expect(edge.choice).toMatch(/bounds/);
  });

  test("a start outside is moved in; no iterate leaves", () => {
    const seen: Float64Array[] = [];
    const guarded = {
      ...valley,
      bounds: { lower: [0, 0], upper: [0.5, 2] },
      value: (at: Float64Array) => (seen.push(at.slice()), valley.value(at)),
    };
    minimize(guarded, { start: [-5, 7] });
    for (const [a, b] of seen) expect(a >= 0 && a <= 0.5 && b >= 0 && b <= 2).toBe(true);
    expect(Array.from(seen[0])).toEqual([0, 2]);
  });

  test("sliced, stored and resumed it gives the same bits", () => {
    const target = { ...valley, bounds: { upper: [0.5, 2] } };
    const whole = minimize(target, { start: [-1.2, 1] });
    let job = minimizer(target, { start: [-1.2, 1] });
    while (!job.step({ units: 1 })) job = resume(JSON.stringify(job), { objective: target });
    expect(Array.from(job.result.parameters)).toEqual(Array.from(whole.parameters));
  });

  test("an empty or incomplete box is refused", () => {
    expect(() => run({ lower: [3, 3], upper: [2, 4] })).toThrow(
      /"objective.bounds.upper" expected a number >= 3, got 2 at row 0/,
    );
    expect(() => run({ lower: [0] })).toThrow(/"objective.bounds.lower" expected an array of length 2/);
  });
});
