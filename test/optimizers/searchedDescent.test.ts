import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dataset,
  likelihoods,
  losses,
  minimize,
  minimizer,
  models,
  objective,
  optimizers,
  penalties,
} from "../../src/index.js";
import type { Minimizable } from "../../src/optimizers/objective.js";
import { advanceExactStep, newExactStep, startExactStep } from "../../src/optimizers/exactStep.js";
import { random } from "../../src/random.js";
import { resumeMinimizer } from "../../src/resumeMinimizer.js";
import { functions } from "./named.js";

const { gradientDescent } = optimizers;

const generator = random(5);
const x = Float64Array.from({ length: 120 * 3 }, (_, i) => (2 * generator.uniform() - 1) * [1, 4, 9][i % 3]!);
const y = Float64Array.from({ length: 120 }, (_, i) => Number(x[3 * i]! + 2 * generator.uniform() - 1 > 0));
const target = objective({
  data: dataset(x, y, { columns: 3 }),
  likelihood: likelihoods.bernoulli(),
});
const squares = objective({
  data: dataset(x, y, { columns: 3 }),
  loss: losses.squaredError(),
  penalty: penalties.l2(0.1),
});

/** Steps of the search on a function of one number, and where it ended. */
function search(phi: (t: number) => [value: number, slope: number, curvature: number], first: number) {
  const state = newExactStep();
  const [value, slope] = phi(0);
  startExactStep(state, value, slope, first);
  for (let trials = 1; ; trials++) {
    const verdict = advanceExactStep(state, ...phi(state.step));
    if (verdict !== "again") return { verdict, step: state.step, trials };
  }
}

describe("the exact step", () => {
  test("of a parabola is found at the second trial, wherever the first is", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        (best, first) => {
          const end = search((t) => [0.5 * (t - best) * (t - best), t - best, 1], first);
          expect(end.verdict).toBe("accept");
          expect(Math.abs(end.step / best - 1)).toBeLessThan(1e-7);
          expect(end.trials).toBeLessThanOrEqual(first < best ? 3 : 4);
        },
      ),
    );
  });

  test("of a function that is infinite beyond an edge lies inside", () => {
    const end = search(
      (t) =>
        t < 1 ? [-t - Math.log(1 - t) * 0.1, -1 + 0.1 / (1 - t), 0.1 / ((1 - t) * (1 - t))] : [Infinity, NaN, NaN],
      50,
    );
    expect(end.verdict).toBe("accept");
    expect(end.step).toBeCloseTo(0.9, 7);
  });

  test("of a function that falls without end is none; nor of one that only rises", () => {
    expect(search((t) => [-t, -1, 0], 1).verdict).toBe("fail");
    expect(search((t) => (t === 0 ? [0, -1, 1] : [1, 1, 1]), 1).verdict).toBe("fail");
  });
});

describe("gradient descent with searched steps", () => {
  test.each(["exact", "wolfe"] as const)("%s: a fit ends where Newton's does", (step) => {
    const expected = minimize(target, { optimizer: optimizers.newton() });
    const result = minimize(target, { optimizer: gradientDescent({ step }) });
    expect(result.status).toBe("converged");
    expect(result.optimizer).toBe("gradientDescent");
    result.parameters.forEach((value, j) => expect(Math.abs(value - expected.parameters[j]!)).toBeLessThan(1e-6));
  });

  test("exact steps of squares: neighbouring gradients are at right angles, one full evaluation an iteration", () => {
    const gradients: Float64Array[] = [];
    let iteration = -1;
    const job = minimizer(squares, {
      optimizer: gradientDescent({ step: "exact" }),
      maxIterations: 12,
      onProgress(progress) {
        iteration = progress.iteration;
      },
    });
    while (!job.done) {
      job.step({ units: 1 });
      const { gradient } = (job.toJSON() as { state: { gradient: number[] } }).state;
      if (iteration === gradients.length + 1) gradients.push(Float64Array.from(gradient, Number));
    }
    expect(gradients.length).toBe(12);
    for (let k = 1; k < gradients.length; k++) {
      const [a, b] = [gradients[k - 1]!, gradients[k]!];
      const cosine = a.reduce((sum, v, j) => sum + v * b[j]!, 0) / Math.hypot(...a) / Math.hypot(...b);
      expect(Math.abs(cosine)).toBeLessThan(1e-6);
    }
    expect(job.result.passes).toEqual([0, 13, 0]);
    expect(job.result.lines).toBeLessThanOrEqual(3 * 12);
  });

  test("steps that meet the Wolfe conditions reach the named functions, without values along lines", () => {
    for (const named of functions.filter(({ name }) => ["Beale", "Matyas", "Booth"].includes(name))) {
      const result = minimize(named, { optimizer: gradientDescent({ step: "wolfe" }), start: named.start });
      expect(result.lines).toBe(0);
      expect(result.value - named.minimum).toBeLessThan(1e-12);
    }
  });

  test("exact steps are refused by name where there are no values along lines", () => {
    const plain: Minimizable = { size: 1, evaluate: (p, g) => (g?.fill(2 * p[0]!), p[0]! * p[0]!) };
    expect(() => minimize(plain, { optimizer: gradientDescent({ step: "exact" }) })).toThrow(/gradientDescent.*"line"/);
    const network = objective({
      data: dataset(x, y, { columns: 3 }),
      model: models.mlp({ hidden: [2] }),
      likelihood: likelihoods.bernoulli(),
    });
    expect(() => minimize(network, { optimizer: gradientDescent({ step: "exact" }) })).toThrow(/"line"/);
    expect(() => gradientDescent({ step: "best" as never })).toThrow(/"step" expected/);
  });

  test.each(["exact", "wolfe"] as const)("%s: stored in the middle and resumed, the bits are the same", (step) => {
    const options = { optimizer: gradientDescent({ step }), maxIterations: 20 };
    const whole = minimize(target, options);
    for (const units of [1, 7, 40]) {
      const job = minimizer(target, options);
      job.step({ units });
      const again = resumeMinimizer(JSON.parse(JSON.stringify(job.toJSON())), target);
      again.step({ units: Infinity });
      expect(again.result).toEqual(whole);
    }
  });
});
