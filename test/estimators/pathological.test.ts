import { describe, expect, test } from "vitest";
import {
  type Fit,
  dataset,
  erm,
  likelihoods,
  linearRegression,
  logisticRegression,
  losses,
  map,
  mle,
  models,
  optimizers,
  penalties,
  priors,
  softmaxRegression,
} from "../../src/index.js";
import { draws, exactDot } from "../support.js";

/** What a row asks of the scores that a witness gives it: which may not be moved, and where the others may go. */
type Asks = (scores: number[], row: number) => readonly number[];

interface Case {
  readonly name: string;
  readonly fit: () => Fit;
  readonly status: Fit["status"];
  readonly reason: RegExp;
  /** X and what its rows ask: the witness must move no row against it, and some row towards it. */
  readonly witness?: { readonly x: readonly (readonly number[])[]; readonly asks: Asks };
}

const source = draws(181);
const line = [[1], [2], [3], [4], [5], [6]];
const plane = Array.from({ length: 40 }, () => Array.from(source.normal(2)));
const noisy = plane.map(([a, b]) => (a - b / 2 + source.normal(1)[0] > 0 ? 1 : 0));
const flag = plane.map((row, i) => [...row, i % 5 === 0 ? 1 : 0]);
const flagged = noisy.map((y, i) => (i % 5 === 0 ? 1 : y));
const counts = plane.map((_, i) => (i % 5 === 0 ? 0 : 1 + (i % 4)));
const collinear = plane.map(([a, b]) => [a, b, a - b]);

/** Margins towards the class of each row: all must be ≥ 0. */
const byClass =
  (y: readonly number[]): Asks =>
  (scores, i) =>
    scores.length === 1 ? [y[i] === 1 ? scores[0] : -scores[0]] : scores.map((z) => scores[y[i]] - z);

/** Counts: those above 0 may not be moved, those at 0 only down. */
const byCount =
  (y: readonly number[]): Asks =>
  ([z], i) =>
    y[i] === 0 ? [-z] : [-Math.abs(z)];

const rows = (x: readonly (readonly number[])[]): number[][] => x.map((row) => [...row]);

