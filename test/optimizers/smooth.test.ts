import { describe, expect, test } from "vitest";
import { dataset } from "../../src/dataset.js";
import { bernoulli, categorical } from "../../src/likelihoods/index.js";
import { minimize, minimizer, type Result } from "../../src/minimize.js";
import { type Objective, objective } from "../../src/objective.js";
import * as optimizers from "../../src/optimizers/index.js";
import type { Minimizable } from "../../src/optimizers/objective.js";
import { laplace, normal } from "../../src/priors/index.js";
import { random } from "../../src/random.js";
import { resumeMinimizer } from "../../src/resumeMinimizer.js";
import { functions } from "./named.js";

const { bfgs, fista, gradientDescent, lbfgs, momentum, nesterov, newton, newtonCG, proximalNewton } = optimizers;

const drawn = (seed: number, rows: number, columns: number, classes: number): ReturnType<typeof dataset> => {
  const generator = random(seed);
  const x = Float64Array.from({ length: rows * columns }, () => 4 * generator.uniform() - 2);
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const shift = Math.trunc((classes * (x[i * columns]! + 2)) / 4);
    return generator.uniform() < 0.7 ? shift : Math.floor(classes * generator.uniform());
  });
  return dataset(x, y, { columns });
};

const anchor = objective({
  data: dataset([[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]], [0, 0, 1, 0, 1, 0, 1, 1]),
  likelihood: bernoulli(),
});
const three = objective({
  data: drawn(5, 150, 3, 3),
  likelihood: categorical({ classes: 3 }),
  prior: normal({ sd: 2 }),
});

/** Those whose claim of convergence is certified, and the rest. */
const certified = [newton(), newtonCG(), bfgs(), lbfgs(), nesterov(), fista()];
const estimated = [
  gradientDescent(),
  gradientDescent({ step: "wolfe" }),
  gradientDescent({ step: "exact" }),
  momentum({ step: 0.1 }),
];

describe("theory: S8, all descend to the same optimum", () => {
  test.each([...certified, ...estimated])("$name reaches J of A3", (optimizer) => {
    const result = minimize(anchor, { optimizer });
    expect(result.status).toBe("converged");
    expect(Math.abs(result.value - 0.52809881717957066)).toBeLessThan(1e-10);
  });

  test("S9: a step along -grad J lowers J, one along +grad J raises it; ascent on the sum is the same descent", () => {
    const start = new Float64Array(2);
    const slope = anchor.gradient(start);
    const at = (eta: number): number => anchor.value(start.map((v, j) => v - eta * slope[j]!));
    expect(at(0.05)).toBeLessThan(at(0));
    expect(at(-0.05)).toBeGreaterThan(at(0));
    // The sum has the gradient 8·grad J, 8 a power of two: the iterates have the same bits.
    const sum: Minimizable = {
      size: 2,
      evaluate(p, g) {
        const value = 8 * anchor.evaluate(p, g);
        g?.forEach((v, j) => (g[j] = 8 * v));
        return value;
      },
    };
    const options = { maxIterations: 30 };
    const mean = minimize(anchor, { ...options, optimizer: gradientDescent({ step: 0.4 }) });
    const total = minimize(sum, { ...options, optimizer: gradientDescent({ step: 0.05 }) });
    expect(total.parameters).toEqual(mean.parameters);
  });
});

describe("named functions", () => {
  const solvers = [lbfgs(), bfgs(), newtonCG(), nesterov()];
  describe.each(functions)("$name", (target) => {
    test.each(solvers)("$name finds a minimum", (optimizer) => {
      const result = minimize(target, { optimizer, start: target.start, maxIterations: 50_000 });
      expect(result.value).toBeLessThanOrEqual(minimize(target, { start: target.start, maxIterations: 0 }).value);
      const slow = optimizer.name === "nesterov" && target.name === "Brown's badly scaled";
      if (slow) return;
      // A quartic minimum is flat: its value is 0 to 1e-13 while θ is still 1e-4 away.
      const off = target.minimizers.map((minimum) =>
        Math.max(...minimum.map((v, j) => Math.abs(result.parameters[j]! - v) / Math.max(1e-6, Math.abs(v), 0))),
      );
      const singular = target.name === "Powell's singular";
      expect(result.value - target.minimum).toBeLessThan(1e-9);
      if (!singular) expect(Math.min(...off)).toBeLessThan(1e-4);
      // First-order steps on a quartic minimum go on for ever.
      if (singular && optimizer.name === "nesterov") expect(result.status).toBe("iteration-limit");
      else expect(result.status).toMatch(/converged|stationary|precision-limit/);
    });
  });
});

test("from a thousand random starts the certified solvers all end at the optimum", () => {
  const target = objective({ data: anchor.data, likelihood: bernoulli(), prior: normal({ sd: 3 }) });
  const best = minimize(target, { optimizer: newton() }).value;
  const generator = random(77);
  for (let k = 0; k < 1000; k++) {
    const reach = [1, 10, 100][k % 3]!;
    const start = [0, 1].map(() => reach * (2 * generator.uniform() - 1));
    const optimizer = [newton(), lbfgs(), newtonCG(), bfgs()][k % 4]!;
    const result = minimize(target, { optimizer, start });
    expect([k, optimizer.name, start, result.status]).toEqual([k, optimizer.name, start, "converged"]);
    expect(target.totalWeight * (result.value - best)).toBeLessThan(1e-13);
  }
});

