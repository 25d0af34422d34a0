import { describe, expect, test } from "vitest";
import { type Loss, losses } from "../../src/index.js";
import * as special from "../../src/special/index.js";
import { fixture, toNumber, ulp, within } from "../support.js";

type Numbers = (number | string)[];

interface Elementwise {
  name: string;
  loss: string;
  params: Record<string, unknown>;
  pred: Numbers;
  target: Numbers;
  value: Numbers;
  sum: number | string;
  mean: number | string;
  grad: Numbers;
  hess_diag: Numbers;
  kink_index: number[];
}

interface Softmax {
  name: string;
  K: number;
  kind: "index" | "probs";
  logits: Numbers[];
  target: Numbers | Numbers[];
  value_none: Numbers;
  value_sum: number;
  value_mean: number;
  mean_denominator: number;
  class_weights?: number[];
  label_smoothing?: number;
  ignore_index?: number;
  grad_sum: Numbers[];
  hess_sum_sample0: Numbers[];
}

const SUM = { reduction: "sum" } as const;

/** What the binary loss takes for 0 beyond |z| = 690 is smaller than this. */
const UNDERFLOW = 1e-299;

/** Where the references subtract in 90 digits they give 0 for less than this. */
const UNSEEN = 1e-89;

interface Row {
  readonly loss: Loss;
  /** Reference = factor·ℓ + constant. */
  readonly factor?: number;
  readonly constant?: (target: number) => number;
  /** What the references take for 0. */
  readonly floor?: number;
}

/** What the references call the losses; `params` as they do. */
const SYSTEMS: Readonly<Record<string, (params: Record<string, never>) => Row | null>> = {
  bce_logits: ({ pos_weight }) => ({ loss: losses.binaryCrossEntropy({ positiveWeight: pos_weight ?? 1 }) }),
  bce_prob: () => ({ loss: losses.probabilityCrossEntropy() }),
  focal: ({ gamma, alpha }) => ({ loss: losses.focal({ gamma, ...(alpha !== null && { alpha }) }) }),
  hinge: () => ({ loss: losses.hinge() }),
  sq_hinge: () => ({ loss: losses.squaredHinge() }),
  mse: () => ({ loss: losses.squaredError(), factor: 2 }),
  half_mse: () => ({ loss: losses.squaredError() }),
  mae: () => ({ loss: losses.absoluteError() }),
  huber: ({ delta }) => ({ loss: losses.huber({ delta }) }),
  smooth_l1: ({ beta }) => ({ loss: losses.huber({ delta: beta }), factor: 1 / beta }),
  logcosh: () => ({ loss: losses.logCosh(), floor: UNSEEN }),
  pinball: ({ tau }) => ({ loss: losses.quantile({ level: tau }) }),
  poisson_nll: ({ full }) => (full ? null : { loss: losses.poisson() }),
  gamma_nll: ({ shape }) => {
    if (shape === null) return { loss: losses.gamma() };
    const k = Number(shape);
    const lgamma = Number(special.lgamma(k));
    return { loss: losses.gamma(), factor: k, constant: (y) => lgamma - k * Math.log(k) - (k - 1) * Math.log(y) };
  },
  tweedie_nll: ({ power }) => ({ loss: losses.tweedie({ power }) }),
  gauss_nll: ({ var: v }) => ({ loss: losses.gaussian({ variance: v }), constant: () => 0.5 * Math.log(v) }),
  // Below: of its log variance alone.
  gauss_nll_logvar: () => null,
  student_t_nll: ({ nu, scale }) => {
    const constant =
      special.lgamma(nu / 2) - special.lgamma((nu + 1) / 2) + 0.5 * Math.log(nu * Math.PI) + Math.log(scale);
    return { loss: losses.studentT({ df: nu, scale }), constant: () => constant };
  },
};

const files = ["classification", "regression", "likelihood"].map((name) => `losses/elementwise_${name}.json`);
const cases = files.flatMap((file) => fixture<{ cases: Elementwise[] }>(file).cases);

test("every case of the references is known", () => {
  for (const { loss } of cases) expect(Object.keys(SYSTEMS)).toContain(loss);
});

const rows = cases.flatMap((given) => {
  const row = SYSTEMS[given.loss](given.params as never);
  return row === null ? [] : [{ name: given.name, given, row }];
});

describe.each(rows)("$name against 50 digits", ({ given, row }) => {
  const { loss, factor = 1, constant, floor = UNDERFLOW } = row;
  const [z, y, value, gradient, curvature] = [given.pred, given.target, given.value, given.grad, given.hess_diag].map(
    (numbers) => numbers.map(toNumber),
  );
  /** A constant that is added has its own rounding, and that of the sum. */
  const rounding = (i: number): number =>
    constant === undefined ? 0 : 1e-14 * (Math.abs(constant(y[i])) + Math.abs(value[i]));

  test("values, row by row", () => {
    const each = loss.each(z, y);
    value.forEach((want, i) => {
      const got = factor * each[i] + (constant?.(y[i]) ?? 0);
      within(got, want, Math.max(1e-14 * Math.abs(want), UNDERFLOW, rounding(i)), `z ${z[i]}, y ${y[i]}`);
    });
  });

  test("sum and mean", () => {
    const size = value.reduce((sum, one, i) => sum + Math.abs(one) + rounding(i), 0);
    const more = y.reduce((sum, target) => sum + (constant?.(target) ?? 0), 0);
    const bound = size === Infinity ? 0 : 1e-14 * size;
    within(factor * loss.value(z, y, SUM) + more, toNumber(given.sum), bound);
    within(factor * loss.value(z, y) + more / z.length, toNumber(given.mean), bound / z.length);
  });

  test("gradients and Hessians of the sum", () => {
    const slopes = loss.gradient(z, y, SUM);
    const curvatures = loss.hessian(z, y, SUM);
    const bound = (want: number): number => Math.max(1e-13 * Math.abs(want), floor);
    const kinks = new Set(given.kink_index);
    gradient.forEach((want, i) => {
      if (!kinks.has(i)) within(factor * slopes[i], want, bound(want), `slope ${i}, z ${z[i]}, y ${y[i]}`);
    });
    curvature.forEach((want, i) => {
      if (!kinks.has(i)) within(factor * curvatures[i], want, bound(want), `curvature ${i}, z ${z[i]}, y ${y[i]}`);
    });
  });
});

