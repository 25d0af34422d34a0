/** A thousand random starts per problem, up to 100 standard deviations away: the optimum, or a sentence that says why not. */

import { describe, expect, test } from "vitest";
import {
  type Loss,
  type Objective,
  dataset,
  losses,
  minimize,
  models,
  objective,
  optimizers,
  penalties,
  random,
} from "../../src/index.js";
import { functions } from "./named.js";

/** The twin has the same bits, so a part of them is enough there. */
const STARTS = process.env["SURPRISAL_BACKEND"] === "typescript" ? 100 : 1000;
const ROWS = 12;
const sizes = [0.01, 0.1, 1, 1, 3, 3, 10, 10, 30, 100];

const generator = random(5);
const normal = (source = generator): number =>
  Math.sqrt(-2 * Math.log(1 - source.uniform())) * Math.cos(2 * Math.PI * source.uniform());
const X = Array.from({ length: ROWS }, () => [normal(), normal()]);
const scores = X.map(([a, b]) => 0.3 + 0.8 * a! - 0.5 * b! + 0.7 * normal());
const numbers = scores.map((z, i) => (i % 5 === 0 ? z + 4 : z));
const positive = scores.map(Math.exp);
const counts = positive.map(Math.round);
const labels = [0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0];
const three = [0, 1, 2, 2, 1, 0, 1, 2, 0, 0, 2, 1];
const shares = X.map((row) => row.map((x) => 1 / (1 + Math.exp(-x))));
const badly = X.map(([a, b]) => [1e3 * a!, 1e-3 * b!]);

interface Case {
  readonly name: string;
  readonly target: Objective;
  /** Scale of each parameter. */
  readonly scale?: readonly number[];
}

function problem(name: string, loss: Loss, targets: readonly number[], more: Partial<Case> & { x?: number[][] } = {}) {
  const { x = X, scale } = more;
  const target = objective({ data: dataset(x, targets), model: models.linear(), loss });
  return { name, target, ...(scale && { scale }) };
}

const softly = objective({
  data: dataset(X, three),
  loss: losses.softmaxCrossEntropy({ classes: 3 }),
  penalty: penalties.l2(0.1),
});
const scale = [1, 1e-3, 1e3];

const problems: readonly Case[] = [
  problem("logistic", losses.binaryCrossEntropy(), labels),
  { name: "softmax with L2", target: softly },
  problem("Poisson", losses.poisson(), counts),
  problem("gamma", losses.gamma(), positive),
  problem("negative binomial", losses.negativeBinomial({ dispersion: 0.8 }), counts),
  problem("Student t of 8 degrees of freedom", losses.studentT({ df: 8, scale: 1 }), scores),
  problem("Huber", losses.huber({ delta: 1 }), numbers),
  problem("Gaussian mean and variance", losses.gaussianMeanVariance(), scores),
  problem("cross-entropy on probabilities", losses.probabilityCrossEntropy(), labels, { x: shares }),
  problem("logistic, columns 1e6 apart", losses.binaryCrossEntropy(), labels, { x: badly, scale }),
];

const solvers = [optimizers.newton(), optimizers.lbfgs(), optimizers.bfgs(), optimizers.newtonCG()];

/** Reasons are sentences. */
const SENTENCE = /^[A-Z].{20,}\.$/s;

describe.each(problems)("$name", ({ target, scale: unit }) => {
  test("every start ends at the optimum, or says why not", () => {
    const { value: best } = minimize(target, { optimizer: optimizers.newton() });
    const { value: other } = minimize(target, { optimizer: optimizers.lbfgs() });
    expect(Math.abs(best - other)).toBeLessThan(1e-13 * Math.max(1, Math.abs(best)));
    const source = random(77);
    let reached = 0;
    let inside = 0;
    for (let k = 0; k < STARTS; k++) {
      const size = sizes[k % 10]!;
      const optimizer = solvers[Math.floor(k / 10) % 4]!;
      const start = Array.from({ length: target.size }, (_, j) => size * normal(source) * (unit?.[j] ?? 1));
      const within = Number.isFinite(target.value(start));
      inside += Number(within);
      const result = minimize(target, { optimizer, start, maxIterations: 1000 });
      const told = { k, name: optimizer.name, status: result.status, reason: result.reason };
      if (result.converged) {
        expect({ ...told, far: result.value - best > 1e-12 * Math.max(1, Math.abs(best)) }).toEqual({
          ...told,
          far: false,
        });
        reached++;
      } else {
        expect({ ...told, said: SENTENCE.test(result.reason) }).toEqual({ ...told, said: true });
      }
    }
    // Steep exponentials and starts outside a domain are all that is not reached.
    expect(reached).toBeGreaterThan(0.9 * inside);
  });
});

describe.each(functions)("$name", (target) => {
  test("every start ends at a minimum, or says why not", () => {
    const source = random(78);
    const solver = [optimizers.lbfgs(), optimizers.bfgs()];
    for (let k = 0; k < STARTS; k++) {
      const size = sizes[k % 10]!;
      const optimizer = solver[Math.floor(k / 10) % 2]!;
      const start = target.start.map((at) => at + size * normal(source));
      const result = minimize(target, { optimizer, start, maxIterations: 1000 });
      const told = { k, name: optimizer.name, start, status: result.status, reason: result.reason };
      if (!result.converged) expect({ ...told, said: SENTENCE.test(result.reason) }).toEqual({ ...told, said: true });
      // Freudenstein and Roth's has a second minimum, of 48.984253679.
      else expect({ ...told, value: result.value }).toEqual({ ...told, value: expect.toSatisfy(isMinimum) });
    }
    function isMinimum(value: number): boolean {
      const second = target.name.startsWith("Freudenstein") && Math.abs(value - 48.984253679240013) < 1e-10;
      return second || value - target.minimum < 1e-12;
    }
  });
});

test("cross-entropy on probabilities starts within its domain", () => {
  const target = objective({ data: dataset(shares, labels), loss: losses.probabilityCrossEntropy() });
  expect(Array.from(target.initial!())).toEqual([0.5, 0, 0]);
  expect(minimize(target).status).toBe("converged");
  const without = objective({
    data: dataset(shares, labels),
    model: models.linear({ intercept: false }),
    loss: losses.probabilityCrossEntropy(),
  });
  expect(minimize(without).reason).toMatch(/give a `start` in its domain/);
});