describe.each([...certified, ...estimated])("slices of $name on linear objectives", (optimizer) => {
  const targets: readonly (readonly [string, Objective])[] = [
    ["two classes", anchor],
    ["three classes", three],
  ];
  test.each(targets)("%s: any units, stored and resumed, the same bits", (_, target) => {
    const options = { optimizer, maxIterations: 12 };
    const whole: Result = minimize(target, options);
    const job = minimizer(target, options);
    for (let done = false, k = 0; !done; k++) {
      if (k % 3 === 0) {
        const text = JSON.stringify(job);
        const resumed = resumeMinimizer(text, target);
        expect(JSON.stringify(resumed)).toBe(text);
        resumed.step({ units: Infinity });
        expect(resumed.result).toEqual(whole);
      }
      done = job.step({ units: 1 });
    }
    expect(job.result).toEqual(whole);
  });

  test("an abort keeps the best iterate", () => {
    const job = minimizer(three, { optimizer });
    job.step({ units: 4 });
    job.abort();
    expect(job.result.status).toBe("aborted");
    expect(job.result.parameters.every(Number.isFinite)).toBe(true);
  });

  test("a warm start at the optimum ends at once", () => {
    const optimum = minimize(three, { optimizer: newton() });
    const result = minimize(three, { optimizer, start: optimum.parameters });
    expect(result.converged).toBe(true);
    expect(result.iterations).toBeLessThanOrEqual(2);
    expect(result.value).toBeLessThanOrEqual(optimum.value + 1e-15);
  });
});

describe("fista", () => {
  const target = objective({ data: drawn(9, 120, 12, 2), likelihood: bernoulli(), prior: laplace({ scale: 0.08 }) });

  test("finds the optimum and the zeros of proximal Newton", () => {
    const exact = minimize(target, { optimizer: proximalNewton() });
    const result = minimize(target, { optimizer: fista() });
    expect(result.status).toBe("converged");
    expect(result.value - exact.value).toBeLessThan(1e-13);
    expect(Array.from(result.parameters, (v) => v === 0)).toEqual(Array.from(exact.parameters, (v) => v === 0));
    expect(exact.parameters.filter((v) => v === 0).length).toBeGreaterThan(2);
    expect(result.gradientNorm).toBeLessThan(1e-7);
  });

  test("stored and resumed, the same bits", () => {
    const whole = minimize(target, { optimizer: fista(), maxIterations: 9 });
    const job = minimizer(target, { optimizer: fista(), maxIterations: 9 });
    job.step({ units: 14 });
    const resumed = resumeMinimizer(JSON.stringify(job), target);
    resumed.step({ units: Infinity });
    expect(resumed.result).toEqual(whole);
  });

  test("smooth solvers refuse its objective by name", () => {
    for (const optimizer of [nesterov(), bfgs(), newtonCG(), momentum({ step: 1 })]) {
      expect(() => minimize(target, { optimizer })).toThrow(`optimizer "${optimizer.name}" needs a smooth objective`);
    }
  });
});

describe("newtonCG", () => {
  test("refuses, by name, an objective without products", () => {
    const bare: Minimizable = { size: 1, evaluate: () => 0 };
    expect(() => minimize(bare, { optimizer: newtonCG() })).toThrow(
      /^optimizer "newtonCG" needs "hessianVector", which this objective does not offer/,
    );
  });

  test("leaves a saddle along its negative curvature", () => {
    const well: Minimizable = {
      size: 2,
      convex: false,
      evaluate([x, y], g) {
        g?.set([x! * x! * x! - x!, y!]);
        return x! ** 4 / 4 - (x! * x!) / 2 + (y! * y!) / 2;
      },
      hessianVector: ([x], [v, w], out) => out.set([(3 * x! * x! - 1) * v!, w!]),
    };
    const result = minimize(well, { optimizer: newtonCG(), start: [0.1, 1] });
    expect(result).toMatchObject({ status: "stationary", converged: true });
    expect(Math.abs(result.parameters[0]!)).toBeCloseTo(1, 8);
  });

  test("a linear objective has no lower bound", () => {
    const linear: Minimizable = {
      size: 2,
      evaluate(p, g) {
        g?.set([1, -2]);
        return p[0]! - 2 * p[1]!;
      },
      hessianVector: (_, __, out) => void out.fill(0),
    };
    const result = minimize(linear, { optimizer: newtonCG() });
    expect(result.status).toBe("unbounded");
  });

  test("collinear columns do not stop it", () => {
    const x = Array.from({ length: 40 }, (_, i) => [i % 7, 2 * (i % 7), (i * i) % 5]);
    const target = objective({
      data: dataset(
        x,
        x.map((_, i) => Number(i % 3 === 0)),
      ),
      likelihood: bernoulli(),
    });
    const best = minimize(target, { optimizer: newton() }).value;
    for (const optimizer of [newtonCG(), lbfgs(), bfgs()]) {
      const result = minimize(target, { optimizer });
      expect([optimizer.name, result.status]).toEqual([optimizer.name, "converged"]);
      expect(result.value - best).toBeLessThan(1e-15);
    }
  });
});

test("products that are wrong or of another length are refused", () => {
  const bowl = (hessianVector: unknown): Minimizable =>
    ({
      size: 1,
      evaluate: (p: Float64Array, g: Float64Array | null) => (g?.set([2 * p[0]!]), p[0]! * p[0]!),
      hessianVector,
    }) as Minimizable;
  const run = (given: unknown) => () => minimize(bowl(given), { optimizer: newtonCG(), start: [1] });
  expect(run(3)).toThrow(/"objective.hessianVector" expected a function/);
  expect(run(() => [1, 2])).toThrow(/"objective.hessianVector" expected nothing or an array of length 1/);
  expect(run(() => ["x"])).toThrow(/"objective.hessianVector" expected numbers/);
  expect(run(() => [NaN])().status).toBe("diverged");
});
