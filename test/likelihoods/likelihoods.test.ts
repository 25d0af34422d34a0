import { describe, expect, test } from "vitest";
import { type Likelihood, likelihoods, losses, sigmoid, softmax } from "../../src/index.js";
import { bits, draws, expectBits, preciseSum, ulp, within } from "../support.js";

interface Subject {
  readonly name: string;
  readonly likelihood: Likelihood;
  /** φ. */
  readonly dispersion: number;
  readonly classes: number;
}

const subjects: Subject[] = [
  { name: "bernoulli", likelihood: likelihoods.bernoulli(), dispersion: 1, classes: 2 },
  ...[2, 3, 10].map((classes) => ({
    name: "categorical",
    likelihood: likelihoods.categorical({ classes }),
    dispersion: 1,
    classes,
  })),
  ...[0.01, 0.3, 1, 7].map((sd) => ({
    name: "gaussian",
    likelihood: likelihoods.gaussian({ sd }),
    dispersion: sd * sd,
    classes: 0,
  })),
];

/** Some rows of scores and targets. */
function sample({ likelihood, classes, dispersion }: Subject, rows: number, stream: number) {
  const source = draws(61, stream);
  const scores = source.normal(rows * likelihood.loss.classes, 3);
  const noise = source.normal(rows, 2 * Math.sqrt(dispersion));
  const targets = classes === 0 ? scores.map((z, i) => z + noise[i]) : source.classes(rows, classes);
  return { scores, targets };
}

describe.each(subjects)("$name of $classes classes, dispersion $dispersion", (subject) => {
  const { name, likelihood, dispersion, classes } = subject;
  const { loss } = likelihood;

  test("has its name, its loss and its dispersion", () => {
    expect(likelihood.name).toBe(name);
    expect(likelihood.dispersion).toBe(dispersion);
    expect(loss.likelihood!.name).toBe(name);
    expect(loss.likelihood!.loss).toBe(loss);
    expect(Object.isFrozen(likelihood)).toBe(true);
  });

  test("loss/φ + constant = −log density", () => {
    const { scores, targets } = sample(subject, 40, 1);
    const [each, constants, logs] = [
      loss.each(scores, targets),
      likelihood.constant(targets),
      likelihood.logDensity(scores, targets),
    ];
    logs.forEach((log, i) =>
      within(each[i] / dispersion + constants[i], -log, 2 * ulp(Math.max(Math.abs(constants[i]), Math.abs(log)))),
    );
    const sum = loss.value(scores, targets, { reduction: "sum" }) / dispersion + preciseSum(constants);
    within(-preciseSum(logs), sum, 64 * ulp(sum));
  });

  test("the density sums or integrates to one", () => {
    const { scores } = sample(subject, 20, 2);
    const K = loss.classes;
    for (let i = 0; i < 20; i++) {
      const z = scores.subarray(i * K, (i + 1) * K);
      if (classes > 0) {
        const total = preciseSum(Array.from({ length: classes }, (_, y) => Math.exp(likelihood.logDensity(z, [y])[0])));
        within(total, 1, 8 * classes * 2 ** -53);
      } else {
        // The trapezoid rule at half a standard deviation is exact to e^−79 for a Gaussian.
        const sd = Math.sqrt(dispersion);
        const y = Float64Array.from({ length: 101 }, (_, j) => z[0] + sd * ((j - 50) / 2));
        const logs = likelihood.logDensity(new Float64Array(101).fill(z[0]), y);
        const total = (sd / 2) * preciseSum(logs.map(Math.exp));
        within(total, 1, 1e-14 * (1 + Math.abs(z[0] / sd)));
      }
    }
  });

  test("its mean is the expected target", () => {
    const { scores } = sample(subject, 10, 3);
    const means = likelihood.mean(scores);
    if (name === "bernoulli") expectBits(bits(means), bits(sigmoid(scores)));
    else if (name === "categorical") expectBits(bits(means), bits(softmax(scores, { columns: classes })));
    else expectBits(bits(means), bits(scores));
    expect(means).not.toBe(scores);
  });
});

describe("bernoulli", () => {
  const likelihood = likelihoods.bernoulli();

  test("has no density for a fraction of a success, though it has a loss", () => {
    expect(likelihood.loss.value([0.3], [0.3])).toBeGreaterThan(0);
    expect(() => likelihood.logDensity([0.3, 1], [1, 0.3])).toThrow(RangeError);
    expect(() => likelihood.logDensity([0.3, 1], [1, 0.3])).toThrow(/"targets" expected 0 or 1.*got 0\.3 at row 1/);
    expect(() => likelihood.constant([1, 0.5])).toThrow(RangeError);
  });

  test("is certain of nothing at 0 and keeps its digits far out", () => {
    expect(Array.from(likelihood.logDensity([0, 0], [0, 1]))).toEqual([-Math.LN2, -Math.LN2]);
    expect(likelihood.logDensity([-40], [0])[0]).toBe(-4.248354255291589e-18);
    expect(likelihood.logDensity([800], [0])[0]).toBe(-800);
    expect(likelihood.logDensity([], [])).toEqual(new Float64Array(0));
  });
});

describe("categorical", () => {
  test("has no density for a distribution as target", () => {
    const likelihood = likelihoods.categorical({ classes: 2 });
    expect(() => likelihood.logDensity([0, 1], [0.5, 0.5])).toThrow(/class indices for a likelihood/);
    expect(() => likelihood.logDensity([0, 1], [2])).toThrow(RangeError);
  });

  test("needs its number of classes", () => {
    expect(() => likelihoods.categorical(undefined as never)).toThrow(TypeError);
    expect(() => likelihoods.categorical({ classes: 1 })).toThrow(RangeError);
    expect(() => likelihoods.categorical({ classes: 3, sd: 1 } as never)).toThrow(/sd/);
  });
});

describe("gaussian", () => {
  test("in closed form", () => {
    const likelihood = likelihoods.gaussian({ sd: 2 });
    const want = -0.5 * (3 / 2) ** 2 - 0.5 * Math.log(2 * Math.PI * 4);
    within(likelihood.logDensity([1], [4])[0], want, 4 * ulp(want));
    within(likelihood.constant([0])[0], 0.9189385332046727 + Math.LN2, 4 * ulp(1));
    expect(losses.squaredError().likelihood!.constant([1, 2])).toEqual(new Float64Array(2).fill(0.9189385332046727));
  });

  test("with an unknown sd is told one to have a density", () => {
    const likelihood = likelihoods.gaussian();
    expect(likelihood.dispersion).toBeNull();
    expect(() => likelihood.logDensity([0], [0])).toThrow(/"dispersion"/);
    expect(() => likelihood.logDensity([0], [0], { dispersion: 0 })).toThrow(RangeError);
    const known = likelihoods.gaussian({ sd: 3 });
    expectBits(bits(likelihood.logDensity([1, 2], [0, 5], { dispersion: 9 })), bits(known.logDensity([1, 2], [0, 5])));
  });

  test("refuses an sd that is none", () => {
    for (const sd of [0, -1, NaN, Infinity]) expect(() => likelihoods.gaussian({ sd })).toThrow(RangeError);
    for (const sd of ["1", null, [1]]) expect(() => likelihoods.gaussian({ sd } as never)).toThrow(TypeError);
    expect(() => likelihoods.gaussian({ scale: 1 } as never)).toThrow(/scale/);
  });

  test("an sd whose square over- or underflows is refused, not passed on", () => {
    for (const sd of [1e-170, 1e200]) expect(() => likelihoods.gaussian({ sd })).toThrow(RangeError);
  });
});
