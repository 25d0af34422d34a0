import { describe, expect, test } from "vitest";
import { auto, lbfgs, newton } from "../../src/optimizers/index.js";
import {
  dataset,
  likelihoods,
  losses,
  minimize,
  minimizer,
  models,
  objective,
  type Objective,
  penalties,
  priors,
} from "../../src/index.js";
import type { Minimizable } from "../../src/optimizers/objective.js";
import { random } from "../../src/random.js";
import { resumeMinimizer } from "../../src/resumeMinimizer.js";

const generator = random(77);

/** Classes by a noisy score of columns that share most of what they say. */
function drawn(rows: number, columns: number, classes: number, weighted = false): ReturnType<typeof dataset> {
  const x = new Float64Array(rows * columns);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const common = 4 * generator.uniform();
    for (let j = 0; j < columns; j++) x[i * columns + j] = common + (j % 3 === 0 ? 2 : 0.3) * generator.uniform();
    y[i] =
      generator.uniform() < 0.6
        ? Math.floor((classes * x[i * columns]!) / 6.001)
        : Math.floor(classes * generator.uniform());
  }
  return dataset(x, y, { columns, ...(weighted && { weights: Float64Array.from(y, (_, i) => i % 3) }) });
}

const subjects: readonly (readonly [string, Objective])[] = [
  [
    "prior",
    objective({
      data: drawn(200, 5, 4),
      likelihood: likelihoods.categorical({ classes: 4 }),
      prior: priors.normal({ sd: 2 }),
    }),
  ],
  ["weights", objective({ data: drawn(300, 4, 3, true), likelihood: likelihoods.categorical({ classes: 3 }) })],
  [
    "no intercept, penalty",
    objective({
      data: drawn(150, 3, 5),
      model: models.linear({ intercept: false }),
      loss: losses.softmaxCrossEntropy({ classes: 5 }),
      penalty: penalties.l2(0.01),
    }),
  ],
];

describe.each(subjects)("one matrix for all classes: %s", (_, target) => {
  const { size, outputs } = target;
  const width = size / outputs;

  test("is the Hessian at 0, where all probabilities are equal", () => {
    const packed = target.hessian(new Float64Array(size));
    const evaluation = target.beginCommon(new Float64Array(size));
    while (!evaluation.advance(1));
    const { hessian, product } = evaluation;
    const scale = Math.max(...packed.map(Math.abs));
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) {
        const [k, l, i, j] = [Math.floor(a / width), Math.floor(b / width), a % width, b % width];
        const own =
          hessian![(Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j)]! - (i === j ? product![i]! : 0);
        const expected = own * ((k === l ? 1 : 0) - 1 / outputs) + (a === b ? product![i]! : 0);
        expect(Math.abs(packed[(a * (a + 1)) / 2 + b]! - expected)).toBeLessThan(1e-13 * scale);
      }
    }
  });

  test("ends where Newton's method ends, certified, in fewer passes than with the diagonal", () => {
    const expected = minimize(target, { optimizer: newton() });
    const common = minimize(target, { optimizer: lbfgs({ preconditioner: "common" }) });
    const diagonal = minimize(target, { optimizer: lbfgs() });
    expect(common.status).toBe("converged");
    expect(common.reason).toContain("conjugate gradients");
    expect(Math.abs(common.value / expected.value - 1)).toBeLessThan(1e-14);
    expect(common.evaluations).toBeLessThan(diagonal.evaluations);
    if (target.terms.precision.some((p) => p > 0)) {
      // Free intercepts may all be shifted.
      common.parameters.forEach((value, j) => {
        if (target.terms.precision[j]! > 0) expect(Math.abs(value - expected.parameters[j]!)).toBeLessThan(1e-6);
      });
    }
  });

  test("stored anywhere and resumed, the bits are the same", () => {
    const options = { optimizer: lbfgs({ preconditioner: "common", memory: 4 }) };
    const whole = minimize(target, options);
    for (const units of [1, 2, 9, 30, 60]) {
      const job = minimizer(target, options);
      job.step({ units });
      const again = resumeMinimizer(JSON.parse(JSON.stringify(job.toJSON())), target);
      again.step({ units: Infinity });
      expect(again.result).toEqual(whole);
    }
  });
});

test("columns that determine each other do no harm", () => {
  const { rows } = { rows: 90 };
  const x = Float64Array.from({ length: rows * 4 }, () => generator.uniform());
  for (let i = 0; i < rows; i++) [x[4 * i + 2], x[4 * i + 3]] = [x[4 * i]! + x[4 * i + 1]!, 0];
  const y = Float64Array.from({ length: rows }, () => Math.floor(3 * generator.uniform()));
  const target = objective({ data: dataset(x, y, { columns: 4 }), loss: losses.softmaxCrossEntropy({ classes: 3 }) });
  const value = minimize(
    {
      ...target,
      diagnosis: () =>
        (function* () {
          return null;
        })(),
    } as Minimizable,
    {
      optimizer: lbfgs({ preconditioner: "common" }),
    },
  ).value;
  const expected = minimize(target, { optimizer: newton() }).value;
  expect(Math.abs(value / expected - 1)).toBeLessThan(1e-12);
});

