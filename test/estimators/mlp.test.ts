import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import {
  type Loss,
  type NetworkFit,
  backend,
  dataset,
  erm,
  fitFromJSON,
  fitter,
  losses,
  mlp,
  models,
  objective,
  likelihoods,
  optimizers,
  penalties,
  priors,
  resume,
  sparse,
} from "../../src/index.js";
import { csv } from "../support.js";

const iris = csv("iris");
const X = iris.matrix(iris.names.filter((name) => name !== "target"));
const species = iris.column("target").map((k) => ["setosa", "versicolor", "virginica"][k]!);
const options = { hidden: [8], standardize: true, epochs: 30, batchSize: 32, learningRate: 0.02, seed: 3 } as const;

type Fields = Record<string, unknown>;

const shareOf = (got: ArrayLike<unknown>, expected: readonly unknown[]): number =>
  expected.filter((label, i) => got[i] === label).length / expected.length;

describe("mlp", () => {
  const fit = mlp(X, species, options);

  it("learns classes", () => {
    expect(fit.status).toBe("iteration-limit");
    expect(fit.reason).toMatch(/30 epochs/);
    expect(shareOf(fit.predict(X), species)).toBeGreaterThan(0.96);
    expect(fit.predictProbabilities(X).length).toBe(450);
    expect(fit.history.length).toBe(30);
    expect(fit.history[29]).toBe(fit.objective);
    expect(fit.history[29]).toBeLessThan(fit.history[0]! / 3);
    expect(fit.coefficients.length + fit.intercepts.length).toBe(fit.parameters.length);
    expect(() => fit.summary()).toThrow(/a network/);
  });

  it("learns numbers, from their mean on", () => {
    const y = X.map(([a, b, c]) => 100 + 3 * a! - 2 * b! * c!);
    const numbers = mlp(X, y, { hidden: [6], standardize: true, optimizer: optimizers.lbfgs(), maxIterations: 200 });
    const residuals = (numbers.predict(X) as Float64Array).map((value, i) => value - y[i]!);
    const rss = residuals.reduce((sum, r) => sum + r * r, 0);
    expect(Math.sqrt(rss / y.length)).toBeCloseTo(numbers.sd!, 10);
    expect(numbers.sd!).toBeLessThan(0.2);
    const none = mlp(X, y, { hidden: [6], standardize: true, optimizer: optimizers.lbfgs(), maxIterations: 0 });
    expect(none.intercepts.at(-1)).toBeCloseTo(y.reduce((sum, value) => sum + value, 0) / y.length, 10);
  });

  it("takes numbers as classes where that is said", () => {
    const y = iris.column("target");
    const bySaying = mlp(X, y, { ...options, targets: "classes" });
    expect(bySaying.parameters).toEqual(fit.parameters);
    expect(mlp(X, y, { ...options, classes: [0, 1, 2] }).parameters).toEqual(fit.parameters);
    expect(mlp(X, y, { ...options, epochs: 1 }).link).toBe("identity");
  });

  it("gives the same bits on both backends, in slices, stored and resumed", () => {
    for (const name of ["wasm", "typescript"] as const) {
      backend.use(name);
      expect(mlp(X, species, options).parameters).toEqual(fit.parameters);
    }
    backend.use(process.env["SURPRISAL_BACKEND"] as "wasm");
    const job = fitter(mlp, X, species, options);
    for (let i = 0; i < 60; i++) job.step({ units: 1 });
    const resumed = resume(JSON.stringify(job), { x: X, y: species });
    while (!resumed.step({ units: 7 }));
    const again = resumed.result as NetworkFit;
    expect(again.parameters).toEqual(fit.parameters);
    expect(again.history).toEqual(fit.history);
    expect(JSON.stringify(again)).toBe(JSON.stringify(fit));
    const done = resume(JSON.stringify(resumed), {}) as { result: unknown };
    expect((done.result as NetworkFit).parameters).toEqual(fit.parameters);
  });

  it("predicts the same bits row by row, by blocks, from JSON and from the objective", () => {
    const many = X.concat(X);
    const scores = fit.scores(many);
    expect(scores.slice(0, 450)).toEqual(scores.slice(450));
    expect(fit.scores(X.slice(0, 3))).toEqual(scores.slice(0, 9));
    const read = fitFromJSON(JSON.stringify(fit)) as NetworkFit;
    expect(read.scores(many)).toEqual(scores);
    expect(read.predict(X)).toEqual(fit.predict(X));
    const target = objective({
      data: dataset(X, iris.column("target"), { standardize: true }),
      model: models.mlp({ hidden: [8] }),
      likelihood: likelihoods.categorical({ classes: 3 }),
    });
    expect(target.bound.scores(fit.parameters)).toEqual(scores.slice(0, 450));
    const out = new Float64Array(450);
    expect(fit.predictInto(Float64Array.from(X.flat()), out)).toBe(out);
    expect(out).toEqual(fit.predictProbabilities(X));
  });

  it("is a posteriori by prior or penalty, the same bits", () => {
    const prior = priors.normal({ sd: 2 });
    const one = mlp(X, species, { ...options, prior });
    const other = mlp(X, species, { ...options, penalty: prior.penalty({ totalWeight: 150 }) });
    expect(one.parameters).toEqual(other.parameters);
    expect(one.parameters).not.toEqual(fit.parameters);
    expect(one.prior).toBe("normal(sd 2)");
  });

  it("stops early where the rows held out get no better", () => {
    const early = mlp(X, species, { ...options, epochs: 400, validation: 0.3, patience: 5 });
    expect(early.status).toBe("iteration-limit");
    expect(early.reason).toMatch(/Stopped early/);
    expect(early.iterations).toBeLessThan(400);
  });

  it("keeps the last good parameters of a run that explodes, and names the step", () => {
    const y = X.map(([a]) => 1e6 * a!);
    const wild = {
      hidden: [8],
      activation: "relu",
      optimizer: optimizers.sgd({ learningRate: 10, batchSize: 30 }),
    } as const;
    const exploded = mlp(X, y, wild);
    expect(exploded.status).toBe("diverged");
    expect(exploded.reason).toMatch(/at step \d+: the learning rate is too large/);
    expect(exploded.parameters.every(Number.isFinite)).toBe(true);
  });

  it("refuses what makes no sense", () => {
    expect(() => mlp(X, species, { ...options, batchSize: 151 })).toThrow(/"batchSize" expected at most the 150 rows/);
    expect(() => mlp(X, species, { ...options, optimizer: optimizers.lbfgs() })).toThrow(
      /"batchSize" expected nothing/,
    );
    expect(() => mlp(X, species, { ...options, sd: 1 })).toThrow(/"sd" expected nothing beside classes/);
    expect(() => mlp(X, [1, 2])).toThrow(/"y" expected 150/);
    expect(() => mlp(X, iris.column("target"), { prior: priors.normal({ sd: 1 }) })).toThrow(/known sd/);
    expect(() => fit.predict([[1, 2, 3]])).toThrow(/4 columns as fitted/);
    expect(() => fit.predictInto(new Float64Array(3), new Float64Array(3))).toThrow(/rows of 4 columns/);
    expect(() => fit.predictInto(new Float64Array(4), new Float64Array(4))).toThrow(/length 3/);
    expect(() => fit.predictInto(Float64Array.of(1, 2, NaN, 4), new Float64Array(3))).toThrow(/row 0, column 2/);
    const statement = { data: dataset(X, iris.column("target")), model: models.mlp({ hidden: [2] }) };
    expect(() => erm({ ...statement, loss: losses.squaredError(), penalty: penalties.l2(1) })).toThrow(/call mlp/);
  });

  it("predictInto leaves nothing on the heap: 100,000 calls less than 64 kB", () => {
    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("gc") as () => void;
    const fit = mlp(X, species, { ...options, epochs: 1 });
    const [row, out] = [Float64Array.from(X[0]!), new Float64Array(fit.outputs)];
    const heapAfter = (calls: number): number => {
      for (let i = 0; i < calls; i++) fit.predictInto(row, out);
      for (let i = 0; i < 4; i++) gc();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    heapAfter(10_000);
    const before = heapAfter(0);
    expect(heapAfter(100_000) - before).toBeLessThan(64 * 1024);
  });

  it("refuses hostile checkpoints", () => {
    const text = JSON.stringify(fit);
    const changed = (change: (json: Record<string, unknown>) => void): unknown => {
      const json = JSON.parse(text) as Record<string, unknown>;
      change(json);
      return json;
    };
    const wrong: [unknown, RegExp][] = [
      [text.slice(0, -20), /valid JSON/],
      [changed((json) => (json["parameters"] as number[]).pop()), /"json.parameters" expected an array of length 67/],
      [changed((json) => ((json["parameters"] as unknown[])[5] = "NaN")), /finite numbers, got NaN at row 5/],
      [changed((json) => ((json["parameters"] as unknown[])[5] = null)), /json.parameters\[5\]/],
      [changed((json) => (json["hidden"] = [1e9])), /json.hidden\[0\]/],
      [changed((json) => (json["hidden"] = [9])), /length 75/],
      [changed((json) => (json["hidden"] = "8")), /json.hidden/],
      [changed((json) => (json["outputs"] = 1)), /json.(classes|outputs)/],
      [changed((json) => (json["activation"] = "constructor")), /json.activation/],
      [changed((json) => (json["names"] = [])), /json.(names|statement)/],
      [changed((json) => ((json["moments"] as { scale: number[] }).scale[0] = 0)), /json.moments.scale/],
      [changed((json) => delete json["history"]), /json.history/],
      [changed((json) => (json["more"] = 1)), /only the fields/],
      [JSON.parse(text.replace('"version"', '"__proto__":{"polluted":1},"version"')), /only the fields/],
    ];
    for (const [json, message] of wrong) expect(() => fitFromJSON(json)).toThrow(message);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("a stored job is refused by name or goes on to finite parameters, whatever one of its fields says", () => {
    const job = fitter(mlp, X, species, { ...options, hidden: [3], epochs: 3 });
    job.step({ units: 6 });
    const text = JSON.stringify(job);
    expect(() => resume(text.slice(0, -9), { x: X, y: species })).toThrow(/JSON/);
    const work = (json: Fields): Fields => (json["work"] as Fields)["minimizer"] as Fields;
    const state = (json: Fields): Fields => work(json)["state"] as Fields;
    const changes: [(json: Fields) => unknown, RegExp | null][] = [
      [(json) => (json["options"] = { ...(json["options"] as Fields), hidden: [4] }), /json/],
      [(json) => ((work(json)["optimizer"] as Fields)["options"] = { learningRate: 9 }), /json.optimizer.options/],
      [(json) => ((work(json)["optimizer"] as Fields)["name"] = "sgd"), /json.optimizer.name/],
      [(json) => (state(json)["parameters"] as number[]).pop(), /json.state.parameters/],
      [(json) => (state(json)["phase"] = 9), /json.state.phase/],
      [(json) => delete state(json)["slots"], /json.state/],
      [(json) => ((work(json)["problem"] as Fields)["size"] = 4), /json.problem.size|json/],
      [(json) => (json["classes"] = ["setosa", "versicolor", "other"]), /classes|"y"/],
      [(json) => ((state(json)["slots"] as Fields)["power1"] = "NaN"), /json.state.slots.power1/],
      [(json) => (((state(json)["slots"] as Fields)["means"] as unknown[])[0] = "Infinity"), /json.state.slots.means/],
      [(json) => ((state(json)["current"] as unknown[])[0] = 1e308), /json.point/],
      [(json) => ((state(json)["parameters"] as unknown[])[0] = 1e308), null],
    ];
    for (const [change, message] of changes) {
      const json = JSON.parse(text) as Fields;
      change(json);
      const call = (): NetworkFit => {
        const again = resume(json, { x: X, y: species });
        again.step({ units: 1000 });
        return again.result as NetworkFit;
      };
      if (message !== null) expect(call, String(change)).toThrow(message);
      else expect(call().parameters.every(Number.isFinite), String(change)).toBe(true);
    }
    const polluted = JSON.parse(text.replace('"work"', '"__proto__":{"polluted":1},"work"')) as object;
    expect(() => resume(polluted, { x: X, y: species })).toThrow(/json/);
  });

  it("takes few rows, rows of 32 bits and weights as it takes others, and refuses one class and sparse rows", () => {
    const corners = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const y = ["same", "other", "other", "same"];
    const small = { hidden: [3], epochs: 4 };
    const plain = mlp(corners, y, small);
    const flat = mlp(Float32Array.from(corners.flat()), y, { ...small, columns: 2 });
    expect(flat.parameters).toEqual(plain.parameters);
    expect(mlp([[1, 2]], [3], small).parameters.every(Number.isFinite)).toBe(true);
    expect(mlp(corners, y, { ...small, weights: [1, 1, 1, 1] }).parameters).toEqual(plain.parameters);
    const whole = { hidden: [3], optimizer: optimizers.lbfgs(), maxIterations: 5 };
    const twice = mlp([...corners, corners[0]!], [...y, y[0]!], whole);
    const weighted = mlp(corners, y, { ...whole, weights: [2, 1, 1, 1] });
    weighted.parameters.forEach((p, j) => expect(Math.abs(p - twice.parameters[j]!)).toBeLessThan(1e-9));
    expect(() => mlp(corners, ["a", "a", "a", "a"])).toThrow(/at least two classes/);
    expect(() => mlp(corners, y, { weights: [0, 0, 0, 0] })).toThrow(/"weights"/);
    expect(() => mlp(corners, y, { ...small, batchSize: 5 })).toThrow(/"batchSize" expected at most the 4 rows/);
    const rows = sparse([{ b: 1 }, { a: 1 }, { a: 1, b: 1 }, { a: 2 }]);
    expect(() => mlp(rows, y, small)).toThrow(/dense rows, which a network needs/);
  });

  it("class weights and ignored labels reach a network through its loss", () => {
    const y = Float64Array.from(iris.column("target"));
    const model = models.mlp({ hidden: [4] });
    const theta = model.initial({ columns: 4, outputs: 3 });
    const valueOf = (rows: readonly number[][], targets: Float64Array, loss: Loss, weights?: number[]): number =>
      objective({ data: dataset(rows, targets, weights && { weights }), model, loss }).value(theta);
    const weighted = losses.softmaxCrossEntropy({ classes: 3, classWeights: [1, 2, 5] });
    const plain = losses.softmaxCrossEntropy({ classes: 3 });
    const byRow = Array.from(y, (k) => [1, 2, 5][k]!);
    expect(valueOf(X, y, weighted)).toBeCloseTo(valueOf(X, y, plain, byRow), 12);
    const ignoring = losses.softmaxCrossEntropy({ classes: 3, ignoredIndex: -1 });
    const some = y.map((k, i) => (i % 3 === 0 ? -1 : k));
    const kept = X.filter((_, i) => i % 3 !== 0);
    const rest = valueOf(
      kept,
      y.filter((_, i) => i % 3 !== 0),
      plain,
    );
    expect(valueOf(X, some, ignoring)).toBeCloseTo(rest, 12);
  });
});
