import { describe, expect, test } from "vitest";
import {
  backend,
  checkGradient,
  dataset,
  exp,
  likelihoods,
  losses,
  minimize,
  minimizer,
  models,
  objective,
  optimizers,
  priors,
  resumeMinimizer,
  sparse,
} from "../../src/index.js";
import { bits, draws, expectBits, within } from "../support.js";

/** The linear model with an intercept, stated by hand. */
const linearParts: Parameters<typeof models.custom>[0] = {
  name: "my linear",
  size: (columns, outputs) => outputs * (columns + 1),
  scores(theta, x, out) {
    const stride = x.length + 1;
    for (let k = 0; k < out.length; k++) {
      out[k] = theta[k * stride];
      for (let j = 0; j < x.length; j++) out[k] += theta[k * stride + 1 + j] * x[j];
    }
  },
  gradient(_, x, slopes, out) {
    const stride = x.length + 1;
    for (let k = 0; k < slopes.length; k++) {
      out[k * stride] += slopes[k];
      for (let j = 0; j < x.length; j++) out[k * stride + 1 + j] += slopes[k] * x[j];
    }
  },
};

const linear = models.custom(linearParts);
/** The same, which has no second derivatives. */
const secondOrder = models.custom({ ...linearParts, hessianVector: () => {} });

/** One observation per time: a·exp(−k·t). */
const decayParts: Parameters<typeof models.custom>[0] = {
  name: "decay",
  size: () => 2,
  scores: ([a, k], [t], out) => void (out[0] = a * exp(-k * t)),
  gradient([a, k], [t], [slope], out) {
    const decayed = exp(-k * t);
    out[0] += slope * decayed;
    out[1] -= slope * a * t * decayed;
  },
  start: () => [1, 1],
};

const decay = models.custom(decayParts);
const bentParts: Parameters<typeof models.custom>[0] = {
  ...decayParts,
  hessianVector([a, k], [t], [slope], [u, v], out) {
    const decayed = exp(-k * t);
    out[0] -= slope * t * decayed * v;
    out[1] += slope * t * decayed * (a * t * v - u);
  },
};
const bent = models.custom(bentParts);

const source = draws(81);
const rows = 333;
const x = source.normal(rows * 2);
const weights = source.uniform(rows, 0.5, 2);
weights[7] = 0;

