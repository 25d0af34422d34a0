import { describe, expect, it } from "vitest";
import { dataset } from "../../../src/dataset.js";
import { softmaxCrossEntropy } from "../../../src/losses/index.js";
import { mlp } from "../../../src/models/index.js";
import { objective } from "../../../src/objective.js";
import { minimizer } from "../../../src/minimize.js";
import { resumeMinimizer } from "../../../src/resumeMinimizer.js";
import { adam } from "../../../src/optimizers/index.js";
import { problemOf } from "../../../src/minimize.js";
import { backend } from "../../../src/index.js";
import { random } from "../../../src/random.js";
import { fixture } from "../../support.js";
import { type Settings, translate } from "./translate.js";

interface Trajectories {
  readonly sizes: [number, number, number];
  readonly x: number[][];
  readonly target: number[];
  readonly params0: number[];
  readonly cases: {
    name: string;
    optimizer: string;
    settings: Settings;
    params_after_step: number[][];
    loss_before_step: number[];
  }[];
}

const { sizes, x, target, params0, cases } = fixture<Trajectories>("optimizers_mlp.json");

/** Where each of our parameters, [bias, weights] per unit, is in theirs: [W1, b1, W2, b2]. */
const places: number[] = [];
for (let layer = 0, begin = 0; layer < 2; layer++) {
  const [inputs, units] = [sizes[layer]!, sizes[layer + 1]!];
  for (let k = 0; k < units; k++) {
    places.push(begin + units * inputs + k);
    for (let j = 0; j < inputs; j++) places.push(begin + k * inputs + j);
  }
  begin += units * (inputs + 1);
}

const network = (rows = x, y = target) =>
  objective({
    data: dataset(rows, y),
    model: mlp({ hidden: [3], activation: "tanh" }),
    loss: softmaxCrossEntropy({ classes: 2 }),
  });

describe("20 steps on a network", () => {
  it.each(cases)("$name", ({ optimizer, settings, params_after_step: expected, loss_before_step: losses }) => {
    const objectiveHere = network();
    const problem = problemOf(objectiveHere, 1e-300);
    const machine = translate(optimizer, settings);
    const state = machine.init(
      Float64Array.from(places, (at) => params0[at]!),
      problem,
    );
    machine.advance(state, problem, null);
    const decay = optimizer === "adamw" ? 0 : settings.weight_decay;
    expected.forEach((parameters, t) => {
      const gradient = new Float64Array(objectiveHere.size);
      const value = objectiveHere.evaluate(state.current, gradient);
      expect(Math.abs(value - losses[t]!)).toBeLessThan(1e-11);
      gradient.forEach((g, j) => (gradient[j] = g + decay * state.current[j]!));
      machine.advance(state, problem, { value, gradient, hessian: null });
      places.forEach((at, j) => expect(Math.abs(state.current[j]! - parameters[at]!)).toBeLessThan(1e-11));
    });
  });
});

describe("a network trained in frames", () => {
  it("stops in the middle of an epoch, and goes on from JSON on the other backend with the same bits", () => {
    const generator = random(4);
    const rows = Array.from({ length: 300 }, () => [4 * generator.uniform() - 2, 4 * generator.uniform() - 2]);
    const labels = rows.map(([a, b]) => (a! * b! > 0 ? 1 : 0));
    const optimizer = adam({ learningRate: 0.05, batchSize: 32, seed: 2, epochs: 8 });
    const start = Float64Array.from({ length: network(rows, labels).size }, () => generator.uniform() - 0.5);
    const whole = minimizer(network(rows, labels), { optimizer, start });
    whole.step({ units: Infinity });
    const job = minimizer(network(rows, labels), { optimizer, start });
    job.step({ units: 17 });
    expect(job.done).toBe(false);
    const stored = JSON.stringify(job);
    expect((JSON.parse(stored) as { state: { batch: number } }).state.batch).toBeGreaterThan(0);
    const before = backend.name;
    backend.use(before === "wasm" ? "typescript" : "auto");
    try {
      const resumed = resumeMinimizer(stored, network(rows, labels));
      while (!resumed.step({ budgetMs: 2 }));
      expect(resumed.result).toEqual(whole.result);
    } finally {
      backend.use(before);
    }
    expect(whole.result.value).toBeLessThan(0.4);
  });
});
