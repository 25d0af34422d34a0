/**
 * A loss is the surprisal of a distribution, up to what depends on the target alone, iff a base measure c(y) exists with
 * ∫ c(y)·e^−ℓ(z, y) dy the same for every score z. Here it is integrated, or shown that there is none.
 */
import { describe, expect, test } from "vitest";
import { type Loss, losses } from "../../src/index.js";
import { draws, preciseSum, within } from "../support.js";

const SCORES = [-2, -0.75, 0, 0.5, 1.25];

/** ∫ f over the real line by the double-exponential rule on sinh: exact to rounding for what falls like a power. */
function integral(f: (y: number) => number, centre: number, breaks: readonly number[] = []): number {
  const half = (from: number, sign: 1 | -1): number => {
    const terms: number[] = [];
    for (let t = -6; t <= 6; t += 1 / 64) {
      const u = Math.exp((Math.PI / 2) * Math.sinh(t));
      const weight = (Math.PI / 2) * Math.cosh(t) * u;
      const value = f(from + sign * u);
      if (value !== 0 && Number.isFinite(weight)) terms.push(value * weight);
    }
    return preciseSum(terms) / 64;
  };
  const piece = (a: number, b: number): number => {
    const terms: number[] = [];
    for (let t = -4; t <= 4; t += 1 / 64) {
      const s = Math.tanh((Math.PI / 2) * Math.sinh(t));
      const weight = ((Math.PI / 2) * Math.cosh(t)) / Math.cosh((Math.PI / 2) * Math.sinh(t)) ** 2;
      terms.push(f((a + b) / 2 + (s * (b - a)) / 2) * weight);
    }
    return (((b - a) / 2) * preciseSum(terms)) / 64;
  };
  const at = breaks.length === 0 ? [centre] : breaks;
  const inner = at.slice(1).map((b, i) => piece(at[i], b));
  return preciseSum([half(at[0], -1), ...inner, half(at[at.length - 1], 1)]);
}

/** Σ f over 0, 1, 2, ... until nothing comes any more. */
function series(f: (y: number) => number): number {
  const terms: number[] = [];
  for (let y = 0; y < 4000; y++) terms.push(f(y));
  return preciseSum(terms);
}

/** Not its mean, which class weights would divide out again. */
const surprisal = (loss: Loss, z: ArrayLike<number>, y: number): number => loss.value(z, [y], { reduction: "sum" });

/** How to add up e^−ℓ for a score, with the base measure: its logarithm at a target. */
interface Distribution {
  readonly name: string;
  readonly loss: Loss;
  readonly logBase: (y: number) => number;
  readonly total: (f: (y: number) => number, z: number) => number;
  readonly targets: readonly number[];
}

const flat = (): number => 0;
const real =
  (breaks: readonly number[]) =>
  (f: (y: number) => number, z: number): number =>
    integral(
      f,
      z,
      breaks.map((b) => z + b),
    );
const overPositive = (f: (y: number) => number): number => {
  const terms: number[] = [];
  for (let t = -6; t <= 6; t += 1 / 64) {
    const u = Math.exp((Math.PI / 2) * Math.sinh(t));
    const weight = (Math.PI / 2) * Math.cosh(t) * u;
    const value = u > 0 && u < 1e300 ? f(u) : 0;
    if (value !== 0) terms.push(value * weight);
  }
  return preciseSum(terms) / 64;
};
const logFactorial = (y: number): number => {
  let sum = 0;
  for (let k = 2; k <= y; k++) sum += Math.log(k);
  return sum;
};
/** ln Γ(y + r)/(Γ(r)·y!). */
const logChoose =
  (r: number) =>
  (y: number): number => {
    let sum = 0;
    for (let k = 0; k < y; k++) sum += Math.log((r + k) / (k + 1));
    return sum;
  };

const location = { logBase: flat, targets: [-3, 0, 0.25, 7] };
const count = { total: series, targets: [0, 1, 2, 9] };

