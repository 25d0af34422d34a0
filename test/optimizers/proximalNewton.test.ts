import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { auto, gradientDescent, lbfgs, newton, proximalNewton } from "../../src/optimizers/index.js";
import type { Minimizable } from "../../src/optimizers/objective.js";
import { minimize, minimizer } from "../../src/minimize.js";
import { resumeMinimizer } from "../../src/resumeMinimizer.js";
import {
  dataset,
  likelihoods,
  linearRegression,
  logisticRegression,
  losses,
  models,
  objective,
  penalties,
  priors,
  softmaxRegression,
} from "../../src/index.js";
import { bits, draws, expectBits, within } from "../support.js";
import { quadratic } from "./problems.js";

/** ½ Σ c_j (x_j − t_j)² + Σ rate_j |x_j − center_j|. */
function separable(c: number[], t: number[], rate: number[], center: number[] = c.map(() => 0)): Minimizable {
  return {
    size: c.length,
    convex: true,
    prox: { rate, center },
    evaluate(x, g) {
      let value = 0;
      x.forEach((xj, j) => {
        value += 0.5 * c[j] * (xj - t[j]) ** 2 + rate[j] * Math.abs(xj - center[j]);
        if (g !== null) g[j] = c[j] * (xj - t[j]) + rate[j] * Math.sign(xj - center[j]);
      });
      return value;
    },
    hessian(_, h) {
      h.fill(0);
      c.forEach((cj, j) => (h[(j * (j + 3)) / 2] = cj));
    },
  };
}

describe("separable problems have closed forms", () => {
  test("soft thresholds, exact at the center", () => {
    const result = minimize(separable([1, 2, 4, 1], [3, -0.25, 1, 0.5], [1, 1, 1, 0.5]));
    expect(result).toMatchObject({ status: "converged", optimizer: "proximalNewton", gradientNorm: 0 });
    expect(result.choice).toBe(
      "proximalNewton, because the objective has an L1 part, which makes some parameters exactly 0.",
    );
    expect(Array.from(result.parameters)).toEqual([2, 0, 0.75, 0]);
  });

  test("around centers that are no zeros, from starts on either side", () => {
    for (const start of [
      [0, 0, 0],
      [10, -10, 0.3],
      [0.1, 0.7, 1e9],
    ]) {
      const result = minimize(separable([1, 3, 1], [0.15, 5, 0.1], [1, 3, 0.01], [0.1, 0.7, 0.3]), { start });
      expect(result.status).toBe("converged");
      expect(result.parameters[0]).toBe(0.1);
      within(result.parameters[1], 4, 1e-14);
      within(result.parameters[2], 0.11, 1e-15);
    }
  });

  test("a full step leads to the center itself, not to a sum that rounds to something next to it", () => {
    const start = [1e9];
    const { parameters } = minimize(separable([1], [0.1], [1], [0.1]), { start, maxIterations: 1 });
    expect(1e9 + (0.1 - 1e9)).not.toBe(0.1);
    expect(parameters[0]).toBe(0.1);
  });

  test("without a curvature an absolute value draws to its center; without either nothing happens", () => {
    const result = minimize(separable([0, 1, 0], [0, 1, 0], [1, 0, 0]), { start: [5, 5, 5] });
    expect(result.status).toBe("converged");
    expect(Array.from(result.parameters)).toEqual([0, 1, 5]);
  });

  test("a rate of 0 everywhere, and no kinks at all, is Newton's method", () => {
    const bowl = quadratic(6, 100);
    for (const target of [bowl, { ...bowl, prox: { rate: new Float64Array(6) } }]) {
      const result = minimize(target, { optimizer: proximalNewton() });
      expect(result.status).toBe("converged");
      result.parameters.forEach((value, j) => within(value, bowl.minimizer[j], 1e-13));
    }
  });
});

/** The largest violation of the optimality conditions, relative to the rates: 0 at the optimum. */
function violation(target: Minimizable, parameters: Float64Array): number {
  const gradient = new Float64Array(target.size);
  target.evaluate!(parameters, gradient);
  const { rate, center } = target.prox!;
  return gradient.reduce((worst, slope, j) => {
    const atKink = parameters[j] === (center?.[j] ?? 0);
    const excess = atKink ? Math.max(0, Math.abs(slope) - rate[j]) : Math.abs(slope);
    return Math.max(worst, excess);
  }, 0);
}

