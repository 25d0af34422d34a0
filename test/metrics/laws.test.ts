/** What holds for metrics whatever the data: weights count rows, order does not matter, undefined cases are errors. */
import { describe, expect, it } from "vitest";
import * as metrics from "../../src/metrics/index.js";
import { random } from "../../src/random.js";

const generator = random(3);
const n = 60;
const y = Array.from({ length: n }, () => generator.integer(2));
const p = y.map((bit) => Math.floor(10 * (0.3 * bit + 0.7 * generator.uniform())) / 10);
const guesses = p.map((value) => (value >= 0.5 ? 1 : 0));
const weights = y.map(() => generator.integer(4));
const repeat = <T>(values: readonly T[]): T[] => values.flatMap((value, i) => new Array<T>(weights[i]).fill(value));
const positive = p.map((value) => value + 0.3);

const SUBJECTS: Readonly<
  Record<string, readonly [(a: number[], b: number[], o?: object) => number, number[], number[]]>
> = {
  meanSquaredError: [metrics.meanSquaredError, p, y],
  rootMeanSquaredError: [metrics.rootMeanSquaredError, p, y],
  meanAbsoluteError: [metrics.meanAbsoluteError, p, y],
  r2: [metrics.r2, p, y],
  explainedVariance: [metrics.explainedVariance, p, y],
  pinballLoss: [(a, b, o) => metrics.pinballLoss(a, b, { level: 0.8, ...o }), p, y],
  meanAbsolutePercentageError: [metrics.meanAbsolutePercentageError, p, positive],
  poissonDeviance: [metrics.poissonDeviance, positive, y],
  gammaDeviance: [metrics.gammaDeviance, positive, y.map((bit) => bit + 0.5)],
  tweedieDeviance: [(a, b, o) => metrics.tweedieDeviance(a, b, { power: 1.5, ...o }), positive, y],
  accuracy: [metrics.accuracy, guesses, y],
  balancedAccuracy: [metrics.balancedAccuracy, guesses, y],
  precision: [metrics.precision, guesses, y],
  recall: [metrics.recall, guesses, y],
  f1: [metrics.f1, guesses, y],
  matthewsCorrelation: [metrics.matthewsCorrelation, guesses, y],
  cohenKappa: [metrics.cohenKappa, guesses, y],
  rocAuc: [metrics.rocAuc, p, y],
  averagePrecision: [metrics.averagePrecision, p, y],
  logLoss: [metrics.logLoss, p.map((value) => 0.05 + 0.9 * value), y],
  brierScore: [metrics.brierScore, p, y],
  expectedCalibrationError: [metrics.expectedCalibrationError, p, y],
  maximumCalibrationError: [metrics.maximumCalibrationError, p, y],
};

describe.each(Object.entries(SUBJECTS))("%s", (_, [metric, predictions, targets]) => {
  it("whole weights repeat rows", () => {
    expect(metric(predictions, targets, { weights })).toBeCloseTo(metric(repeat(predictions), repeat(targets)), 13);
  });

  it("the scale of weights and the order of rows do not matter", () => {
    const scaled = metric(predictions, targets, { weights: weights.map((w) => 4 * w) });
    expect(scaled).toBeCloseTo(metric(predictions, targets, { weights }), 14);
    expect(metric([...predictions].reverse(), [...targets].reverse())).toBeCloseTo(metric(predictions, targets), 13);
  });

  it("refuses no rows, no weight and other lengths", () => {
    expect(() => metric([], [])).toThrow(/expected/);
    expect(() => metric(predictions, targets, { weights: weights.map(() => 0) })).toThrow(
      /"weights" expected a sum > 0/,
    );
    expect(() => metric(predictions.slice(1), targets)).toThrow(/expected/);
  });
});

