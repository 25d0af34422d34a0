import { describe, expect, it } from "vitest";
import { ftrl, sgd } from "../../../src/optimizers/index.js";
import type { StochasticState } from "../../../src/optimizers/index.js";
import type { Optimizer, Problem } from "../../../src/optimizers/optimizer.js";
import { fixture } from "../../support.js";
import { type Settings, translate } from "./translate.js";

interface Sequences {
  readonly params0: number[];
  readonly gradients: number[][];
  readonly cases: { name: string; optimizer: string; settings: Settings; params_after_step: number[][] }[];
}

const { params0, gradients, cases } = fixture<Sequences>("optimizers_sequences.json");

const problem: Problem = Object.freeze({
  size: params0.length,
  totalWeight: 1,
  tolerance: 1e-300,
  capabilities: [],
  convex: null,
  rows: null,
  outputs: 1,
  prox: null,
  pieces: null,
  bounds: null,
});

/** The iterates that gradients lead to. */
function trajectory(
  optimizer: Optimizer<StochasticState>,
  start: readonly number[],
  gradientAt: (step: number, parameters: Float64Array) => number[],
  steps: number,
): Float64Array[] {
  const state = optimizer.init(Float64Array.from(start), problem);
  optimizer.advance(state, problem, null);
  return Array.from({ length: steps }, (_, t) => {
    const gradient = Float64Array.from(gradientAt(t, state.current));
    expect(optimizer.advance(state, problem, { value: 1, gradient, hessian: null }).kind).toBe("evaluate");
    return state.current.slice();
  });
}

describe("update rules on supplied gradients", () => {
  it("are those of 16 settings", () => expect(cases.length).toBe(16));

  it.each(cases)("$name", ({ optimizer, settings, params_after_step: expected }) => {
    // An L2 penalty is a matter of the objective: here it is added to the gradient.
    const decay = optimizer === "adamw" ? 0 : settings.weight_decay;
    const gradientAt = (t: number, p: Float64Array): number[] => gradients[t]!.map((g, j) => g + decay * p[j]!);
    const got = trajectory(translate(optimizer, settings), params0, gradientAt, gradients.length);
    expected.forEach((parameters, t) => {
      parameters.forEach((p, j) => {
        const error = Math.abs(got[t]![j]! - p);
        expect(error, `step ${t + 1}, parameter ${j}`).toBeLessThanOrEqual(1e-13 * Math.max(Math.abs(p), settings.lr));
      });
    });
  });
});

describe("ftrl", () => {
  it("follows the closed form of the regularised leader", () => {
    // θ = argmin Σ g·θ + ½ Σ σ_s (θ − θ_s)² + ½ (β/α + λ₂) θ² + λ₁|θ|, all terms kept instead of summed as they come.
    const [alpha, beta, l1, l2] = [0.3, 0.7, 0.4, 0.2];
    const steps = gradients.slice(0, 12).map((g) => [g[0]!, g[3]!]);
    const kept: { g: number; sigma: number; at: number }[][] = [[], []];
    const truth = [0, 0];
    const got = trajectory(ftrl({ alpha, beta, l1, l2 }), [0, 0], (t) => steps[t]!, steps.length);
    steps.forEach((gradient, t) => {
      gradient.forEach((g, j) => {
        const n = kept[j]!.reduce((sum, term) => sum + term.g * term.g, 0);
        kept[j]!.push({ g, sigma: (Math.sqrt(n + g * g) - Math.sqrt(n)) / alpha, at: truth[j]! });
        const linear = kept[j]!.reduce((sum, term) => sum + term.g - term.sigma * term.at, 0);
        const curvature = kept[j]!.reduce((sum, term) => sum + term.sigma, beta / alpha + l2);
        truth[j] = Math.abs(linear) <= l1 ? 0 : -(linear - Math.sign(linear) * l1) / curvature;
        expect(got[t]![j]).toBeCloseTo(truth[j], 13);
      });
    });
  });

  it("stays where it starts while gradients are nothing and there is no penalty", () => {
    const got = trajectory(ftrl({}), [3, -2], () => [0, 1e-100], 3);
    expect(got[2]![0]).toBeCloseTo(3, 15);
    expect(got[2]![1]).toBeCloseTo(-2, 15);
  });
});

describe("clipping", () => {
  it("scales a long gradient down, and leaves a short one as it is", () => {
    const optimizer = sgd({ learningRate: 1, clipNorm: 1 });
    const got = trajectory(optimizer, [0, 0], (t) => (t === 0 ? [3, 4] : [0.3, 0.4]), 2);
    expect(Array.from(got[0]!)).toEqual([-0.6000000000000001, -0.8]);
    expect(got[1]![0]).toBeCloseTo(-0.9, 15);
  });

  it("cuts entries", () => {
    const [first] = trajectory(sgd({ learningRate: 1, clipValue: 0.5 }), [0, 0, 0], () => [3, -4, 0.1], 1);
    expect(Array.from(first!)).toEqual([-0.5, 0.5, -0.1]);
  });
});
