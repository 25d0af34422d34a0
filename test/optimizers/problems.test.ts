import { describe, expect, test } from "vitest";
import { minimize } from "../../src/minimize.js";
import { auto, gradientDescent, lbfgs, newton } from "../../src/optimizers/index.js";
import type { Minimizable } from "../../src/optimizers/objective.js";
import { a3, beale, logistic, matyas, quadratic, rosenbrock, type NamedProblem } from "./problems.js";

const distance = (a: ArrayLike<number>, b: readonly number[]): number =>
  b.reduce((far, value, j) => Math.max(far, Math.abs(a[j]! - value)), 0);

describe.each([rosenbrock, beale, matyas, quadratic(6, 1e6), quadratic(7, 10), a3])("$name", (problem) => {
  test("lbfgs reaches the minimiser", () => {
    const result = minimize(problem, { optimizer: lbfgs(), start: problem.start });
    expect(result).toMatchObject({ status: "converged", converged: true, optimizer: "lbfgs" });
    expect(distance(result.parameters, problem.minimizer)).toBeLessThan(2e-8);
    expect(result.value - problem.minimum).toBeLessThan(1e-15);
    expect(result.iterations).toBeLessThan(100);
    expect(result.evaluations).toBeLessThan(2 * result.iterations);
    expect(result.passes).toEqual([0, result.evaluations, 0]);
  });

  test.skipIf(problem === beale)("newton reaches the minimiser to rounding", () => {
    const result = minimize(problem, { optimizer: newton(), start: problem.start });
    expect(result).toMatchObject({ status: "converged", optimizer: "newton" });
    expect(distance(result.parameters, problem.minimizer)).toBeLessThan(5e-15);
    expect(result.gradientNorm).toBeLessThan(1e-13);
  });

  test("the value, gradient and their norm belong to the parameters", () => {
    const result = minimize(problem, { optimizer: lbfgs({ memory: 3 }), start: problem.start, maxIterations: 3 });
    const again = minimize(problem, { optimizer: lbfgs(), start: result.parameters, maxIterations: 0 });
    expect(result).toMatchObject({ status: "iteration-limit", converged: false, iterations: 3 });
    expect(result.reason).toBe("The limit of 3 iterations was reached.");
    expect(again.value).toBe(result.value);
    expect(again.gradient).toEqual(result.gradient);
    expect(again.gradientNorm).toBe(Math.max(...result.gradient.map(Math.abs)));
  });
});

describe("anchor A3", () => {
  test("newton from 0 takes at most 6 steps to a gradient below 1e-12", () => {
    const result = minimize(a3, { optimizer: newton() });
    expect(result.iterations).toBeLessThanOrEqual(6);
    expect(result.gradientNorm).toBeLessThan(1e-12);
    expect(Math.abs(result.value - a3.minimum)).toBeLessThan(2e-16);
  });

  test("all optimisers reach the same value to 1e-10", () => {
    const optimizers = [gradientDescent(), gradientDescent({ step: 0.5 }), lbfgs(), newton()];
    for (const optimizer of optimizers) {
      const result = minimize(a3, { optimizer });
      expect(result.status).toBe("converged");
      expect(Math.abs(result.value - a3.minimum)).toBeLessThan(1e-10);
    }
  });

  test("a descent step lowers the objective, a step uphill raises it", () => {
    const value = (eta: number): number => {
      const { gradient } = minimize(a3, { maxIterations: 0 });
      const start = gradient.map((g) => -eta * g);
      return minimize(a3, { start, maxIterations: 0 }).value;
    };
    expect(value(0.05)).toBeLessThan(value(0));
    expect(value(-0.05)).toBeGreaterThan(value(0));
    const step = minimize(a3, { optimizer: gradientDescent({ step: 0.05 }), maxIterations: 1 });
    expect(step.value).toBe(value(0.05));
  });

  test("the decrement² of newton is on the sum scale", () => {
    const { decrement } = minimize(a3, { optimizer: newton(), maxIterations: 0 });
    // At 0: g = (0, -2.5), H = Σ (1, x)(1, x)ᵀ/4 = [[2, 4.5], [4.5, 12.75]]; gᵀH⁻¹g = 6.25 · 2/(2·12.75 − 20.25).
    expect(decrement).toBeCloseTo(12.5 / 5.25, 12);
  });
});

