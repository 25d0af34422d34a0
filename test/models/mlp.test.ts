import { describe, expect, it } from "vitest";
import {
  type Loss,
  type Objective,
  backend,
  dataset,
  likelihoods,
  losses,
  minimize,
  models,
  objective,
  optimizers,
  penalties,
  priors,
  random,
} from "../../src/index.js";
import { makeRowwise } from "../../src/losses/rowwise.js";
import { fixture } from "../support.js";

interface Case {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly activation: string;
  readonly head: "softmax_ce" | "mse" | "bce_logits";
  readonly W: readonly number[][][];
  readonly b: readonly number[][];
  readonly x: readonly number[][];
  readonly target: readonly (number | number[])[];
  readonly output: readonly number[][];
  readonly loss: number;
  readonly grad_W: readonly number[][][];
  readonly grad_b: readonly number[][];
  readonly grad_x: readonly number[][];
}

const { cases } = fixture<{ cases: readonly Case[] }>("mlp_gradients.json");

/** θ of weights [units][inputs] and biases [units] per layer. */
const flatten = (W: readonly number[][][], b: readonly number[][]): Float64Array =>
  Float64Array.from(W.flatMap((layer, l) => layer.flatMap((row, u) => [b[l]![u]!, ...row])));

/** Half the squared distance between several scores and their targets; the library has it for one. */
function squaredDistance(classes: number): Loss {
  return makeRowwise({
    name: "squaredDistance",
    classes,
    traits: losses.squaredError().traits,
    width: () => classes,
    value: (z, y) => z.reduce((sum, score, k) => sum + 0.5 * (score - y[k]!) * (score - y[k]!), 0),
    gradient: (z, y, out) => z.forEach((score, k) => (out[k] = score - y[k]!)),
    curvature(z, _, out) {
      out.fill(0);
      z.forEach((_score, k) => (out[(k * (k + 1)) / 2 + k] = 1));
    },
  });
}

/** The loss of a head, and what the reference's mean over all elements multiplies it with. */
function headOf({ head, sizes }: Case): [Loss, number] {
  const classes = sizes.at(-1)!;
  if (head === "softmax_ce") return [losses.softmaxCrossEntropy({ classes }), 1];
  if (head === "mse") return [squaredDistance(classes), 2 / classes];
  return [losses.multiLabelCrossEntropy({ labels: classes }), 1 / classes];
}