/** Losses that are likelihoods: each with its base measure. */
const DISTRIBUTIONS: readonly Distribution[] = [
  { name: "squaredError", loss: losses.squaredError(), ...location, total: real([]) },
  { name: "gaussian", loss: losses.gaussian({ variance: 0.3 }), ...location, total: real([]) },
  { name: "absoluteError", loss: losses.absoluteError(), ...location, total: real([]) },
  { name: "logCosh", loss: losses.logCosh(), ...location, total: real([]) },
  ...[0.1, 0.5].map((level) => ({
    name: `quantile ${level}`,
    loss: losses.quantile({ level }),
    ...location,
    total: real([]),
  })),
  ...[0.5, 1.345].map((delta) => ({
    name: `huber ${delta}`,
    loss: losses.huber({ delta }),
    ...location,
    total: real([-delta, delta]),
  })),
  ...[1, 4].map((df) => ({
    name: `studentT ${df}`,
    loss: losses.studentT({ df, scale: 0.5 }),
    ...location,
    total: real([]),
  })),
  { name: "poisson", loss: losses.poisson(), logBase: (y) => -logFactorial(y), ...count },
  ...[0.5, 2].map((dispersion) => ({
    name: `negativeBinomial ${dispersion}`,
    loss: losses.negativeBinomial({ dispersion }),
    logBase: logChoose(1 / dispersion),
    ...count,
  })),
  { name: "gamma", loss: losses.gamma(), logBase: flat, total: overPositive, targets: [0.1, 1, 4] },
  {
    name: "binaryCrossEntropy",
    loss: losses.binaryCrossEntropy(),
    logBase: flat,
    total: (f) => f(0) + f(1),
    targets: [0, 1],
  },
  ...[losses.probit(), losses.complementaryLogLog()].map((loss) => ({
    name: loss.name,
    loss,
    logBase: flat,
    total: (f: (y: number) => number) => f(0) + f(1),
    targets: [0, 1],
  })),
  {
    name: "ordinal",
    loss: losses.ordinal({ classes: 4, thresholds: [-1, 0.5, 0.75] }),
    logBase: flat,
    total: (f) => preciseSum([0, 1, 2, 3].map(f)),
    targets: [0, 1, 2, 3],
  },
  {
    name: "binomial",
    loss: losses.binomial({ trials: 6 }),
    logBase: (y) => logFactorial(6) - logFactorial(y) - logFactorial(6 - y),
    total: (f) => preciseSum([0, 1, 2, 3, 4, 5, 6].map(f)),
    targets: [0, 1, 5, 6],
  },
  {
    name: "poisson, exposure",
    loss: losses.poisson({ exposure: 2.5 }),
    logBase: (y) => y * Math.log(2.5) - logFactorial(y),
    ...count,
  },
  {
    name: "tweedie 3",
    loss: losses.tweedie({ power: 3 }),
    logBase: (y) => -0.5 / y - 1.5 * Math.log(y),
    total: overPositive,
    targets: [0.1, 1, 4],
  },
];

describe.each(DISTRIBUTIONS)("$name", ({ loss, logBase, total, targets }) => {
  const totals = SCORES.map((z) => total((y) => Math.exp(logBase(y) - surprisal(loss, [z], y)), z));

  test("is the surprisal of a distribution: the total does not depend on the score", () => {
    for (const one of totals) within(one, totals[0], 2e-13 * totals[0]);
    expect(totals[0]).toBeGreaterThan(0);
  });

  test("its likelihood leaves out the logarithm of that", () => {
    const likelihood = loss.likelihood!;
    expect(likelihood.loss).toBe(loss);
    const constants = likelihood.constant(targets);
    targets.forEach((y, i) => within(constants[i], Math.log(totals[0]) - logBase(y), 1e-12));
  });
});

/** Losses that are none, with all targets there are: two classes, or three. */
const NONE: readonly (readonly [string, Loss, readonly number[]])[] = [
  ["hinge", losses.hinge(), [0, 1]],
  ["squaredHinge", losses.squaredHinge(), [0, 1]],
  ["modifiedHuber", losses.modifiedHuber(), [0, 1]],
  ["exponential", losses.exponential(), [0, 1]],
  ["brier", losses.brier(), [0, 1]],
  ["focal", losses.focal({ gamma: 2 }), [0, 1]],
  ["focal, alpha", losses.focal({ gamma: 0, alpha: 0.25 }), [0, 1]],
  ["binaryCrossEntropy, positive weight", losses.binaryCrossEntropy({ positiveWeight: 3 }), [0, 1]],
  ["softmaxCrossEntropy, smoothed", losses.softmaxCrossEntropy({ classes: 3, labelSmoothing: 0.1 }), [0, 1, 2]],
  ["softmaxCrossEntropy, weights", losses.softmaxCrossEntropy({ classes: 3, classWeights: [1, 2, 3] }), [0, 1, 2]],
];