describe("gaussianMeanVariance against 50 digits", () => {
  const loss = losses.gaussianMeanVariance();
  const close = (got: number, want: number, size = 0): void =>
    within(got, want, Math.max(1e-13 * Math.max(Math.abs(want), size), UNSEEN));

  test("by the log variance", () => {
    const given = cases.find((one) => one.loss === "gauss_nll_logvar")!;
    const mu = given.params["mu"] as number;
    given.pred.map(toNumber).forEach((s, i) => {
      const scores = [mu, s];
      const y = [toNumber(given.target[i])];
      within(loss.value(scores, y), toNumber(given.value[i]), 1e-14 * Math.abs(toNumber(given.value[i])));
      // ½ is taken from ½r²/v: what is left has the rounding of both.
      close(loss.gradient(scores, y)[1], toNumber(given.grad[i]), 0.5);
      close(loss.hessian(scores, y)[3], toNumber(given.hess_diag[i]));
    });
  });

  test("by mean and variance, which turns derivatives by the chain rule", () => {
    for (const given of fixture<{ gaussian_nll: Record<string, number>[] }>("losses/divergences.json").gaussian_nll) {
      const v = given["var"];
      const s = Math.log(v);
      const [scores, y] = [[given["mu"], s], [given["target"]]];
      const [dm, ds] = loss.gradient(scores, y);
      const [mm, , ms, ss] = loss.hessian(scores, y);
      // The variance of the rounded logarithm is off by its ulp.
      const size = ulp(s) * 1e13;
      const near = (got: number, want: number, parts: number): void =>
        within(got, want, 1e-13 * (1 + size) * (Math.abs(want) + parts));
      const square = (given["mu"] - given["target"]) ** 2 / v;
      near(loss.value(scores, y), given["value"], square);
      near(dm, given["grad_mu"], 0);
      near(ds / v, given["grad_var"], (1 + square) / v);
      near(mm, given["hess_mu_mu"], 0);
      near(ms / v, given["hess_mu_var"], 0);
      near((ss - ds) / v / v, given["hess_var_var"], (1 + square) / v / v);
    }
  });
});

describe("softmaxCrossEntropy against 50 digits", () => {
  const { cases } = fixture<{ cases: Softmax[] }>("losses/softmax_ce.json");

  test.each(cases)("$name", (given) => {
    const { K } = given;
    const { class_weights, label_smoothing, ignore_index } = given;
    const loss = losses.softmaxCrossEntropy({
      classes: K,
      ...(class_weights && { classWeights: class_weights }),
      ...(label_smoothing && { labelSmoothing: label_smoothing }),
      ...(ignore_index !== undefined && { ignoredIndex: ignore_index }),
    });
    const z = given.logits.flat().map(toNumber);
    const y = given.target.flat().map(toNumber);
    const size = (row: Numbers): number => Math.max(1, ...row.map(toNumber).map(Math.abs));
    if (given.name.startsWith("soft_unnormalised")) {
      expect(() => loss.value(z, y)).toThrow(/sums to 1/);
      return;
    }

    const each = loss.each(z, y);
    given.value_none.forEach((want, i) =>
      within(each[i], toNumber(want), Math.min(1e-14 * size(given.logits[i]), 1e-14 * Math.max(1, toNumber(want)))),
    );
    within(loss.value(z, y, SUM), given.value_sum, 1e-14 * given.value_sum);
    if (given.mean_denominator === 0) expect(() => loss.value(z, y)).toThrow(/a total weight > 0, got 0/);
    else within(loss.value(z, y), given.value_mean, 1e-14 * given.value_mean);
    const gradient = loss.gradient(z, y, SUM);
    given.grad_sum
      .flat()
      .map(toNumber)
      .forEach((want, at) => within(gradient[at], want, Math.max(1e-15, 1e-12 * Math.abs(want)), `entry ${at}`));
    const hessian = loss.hessian(z, y, SUM);
    given.hess_sum_sample0
      .flat()
      .map(toNumber)
      .forEach((want, at) => within(hessian[at], want, Math.max(1e-15, 1e-12 * Math.abs(want)), `entry ${at}`));
  });

  test("tiny losses and slopes to their last digits", () => {
    const { logits, target, value_none, grad_sum, K } = cases.find(({ name }) => name === "index_extreme")!;
    const loss = losses.softmaxCrossEntropy({ classes: K });
    const row = logits.length - 1;
    const z = logits[row].map(toNumber);
    const { value, gradient } = loss.valueAndGradient(z, [toNumber((target as Numbers)[row])]);
    expect(value).toBeGreaterThan(0);
    within(value, toNumber(value_none[row]), 2 * ulp(value));
    grad_sum[row].map(toNumber).forEach((want, k) => within(gradient[k], want, 4 * ulp(want)));
  });
});