test("the optimality conditions hold, also with more columns than rows and columns that repeat", () => {
  fc.assert(
    fc.property(
      fc.record({
        rows: fc.integer({ min: 1, max: 12 }),
        columns: fc.integer({ min: 1, max: 20 }),
        rate: fc.constantFrom(0.001, 0.1, 1, 30),
        copies: fc.boolean(),
        coarse: fc.boolean(),
        seed: fc.integer({ min: 0, max: 1e6 }),
      }),
      ({ rows, columns, rate, copies, coarse, seed }) => {
        const source = draws(171, seed);
        const a = source.normal(rows * columns).map((value) => (coarse ? Math.round(value) : value));
        if (copies) for (let i = 0; i < rows; i++) a[i * columns + columns - 1] = a[i * columns];
        const y = source.normal(rows, 3);
        const rates = new Float64Array(columns).fill(rate);
        const target: Minimizable = {
          size: columns,
          convex: true,
          prox: { rate: rates },
          evaluate(x, g) {
            g?.fill(0);
            let value = 0;
            for (let i = 0; i < rows; i++) {
              let r = -y[i];
              for (let j = 0; j < columns; j++) r += a[i * columns + j] * x[j];
              value += 0.5 * r * r;
              if (g !== null) for (let j = 0; j < columns; j++) g[j] += r * a[i * columns + j];
            }
            x.forEach((xj, j) => {
              value += rate * Math.abs(xj);
              if (g !== null) g[j] += rate * Math.sign(xj);
            });
            return value;
          },
          hessian(_, h) {
            for (let j = 0, at = 0; j < columns; j++) {
              for (let k = 0; k <= j; k++, at++) {
                h[at] = 0;
                for (let i = 0; i < rows; i++) h[at] += a[i * columns + j] * a[i * columns + k];
              }
            }
          },
        };
        const result = minimize(target);
        const size = 1 + a.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) ** 2 * rows;
        expect(result.status).toBe("converged");
        expect(violation(target, result.parameters)).toBeLessThan(1e-11 * size);
        expect(result.iterations).toBeLessThan(10);
      },
    ),
    { seed: 5, numRuns: 300 },
  );
});

describe("solvers that follow gradients alone refuse kinks by name", () => {
  const target = separable([1], [1], [0.5]);

  test.each([newton(), lbfgs(), gradientDescent(), gradientDescent({ step: 0.1 })])("$name", (optimizer) => {
    const call = (): unknown => minimize(target, { optimizer });
    expect(call).toThrow(TypeError);
    expect(call).toThrow(
      `optimizer "${optimizer.name}" needs a smooth objective, and this one holds absolute values (an L1 part); ` +
        "use proximalNewton",
    );
    const x = [[1], [2], [3], [4]];
    expect(() => logisticRegression(x, [0, 1, 0, 1], { penalty: penalties.l1(0.1), optimizer })).toThrow(/smooth/);
    expect(() => linearRegression(x, [0, 1, 0, 1], { penalty: penalties.l1(0.1), optimizer })).toThrow(/smooth/);
  });

  test("an objective declares them", () => {
    const data = dataset([[1], [2], [3]], [1, 2, 1]);
    const loss = losses.squaredError();
    const of = (penalty: ReturnType<typeof penalties.l1>) => objective({ data, loss, penalty });
    expect(of(penalties.l1(0.5)).capabilities).toEqual([
      "hessian",
      "hessianVector",
      "diagonal",
      "line",
      "coordinates",
      "commonHessian",
      "rows",
      "prox",
    ]);
    expect(Array.from(of(penalties.l1(0.5)).prox!.rate as Float64Array)).toEqual([0, 0.5]);
    for (const smooth of [penalties.l1(0), penalties.l2(1), penalties.elasticNet({ l1: 0, l2: 1 })]) {
      expect(of(smooth).capabilities).toEqual([
        "hessian",
        "hessianVector",
        "diagonal",
        "line",
        "commonHessian",
        "rows",
      ]);
      expect(of(smooth).prox).toBeUndefined();
    }
  });

  test("without a Hessian proximal Newton refuses, and FISTA is chosen", () => {
    const bare: Minimizable = { ...target };
    delete (bare as { hessian?: unknown }).hessian;
    expect(() => minimize(bare, { optimizer: proximalNewton() })).toThrow(
      /^optimizer "proximalNewton" needs "hessian", which this objective does not offer$/,
    );
    expect(auto().choose({ size: 9999, capabilities: ["prox"] }).optimizer.name).toBe("fista");
  });

  test("kinks that make no sense are refused", () => {
    const call = (prox: unknown) => () => minimize({ ...target, prox } as Minimizable);
    for (const rate of [[-1], [NaN], [Infinity], [1, 2]]) expect(call({ rate })).toThrow(/"objective\.prox\.rate"/);
    for (const center of [[NaN], [Infinity], [1, 2], 3]) {
      expect(call({ rate: [1], center })).toThrow(/"objective\.prox\.center"/);
    }
    for (const prox of [null, 1, "x", {}]) expect(call(prox)).toThrow(TypeError);
    const lying = { ...target, capabilities: ["hessian", "prox"] as const, begin: () => null as never };
    delete (lying as { prox?: unknown }).prox;
    expect(() => minimize(lying)).toThrow(/"objective\.prox" expected \{ rate, center \}, got undefined/);
  });
});

