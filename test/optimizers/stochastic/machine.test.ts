import { describe, expect, it } from "vitest";
import { dataset } from "../../../src/dataset.js";
import { backend, resumeMinimizer } from "../../../src/index.js";
import { bernoulli } from "../../../src/likelihoods/index.js";
import { hinge, squaredError } from "../../../src/losses/index.js";
import { minimize, minimizer } from "../../../src/minimize.js";
import { type Objective, objective } from "../../../src/objective.js";
import { adagrad, adam, adamw, ftrl, lbfgs, rmsprop, saga, sgd } from "../../../src/optimizers/index.js";
import type { Minimizable } from "../../../src/optimizers/objective.js";
import type { Part } from "../../../src/optimizers/optimizer.js";
import { l1, l2 } from "../../../src/penalties/index.js";
import { normal } from "../../../src/priors/index.js";
import { random } from "../../../src/random.js";
import { a3 } from "../problems.js";

/** Anchor A3 as data. */
const anchor = (): Objective =>
  objective({
    data: dataset([[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]], [0, 0, 1, 0, 1, 0, 1, 1]),
    likelihood: bernoulli(),
  });

/** Logistic data of `rows` rows: three columns count, the fourth does not. */
function logistic(rows: number, seed = 1): Objective {
  const generator = random(seed);
  const x = Float64Array.from({ length: 4 * rows }, () => 2 * generator.uniform() - 1);
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const z = 0.5 + 2 * x[4 * i]! - x[4 * i + 1]! + 0.5 * x[4 * i + 2]!;
    return generator.uniform() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
  });
  return objective({ data: dataset(x, y, { columns: 4 }), likelihood: bernoulli(), prior: normal({ sd: 3 }) });
}

describe("stochastic optimisers on A3", () => {
  it("S8: sgd with a decaying step reaches J to 1e-3", () => {
    const learningRate = { kind: "inverseTime", rate: 0.5, decay: 0.01 } as const;
    const result = minimize(anchor(), { optimizer: sgd({ learningRate, batchSize: 2, seed: 1, epochs: 400 }) });
    expect(result.value - a3.minimum).toBeGreaterThanOrEqual(-1e-15);
    expect(result.value - a3.minimum).toBeLessThan(1e-3);
    expect(result).toMatchObject({ status: "iteration-limit", iterations: 400, converged: false });
    expect(result.reason).toBe("The 400 epochs asked for are done.");
    // Gradients of the start, of 4 batches an epoch and of what is reported; values of the whole after each epoch.
    expect(result.passes).toEqual([400, 1 + 400 * 4 + 1, 0]);
    const gradient = new Float64Array(2);
    anchor().evaluate(result.parameters, gradient);
    expect(result.gradient).toEqual(gradient);
    expect(result.certificate).toMatchObject({ kind: "gradient-norm", value: result.gradientNorm });
  });

  it.each([
    adam({ learningRate: 0.05, batchSize: 4, epochs: 300 }),
    adamw({ learningRate: 0.05, batchSize: 4, epochs: 300, weightDecay: 0 }),
    rmsprop({ learningRate: { kind: "inverseTime", rate: 0.1, decay: 0.02 }, batchSize: 4, epochs: 600 }),
    adagrad({ learningRate: 0.5, batchSize: 4, epochs: 300 }),
    ftrl({ alpha: 1, batchSize: 4, epochs: 300 }),
    sgd({ learningRate: 0.2, batchSize: 2, epochs: 600, averageFrom: 50 }),
  ])("$name too", (optimizer) => {
    expect(minimize(anchor(), { optimizer }).value - a3.minimum).toBeLessThan(1e-3);
  });

  it.each([
    sgd({ learningRate: 0.5 }),
    sgd({ learningRate: 0.1, momentum: 0.9 }),
    sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }),
    adagrad({ learningRate: 1 }),
    ftrl({ alpha: 1 }),
  ])("on all rows $name converges, and says so", (optimizer) => {
    const result = minimize(anchor(), { optimizer });
    expect(result.status).toBe("converged");
    expect(result.value - a3.minimum).toBeLessThan(1e-14);
  });

  it("with the decay of adamw the end is not the minimum, whose parameters are larger", () => {
    const options = { learningRate: 0.05, weightDecay: 1 };
    const decayed = minimize(anchor(), { optimizer: adamw(options), maxIterations: 2000 });
    const minimum = minimize(anchor(), { optimizer: lbfgs() });
    expect(decayed.status).toBe("iteration-limit");
    expect(decayed.value).toBeGreaterThan(minimum.value + 1e-3);
  });
});