describe("the choice of auto", () => {
  test("newton for a small objective with a Hessian", () => {
    const result = minimize(rosenbrock, { start: rosenbrock.start });
    expect(result.optimizer).toBe("newton");
    expect(result.choice).toMatch(/^newton, because .*\.$/);
  });

  test("lbfgs without a Hessian, and for more than 300 parameters", () => {
    const result = minimize(beale, { optimizer: auto(), start: beale.start });
    expect(result.optimizer).toBe("lbfgs");
    expect(result.choice).toBe("lbfgs, because the objective offers no Hessian.");
    expect(minimize(quadratic(300, 4), { maxIterations: 0 }).optimizer).toBe("newton");
    expect(minimize(quadratic(301, 4), { maxIterations: 0 }).optimizer).toBe("lbfgs");
  });

  test("is null when the caller chose", () => {
    expect(minimize(beale, { optimizer: lbfgs(), maxIterations: 0 }).choice).toBeNull();
  });
});

describe("gradient descent", () => {
  test("with a step that is too long keeps the best iterate and says what happened", () => {
    const start = [1, 2];
    const result = minimize(quadratic(2, 10), { optimizer: gradientDescent({ step: 1 }), start });
    expect(result.status).toBe("diverged");
    expect(result.reason).toMatch(/fixed step 1 /);
    expect(result.value).toBeLessThanOrEqual(minimize(quadratic(2, 10), { start, maxIterations: 0 }).value);
    expect(result.converged).toBe(false);
  });

  test("reaches an iteration limit honestly on a narrow valley", () => {
    const result = minimize(rosenbrock, { optimizer: gradientDescent(), start: rosenbrock.start, maxIterations: 50 });
    expect(result).toMatchObject({ status: "iteration-limit", converged: false, iterations: 50 });
  });
});

describe("newton away from a minimum", () => {
  /** cosh-like well with a saddle at 0: x⁴/4 − x²/2 + y²/2. */
  const doubleWell: NamedProblem = {
    name: "double well",
    size: 2,
    convex: false,
    start: [0.1, 1],
    minimizer: [1, 0],
    minimum: -0.25,
    evaluate(p, g) {
      const [x, y] = [p[0]!, p[1]!];
      g?.set([x * x * x - x, y]);
      return (x * x * x * x) / 4 - (x * x) / 2 + (y * y) / 2;
    },
    hessian: (p, h) => h.set([3 * p[0]! * p[0]! - 1, 0, 1]),
  };

  test("damps an indefinite Hessian and finds a minimum, called stationary where there may be others", () => {
    const result = minimize(doubleWell, { optimizer: newton(), start: doubleWell.start });
    expect(result).toMatchObject({ status: "stationary", converged: true });
    expect(distance(result.parameters, doubleWell.minimizer)).toBeLessThan(1e-14);
    const other = minimize(doubleWell, { optimizer: lbfgs(), start: [0.3, 1] });
    expect(other).toMatchObject({ status: "stationary", converged: true });
    expect(other.gradientNorm).toBeGreaterThan(0);
  });

  test("a gradient of exactly zero at the start is stationary, not converged", () => {
    for (const optimizer of [newton(), lbfgs(), gradientDescent(), gradientDescent({ step: 1 })]) {
      const result = minimize(doubleWell, { optimizer });
      expect(result).toMatchObject({ status: "stationary", iterations: 0, decrement: 0 });
      const { evaluate, hessian } = doubleWell; // convex or not: nobody said
      expect(minimize({ size: 2, evaluate: evaluate!, hessian: hessian! }, { optimizer }).status).toBe("stationary");
    }
  });

  test("a coordinate without influence stays where it is", () => {
    const flat = {
      ...quadratic(3, 5),
      evaluate(p: Float64Array, g: Float64Array | null) {
        const [a, b] = [p[0]! + p[1]! - 2, p[2]! - 1];
        g?.set([a, a, b]);
        return (a * a + b * b) / 2;
      },
      hessian: (_: Float64Array, h: Float64Array) => h.set([1, 1, 1, 0, 0, 1]),
    };
    const result = minimize(flat, { optimizer: newton(), start: [0.5, 7, 0] });
    expect(result.status).toBe("converged");
    expect(Array.from(result.parameters)).toEqual([-5, 7, 1]);
  });

  test("a linear objective has no lower bound", () => {
    const linear = {
      size: 2,
      evaluate(p: Float64Array, g: Float64Array | null) {
        g?.set([1, -2]);
        return p[0]! - 2 * p[1]!;
      },
      hessian: (_: Float64Array, h: Float64Array) => void h.fill(0),
    };
    for (const optimizer of [newton(), lbfgs(), gradientDescent()]) {
      const result = minimize(linear, { optimizer });
      expect([optimizer.name, result.status]).toEqual([optimizer.name, "unbounded"]);
      expect(result.converged).toBe(false);
      expect(result.parameters.every(Number.isFinite)).toBe(true);
    }
  });
});