/** A logistic problem of 6 columns, of which 2 matter. */
function problem(rows = 200) {
  const source = draws(172);
  const x = source.normal(rows * 6);
  const y = Float64Array.from({ length: rows }, (_, i) =>
    x[6 * i] - 2 * x[6 * i + 3] + 2 * source.normal(1)[0] > 0 ? 1 : 0,
  );
  return { x, y };
}

describe("a run", () => {
  const { x, y } = problem();
  const data = dataset(x, y, { columns: 6 });
  const prior = priors.laplace({ scale: 0.05 });
  const target = objective({ data, likelihood: likelihoods.bernoulli(), prior });
  const whole = minimize(target);
  const of = (result: typeof whole): string =>
    bits(result.parameters, result.value, result.gradient, result.decrement, result.iterations, result.evaluations);

  test("ends at an optimum with exact zeros", () => {
    expect(whole).toMatchObject({ status: "converged", optimizer: "proximalNewton" });
    expect(whole.reason).toMatch(/^The proximal Newton decrement² is .*, within the tolerance of 1e-16\.$/);
    const zeros = whole.parameters.filter((value) => value === 0).length;
    expect(zeros).toBeGreaterThan(0);
    expect(zeros).toBeLessThan(6);
    expect(whole.gradientNorm).toBeLessThan(1e-15);
    const slope = target.gradient(whole.parameters);
    const rate = target.prox!.rate;
    whole.parameters.forEach((value, j) => {
      if (value === 0) expect(Math.abs(slope[j])).toBeLessThan(rate[j]);
      else within(slope[j], 0, 1e-15);
    });
    const better = whole.parameters.slice();
    for (let j = 0; j < better.length; j++) {
      for (const step of [-1e-4, 1e-4]) {
        better[j] += step;
        expect(target.value(better)).toBeGreaterThan(whole.value);
        better[j] = whole.parameters[j];
      }
    }
  });

  test("in slices, stored and resumed at every point, has the same bits", () => {
    for (let stop = 1; ; stop++) {
      const job = minimizer(target);
      if (job.step({ units: stop })) break;
      const resumed = resumeMinimizer(JSON.stringify(job), target);
      resumed.step({ units: Infinity });
      expectBits(of(resumed.result), of(whole), `stopped after ${stop}`);
      expect(resumed.result.reason).toBe(whole.reason);
    }
  });

  test("from any start ends there", () => {
    for (let stream = 0; stream < 10; stream++) {
      const result = minimize(target, { start: draws(173, stream).normal(target.size, 3) });
      expect(result.status).toBe("converged");
      result.parameters.forEach((value, j) => {
        within(value, whole.parameters[j], 1e-13);
        expect(value === 0).toBe(whole.parameters[j] === 0);
      });
    }
  });

  test("a state read from JSON with a phase of no kind is refused", () => {
    const job = minimizer(target);
    job.step({ units: 3 });
    const json = JSON.parse(JSON.stringify(job)) as { state: { phase: number } };
    json.state.phase = 9;
    expect(() => resumeMinimizer(json, target)).toThrow(/"json\.state\.phase" expected 0\.\.4/);
  });
});

