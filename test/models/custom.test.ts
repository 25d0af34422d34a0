import { describe, expect, test } from "vitest";
import {
  backend,
  checkGradient,
  dataset,
  exp,
  expm1,
  likelihoods,
  losses,
  minimize,
  minimizer,
  models,
  objective,
  optimizers,
  penalties,
  priors,
  resumeMinimizer,
  sparse,
} from "../../src/index.js";
import { bits, draws, expectBits, preciseSum, within } from "../support.js";

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

/** The same by its whole matrix. */
const curvedParts: Parameters<typeof models.custom>[0] = {
  ...decayParts,
  hessian([a, k], [t], [slope], out) {
    const decayed = exp(-k * t);
    out[1] -= slope * t * decayed;
    out[2] += slope * a * t * t * decayed;
  },
};
const curved = models.custom(curvedParts);

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

  test.each([
    ["binary", losses.binaryCrossEntropy(), source.classes(rows, 2), 1],
    ["softmax", losses.softmaxCrossEntropy({ classes: 3 }), source.classes(rows, 3), 3],
  ] as const)(
    "that states its matrix of second derivatives has a Hessian, of scores linear in θ that of the linear model: %s",
    (_, loss, y, outputs) => {
      const data = dataset(x, y, { columns: 2, weights, offset: source.normal(rows * outputs) });
      const penalty = penalties.l2(0.1);
      const model = models.custom({ ...linearParts, hessian: () => {} });
      const mine = objective({ data, model, loss, penalty });
      expect(mine.capabilities).toEqual(["hessian", "hessianVector", "rows"]);
      const theta = source.normal(3 * outputs);
      const v = source.normal(3 * outputs);
      const own = objective({ data, model: models.linear(), loss }).hessian(theta);
      const hessian = mine.hessian(theta);
      // A prior of the linear model leaves intercepts alone; of one's own it acts on all of θ.
      for (let a = 0, at = 0; a < theta.length; a++) {
        for (let b = 0; b <= a; b++, at++) within(hessian[at], own[at] + (a === b ? 0.1 : 0), 1e-14);
      }
      const product = mine.hessianVector(theta, v);
      const entry = (a: number, b: number): number =>
        a >= b ? hessian[(a * (a + 1)) / 2 + b] : hessian[(b * (b + 1)) / 2 + a];
      product.forEach((value, a) => within(value, preciseSum(v.map((vb, b) => entry(a, b) * vb)), 1e-13));
      const both = mine.begin(theta, 2);
      both.advance(Infinity);
      expectBits(bits(both.gradient, both.value), bits(mine.gradient(theta), mine.value(theta)));
    },
  );

  test("whose scores bend has a Hessian that differences, and products with it, confirm", () => {
    const t = Array.from({ length: 200 }, (_, i) => [i / 24]);
    const y = t.map(([time], i) => 3 * Math.exp(-0.4 * time) + Math.sin(7 * i) / 10);
    const counted = Float64Array.from(t, (_, i) => (i % 5 === 0 ? 0 : 1 + (i % 3)));
    const at = (model: typeof decay): ReturnType<typeof objective> =>
      objective({ data: dataset(t, y, { weights: counted }), model, loss: losses.logCosh() });
    expect(checkGradient(at(curved), [2.5, 0.6]).hessian!.error).toBeLessThan(1e-10);
    for (const v of [
      [1, 0],
      [0, 1],
      [-2, 0.3],
    ]) {
      const other = at(bent).hessianVector([2.5, 0.6], v);
      at(curved)
        .hessianVector([2.5, 0.6], v)
        .forEach((value, j) => within(value, other[j], 1e-14));
    }
    const wrong = models.custom({ ...curvedParts, hessian: () => {} });
    expect(checkGradient(at(wrong), [2.5, 0.6]).hessian!.error).toBeGreaterThan(1e-3);
  });

  test("has Laplace's approximation by that Hessian", () => {
    // Anchor A4 with the model by hand: a prior N(0, 1) acts on all of θ.
    const [rowsOf, labels] = [[0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4].map((v) => [v]), [0, 0, 1, 0, 1, 0, 1, 1]];
    const model = models.custom({ ...linearParts, hessian: () => {} });
    const [likelihood, prior] = [likelihoods.bernoulli(), priors.normal({ sd: 1 })];
    const target = objective({ data: dataset(rowsOf, labels), model, likelihood, prior });
    const { parameters, value, choice } = minimize(target);
    expect(choice).toMatch(/^newton/);
    [-0.53989747345905797, 0.36589767525687509].forEach((want, j) => within(parameters[j], want, 1e-15));
    const [a, b, c] = target.hessian(parameters).map((h) => 8 * h);
    const determinant = a * c - b * b;
    within(Math.sqrt(c / determinant), 0.81245145782245842, 1e-14);
    within(Math.sqrt(a / determinant), 0.39194826274792251, 1e-14);
    within(-8 * value - 0.5 * Math.log(determinant), -6.5593875559491867, 1e-13);
  });

  test.each([
    ["newton", curved, optimizers.newton()],
    ["gaussNewton", decay, optimizers.gaussNewton()],
  ] as const)(
    "is minimised by %s, in slices, stored and on both backends with the same bits",
    (name, model, optimizer) => {
      const t = Array.from({ length: 150 }, (_, i) => [i / 16]);
      const y = t.map(([time], i) => 3 * Math.exp(-0.4 * time) + Math.sin(7 * i) / 10);
      const best = minimize(objective({ data: dataset(t, y), model: bent, loss: losses.squaredError() }), {
        optimizer: optimizers.newtonCG(),
      });
      const before = backend.name;
      const runs = (["typescript", before === "wasm" ? "auto" : "typescript"] as const).map((one) => {
        backend.use(one);
        try {
          const target = (): ReturnType<typeof objective> =>
            objective({ data: dataset(t, y), model, loss: losses.squaredError() });
          const whole = minimize(target(), { optimizer });
          const job = minimizer(target(), { optimizer });
          job.step({ units: 7 });
          const again = resumeMinimizer(JSON.stringify(job), target());
          while (!again.step({ units: 1 }));
          expectBits(bits(again.result.parameters), bits(whole.parameters));
          expect(whole.status).toBe("stationary");
          expect(whole.iterations).toBeLessThan(12);
          expect(whole.certificate).toMatchObject({ kind: "newton-decrement", estimate: name === "gaussNewton" });
          whole.parameters.forEach((value, j) => within(value, best.parameters[j], 1e-8));
          return bits(whole.parameters, whole.value);
        } finally {
          backend.use(before);
        }
      });
      expectBits(runs[0], runs[1]);
    },
  );

  test("that states its gradient alone offers JᵀCJ under its own name, and no Hessian", () => {
    const t = Array.from({ length: 70 }, (_, i) => [i / 8]);
    const y = t.map(([time], i) => 3 * Math.exp(-0.4 * time) + Math.sin(7 * i) / 10);
    const loss = losses.logCosh();
    const target = objective({ data: dataset(t, y), model: decay, loss });
    expect(target.capabilities).toEqual(["gaussNewton", "rows"]);
    const theta = Float64Array.of(2.5, 0.6);
    expect(() => target.hessian(theta)).toThrow(/"objective" expected one with a Hessian/);
    expect(checkGradient(target, theta).hessian).toBeNull();
    expect(() => minimize(target, { optimizer: optimizers.newton() })).toThrow(/"newton" needs "hessian"/);
    const known = objective({ data: dataset(t, y), model: curved, loss });
    expect(() => minimize(known, { optimizer: optimizers.gaussNewton() })).toThrow(/needs "gaussNewton"/);
    const evaluation = target.begin(theta, 2);
    evaluation.advance(Infinity);
    const rowsOf = t.map(([time], i) => {
      const decayed = Math.exp(-0.6 * time);
      return { c: loss.hessian([2.5 * decayed], [y[i]])[0], j: [decayed, -2.5 * time * decayed] };
    });
    [
      [0, 0],
      [1, 0],
      [1, 1],
    ].forEach(([a, b], at) => {
      const want = preciseSum(rowsOf.map(({ c, j }) => c * j[a] * j[b])) / 70;
      within(evaluation.hessian![at], want, 1e-14 * Math.abs(want));
    });
  });

  test.each([[[500, 0.0001]], [[250, 0.0005]]])(
    "of Misra1a reaches the values that NIST certifies from %s",
    (start) => {
      // NIST StRD, nonlinear regression: y = b1·(1 − exp(−b2·x)).
      const at = [77.6, 114.9, 141.1, 190.8, 239.9, 289, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760];
      const y = [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78];
      const parts: Parameters<typeof models.custom>[0] = {
        name: "Misra1a",
        size: () => 2,
        scores: ([b1, b2], [v], out) => void (out[0] = -b1 * expm1(-b2 * v)),
        gradient([b1, b2], [v], [slope], out) {
          out[0] -= slope * expm1(-b2 * v);
          out[1] += slope * b1 * v * exp(-b2 * v);
        },
        start: () => start,
      };
      const hessian: (typeof parts)["hessian"] = ([b1, b2], [v], [slope], out) => {
        out[1] += slope * v * exp(-b2 * v);
        out[2] -= slope * b1 * v * v * exp(-b2 * v);
      };
      const data = dataset(
        at.map((v) => [v]),
        y,
      );
      for (const [more, optimizer] of [
        [{ hessian }, optimizers.newton()],
        [{}, optimizers.gaussNewton()],
      ] as const) {
        const target = objective({ data, model: models.custom({ ...parts, ...more }), loss: losses.squaredError() });
        const { parameters, value, status } = minimize(target, { optimizer });
        expect(status).toBe("stationary");
        within(parameters[0], 2.3894212918e2, 1e-8);
        within(parameters[1], 5.5015643181e-4, 1e-14);
        within(2 * 14 * value, 1.2455138894e-1, 1e-11);
      }
    },
  );

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