test("it is refused by name where there is none, and chosen for many classes", () => {
  const plain: Minimizable = { size: 2, evaluate: (p, g) => (g?.fill(2 * p[0]!), p[0]! * p[0]!) };
  const optimizer = lbfgs({ preconditioner: "common" });
  expect(() => minimize(plain, { optimizer })).toThrow(/lbfgs.*"commonHessian"/);
  const bow = objective({
    data: drawn(30, 2, 2),
    model: models.mlp({ hidden: [2] }),
    loss: losses.binaryCrossEntropy(),
  });
  expect(bow.capabilities).not.toContain("commonHessian");
  expect(() => bow.beginCommon(new Float64Array(bow.size))).toThrow(/"commonHessian"/);
  expect(() => lbfgs({ preconditioner: "best" as never })).toThrow(/"preconditioner" expected/);
  const three = objective({ data: drawn(30, 2, 3), likelihood: likelihoods.categorical({ classes: 3 }) });
  expect(() => minimize({ ...three, outputs: 2 })).toThrow(/"objective.outputs" expected a divisor/);
  const choice = auto().choose({ size: 650, outputs: 10, capabilities: ["hessian", "commonHessian"] });
  expect(choice.optimizer.options).toEqual({ memory: 10, preconditioner: "common" });
  expect(auto().choose({ size: 6500, outputs: 10, capabilities: ["commonHessian"] }).optimizer.options).toEqual({
    memory: 10,
  });
});

describe("the Hessian of a sample, of one output", () => {
  const [rows, columns] = [6000, 50];
  // Columns that share most of what they say.
  const x = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const shared = generator.uniform() - 0.5;
    for (let j = 0; j < columns; j++) x[i * columns + j] = shared + (generator.uniform() - 0.5) / (1 + (j % 7));
  }
  const y = Float64Array.from({ length: rows }, (_, i) => (generator.uniform() < 0.4 + 0.4 * x[i * columns]! ? 1 : 0));
  const prior = priors.normal({ sd: 2 });
  const data = dataset(x, y, { columns });
  const target = objective({ data, likelihood: likelihoods.bernoulli(), prior });
  const expected = minimize(target, { optimizer: newton() });

  test("is that of leaves at equal distances, times what they stand for, less noise off the diagonal", () => {
    const leaves = Math.ceil(rows / 64);
    const taken = Math.ceil((20 * (columns + 1)) / 64);
    const some = Array.from({ length: taken }, (_, s) => Math.floor((s * leaves) / taken)).flatMap((leaf) =>
      Array.from({ length: 64 }, (_, i) => 64 * leaf + i),
    );
    const sample = objective({
      data: dataset(
        Float64Array.from(some.flatMap((i) => Array.from(x.subarray(i * columns, (i + 1) * columns)))),
        some.map((i) => y[i]!),
        { columns },
      ),
      likelihood: likelihoods.bernoulli(),
    });
    const theta = expected.parameters.map((value) => value / 2);
    const evaluation = target.beginCommon(theta);
    while (!evaluation.advance(1));
    const { hessian, product } = evaluation;
    const whole = sample.hessian(theta);
    const scale = Math.max(...whole);
    const kept = hessian![1]! / whole[1]!;
    expect(kept).toBeGreaterThan(0.9);
    expect(kept).toBeLessThan(1);
    for (let a = 0; a <= columns; a++) {
      for (let b = 0; b <= a; b++) {
        const at = (a * (a + 1)) / 2 + b;
        const own = a === b ? whole[at]! + product![a]! : kept * whole[at]!;
        expect(Math.abs(hessian![at]! - own)).toBeLessThan(1e-14 * scale);
      }
    }
  });

  test("has nothing off the diagonal where columns have nothing in common", () => {
    const alone = Float64Array.from({ length: rows * columns }, () => generator.uniform() - 0.5);
    const centred = objective({
      data: dataset(alone, y, { columns }),
      model: models.linear({ intercept: false }),
      likelihood: likelihoods.bernoulli(),
    });
    const evaluation = centred.beginCommon(new Float64Array(columns));
    while (!evaluation.advance(1));
    const { hessian } = evaluation;
    for (let a = 0; a < columns; a++) {
      for (let b = 0; b < a; b++) {
        expect(Math.abs(hessian![(a * (a + 1)) / 2 + b]!)).toBeLessThan(0.02 * hessian![(a * (a + 3)) / 2]!);
      }
    }
  });

  test("is what the choice falls on, and takes fewer passes than the diagonal", () => {
    const result = minimize(target);
    expect(result.choice).toContain("the Hessian of a sample");
    expect(result.status).toBe("converged");
    expect(result.reason).toContain("conjugate gradients");
    expect(Math.abs(result.value / expected.value - 1)).toBeLessThan(1e-15);
    result.parameters.forEach((value, j) => expect(Math.abs(value - expected.parameters[j]!)).toBeLessThan(1e-8));
    expect(result.evaluations).toBeLessThan(minimize(target, { optimizer: lbfgs() }).evaluations);
  });

  test("of rows in 32 bits it is the same", () => {
    const single = { columns, storage: "float32" } as const;
    const small = objective({ data: dataset(x, y, single), likelihood: likelihoods.bernoulli(), prior });
    const large = objective({
      data: dataset(x.map(Math.fround), y, { columns }),
      likelihood: likelihoods.bernoulli(),
      prior,
    });
    const [a, b] = [small, large].map((one) => minimize(one, { maxIterations: 7 }));
    expect(a).toEqual(b);
  });
});

test("a softmax of more than 300 parameters is minimised with one matrix for all classes", () => {
  const data = drawn(400, 60, 6);
  const target = objective({
    data,
    likelihood: likelihoods.categorical({ classes: 6 }),
    prior: priors.normal({ sd: 1 }),
  });
  expect(minimize(target, { maxIterations: 1 }).choice).toContain("one matrix for all 6 outputs");
});
