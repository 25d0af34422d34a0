import { describe, expect, test } from "vitest";
import { dataset } from "../../src/dataset.js";
import { bernoulli, categorical } from "../../src/likelihoods/index.js";
import { losses, penalties, priors } from "../../src/index.js";
import { minimize } from "../../src/minimize.js";
import { linear } from "../../src/models/index.js";
import { type Objective, objective } from "../../src/objective.js";
import { random } from "../../src/random.js";

const generator = random(20261122);
const numbers = (length: number, scale = 1): Float64Array =>
  Float64Array.from({ length }, () => scale * (2 * generator.uniform() - 1));

function data(rows: number, columns: number, classes: number, weighted: boolean): ReturnType<typeof dataset> {
  const y = Float64Array.from({ length: rows }, () => Math.floor(classes * generator.uniform()));
  const weights = weighted ? Float64Array.from({ length: rows }, (_, i) => i % 3) : undefined;
  return dataset(numbers(rows * columns, 2), y, { columns, ...(weights === undefined ? {} : { weights }) });
}

const subjects: readonly (readonly [string, Objective])[] = [
  ["logistic", objective({ data: data(150, 4, 2, false), likelihood: bernoulli(), prior: priors.normal({ sd: 2 }) })],
  ["logistic, weights", objective({ data: data(70, 7, 2, true), likelihood: bernoulli() })],
  [
    "logistic, no intercept, Cauchy prior",
    objective({
      data: data(65, 3, 2, false),
      likelihood: bernoulli(),
      model: linear({ intercept: false }),
      prior: priors.cauchy({ scale: 1 }),
    }),
  ],
  [
    "softmax of smoothed labels",
    objective({
      data: data(90, 3, 4, true),
      loss: losses.softmaxCrossEntropy({ classes: 4, labelSmoothing: 0.1 }),
    }),
  ],
  ["softmax", objective({ data: data(200, 5, 4, true), likelihood: categorical({ classes: 4 }) })],
  [
    "softmax, no intercept, penalty",
    objective({
      data: data(130, 2, 3, false),
      loss: losses.softmaxCrossEntropy({ classes: 3 }),
      model: linear({ intercept: false }),
      penalty: penalties.l2(0.5),
    }),
  ],
  ["Poisson", objective({ data: data(90, 3, 5, true), loss: losses.poisson(), penalty: penalties.l2(0.1) })],
  ["Student t", objective({ data: data(64, 3, 5, false), loss: losses.studentT({ df: 3, scale: 1 }) })],
];

describe.each(subjects)("%s", (_, target) => {
  const { size } = target;
  const parameters = numbers(size, 0.5);
  const packed = target.hessian(parameters);
  const entry = (a: number, b: number): number => packed[(Math.max(a, b) * (Math.max(a, b) + 1)) / 2 + Math.min(a, b)]!;

  test("the product with a vector is that of the Hessian", () => {
    const direction = numbers(size);
    const product = target.hessianVector(parameters, direction);
    for (let a = 0; a < size; a++) {
      let expected = 0;
      let length = 0;
      for (let b = 0; b < size; b++) {
        expected += entry(a, b) * direction[b]!;
        length += Math.abs(entry(a, b) * direction[b]!);
      }
      expect(Math.abs(product[a]! - expected)).toBeLessThanOrEqual(1e-13 * length);
    }
  });

  test("values along a line are those of the objective, with its slope and curvature, however sliced", () => {
    const direction = numbers(size);
    const line = (step: number, units = Infinity): { value: number; slope?: number; curvature?: number } => {
      const evaluation = target.beginLine(parameters, direction, step);
      while (!evaluation.advance(units));
      return evaluation;
    };
    for (const step of [0, 0.3, -1.25, 2]) {
      const at = parameters.map((value, j) => value + step * direction[j]!);
      const { value, slope, curvature } = line(step);
      expect(Math.abs(value - target.value(at))).toBeLessThanOrEqual(1e-13 * Math.abs(value));
      const gradient = target.gradient(at);
      const product = target.hessianVector(at, direction);
      const along = (vector: Float64Array): number => vector.reduce((sum, v, j) => sum + v * direction[j]!, 0);
      const size1 = direction.reduce((sum, v, j) => sum + Math.abs(v * gradient[j]!), 0);
      expect(Math.abs(slope! - along(gradient))).toBeLessThanOrEqual(1e-12 * size1);
      const size2 = direction.reduce((sum, v, j) => sum + Math.abs(v * product[j]!), 0);
      expect(Math.abs(curvature! - along(product))).toBeLessThanOrEqual(1e-12 * size2);
      const other = line(step, 1);
      expect([other.value, other.slope, other.curvature]).toEqual([value, slope, curvature]);
    }
    // Neither what was asked before nor what is under way makes a difference.
    const { value, slope } = line(0.7);
    line(1, 1);
    target.valueAndGradient(numbers(size));
    const under = target.beginLine(numbers(size), direction, 1);
    expect(line(0.7).value).toBe(value);
    under.advance(Infinity);
    expect(line(0.7).slope).toBe(slope);
  });

  test("so is its diagonal", () => {
    const evaluation = target.beginProduct(parameters, null);
    evaluation.advance(Infinity);
    for (let a = 0; a < size; a++) {
      expect(Math.abs(evaluation.product![a]! / entry(a, a) - 1)).toBeLessThan(1e-12);
    }
  });

  test("slices, scores kept from before and an output of one's own change no bit", () => {
    const direction = numbers(size);
    const out = new Float64Array(size);
    expect(target.hessianVector(parameters, direction, out)).toBe(out);
    const again = target.beginProduct(parameters, direction);
    while (!again.advance(1));
    expect(again.product).toEqual(out);
    target.hessianVector(numbers(size), direction);
    expect(target.hessianVector(parameters, direction)).toEqual(out);
  });

  test("may be interleaved with other evaluations", () => {
    const product = target.beginProduct(parameters, parameters);
    target.value(parameters.map((value) => value / 2));
    product.advance(Infinity);
    expect(product.product).toEqual(target.hessianVector(parameters, parameters));
  });
});

test("vectors of another length or kind are refused by name", () => {
  const [, target] = subjects[0]!;
  const right = new Float64Array(target.size);
  expect(() => target.hessianVector(right, new Float64Array(2))).toThrow(/"direction" expected an array of length/);
  expect(() => target.hessianVector(new Float64Array(2), right)).toThrow(/"parameters" expected an array of length/);
  expect(() => target.hessianVector(right, right, new Float64Array(2))).toThrow(/"out" expected a Float64Array/);
});

test("more classes than a Hessian is offered for still have products, and a certified end", () => {
  const target = objective({
    data: dataset(
      numbers(420, 2),
      Float64Array.from({ length: 210 }, (_, i) => i % 70),
      { columns: 2 },
    ),
    likelihood: categorical({ classes: 70 }),
    prior: priors.normal({ sd: 1 }),
  });
  expect(target.capabilities).not.toContain("hessian");
  const parameters = numbers(target.size, 0.5);
  const direction = numbers(target.size);
  const product = target.hessianVector(parameters, direction);
  const h = 1e-5;
  const up = target.gradient(parameters.map((v, j) => v + h * direction[j]!));
  const down = target.gradient(parameters.map((v, j) => v - h * direction[j]!));
  product.forEach((value, j) => expect(Math.abs(value - (up[j]! - down[j]!) / (2 * h))).toBeLessThan(1e-10));
  const result = minimize(target);
  expect(result).toMatchObject({ optimizer: "lbfgs", status: "converged" });
  expect(result.certificate.estimate).toBe(false);
});