describe("paths", () => {
  const { x, y } = problem();

  test("from the first penalty that leaves nothing to none", () => {
    // λ_max = max |xᵀ(y − ȳ)|/n.
    const mean = y.reduce((a, b) => a + b, 0) / y.length;
    const slopes = Array.from({ length: 6 }, (_, j) => y.reduce((sum, yi, i) => sum + x[6 * i + j] * (yi - mean), 0));
    const most = Math.max(...slopes.map(Math.abs)) / y.length;
    let before = -1;
    for (const share of [2, 1.000001, 0.999999, 0.5, 0.1, 0.01, 0]) {
      const fit = logisticRegression(x, y, { columns: 6, penalty: penalties.l1(share * most) });
      expect(fit.status).toBe("converged");
      const size = fit.coefficients.reduce((sum, value) => sum + Math.abs(value), 0);
      if (share > 1) expect(Array.from(fit.coefficients)).toEqual([0, 0, 0, 0, 0, 0]);
      else expect(size).toBeGreaterThan(before);
      before = size;
    }
  });

  test("columns that repeat share a coefficient: the fit says that it is one of many", () => {
    const twice = Float64Array.from({ length: 400 }, (_, at) => x[6 * Math.trunc(at / 2)]);
    const fit = logisticRegression(twice, y, { columns: 2, penalty: penalties.l1(0.01) });
    expect(fit.status).toBe("rank-deficient");
    expect(fit.reason).toMatch(/Other columns determine/);
    const strong = logisticRegression(twice, y, { columns: 2, penalty: penalties.l1(10) });
    expect(strong.status).toBe("converged");
    const net = penalties.elasticNet({ l1: 0.01, l2: 0.01 });
    const both = logisticRegression(twice, y, { columns: 2, penalty: net });
    expect(both.status).toBe("converged");
    within(both.coefficients[0], both.coefficients[1], 1e-13);
  });

  test("separated classes have an optimum", () => {
    const label = y.map((_, i) => (x[6 * i] > 0 ? 1 : 0));
    for (const prior of [
      priors.laplace({ scale: 1 }),
      priors.elasticNet({ scale: 1, sd: 10 }),
      priors.cauchy({ scale: 2.5 }),
      priors.studentT({ df: 7, scale: 2.5 }),
    ]) {
      const fit = logisticRegression(x, label, { columns: 6, prior });
      expect([prior.name, fit.converged]).toEqual([prior.name, true]);
      expect(fit.coefficients.every((value) => Math.abs(value) < 1e3)).toBe(true);
    }
    expect(logisticRegression(x, label, { columns: 6 }).status).toBe("separated");
  });

  test("of several classes: the optimality conditions hold", () => {
    const labels = draws(174).classes(200, 3);
    const data = dataset(x, labels, { columns: 6 });
    const loss = losses.softmaxCrossEntropy({ classes: 3 });
    const target = objective({ data, loss, penalty: penalties.l1(0.03) });
    const result = minimize(target);
    expect(result.status).toBe("converged");
    expect(violation(target, result.parameters)).toBeLessThan(1e-14);
    const fit = softmaxRegression(x, labels, { columns: 6, penalty: penalties.l1(0.03) });
    within(fit.intercepts[0] + fit.intercepts[1] + fit.intercepts[2], 0, 1e-15);
    within(fit.objective, result.value, 1e-15);
  });

  test("priors with tails end stationary, where the gradient is 0", () => {
    const data = dataset(x, y, { columns: 6 });
    const prior = priors.studentT({ df: 2, scale: 0.2, intercept: { df: 3, scale: 2 } });
    const target = objective({ data, likelihood: likelihoods.bernoulli(), prior, model: models.linear() });
    expect(target.convex).toBe(false);
    for (const optimizer of [newton(), lbfgs()]) {
      const result = minimize(target, { optimizer });
      expect(result.status).toBe("stationary");
      expect(result.gradientNorm).toBeLessThan(1e-8);
    }
  });
});