const cases: Case[] = [
  {
    name: "1. two classes apart",
    fit: () => logisticRegression(line, [0, 0, 0, 1, 1, 1]),
    status: "separated",
    reason: /separates the classes of all 6 rows.*priors\.normal/,
    witness: { x: line, asks: byClass([0, 0, 0, 1, 1, 1]) },
  },
  {
    name: "2. two classes that touch in one point",
    fit: () => logisticRegression([[1], [2], [3], [3], [4], [5]], [0, 0, 0, 1, 1, 1]),
    status: "quasi-separated",
    reason: /separates some classes .*priors\.normal/,
    witness: { x: [[1], [2], [3], [3], [4], [5]], asks: byClass([0, 0, 0, 1, 1, 1]) },
  },
  {
    name: "3. a flag seen only with successes",
    fit: () => logisticRegression(flag, flagged),
    status: "quasi-separated",
    reason: /separates some classes/,
    witness: { x: flag, asks: byClass(flagged) },
  },
  {
    name: "4. three classes in a row",
    fit: () => softmaxRegression(line, ["a", "a", "b", "b", "c", "c"]),
    status: "separated",
    reason: /separates the classes/,
    witness: { x: line, asks: byClass([0, 0, 1, 1, 2, 2]) },
  },
  {
    name: "5. one class and a free intercept",
    fit: () => mle({ data: dataset(line, [1, 1, 1, 1, 1, 1]), likelihood: likelihoods.bernoulli() }),
    status: "separated",
    reason: /no maximum-likelihood estimate exists/,
    witness: { x: line, asks: byClass([1, 1, 1, 1, 1, 1]) },
  },
  {
    name: "6. one class under a prior that leaves the intercept free",
    fit: () =>
      map({
        data: dataset(line, [0, 0, 0, 0, 0, 0]),
        likelihood: likelihoods.bernoulli(),
        prior: priors.normal({ sd: 1 }),
      }),
    status: "separated",
    reason: /intercept that runs away, which the prior leaves free.*intercept: \{ sd \}/,
    witness: { x: line, asks: byClass([0, 0, 0, 0, 0, 0]) },
  },
  {
    name: "7. a class without rows, under a penalty",
    fit: () =>
      erm({
        data: dataset(plane, noisy),
        loss: losses.softmaxCrossEntropy({ classes: 3 }),
        penalty: penalties.l2(0.1),
      }),
    status: "quasi-separated",
    reason: /intercept that runs away, which the prior leaves free/,
    witness: { x: plane, asks: byClass(noisy) },
  },
  {
    name: "8. columns that determine each other, two classes",
    fit: () => logisticRegression(collinear, noisy),
    status: "rank-deficient",
    reason: /determine x2.*Drop such columns, or use a prior/,
  },
  {
    name: "9. columns that determine each other, three classes",
    fit: () =>
      softmaxRegression(
        collinear,
        noisy.map((y, i) => (i % 3 === 0 ? 2 : y)),
      ),
    status: "rank-deficient",
    reason: /determine .*x2/,
  },
  {
    name: "10. dummies of every level beside an intercept",
    fit: () =>
      linearRegression(
        line.map((_, i) => [i % 2, (i + 1) % 2]),
        [1, 2, 1.5, 2.5, 1, 3],
      ),
    status: "rank-deficient",
    reason: /determine x1: left out/,
  },
  {
    name: "11. counts that are all 0",
    fit: () => erm({ data: dataset(line, [0, 0, 0, 0, 0, 0]), loss: losses.poisson() }),
    status: "separated",
    reason: /Every target is 0: as the mean goes to 0 the likelihood rises for ever/,
    witness: { x: line, asks: byCount([0, 0, 0, 0, 0, 0]) },
  },
  {
    name: "12. a group of counts that are all 0",
    fit: () => erm({ data: dataset(flag, counts), loss: losses.poisson() }),
    status: "quasi-separated",
    reason: /lowers the scores of 8 rows whose target is 0 and moves no other row/,
    witness: { x: flag, asks: byCount(counts) },
  },
  {
    name: "13. counts above 0 on one line only",
    fit: () =>
      erm({
        data: dataset([[0, 0], [1, 1], [2, 2], [3, 3], [1, 2], [2, 4]], [1, 2, 4, 7, 0, 0]), // prettier-ignore
        loss: losses.poisson(),
      }),
    status: "quasi-separated",
    reason: /2 rows whose target is 0/,
    witness: {
      x: [[0, 0], [1, 1], [2, 2], [3, 3], [1, 2], [2, 4]], // prettier-ignore
      asks: byCount([1, 2, 4, 7, 0, 0]),
    },
  },
  {
    name: "14. a group of zeros, negative binomial",
    fit: () => erm({ data: dataset(flag, counts), loss: losses.negativeBinomial({ dispersion: 0.5 }) }),
    status: "quasi-separated",
    reason: /8 rows whose target is 0/,
    witness: { x: flag, asks: byCount(counts) },
  },
  {
    name: "15. a group of amounts that are all 0, Tweedie",
    fit: () => erm({ data: dataset(flag, counts), loss: losses.tweedie({ power: 1.5 }) }),
    status: "quasi-separated",
    reason: /8 rows whose target is 0/,
    witness: { x: flag, asks: byCount(counts) },
  },
  {
    name: "16. one-hot targets apart",
    fit: () =>
      erm({
        data: dataset(
          line,
          [0, 0, 0, 1, 1, 1].flatMap((y) => [1 - y, y]),
        ),
        loss: losses.softmaxCrossEntropy({ classes: 2 }),
      }),
    status: "separated",
    reason: /separates the classes/,
    witness: { x: line, asks: byClass([0, 0, 0, 1, 1, 1]) },
  },
  {
    name: "17. distributions over two of three classes",
    fit: () =>
      erm({
        data: dataset(
          plane,
          noisy.flatMap((y) => [0.25 + y / 2, 0.75 - y / 2, 0]),
        ),
        loss: losses.softmaxCrossEntropy({ classes: 3 }),
      }),
    status: "quasi-separated",
    reason: /separates some classes/,
    witness: { x: plane, asks: ([a, b, c]) => [-Math.abs(a - b), a - c] },
  },
  {
    name: "18. a label that no row has",
    fit: () =>
      erm({
        data: dataset(
          plane,
          noisy.flatMap((y) => [y, 0]),
        ),
        loss: losses.multiLabelCrossEntropy({ labels: 2 }),
      }),
    status: "quasi-separated",
    reason: /separates some classes/,
    witness: { x: plane, asks: ([a, b]) => [-Math.abs(a), -b] },
  },
  {
    name: "19. residuals that vanish, sd free",
    fit: () => linearRegression(line, [3, 5, 7, 9, 11, 13]),
    status: "boundary",
    reason: /fits every row exactly.*Give sd, or drop columns/,
  },
  {
    name: "20. residuals that vanish, by maximum likelihood",
    fit: () => mle({ data: dataset(line, [3, 5, 7, 9, 11, 13]), likelihood: likelihoods.gaussian() }),
    status: "boundary",
    reason: /fits every row exactly/,
  },
  {
    name: "21. separated but for a row of weight 0",
    fit: () => logisticRegression(line, [0, 0, 0, 1, 1, 0], { weights: [1, 1, 1, 1, 1, 0] }),
    status: "separated",
    reason: /separates the classes/,
    witness: { x: line.slice(0, 5), asks: byClass([0, 0, 0, 1, 1]) },
  },
  {
    name: "22. a score without a minimum: exponential loss on classes apart",
    fit: () => erm({ data: dataset(line, [-1, -1, -1, 1, 1, 1]), loss: losses.exponential() }),
    status: "separated",
    reason: /separates the classes/,
    witness: { x: line, asks: ([z], i) => [i < 3 ? -z : z] },
  },
  {
    name: "23. a mean and a variance each, one row per group: the variance goes to 0",
    fit: () =>
      erm({
        data: dataset(
          [
            [1, 0],
            [0, 1],
            [0, 1],
          ],
          [1, 2, 3],
        ),
        loss: losses.gaussianMeanVariance(),
        model: models.linear({ intercept: false }),
      }),
    status: "unbounded",
    reason: /takes the variance of 1 rows that are fitted exactly to 0/,
    witness: {
      x: [
        [1, 0],
        [0, 1],
        [0, 1],
      ],
      asks: ([mean, variance], i) => [-Math.abs(mean), i === 0 ? -variance : -Math.abs(variance)],
    },
  },
  {
    name: "24. probabilities by a linear model that starts at 0",
    fit: () =>
      erm({ data: dataset(line, [0, 1, 0, 1, 0, 1]), loss: losses.probabilityCrossEntropy() }, { start: [0, 0] }),
    status: "diverged",
    reason: /Infinity at the starting point.*`start`/s,
  },
  {
    name: "25. amounts that are all the same, shape free",
    fit: () => mle({ data: dataset(line, [2, 2, 2, 2, 2, 2]), likelihood: likelihoods.gamma() }),
    status: "boundary",
    reason: /estimated shape goes to infinity/,
  },
];