describe("metrics", () => {
  it("rocAuc is the share of pairs in the right order, ties half", () => {
    let right = 0;
    let pairs = 0;
    p.forEach((a, i) =>
      p.forEach((b, j) => {
        if (y[i] !== 1 || y[j] !== 0) return;
        pairs++;
        right += a > b ? 1 : a === b ? 0.5 : 0;
      }),
    );
    expect(metrics.rocAuc(p, y)).toBeCloseTo(right / pairs, 14);
    expect(
      metrics.rocAuc(
        p.map((value) => -value),
        y,
      ),
    ).toBeCloseTo(1 - right / pairs, 14);
  });

  it("labels may be of any kind, and the positive one is the last", () => {
    const names = y.map((bit) => (bit === 1 ? "yes" : "no"));
    const flags = y.map((bit) => bit === 1);
    expect(
      metrics.logLoss(
        p.map((value) => 0.05 + 0.9 * value),
        names,
      ),
    ).toBe(
      metrics.logLoss(
        p.map((value) => 0.05 + 0.9 * value),
        flags,
      ),
    );
    expect(
      metrics.precision(
        guesses.map((bit) => (bit === 1 ? "yes" : "no")),
        names,
      ),
    ).toBe(metrics.precision(guesses, y));
    expect(metrics.recall(guesses, y, { classes: [1, 0] })).toBe(
      metrics.recall(
        guesses.map((bit) => 1 - bit),
        y.map((bit) => 1 - bit),
      ),
    );
  });

  it("deviances meet at their powers, and vanish for perfect predictions", () => {
    expect(metrics.tweedieDeviance(positive, y, { power: 1 })).toBe(metrics.poissonDeviance(positive, y));
    expect(metrics.tweedieDeviance(positive, y, { power: 1 + 1e-6 })).toBeCloseTo(
      metrics.poissonDeviance(positive, y),
      4,
    );
    expect(metrics.tweedieDeviance(positive, y, { power: 0 })).toBe(metrics.meanSquaredError(positive, y));
    const t = y.map((bit) => bit + 0.5);
    expect(metrics.tweedieDeviance(positive, t, { power: 2 - 1e-6 })).toBeCloseTo(
      metrics.gammaDeviance(positive, t),
      4,
    );
    expect(metrics.tweedieDeviance(t, t, { power: 3 })).toBeCloseTo(0, 14);
    expect([metrics.poissonDeviance(t, t), metrics.gammaDeviance(t, t)]).toEqual([0, 0]);
    expect(metrics.poissonDeviance([1e8 + 1], [1e8])).toBeCloseTo(1e-8, 15);
  });

  it("what is undefined is an error, or what is asked for", () => {
    expect(() => metrics.precision([0, 0], [1, 0])).toThrow(/"predictions" expected the class at least once/);
    expect(metrics.precision([0, 0], [1, 0], { whenUndefined: 0 })).toBe(0);
    expect(metrics.precision([0, 0], [1, 0], { whenUndefined: NaN })).toBe(NaN);
    expect(() => metrics.recall([1, 0], [0, 0])).toThrow(/targets of the class/);
    expect(() => metrics.matthewsCorrelation([0, 0], [1, 0])).toThrow(/two classes/);
    expect(() => metrics.rocAuc([0.1, 0.2], [1, 1])).toThrow(/at least one negative/);
    expect(() => metrics.averagePrecision([0.1, 0.2], [0, 0])).toThrow(/at least one positive/);
    expect(() => metrics.logLoss([0.1, 0.2], ["a", "a"])).toThrow(/"targets" expected 2 classes/);
    expect(() => metrics.f1([0, 1, 2], [0, 1, 2])).toThrow(/"average" expected macro, micro or weighted/);
    expect(() => metrics.meanAbsolutePercentageError([1], [0])).toThrow(/"targets" expected numbers other than 0/);
    expect(metrics.logLoss([0, 1], [1, 1])).toBe(Infinity);
    expect(metrics.logLoss([0, 1], [1, 1], { weights: [0, 1] })).toBe(0);
    expect(() => metrics.logLoss([[0.5, 0.6]], ["a"], { classes: ["a", "b"] })).toThrow(/rows whose sum is 1/);
  });
});