describe("batches", () => {
  const options = { learningRate: 0.1, batchSize: 7, seed: 5, epochs: 6 };

  it("take every row once an epoch, in another order each time", () => {
    const seen: number[][] = [];
    const rows = 20;
    const spy: Minimizable = {
      size: 1,
      rows,
      evaluate(p, g, part?: Part) {
        if (part !== undefined) seen.push([...(part.rows as Uint32Array)]);
        if (g !== null) g[0] = 1e-3 * p[0]! + 1e-3;
        return p[0]!;
      },
    };
    minimize(spy, { optimizer: sgd(options) });
    expect(seen.map(({ length }) => length)).toEqual(Array.from({ length: 6 }, () => [7, 7, 6]).flat());
    const epochs = [0, 3, 6].map((at) => seen.slice(at, at + 3).flat());
    for (const epoch of epochs)
      expect([...epoch].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(epochs[0]).toEqual([...random(5, 1).permutation(20)]);
  });

  it("depend on the seed alone", () => {
    const at = (seed: number): Float64Array =>
      minimize(logistic(50), { optimizer: sgd({ ...options, seed }) }).parameters;
    expect(at(5)).toEqual(at(5));
    expect(at(6)).not.toEqual(at(5));
  });

  it.each([
    sgd({ ...options, momentum: 0.5, averageFrom: 2, validation: 0.2 }),
    adam({ ...options, validation: 0.3, patience: 3 }),
    rmsprop({ ...options, centered: true, momentum: 0.5 }),
    adagrad(options),
    adamw({ ...options, amsgrad: true, clipNorm: 0.1 }),
    ftrl({ batchSize: 7, epochs: 6 }),
    saga({ batchSize: 7, epochs: 6 }),
  ])("$name stored in the middle of an epoch goes on with the same bits, on the other backend too", (optimizer) => {
    const whole = minimize(logistic(50), { optimizer });
    const before = backend.name;
    for (const units of [1, 2, 9, 20]) {
      const job = minimizer(logistic(50), { optimizer });
      job.step({ units });
      const stored = JSON.stringify(job);
      backend.use(units % 2 === 0 ? (before === "wasm" ? "typescript" : "auto") : before);
      try {
        const resumed = resumeMinimizer(stored, logistic(50));
        while (!resumed.step({ units: 3 }));
        expect(resumed.result).toEqual(whole);
      } finally {
        backend.use(before);
      }
    }
  });

  it("larger than the data are refused, with what there is", () => {
    const start = (): unknown => minimize(logistic(50), { optimizer: sgd({ batchSize: 51 }) });
    expect(start).toThrow('"batchSize" expected at most the 50 rows, got 51');
    const held = (): unknown => minimize(logistic(50), { optimizer: sgd({ batchSize: 41, validation: 0.2 }) });
    expect(held).toThrow('"batchSize" expected at most the 40 rows not held out, got 41');
    const none = (): unknown => minimize(logistic(5), { optimizer: sgd({ validation: 0.1 }) });
    expect(none).toThrow('"validation" expected a share that leaves some of 5 rows on both sides, got 0.1');
  });

  it("of an objective that offers none are refused by name", () => {
    expect(() => minimize(a3, { optimizer: adam({ batchSize: 2 }) })).toThrow(/"adam" needs "rows"/);
  });

  it("of all rows are the whole objective", () => {
    const rows = minimize(logistic(50), { optimizer: sgd({ learningRate: 0.5, batchSize: 50, epochs: 20 }) });
    const whole = minimize(logistic(50), { optimizer: sgd({ learningRate: 0.5 }), maxIterations: 20 });
    expect(rows.parameters).toEqual(whole.parameters);
    expect(rows.value).toBe(whole.value);
  });
});

describe("when to stop", () => {
  it("an explosion names the step and keeps the best epoch", () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => i);
    const line = objective({ data: dataset(x, x, { columns: 1 }), loss: squaredError() });
    const result = minimize(line, { optimizer: sgd({ learningRate: 1, batchSize: 10 }) });
    expect(result.status).toBe("diverged");
    expect(result.reason).toMatch(/at step \d+: the learning rate is too large; .* kept\.$/);
    expect(result.value).toBe(line.value(result.parameters));
    expect(result.value).toBeLessThanOrEqual(line.value(new Float64Array(2)));
    const whole = minimize(line, { optimizer: adam({ learningRate: 1e308 }) });
    expect(whole.status).toBe("diverged");
    expect(whole.parameters).toEqual(new Float64Array(2));
  });

  it("patience counts epochs without a better objective", () => {
    const optimizer = sgd({ learningRate: 2, batchSize: 5, patience: 4, epochs: 1000 });
    const result = minimize(logistic(40), { optimizer });
    expect(result.status).toBe("iteration-limit");
    expect(result.reason).toMatch(
      /^Stopped early: the objective was not lower in the last 4 epochs; the parameters of/,
    );
    expect(result.iterations).toBeLessThan(1000);
  });

  it("rows held out choose the epoch, and are never trained on", () => {
    // Labels of chance: the loss of new rows soon rises while that of the training rows falls.
    const generator = random(3);
    const [rows, columns] = [60, 40];
    const x = Float64Array.from({ length: rows * columns }, () => 2 * generator.uniform() - 1);
    const y = Float64Array.from({ length: rows }, () => (generator.uniform() < 0.5 ? 1 : 0));
    const target = objective({ data: dataset(x, y, { columns }), likelihood: bernoulli() });
    const parts: number[][] = [];
    const spied: Minimizable = {
      ...target,
      begin(p, order, part?: Part) {
        if (part?.prior === true) parts.push([...(part.rows as Uint32Array)]);
        return target.begin(p, order, part);
      },
    };
    const optimizer = sgd({ learningRate: 1, batchSize: 10, validation: 0.25, patience: 10, seed: 2, epochs: 500 });
    const result = minimize(spied, { optimizer });
    expect(result.reason).toMatch(/^Stopped early: the loss of the rows held out was not lower in the last 10 epochs/);
    const trained = new Set(parts.flat());
    expect(trained.size).toBe(45);
    const heldOut = Array.from({ length: rows }, (_, i) => i).filter((i) => !trained.has(i));
    const loss = (p: Float64Array): number => target.evaluate(p, null, { rows: heldOut, prior: false });
    const kept = [...trained];
    const part = dataset(
      kept.map((i) => [...x.subarray(i * columns, (i + 1) * columns)]),
      kept.map((i) => y[i]!),
    );
    const training = objective({ data: part, likelihood: bernoulli() });
    const unwatched = minimize(training, { optimizer: sgd({ learningRate: 1, batchSize: 10, seed: 2, epochs: 100 }) });
    expect(training.value(unwatched.parameters)).toBeLessThan(training.value(result.parameters));
    expect(loss(result.parameters)).toBeLessThan(loss(unwatched.parameters) - 0.1);
    expect(result.value).toBe(target.value(result.parameters));
  });

  it("a function of one's own without rows is stepped on as a whole", () => {
    const result = minimize(a3, { optimizer: adam({ learningRate: 0.05 }) });
    expect(result.value - a3.minimum).toBeLessThan(1e-12);
  });
});