/** The least Σ_z (Σ_y c(y)·e^−ℓ(z, y) − 1)², over any c: Gram-Schmidt on the columns. */
function distance(loss: Loss, targets: readonly number[]): number {
  const source = draws(95);
  const rows = Array.from({ length: 40 }, () => source.normal(loss.classes, 2));
  const dot = (a: readonly number[], b: readonly number[]): number => preciseSum(a.map((x, i) => x * b[i]));
  const less = (a: readonly number[], b: readonly number[]): number[] => {
    const factor = dot(a, b) / dot(b, b);
    return a.map((x, i) => x - factor * b[i]);
  };
  const columns: number[][] = [];
  for (const y of targets) {
    const column = rows.map((z) => Math.exp(-surprisal(loss, z, y)));
    columns.push([0, 1].reduce((rest) => columns.reduce(less, rest), column));
  }
  const rest = columns.reduce(less, rows.map(() => 1) as number[]);
  return Math.sqrt(dot(rest, rest) / rows.length);
}

describe("no distribution", () => {
  test.each(NONE)("%s: no base measure makes the total the same", (_, loss, targets) => {
    expect(distance(loss, targets)).toBeGreaterThan(1e-3);
    expect(loss.likelihood).toBeNull();
  });

  test("the same measure finds that the likelihoods are some", () => {
    expect(distance(losses.binaryCrossEntropy(), [0, 1])).toBeLessThan(1e-12);
    expect(distance(losses.softmaxCrossEntropy({ classes: 3 }), [0, 1, 2])).toBeLessThan(1e-12);
    const even = losses.softmaxCrossEntropy({ classes: 3, classWeights: [1, 1, 1] });
    expect(distance(even, [0, 1, 2])).toBeLessThan(1e-12);
    expect(even.likelihood!.name).toBe("categorical");
  });

  test("every loss is in one of the tables, or said why not", () => {
    const elsewhere = {
      custom: "its owner's",
      gaussianMeanVariance: "two scores a row: below",
      multiLabelCrossEntropy: "as many Bernoulli: below",
      probabilityCrossEntropy: "Bernoulli on another scale: below",
      softmaxCrossEntropy: "above, and with its likelihood's own tests",
    };
    const known = [...DISTRIBUTIONS.map(({ loss }) => loss.name), ...NONE.map(([, loss]) => loss.name)];
    expect(Object.keys(losses).filter((name) => !known.includes(name) && !(name in elsewhere))).toEqual([]);
  });

  test("several scores a row, and probabilities", () => {
    const pair = losses.gaussianMeanVariance();
    for (const scores of [
      [0, 0],
      [1, -2],
      [-3, 3],
    ]) {
      const sd = Math.exp(scores[1] / 2);
      const f = (u: number): number => sd * Math.exp(-pair.value(scores, [scores[0] + sd * u]));
      within(integral(f, 0), Math.sqrt(2 * Math.PI), 1e-12);
      expect(pair.likelihood!.constant([3])[0]).toBe(0.9189385332046727);
    }
    const two = losses.multiLabelCrossEntropy({ labels: 2 });
    for (const z of SCORES) {
      const each = [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ].map((y) => Math.exp(-two.value([z, 1 - z], y)));
      within(preciseSum(each), 1, 1e-14);
      expect(Array.from(two.likelihood!.constant([0, 1, 1, 1]))).toEqual([0, 0]);
    }
    const p = losses.probabilityCrossEntropy();
    expect(Array.from(p.likelihood!.constant([0, 1]))).toEqual([0, 0]);
    expect(losses.multiLabelCrossEntropy({ labels: 2, positiveWeights: [1, 2] }).likelihood).toBeNull();
    for (const z of [0, 0.125, 0.5, 1]) within(Math.exp(-p.value([z], [0])) + Math.exp(-p.value([z], [1])), 1, 1e-15);
  });
});
