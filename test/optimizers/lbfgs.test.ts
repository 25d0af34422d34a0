import { describe, expect, test } from "vitest";
import { dataset } from "../../src/dataset.js";
import { bernoulli } from "../../src/likelihoods/index.js";
import { minimize, minimizer } from "../../src/minimize.js";
import { type Objective, objective } from "../../src/objective.js";
import { bfgs, lbfgs, newton } from "../../src/optimizers/index.js";
import type { Minimizable } from "../../src/optimizers/objective.js";
import { random } from "../../src/random.js";
import { resumeMinimizer } from "../../src/resumeMinimizer.js";

/** Logistic regression whose columns have sizes from 1e-3 to 1e4, and share a part of what they say. */
function badlyScaled(seed: number, rows = 200, columns = 8, shared = 0): Objective {
  const generator = random(seed);
  const normal = (): number => generator.uniform() + generator.uniform() + generator.uniform() - 1.5;
  const scale = (j: number): number => 10 ** (-3 + (7 * j) / (columns - 1));
  const x = new Float64Array(rows * columns);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let score = 0;
    const common = normal();
    for (let j = 0; j < columns; j++) {
      const value = shared * common + (1 - shared) * normal();
      x[i * columns + j] = value * scale(j);
      score += (j % 2 === 0 ? 1 : -1) * value;
    }
    y[i] = Number(generator.uniform() < 1 / (1 + Math.exp(-score)));
  }
  return objective({ data: dataset(x, y, { columns }), likelihood: bernoulli() });
}

/** The same without its diagonal, without its products, or without both. */
function without(target: Objective, ...names: readonly string[]): Minimizable {
  return { ...target, capabilities: target.capabilities.filter((name) => !names.includes(name)) };
}

describe("columns of sizes from 1e-3 to 1e4", () => {
  test.each([1, 2, 3, 4, 5])("cost no accuracy and few iterations (%d)", (seed) => {
    const target = badlyScaled(seed);
    const exact = minimize(target, { optimizer: newton() });
    const result = minimize(target, { optimizer: lbfgs() });
    expect(result.status).toBe("converged");
    expect(result.reason).toMatch(
      /^The Newton decrement², bounded by conjugate gradients, is .*, within the tolerance/,
    );
    expect(target.totalWeight * (result.value - exact.value)).toBeLessThan(1e-11);
    const off = result.parameters.map((value, j) => value - exact.parameters[j]!);
    const product = target.hessianVector(exact.parameters, off);
    const squared = target.totalWeight * off.reduce((sum, value, j) => sum + value * product[j]!, 0);
    expect(Math.sqrt(squared)).toBeLessThan(1.1e-8); // standard errors: the root of the tolerance
    expect(result.iterations).toBeLessThan(25);
    expect(result.products).toBeGreaterThan(1);
  });

  test.each([0, 0.9, 0.99])("what is claimed is true at any tolerance, columns sharing %d of themselves", (shared) => {
    let worstEstimate = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const target = badlyScaled(seed, 200, 8, shared);
      const best = minimize(target, { optimizer: newton() }).value;
      for (const tolerance of [1e-2, 1e-4, 1e-6, 1e-8]) {
        const options = { optimizer: lbfgs(), tolerance, maxIterations: 1000 };
        const result = minimize(target, options);
        expect(result.status).toBe("converged");
        expect(2 * target.totalWeight * (result.value - best)).toBeLessThanOrEqual(tolerance);
        const { decrement } = minimize(target, { optimizer: newton(), start: result.parameters, maxIterations: 0 });
        expect(decrement).toBeLessThanOrEqual(result.decrement);
        const bare = minimize(without(target, "diagonal", "hessianVector"), options);
        if (bare.converged) worstEstimate = Math.max(worstEstimate, (bare.value - best) / tolerance);
      }
    }
    // What the estimate alone would have let through: the reason for the certificate.
    expect(worstEstimate).toBeGreaterThan(1e3);
  });
});

test("stored and resumed after any unit, products included, it gives the same bits", () => {
  const target = badlyScaled(7, 130, 4);
  const whole = minimize(target, { optimizer: lbfgs() });
  const job = minimizer(target, { optimizer: lbfgs() });
  while (!job.done) {
    const text = JSON.stringify(job);
    const resumed = resumeMinimizer(text, target);
    expect(JSON.stringify(resumed)).toBe(text);
    resumed.step({ units: Infinity });
    expect(resumed.result).toEqual(whole);
    job.step({ units: 1 });
  }
});

test("a saddle within the tolerance is left along the negative curvature that the Hessian shows", () => {
  const saddle: Minimizable = {
    size: 2,
    evaluate(p, g) {
      g?.set([p[0]!, -p[1]!]);
      return (p[0]! * p[0]! - p[1]! * p[1]!) / 2;
    },
    hessianVector: (_, v, out) => out.set([v[0]!, -v[1]!]),
  };
  const result = minimize(saddle, { optimizer: lbfgs(), start: [1, 1e-12] });
  expect(result.status).toBe("unbounded");
  const wells: Minimizable = {
    size: 2,
    evaluate(p, g) {
      const [x, y] = [p[0]!, p[1]!];
      g?.set([x, y * y * y - y]);
      return (x * x) / 2 + (y * y * y * y) / 4 - (y * y) / 2;
    },
    hessianVector: (p, v, out) => out.set([v[0]!, (3 * p[1]! * p[1]! - 1) * v[1]!]),
  };
  for (const optimizer of [lbfgs(), bfgs()]) {
    const { value, status } = minimize(wells, { optimizer, start: [1, -1e-12] });
    expect([status, value]).toEqual(["converged", -0.25]);
  }
});
