import { describe, expect, test } from "vitest";
import { losses } from "../../src/index.js";
import { fixture, toNumber, ulp, within } from "../support.js";

type Numbers = (number | string)[];

interface Elementwise {
  loss: string;
  pred: Numbers;
  target: Numbers;
  value: Numbers;
  sum: number;
  mean: number;
  grad: Numbers;
  hess_diag: Numbers;
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
  grad_sum: Numbers[];
  hess_sum_sample0: Numbers[];
}

const SUM = { reduction: "sum" } as const;

/** What the binary loss takes for 0 beyond |z| = 690 is smaller than this. */
const UNDERFLOW = 1e-299;

describe.each([
  ["binaryCrossEntropy", losses.binaryCrossEntropy(), "losses/elementwise_classification.json"],
  ["squaredError", losses.squaredError(), "losses/elementwise_regression.json"],
] as const)("%s against 50 digits", (_, loss, file) => {
  const [given] = fixture<{ cases: Elementwise[] }>(file).cases;
  const [z, y, value, gradient, curvature] = [given.pred, given.target, given.value, given.grad, given.hess_diag].map(
    (numbers) => numbers.map(toNumber),
  );

  test("values, row by row", () => {
    const each = loss.each(z, y);
    value.forEach((want, i) => within(each[i], want, Math.max(1e-14 * want, UNDERFLOW), `z ${z[i]}, y ${y[i]}`));
  });

  test("sum and mean", () => {
    within(loss.value(z, y, SUM), given.sum, 1e-14 * given.sum);
    within(loss.value(z, y), given.mean, 1e-14 * given.mean);
  });

  test("gradients and Hessians of the sum", () => {
    const slopes = loss.gradient(z, y, SUM);
    const curvatures = loss.hessian(z, y, SUM);
    gradient.forEach((want, i) => within(slopes[i], want, Math.max(1e-13 * Math.abs(want), UNDERFLOW), `slope ${i}`));
    curvature.forEach((want, i) => within(curvatures[i], want, Math.max(1e-13 * want, UNDERFLOW), `curvature ${i}`));
  });
});

describe("softmaxCrossEntropy against 50 digits", () => {
  const { cases } = fixture<{ cases: Softmax[] }>("losses/softmax_ce.json");

  test.each(cases)("$name", (given) => {
    const { K } = given;
    const loss = losses.softmaxCrossEntropy({ classes: K });
    const z = given.logits.flat().map(toNumber);
    const y = given.target.flat().map(toNumber);
    const size = (row: Numbers): number => Math.max(1, ...row.map(toNumber).map(Math.abs));

    const each = loss.each(z, y);
    given.value_none.forEach((want, i) =>
      within(each[i], toNumber(want), Math.min(1e-14 * size(given.logits[i]), 1e-14 * Math.max(1, toNumber(want)))),
    );
    within(loss.value(z, y, SUM), given.value_sum, 1e-14 * given.value_sum);
    within(loss.value(z, y), given.value_mean, 1e-14 * given.value_mean);
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