describe.each(cases)("$name", ({ fit, status, reason, witness }) => {
  const made = fit();

  test(`is ${status}, with its reason`, () => {
    expect({ status: made.status, reason: made.reason }).toMatchObject({
      status,
      reason: expect.stringMatching(reason) as unknown,
    });
    expect(made.converged).toBe(false);
    for (const value of [...made.coefficients, ...made.intercepts]) expect(Number.isFinite(value)).toBe(true);
  });

  if (witness === undefined) {
    test("has no witness", () => expect(made.witness).toBeNull());
    return;
  }
  test("shows its witness: no row loses, some row gains", () => {
    const { x, asks } = witness;
    const K = made.intercepts.length;
    const stride = x[0].length + 1;
    let gained = 0;
    x.forEach((row, i) => {
      const scores = Array.from({ length: K }, (_, k) =>
        exactDot(made.witness!.subarray(k * stride, (k + 1) * stride), [1, ...row]),
      );
      for (const margin of asks(scores, i)) {
        const rounding = 1e-15 * stride * Math.max(...row.map(Math.abs), 1);
        expect(margin).toBeGreaterThanOrEqual(-rounding);
        if (margin > rounding) gained++;
      }
    });
    expect(gained).toBeGreaterThan(0);
    expect(() => made.summary()).toThrow(/no optimum/);
  });
});

describe("data beside them that have an optimum", () => {
  const healthy: [string, () => Fit][] = [
    ["classes that overlap", () => logisticRegression(plane, noisy)],
    ["a flag that a prior holds", () => logisticRegression(flag, flagged, { prior: priors.normal({ sd: 10 }) })],
    ["zeros in every group", () => erm({ data: dataset(plane, counts), loss: losses.poisson() })],
    [
      "zeros under a penalty",
      () => erm({ data: dataset(flag, counts), loss: losses.poisson(), penalty: penalties.l2(0.1) }),
    ],
    [
      "amounts above 0",
      () =>
        erm({
          data: dataset(
            plane,
            noisy.map((y) => y + 1),
          ),
          loss: losses.gamma(),
        }),
    ],
    [
      "distributions that overlap",
      () =>
        erm({
          data: dataset(
            plane,
            noisy.flatMap((y) => [0.2 + y / 4, 0.5 - y / 4, 0.3]),
          ),
          loss: losses.softmaxCrossEntropy({ classes: 3 }),
        }),
    ],
    [
      "fractions of a success",
      () => erm({ data: dataset(line, [0.2, 0.4, 0.1, 0.9, 0.6, 1]), loss: losses.binaryCrossEntropy() }),
    ],
    [
      "one class without an intercept, on both sides",
      () =>
        mle({
          data: dataset([[1], [-2], [3]], [1, 1, 1]),
          likelihood: likelihoods.bernoulli(),
          model: models.linear({ intercept: false }),
        }),
    ],
  ];
  test.each(healthy)("%s", (_, fit) => {
    expect(fit()).toMatchObject({ status: "converged", witness: null });
  });

  test.each([optimizers.newton(), optimizers.lbfgs()])(
    "counts in groups of zeros are seen by $name too",
    (optimizer) => {
      const fit = erm({ data: dataset(rows(flag), counts), loss: losses.poisson() }, { optimizer });
      expect(fit.status).toBe("quasi-separated");
    },
  );
});