describe("a model of one's own", () => {
  test.each([
    ["binary", losses.binaryCrossEntropy(), source.classes(rows, 2), 1],
    ["softmax", losses.softmaxCrossEntropy({ classes: 3 }), source.classes(rows, 3), 3],
  ] as const)("that is linear is the linear one: %s", (_, loss, y, outputs) => {
    const offset = source.normal(rows * outputs);
    const data = dataset(x, y, { columns: 2, weights, offset });
    const [mine, own] = [linear, models.linear()].map((model) => objective({ data, model, loss }));
    expect(mine.size).toBe(3 * outputs);
    const theta = source.normal(3 * outputs);
    within(mine.value(theta), own.value(theta), 1e-14);
    mine.gradient(theta).forEach((value, j) => within(value, own.gradient(theta)[j], 1e-14));
    expect(checkGradient(mine, theta).gradient.error).toBeLessThan(1e-9);
    mine.bound.scores(theta).forEach((z, i) => within(z, own.bound.scores(theta)[i], 1e-14));
  });

  test.each([
    ["binary", losses.binaryCrossEntropy(), source.classes(rows, 2), 1],
    ["softmax", losses.softmaxCrossEntropy({ classes: 3 }), source.classes(rows, 3), 3],
  ] as const)("that states its second derivatives has Hessian times vector: %s", (_, loss, y, outputs) => {
    const data = dataset(x, y, { columns: 2, weights, offset: source.normal(rows * outputs) });
    const prior = priors.normal({ sd: 0.5 });
    const penalty = prior.penalty({ totalWeight: data.totalWeight });
    const mine = objective({ data, model: secondOrder, loss, penalty });
    const bare = objective({ data, model: models.linear(), loss });
    const theta = source.normal(3 * outputs);
    const v = source.normal(3 * outputs);
    const own = bare.hessianVector(theta, v);
    mine.hessianVector(theta, v).forEach((value, j) => within(value, own[j] + (4 * v[j]) / data.totalWeight, 1e-14));
    expect(mine.capabilities).toContain("hessianVector");
    expect(objective({ data, model: linear, loss }).capabilities).not.toContain("hessianVector");
  });

  test("whose scores bend has the Hessian that differences give, and a wrong one is seen", () => {
    const t = Array.from({ length: 70 }, (_, i) => [i / 8]);
    const y = t.map(([time], i) => 3 * Math.exp(-0.4 * time) + Math.sin(7 * i) / 10);
    const counted = Float64Array.from(t, (_, i) => (i % 5 === 0 ? 0 : 1 + (i % 3)));
    const at = (model: typeof decay): ReturnType<typeof objective> =>
      objective({ data: dataset(t, y, { weights: counted }), model, loss: losses.logCosh() });
    const right = checkGradient(at(bent), [2.5, 0.6]);
    expect(right.gradient.error).toBeLessThan(1e-10);
    expect(right.hessian!.error).toBeLessThan(1e-10);
    expect(checkGradient(at(decay), [2.5, 0.6]).hessian).toBeNull();
    const wrong = models.custom({ ...bentParts, hessianVector: () => {} });
    expect(checkGradient(at(wrong), [2.5, 0.6]).hessian!.error).toBeGreaterThan(1e-3);
    expect(() => at(bent).hessian([2.5, 0.6])).toThrow(/"objective" expected one with a Hessian/);
  });

  test("is minimised by Newton-CG, in slices, stored and on both backends with the same bits", () => {
    const t = Array.from({ length: 150 }, (_, i) => [i / 16]);
    const y = t.map(([time], i) => 3 * Math.exp(-0.4 * time) + Math.sin(7 * i) / 10);
    const optimizer = optimizers.newtonCG();
    const loss = losses.squaredError();
    const plain = objective({ data: dataset(t, y), model: decay, loss });
    expect(() => minimize(plain, { optimizer })).toThrow(/needs "hessianVector"/);
    const before = backend.name;
    const runs = (["typescript", before === "wasm" ? "auto" : "typescript"] as const).map((name) => {
      backend.use(name);
      try {
        const target = (): ReturnType<typeof objective> => objective({ data: dataset(t, y), model: bent, loss });
        const whole = minimize(target(), { optimizer });
        const job = minimizer(target(), { optimizer });
        job.step({ units: 7 });
        const again = resumeMinimizer(JSON.stringify(job), target());
        while (!again.step({ units: 1 }));
        expectBits(bits(again.result.parameters), bits(whole.parameters));
        expect(whole.converged).toBe(true);
        expect(whole.iterations).toBeLessThan(12);
        const other = minimize(plain).parameters;
        whole.parameters.forEach((value, j) => within(value, other[j], 1e-8));
        return bits(whole.parameters, whole.value);
      } finally {
        backend.use(before);
      }
    });
    expectBits(runs[0], runs[1]);
  });

  test("gives the same bits in slices, on both backends, and after being stored", () => {
    const y = source.classes(rows, 2);
    const before = backend.name;
    const runs = (["typescript", before === "wasm" ? "auto" : "typescript"] as const).map((name) => {
      backend.use(name);
      try {
        const target = (): ReturnType<typeof objective> =>
          objective({
            data: dataset(x, y, { columns: 2, weights }),
            model: linear,
            likelihood: likelihoods.bernoulli(),
          });
        const whole = minimize(target());
        const job = minimizer(target());
        job.step({ units: 3 });
        const again = resumeMinimizer(JSON.stringify(job), target());
        while (!again.step({ units: 1 }));
        expectBits(bits(again.result.parameters), bits(whole.parameters));
        return bits(whole.parameters, whole.value);
      } finally {
        backend.use(before);
      }
    });
    expectBits(runs[0], runs[1]);
  });

  test("takes priors of all its parameters, batches of rows, and stochastic optimisers", () => {
    const y = source.classes(rows, 2);
    const data = dataset(x, y, { columns: 2 });
    const loss = losses.binaryCrossEntropy();
    const [mine, own] = [
      objective({ data, model: linear, likelihood: likelihoods.bernoulli(), prior: priors.normal({ sd: [1, 2, 3] }) }),
      objective({ data, model: models.linear(), loss }),
    ];
    const theta = Float64Array.of(0.3, -1, 2);
    const added = (0.3 ** 2 / 1 + 1 / 4 + 4 / 9) / 2;
    within(rows * (mine.value(theta) - own.value(theta)), added, 1e-11);
    const all = Array.from({ length: rows }, (_, i) => i);
    expect(mine.evaluate(theta, null, { rows: all })).toBe(mine.value(theta));
    const optimizer = optimizers.adam({ learningRate: 0.05, batchSize: 32, seed: 1, epochs: 30 });
    expect(minimize(mine, { optimizer }).value).toBeLessThan(mine.value(new Float64Array(3)));
  });

  test("of a curve is found from where it starts", () => {
    const t = Array.from({ length: 20 }, (_, i) => [i / 4]);
    const y = t.map(([time]) => 3 * Math.exp(-0.4 * time));
    const target = objective({ data: dataset(t, y), model: decay, loss: losses.squaredError() });
    expect(target.initial!()).toEqual(Float64Array.of(1, 1));
    const { parameters, status } = minimize(target, { tolerance: 1e-24 });
    expect(status).toBe("stationary");
    within(parameters[0], 3, 1e-9);
    within(parameters[1], 0.4, 1e-9);
    expect(target.convex).toBe(false);
  });

  test("takes X in 32 bits, and sparse, with the same bits", () => {
    const whole = Float32Array.from(x);
    const y = source.classes(rows, 2);
    const loss = losses.binaryCrossEntropy();
    const theta = Float64Array.of(0.3, -1, 2);
    const rowsOf = Array.from({ length: rows }, (_, i) => Array.from(whole.subarray(2 * i, 2 * i + 2)));
    const [a, b, c] = [
      dataset(Float64Array.from(whole), y, { columns: 2 }),
      dataset(whole, y, { columns: 2, storage: "float32" }),
      dataset(sparse(rowsOf.map(([p, q]) => ({ p, q }))), y),
    ].map((data) => objective({ data, model: linear, loss }).valueAndGradient(theta));
    expectBits(bits(b.value, b.gradient), bits(a.value, a.gradient));
    expectBits(bits(c.value, c.gradient), bits(a.value, a.gradient));
  });

  test("cannot spoil the data: features are copies", () => {
    const spoiling = models.custom({
      name: "spoiling",
      size: () => 1,
      scores(theta, features, out) {
        out[0] = theta[0] * features[0];
        features.fill(NaN);
        theta.fill(theta[0]);
      },
      gradient: (_theta, _features, [slope], out) => void (out[0] += slope),
    });
    const target = objective({ data: dataset([[1], [2]], [1, 2]), model: spoiling, loss: losses.squaredError() });
    expect(target.value(Float64Array.of(2))).toBe(target.value(Float64Array.of(2)));
    expect(target.value(Float64Array.of(1))).toBe(0);
  });

  test("refuses what does not fit, and shows what is not written", () => {
    const data = dataset([[1], [2]], [1, 2]);
    const of = (more: object) =>
      models.custom({ name: "x", size: () => 1, scores: () => {}, gradient: () => {}, ...more });
    const build = (more: object) => objective({ data, model: of(more), loss: losses.squaredError() });
    expect(() => of({ scores: 1 })).toThrow(/"scores" expected a function/);
    expect(() => build({ size: () => 0 })).toThrow(/"size\(columns, outputs\)" expected/);
    expect(() => minimize(build({ start: () => [1, 2] }))).toThrow(/"start\(columns, outputs\)" expected 1 numbers/);
    expect(build({}).value(Float64Array.of(0))).toBeNaN();
    expect(() => models.fromJSON(of({}).toJSON())).toThrow(/one's own is made again/);
  });
});
