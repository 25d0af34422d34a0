/** Every metric against exact rationals, high precision and scikit-learn. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as metrics from "../../src/metrics/index.js";

type Stored = number | string | null;
interface Case {
  readonly name: string;
  readonly kind: string;
  readonly y: readonly number[];
  readonly p: readonly number[] & readonly number[][];
  readonly pred: readonly number[];
  readonly [key: string]: unknown;
}

const { cases } = JSON.parse(readFileSync(new URL("../fixtures/metrics.json", import.meta.url), "utf8")) as {
  cases: Case[];
};
const of = (kind: string): [string, Case][] => cases.filter((one) => one.kind === kind).map((one) => [one.name, one]);

/** Compares with every number that the case has under one of these names. */
function compare(one: Case, got: Readonly<Record<string, number>>, tolerance: (name: string) => number): void {
  for (const [name, value] of Object.entries(got)) {
    expect(one, name).toHaveProperty(name);
    const expected = Number(one[name] as Stored);
    if (expected === value) continue;
    expect(Math.abs(value - expected), `${name}: expected ${expected}, got ${value}`).toBeLessThanOrEqual(
      tolerance(name),
    );
  }
}

function compareBins(got: readonly metrics.CalibrationBin[], expected: unknown): void {
  (expected as (number | null)[][]).forEach(([bin, count, probability, frequency]) => {
    const { weight, ...rest } = got[bin!];
    expect(weight).toBe(count);
    if (probability === null) expect([rest.probability, rest.frequency]).toEqual([NaN, NaN]);
    else {
      expect(Math.abs(rest.probability - probability)).toBeLessThan(1e-13);
      expect(Math.abs(rest.frequency - frequency!)).toBeLessThan(1e-13);
    }
  });
}

describe("two classes", () => {
  it.each(of("binary"))("%s", (name, one) => {
    const { y, p } = one;
    const predictions = p.map((value) => ((value as number) >= 0.5 ? 1 : 0));
    const zero = { whenUndefined: 0 };
    expect(metrics.confusionMatrix(predictions, y).matrix).toEqual(one["confusion_matrix"]);
    const { precisions, recalls } = metrics.precisionRecallCurve(p, y);
    const curve = metrics.rocCurve(p, y);
    compare(
      one,
      {
        accuracy: metrics.accuracy(predictions, y),
        balanced_accuracy: metrics.balancedAccuracy(predictions, y),
        precision: metrics.precision(predictions, y, zero),
        recall: metrics.recall(predictions, y, zero),
        f1: metrics.f1(predictions, y, zero),
        mcc: metrics.matthewsCorrelation(predictions, y, zero),
        cohen_kappa: metrics.cohenKappa(predictions, y, zero),
        log_loss: metrics.logLoss(p, y),
        brier: metrics.brierScore(p, y),
        roc_auc: metrics.rocAuc(p, y),
        average_precision: metrics.averagePrecision(p, y),
        pr_auc_trapezoid: recalls.reduce(
          (sum, r, k) => (k === 0 ? 0 : sum + 0.5 * (r - recalls[k - 1]) * (precisions[k] + precisions[k - 1])),
          0,
        ),
        ...(name !== "bin_edges" && {
          ece10_prob: metrics.expectedCalibrationError(p, y),
          mce10_prob: metrics.maximumCalibrationError(p, y),
          ece10_confidence: metrics.expectedCalibrationError(p, y, { of: "confidence" }),
        }),
      },
      () => 1e-13,
    );
    if (name !== "bin_edges") {
      compareBins(metrics.calibrationCurve(p, y), one["bins_prob"]);
      compareBins(metrics.calibrationCurve(p, y, { of: "confidence" }), one["bins_confidence"]);
    }
    for (const [key, rates] of [
      ["roc_fpr", curve.falsePositiveRates],
      ["roc_tpr", curve.truePositiveRates],
    ] as const) {
      if (one[key] === undefined) continue;
      expect([...rates].map((rate) => rate.toFixed(14))).toEqual(
        (one[key] as number[]).map((rate) => rate.toFixed(14)),
      );
    }
  });
});

describe("several classes", () => {
  it.each(of("multiclass"))("%s", (_, one) => {
    const { y, p } = one;
    const classes = Array.from({ length: one["K"] as number }, (__, k) => k);
    const rows = p as readonly number[][];
    const predictions = rows.map((row) => row.indexOf(Math.max(...row)));
    const weights = one["sample_weight"] as number[];
    expect(metrics.confusionMatrix(predictions, y).matrix).toEqual(one["confusion_matrix"]);
    compare(
      one,
      {
        accuracy: metrics.accuracy(predictions, y),
        accuracy_weighted: metrics.accuracy(predictions, y, { weights }),
        balanced_accuracy: metrics.balancedAccuracy(predictions, y),
        log_loss: metrics.logLoss(p, y),
        log_loss_weighted: metrics.logLoss(p, y, { weights, classes }),
        brier_multi_mean_of_sums: metrics.brierScore(p, y),
        precision_macro: metrics.precision(predictions, y, { average: "macro" }),
        recall_macro: metrics.recall(predictions, y, { average: "macro" }),
        f1_macro: metrics.f1(predictions, y, { average: "macro" }),
        f1_micro: metrics.f1(predictions, y, { average: "micro" }),
        f1_weighted: metrics.f1(predictions, y, { average: "weighted" }),
        mcc: metrics.matthewsCorrelation(predictions, y),
        cohen_kappa: metrics.cohenKappa(predictions, y),
        roc_auc_ovr_macro: metrics.rocAuc(p, y),
        top2_accuracy: metrics.topAccuracy(p, y, { k: 2 }),
        ece10_confidence: metrics.expectedCalibrationError(p, y),
        mce10_confidence: metrics.maximumCalibrationError(p, y),
      },
      () => 1e-13,
    );
    compareBins(metrics.calibrationCurve(p, y), one["bins_confidence"]);
    const flat = rows.flat();
    expect(metrics.logLoss(flat, y)).toBe(metrics.logLoss(p, y));
  });
});

describe("regression", () => {
  it.each(of("regression"))("%s", (name, one) => {
    const { y, pred } = one;
    const constant = new Set(y).size === 1;
    const whenUndefined = Number(one["r2"]);
    compare(
      one,
      {
        mse: metrics.meanSquaredError(pred, y),
        rmse: metrics.rootMeanSquaredError(pred, y),
        mae: metrics.meanAbsoluteError(pred, y),
        median_ae: metrics.medianAbsoluteError(pred, y),
        max_error: metrics.maximumError(pred, y),
        r2: metrics.r2(pred, y, { whenUndefined }),
        explained_variance: metrics.explainedVariance(pred, y, { whenUndefined }),
        mape: metrics.meanAbsolutePercentageError(pred, y),
      },
      (metric) => {
        const scale = Math.max(1, Math.abs(Number(one[metric])));
        return name === "large_offset" && /mape|explained/.test(metric)
          ? 1e-7
          : name === "large_offset" && metric === "r2"
            ? 1e-12
            : 1e-13 * scale;
      },
    );
    if (constant) expect(() => metrics.r2(pred, y)).toThrow(/"targets" expected numbers that differ/);
  });

  it("all cases are here", () => {
    expect(of("binary").length + of("multiclass").length + of("regression").length).toBe(cases.length);
    expect(cases.length).toBeGreaterThan(14);
  });
});
