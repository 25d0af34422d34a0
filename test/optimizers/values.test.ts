import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minimize, minimizer } from "../../src/minimize.js";
import { gradientDescent, lbfgs, newton } from "../../src/optimizers/index.js";
import type { Minimizable } from "../../src/optimizers/objective.js";
import { quadratic } from "./problems.js";

const everyOptimizer = [gradientDescent(), lbfgs(), newton()];

const scalar = (value: (x: number) => number, slope: (x: number) => number, curvature: (x: number) => number) =>
  ({
    size: 1,
    evaluate(p, g) {
      g?.set([slope(p[0]!)]);
      return value(p[0]!);
    },
    hessian: (p, h) => h.set([curvature(p[0]!)]),
  }) satisfies Minimizable;

describe.each(everyOptimizer)("$name", (optimizer) => {
  test.each([
    ["NaN", NaN, "diverged"],
    ["Infinity", Infinity, "diverged"],
    ["-Infinity", -Infinity, "unbounded"],
  ])("a start where the objective is %s", (text, value, status) => {
    const result = minimize(
      scalar(
        () => value,
        () => 1,
        () => 1,
      ),
      { optimizer },
    );
    expect(result).toMatchObject({ status, iterations: 0, converged: false });
    expect(result.reason).toContain(text);
    expect(Array.from(result.parameters)).toEqual([0]);
  });

  test("a start whose gradient is NaN", () => {
    const result = minimize(
      scalar(
        () => 1,
        () => NaN,
        () => 1,
      ),
      { optimizer },
    );
    expect(result).toMatchObject({ status: "diverged", iterations: 0 });
  });

  test.each([NaN, Infinity])("trial points where the objective is %s are backed away from", (wall) => {
    // x − log x, undefined for x ≤ 0, minimal at 1.
    const barrier = scalar(
      (x) => (x > 0 ? x - Math.log(x) : wall),
      (x) => 1 - 1 / x,
      (x) => 1 / (x * x),
    );
    const result = minimize(barrier, { optimizer, start: [1e-3] });
    expect(result.status).toBe("converged");
    expect(Math.abs(result.parameters[0]! - 1)).toBeLessThan(2e-8);
    const far = minimize(barrier, { optimizer, start: [30] });
    expect(Math.abs(far.parameters[0]! - 1)).toBeLessThan(2e-8);
  });

  test("a gradient that is NaN at trial points is backed away from", () => {
    const cliff = scalar(
      (x) => (x - 1) * (x - 1),
      (x) => (Math.abs(x) > 3 ? NaN : 2 * (x - 1)),
      () => 0.1, // steps ten times too long
    );
    const result = minimize(cliff, { optimizer, start: [-2] });
    expect(Math.abs(result.parameters[0]! - 1)).toBeLessThan(1e-7);
  });

  test("no parameters: one evaluation", () => {
    const result = minimize({ size: 0, evaluate: () => 2.5, hessian: () => {} }, { optimizer });
    expect(result).toMatchObject({ value: 2.5, gradientNorm: 0, evaluations: 1, iterations: 0, converged: true });
    expect(result.parameters).toEqual(new Float64Array(0));
  });

  test("finds the minimum of any well-conditioned quadratic", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (size, condition, start) => {
          const problem = quadratic(size, condition);
          const result = minimize(problem, { optimizer, start: start.slice(0, size) });
          expect(result.status).toBe("converged");
          problem.minimizer.forEach((x, j) => expect(Math.abs(result.parameters[j]! - x)).toBeLessThan(1e-6));
        },
      ),
      { numRuns: 50, seed: 7 },
    );
  });

  test("never ends above its start, and never touches the start", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2, maxLength: 2 }), (start) => {
        const wavy: Minimizable = {
          size: 2,
          evaluate(p, g) {
            const [x, y] = [p[0]!, p[1]!];
            g?.set([Math.cos(x) * y + 0.2 * x, Math.sin(x) + 0.4 * y]);
            return Math.sin(x) * y + 0.1 * x * x + 0.2 * y * y;
          },
          hessian: (p, h) => h.set([-Math.sin(p[0]!) * p[1]! + 0.2, Math.cos(p[0]!), 0.4]),
        };
        const given = Float64Array.from(start);
        const job = minimizer(wavy, { optimizer, start: given, maxIterations: 500 });
        job.step({ units: Infinity });
        expect(Array.from(given)).toEqual(start);
        expect(job.result.value).toBeLessThanOrEqual(wavy.evaluate!(given, null));
        if (job.result.converged) expect(job.result.gradientNorm).toBeLessThan(1e-5);
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});
