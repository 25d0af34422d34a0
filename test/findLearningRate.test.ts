import { describe, expect, it } from "vitest";
import { dataset } from "../src/dataset.js";
import { findLearningRate } from "../src/findLearningRate.js";
import { bernoulli } from "../src/likelihoods/index.js";
import { minimize } from "../src/minimize.js";
import { mlp } from "../src/models/mlp.js";
import { objective } from "../src/objective.js";
import { sgd } from "../src/optimizers/index.js";
import { random } from "../src/random.js";

/** ½·c·x² from 1: gradient descent diverges from a rate of 2/c on. */
const parabola = (c: number) => ({
  size: 1,
  value: (x: Float64Array) => 0.5 * c * x[0]! * x[0]!,
  gradient: (x: Float64Array) => [c * x[0]!],
});

describe("findLearningRate", () => {
  it("suggests a rate that follows the curvature, below that of divergence", () => {
    for (const c of [0.01, 1, 100]) {
      const { rates, losses, suggestion } = findLearningRate(parabola(c), {
        from: 1e-6,
        to: 1e4,
        steps: 200,
        start: [1],
      });
      expect(rates.length).toBe(losses.length);
      expect(suggestion).toBeGreaterThan(0.005 / c);
      expect(suggestion).toBeLessThan(2 / c);
      rates.forEach((rate, i) => expect(rate).toBeGreaterThan(i === 0 ? 0 : rates[i - 1]!));
      expect(losses[0]).toBe(0.5 * c);
    }
  });

  it("on batches gives a rate that sgd gets on with", () => {
    const generator = random(1);
    const x = Float64Array.from({ length: 800 }, () => 20 * generator.uniform() - 10);
    const y = Float64Array.from({ length: 400 }, (_, i) => (x[2 * i]! + 10 * generator.uniform() > 5 ? 1 : 0));
    const target = objective({ data: dataset(x, y, { columns: 2 }), likelihood: bernoulli() });
    const { suggestion } = findLearningRate(target, { batchSize: 20, seed: 3 });
    const after = minimize(target, { optimizer: sgd({ learningRate: suggestion!, batchSize: 20, epochs: 5 }) });
    const before = target.value(new Float64Array(3));
    const best = minimize(target).value;
    expect(after.value - best).toBeLessThan(0.2 * (before - best));
    expect(findLearningRate(target, { batchSize: 20, seed: 3 })).toEqual(
      findLearningRate(target, { batchSize: 20, seed: 3 }),
    );
  });

  it("is not misled by the noise of the first batches", () => {
    const generator = random(5);
    const x = Array.from({ length: 256 }, () => [2 * generator.uniform() - 1, 2 * generator.uniform() - 1]);
    const data = dataset(
      x,
      x.map(([a, b]) => (a! * b! > 0 ? 1 : 0)),
    );
    const target = objective({ data, model: mlp({ hidden: [16] }), likelihood: bernoulli() });
    for (const seed of [0, 1, 2]) {
      const { suggestion } = findLearningRate(target, { batchSize: 32, seed, start: target.initial!() });
      expect(suggestion).toBeGreaterThan(0.01);
    }
  });

  it("finds nothing where nothing falls, and says what is wrong", () => {
    const flat = { size: 1, value: () => 1, gradient: () => [0] };
    expect(findLearningRate(flat, { steps: 5 }).suggestion).toBeNull();
    expect(() => findLearningRate(flat, { batchSize: 2 })).toThrow(/"rows"/);
    expect(() => findLearningRate(flat, { from: 1, to: 1 })).toThrow('"to" expected a finite number > 1, got 1');
    expect(() => findLearningRate({ ...flat, value: () => NaN })).toThrow(/"start" expected a point where/);
  });
});