function within(got: ArrayLike<number>, expected: readonly number[], factor: number, tolerance: number): void {
  expect(got.length).toBe(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  expected.forEach((value, i) => expect(Math.abs(got[i]! * factor - value)).toBeLessThanOrEqual(tolerance * largest));
}

describe("networks agree with references to 1e-12 of the largest entry", () => {
  it.each(cases)("$name", (one) => {
    const { sizes, x, target, activation, output } = one;
    const [loss, factor] = headOf(one);
    const data = dataset(
      x.map((row) => [...row]),
      target.flat(),
    );
    const name = activation === "gelu_tanh" ? "geluTanh" : activation;
    const model = models.mlp({ hidden: sizes.slice(1, -1), activation: name as "tanh" });
    const problem = objective({ data, model, loss });
    const theta = flatten(one.W, one.b);
    expect(problem.size).toBe(theta.length);
    within(problem.bound.scores(theta), output.flat(), 1, 1e-12);
    const { value, gradient } = problem.valueAndGradient(theta);
    expect(Math.abs(value * factor - one.loss)).toBeLessThanOrEqual(1e-12 * Math.abs(one.loss));
    within(gradient, Array.from(flatten(one.grad_W, one.grad_b)), factor, 1e-12);
    within(problem.inputGradient!(theta), one.grad_x.flat(), factor, 1e-12);
  });
});

/** Rows of three spirals in the plane, one class each. */
function spirals(perClass: number): { x: number[][]; y: number[] } {
  const x: number[][] = [];
  const y: number[] = [];
  for (let k = 0; k < 3; k++) {
    for (let i = 0; i < perClass; i++) {
      const radius = (i + 1) / perClass;
      const angle = 4 * radius + (2 * Math.PI * k) / 3;
      x.push([radius * Math.cos(angle), radius * Math.sin(angle)]);
      y.push(k);
    }
  }
  return { x, y };
}

const activations = [
  ...["tanh", "relu", "leakyRelu", "sigmoid", "gelu", "geluTanh", "silu", "softplus", "identity"],
] as ("tanh" | "relu")[];

/** A network of two hidden layers on data of several leaves, with weights and an offset. */
function problemOf(activation: "tanh", loss: Loss = losses.softmaxCrossEntropy({ classes: 3 })): Objective {
  const generator = random(5);
  const rows = 150;
  const x = Float64Array.from({ length: rows * 4 }, () => 2 * generator.uniform() - 1);
  const y = Float64Array.from({ length: rows }, () => generator.integer(loss.classes === 1 ? 2 : loss.classes));
  const weights = Float64Array.from({ length: rows }, () => generator.integer(3));
  const offset = Float64Array.from({ length: rows * loss.classes }, () => generator.uniform() - 0.5);
  const data = dataset(x, y, { columns: 4, weights, offset });
  return objective({ data, model: models.mlp({ hidden: [7, 5], activation }), loss, penalty: penalties.l2(0.01) });
}

/** Parameters away from every kink. */
function pointFor(target: Objective, seed = 3): Float64Array {
  const generator = random(seed);
  return Float64Array.from({ length: target.size }, () => 2 * generator.uniform() - 1);
}

describe("theory", () => {
  it("A5: a network 2-2-2 by hand", () => {
    const data = dataset([[1, -2]], [1]);
    const model = models.mlp({ hidden: [2] });
    const target = objective({ data, model, loss: losses.softmaxCrossEntropy({ classes: 2 }) });
    const theta = Float64Array.of(0.1, 0.5, -0.25, -0.2, 0.125, 0.75, 0, 1, -0.5, 0.3, 0.25, 0.5);
    const { value, gradient } = target.valueAndGradient(theta);
    expect(value).toBeCloseTo(1.4772925873933798, 14);
    const expected = [
      ...[0.20790890990655203, 0.20790890990655203, -0.41581781981310406],
      ...[-0.12163563579944431, -0.12163563579944431, 0.24327127159888862],
      ...[0.77174516741389483, 0.61778125156331621, -0.70832117666575723],
      ...[-0.77174516741389483, -0.61778125156331621, 0.70832117666575723],
    ];
    expected.forEach((slope, j) => expect(gradient[j]).toBeCloseTo(slope, 14));
    const [first, second] = target.inputGradient!(theta);
    expect(first).toBeCloseTo(0.088750000478345478, 14);
    expect(second).toBeCloseTo(-0.14320395432622124, 14);
  });

  it.each(activations)(
    "S16: gradients of %s are differences, and Hessian times vector differences of gradients",
    (name) => {
      for (const loss of [losses.softmaxCrossEntropy({ classes: 3 }), losses.brier(), losses.huber({ delta: 0.7 })]) {
        const target = problemOf(name as "tanh", loss);
        const theta = pointFor(target);
        const gradient = target.gradient(theta);
        const direction = pointFor(target, 8);
        const product = target.hessianVector(theta, direction);
        const at = (vector: Float64Array, step: number): Float64Array =>
          theta.map((value, j) => value + step * vector[j]!);
        const h = 1e-5;
        const unit = new Float64Array(target.size);
        const differences = gradient.map((_, j) => {
          unit.fill(0)[j] = 1;
          return (target.value(at(unit, h)) - target.value(at(unit, -h))) / (2 * h);
        });
        expect(Math.max(...gradient.map((slope, j) => Math.abs(slope - differences[j]!)))).toBeLessThanOrEqual(1e-7);
        if (loss.name === "huber") continue; // its curvature jumps
        const [up, down] = [target.gradient(at(direction, h)), target.gradient(at(direction, -h))];
        const turned = up.map((slope, j) => (slope - down[j]!) / (2 * h));
        const scale = Math.max(...turned.map(Math.abs));
        const errors = product.map((value, j) => Math.abs(value - turned[j]!));
        expect(Math.max(...errors)).toBeLessThanOrEqual(1e-6 * scale);
      }
    },
  );

  it("S16: asking for input gradients changes no bit of training", () => {
    const target = problemOf("tanh");
    const options = { optimizer: optimizers.lbfgs(), maxIterations: 10 };
    const without = minimize(target, options).parameters;
    const asked = minimize(target, {
      ...options,
      onProgress: () => void target.inputGradient!(pointFor(target)),
    }).parameters;
    expect(asked).toEqual(without);
  });

  it("S20: permuted hidden units give the same objective, their midpoint a higher one", () => {
    const { x, y } = spirals(40);
    const hidden = 12;
    const model = models.mlp({ hidden: [hidden], seed: 2 });
    const target = objective({ data: dataset(x, y), model, loss: losses.softmaxCrossEntropy({ classes: 3 }) });
    const theta = minimize(target, { maxIterations: 40 }).parameters;
    const permuted = theta.slice();
    const order = random(4).permutation(hidden);
    order.forEach((from, to) => {
      for (let i = 0; i < 3; i++) permuted[to * 3 + i] = theta[from * 3 + i]!;
      const second = hidden * 3;
      for (let k = 0; k < 3; k++) permuted[second + k * 13 + 1 + to] = theta[second + k * 13 + 1 + from]!;
    });
    const [a, b] = [target.value(theta), target.value(permuted)];
    expect(Math.abs(a - b)).toBeLessThanOrEqual(4 * a * 2 ** -52);
    const midpoint = theta.map((value, j) => (value + permuted[j]!) / 2);
    expect(target.value(midpoint)).toBeGreaterThan(10 * Math.max(a, b));
  });

  it("S15: exclusive or and three spirals are learned from a fixed seed", () => {
    const xor = dataset(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      [0, 1, 1, 0],
    );
    const small = objective({
      data: xor,
      model: models.mlp({ hidden: [4] }),
      loss: losses.binaryCrossEntropy(),
    });
    expect(minimize(small, { maxIterations: 200 }).value).toBeLessThan(0.01);
    const { x, y } = spirals(100);
    const large = objective({
      data: dataset(x, y),
      model: models.mlp({ hidden: [16, 16], seed: 1 }),
      likelihood: likelihoods.categorical({ classes: 3 }),
    });
    expect(minimize(large, { maxIterations: 1000 }).value).toBeLessThan(0.01);
  });

  it("S15: by stochastic gradient descent too, with the same bits on both backends", () => {
    const { x, y } = spirals(100);
    const before = backend.name;
    const trained = (["typescript", before === "wasm" ? "auto" : "typescript"] as const).map((name) => {
      backend.use(name);
      try {
        const target = objective({
          data: dataset(x, y),
          model: models.mlp({ hidden: [24, 24], seed: 1 }),
          likelihood: likelihoods.categorical({ classes: 3 }),
        });
        const optimizer = optimizers.sgd({ learningRate: 0.2, momentum: 0.9, batchSize: 30, seed: 1, epochs: 400 });
        const { parameters } = minimize(target, { optimizer });
        expect(target.value(parameters)).toBeLessThan(0.01);
        return parameters;
      } finally {
        backend.use(before);
      }
    });
    expect(trained[0]).toEqual(trained[1]);
  });
});

describe("evaluation", () => {
  it("gives the same bits however it is sliced", () => {
    const target = problemOf("tanh");
    const theta = pointFor(target);
    const { value, gradient } = target.valueAndGradient(theta);
    const evaluation = target.begin(theta, 1);
    while (!evaluation.advance(1));
    expect(evaluation.value).toBe(value);
    expect(evaluation.gradient).toEqual(gradient);
    expect(target.value(theta)).toBe(value);
    expect(target.loss.value(target.bound.scores(theta), target.data.targets!, { weights: target.data.weights! })).toBe(
      target.dataTerm(theta) / target.totalWeight,
    );
  });

  it("offers Hessian times vector in slices, of the same bits, and newtonCG trains by it", () => {
    const target = problemOf("tanh");
    expect(target.capabilities).toContain("hessianVector");
    const theta = pointFor(target);
    const direction = pointFor(target, 8);
    const sliced = target.beginProduct(theta, direction);
    while (!sliced.advance(1));
    expect(sliced.product).toEqual(target.hessianVector(theta, direction));
    expect(() => target.beginProduct(theta, null)).toThrow(/"direction"/);
    const result = minimize(target, { optimizer: optimizers.newtonCG(), maxIterations: 300 });
    expect(result).toMatchObject({ status: "stationary", converged: true });
    expect(result.certificate).toMatchObject({ kind: "newton-decrement", estimate: false });
    expect(result.gradientNorm).toBeLessThan(1e-7);
  });

  it("offers none beyond 64 outputs", () => {
    const data = dataset([[1], [2]], [0, 1]);
    const model = models.mlp({ hidden: [2] });
    const target = objective({ data, model, loss: losses.softmaxCrossEntropy({ classes: 65 }) });
    expect(target.capabilities).not.toContain("hessianVector");
    expect(() => minimize(target, { optimizer: optimizers.newtonCG() })).toThrow(/needs "hessianVector"/);
  });

  it("gives the same bits on both backends", () => {
    for (const activation of activations) {
      const results = (["wasm", "typescript"] as const).map((name) => {
        backend.use(name);
        const target = problemOf(activation as "tanh");
        const theta = pointFor(target);
        const product = target.hessianVector(theta, pointFor(target, 8));
        return [target.valueAndGradient(theta), target.inputGradient!(theta), product];
      });
      expect(results[0]).toEqual(results[1]);
    }
    backend.use(process.env["SURPRISAL_BACKEND"] as "wasm");
  });

  it("leaves biases free, unless the prior names the intercept", () => {
    const data = dataset([[1], [2]], [0, 1]);
    const statement = { data, model: models.mlp({ hidden: [2] }), likelihood: likelihoods.bernoulli() };
    const { terms } = objective({ ...statement, prior: priors.normal({ sd: 0.5 }) });
    expect(Array.from(terms.precision)).toEqual([0, 4, 0, 4, 0, 4, 4]);
    const named = objective({ ...statement, prior: priors.normal({ sd: [1, 1, 0.5, 0.5], intercept: { sd: 2 } }) });
    expect(Array.from(named.terms.precision)).toEqual([0.25, 1, 0.25, 1, 0.25, 4, 4]);
    expect(() => objective({ ...statement, prior: priors.normal({ sd: [1, 1] }) })).toThrow(
      /one number per coefficient, 4/,
    );
  });
});