describe("rounding", () => {
  test("an objective with coarse noise ends at the limit of its precision, and says so", () => {
    const noisy = {
      size: 1,
      evaluate(p: Float64Array, g: Float64Array | null) {
        const x = p[0]! - 0.3;
        g?.set([2 * x + (x < 0 ? -1e-3 : 1e-3)]); // a gradient that is off by 1e-3
        return 1 + x * x;
      },
      hessian: (_: Float64Array, h: Float64Array) => h.set([2]),
    };
    for (const optimizer of [lbfgs(), newton(), gradientDescent()]) {
      const result = minimize(noisy, { optimizer });
      expect([optimizer.name, result.status]).toEqual([optimizer.name, "precision-limit"]);
      expect(Math.abs(result.parameters[0]! - 0.3)).toBeLessThan(1e-3);
      expect(result.reason).toMatch(/not accurate enough/);
      expect(result.passes[2]).toBeLessThan(8);
    }
  });

  test("where values are flat, slopes lead on: a constant of 1e6 does not cost digits", () => {
    const tower: NamedProblem = {
      name: "tower",
      size: 3,
      convex: true,
      start: [0, 0, 0],
      minimizer: [0, Math.log(2), Math.log(3)],
      minimum: NaN,
      evaluate(p, g) {
        let value = 1e6;
        p.forEach((x, j) => {
          value += Math.exp(x) - (j + 1) * x;
          if (g) g[j] = Math.exp(x) - (j + 1);
        });
        return value;
      },
    };
    const result = minimize(tower, { optimizer: lbfgs() });
    expect(result.status).toBe("converged");
    expect(distance(result.parameters, tower.minimizer)).toBeLessThan(1e-8);
  });

  test("a gradient of pure noise is not followed for long", () => {
    const noise: Minimizable = {
      size: 3,
      evaluate(p, g) {
        g?.forEach((_, j) => (g[j] = Math.sin(1e7 * p[j]! + j + 1)));
        return 1;
      },
    };
    const result = minimize(noise, { optimizer: lbfgs() });
    expect(result.status).toBe("precision-limit");
    expect(result.iterations).toBeLessThan(100);
  });

  test("a large constant does not stop a run before the gradient is small", () => {
    const bowl = quadratic(2, 10);
    const shifted: NamedProblem = { ...bowl, evaluate: (p, g) => 1e6 + bowl.evaluate!(p, g) };
    for (const optimizer of [lbfgs(), newton()]) {
      const result = minimize(shifted, { optimizer });
      expect(result.status).toBe("converged");
      expect(distance(result.parameters, bowl.minimizer)).toBeLessThan(1e-8);
    }
  });

  test("a start at the optimum stays there", () => {
    const { parameters } = minimize(a3, { optimizer: newton() });
    for (const optimizer of [lbfgs(), newton(), gradientDescent()]) {
      const result = minimize(a3, { optimizer, start: parameters });
      expect([optimizer.name, result.status]).toEqual([optimizer.name, "converged"]);
      expect(distance(result.parameters, Array.from(parameters))).toBeLessThan(1e-14);
    }
  });
});

test("a gradient of the wrong sign is told as a contradiction", () => {
  const bowl = quadratic(2, 3);
  const upside: NamedProblem = {
    ...bowl,
    evaluate(p, g) {
      const value = bowl.evaluate!(p, g);
      g?.forEach((slope, j) => (g[j] = -slope));
      return value;
    },
  };
  for (const optimizer of [lbfgs(), gradientDescent()]) {
    const result = minimize(upside, { optimizer, start: [1, 5] });
    expect([optimizer.name, result.status]).toEqual([optimizer.name, "precision-limit"]);
    expect(result.reason).toMatch(/contradict/);
  }
  expect(minimize(upside, { optimizer: newton(), start: [1, 5] }).status).toBe("precision-limit");
});

test("a separated fit that nobody diagnoses ends with tiny values and no exception", () => {
  const result = minimize(logistic([1, 2, 3, 4], [0, 0, 1, 1], [0, 0]), { optimizer: newton() });
  expect(result.value).toBeLessThan(1e-15);
});