describe("ftrl with an L1 penalty", () => {
  it("finds the zeros of proximal Newton, exactly 0, in full and in batches", () => {
    const { data } = logistic(200);
    const target = objective({ data, likelihood: bernoulli() });
    const sparse = objective({ data, loss: target.loss, penalty: l1(0.05) });
    const exact = minimize(sparse).parameters;
    expect(exact.filter((p) => p === 0).length).toBeGreaterThan(0);
    const whole = minimize(sparse, { optimizer: ftrl({ alpha: 2 }) });
    expect(whole.status).toBe("converged");
    const batches = minimize(sparse, { optimizer: ftrl({ alpha: 1, batchSize: 20, epochs: 300 }) });
    exact.forEach((p, j) => {
      expect(whole.parameters[j]! === 0).toBe(p === 0);
      expect(batches.parameters[j]! === 0).toBe(p === 0);
      expect(whole.parameters[j]).toBeCloseTo(p, 6);
      expect(batches.parameters[j]).toBeCloseTo(p, 2);
    });
    expect(() => minimize(sparse, { optimizer: sgd() })).toThrow(/"sgd" needs a smooth objective/);
  });
});

describe("saga", () => {
  it("converges with a fixed rate on batches, and says so", () => {
    const exact = minimize(logistic(100));
    const result = minimize(logistic(100), { optimizer: saga({ learningRate: 0.5, batchSize: 9, epochs: 5000 }) });
    expect(result.status).toBe("converged");
    exact.parameters.forEach((p, j) => expect(result.parameters[j]).toBeCloseTo(p, 6));
  });

  it("finds the zeros of an L1 penalty", () => {
    const { data } = logistic(200);
    const sparse = objective({ data, loss: objective({ data, likelihood: bernoulli() }).loss, penalty: l1(0.05) });
    const exact = minimize(sparse).parameters;
    const result = minimize(sparse, { optimizer: saga({ learningRate: 0.3, epochs: 2000 }) });
    expect(result.status).toBe("converged");
    exact.forEach((p, j) => {
      expect(result.parameters[j]! === 0).toBe(p === 0);
      expect(result.parameters[j]).toBeCloseTo(p, 6);
    });
  });

  it("explodes by name, and refuses batches larger than the data and stored positions outside the epoch", () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => i);
    const line = objective({ data: dataset(x, x, { columns: 1 }), loss: squaredError() });
    expect(minimize(line, { optimizer: saga({ learningRate: 1 }) }).status).toBe("diverged");
    const large = (): unknown => minimize(line, { optimizer: saga({ batchSize: 41 }) });
    expect(large).toThrow('"batchSize" expected at most the 40 rows, got 41');
    const job = minimizer(line, { optimizer: saga({ learningRate: 1e-4, batchSize: 10 }) });
    job.step({ units: 3 });
    const json = JSON.parse(JSON.stringify(job)) as { state: Record<string, unknown> };
    json.state["position"] = 4;
    expect(() => resumeMinimizer(json, line).step({ units: 1 })).toThrow(/json\.state\.position/);
  });
});

describe("hinge loss", () => {
  it("is stepped on along subgradients", () => {
    const { data } = logistic(200);
    const target = objective({ data, loss: hinge(), penalty: l2(0.1) });
    const learningRate = { kind: "inverseTime", rate: 1, decay: 0.1 } as const;
    const result = minimize(target, { optimizer: sgd({ learningRate, batchSize: 10, epochs: 200 }) });
    expect(result.value - minimize(target).value).toBeLessThan(1e-3);
  });
});

describe("a stored state", () => {
  const stored = (): Record<string, unknown> => {
    const job = minimizer(logistic(50), { optimizer: adam({ batchSize: 10, averageFrom: 1 }) });
    job.step({ units: 9 });
    return JSON.parse(JSON.stringify(job)) as Record<string, unknown>;
  };

  it.each([
    ["phase", 5],
    ["phase", -1],
    ["phase", 1.5],
    ["batch", 5],
    ["batch", 1e9],
    ["batch", -1],
    ["steps", "NaN"],
    ["averaged", 0.5],
    ["stalled", "Infinity"],
    ["current", [1, 2]],
    ["slots", {}],
    ["slots", null],
  ])("with %s %o is refused by name", (key, value) => {
    const json = stored();
    (json["state"] as Record<string, unknown>)[key] = value;
    const run = (): unknown => resumeMinimizer(json, logistic(50)).step({ units: Infinity });
    expect(run).toThrow(new RegExp(`json\\.state\\.${key}`));
  });

  it("of data with other rows is refused", () => {
    expect(() => resumeMinimizer(stored(), logistic(49))).toThrow(/json\.problem\.(totalWeight|rows)/);
  });
});
