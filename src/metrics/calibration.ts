import { checkChoice, checkNumber, checkOptions } from "../check.js";
import type { ClassOptions } from "./confusion.js";
import type { Labels } from "./labels.js";
import { decide, type Probabilities, readPredicted } from "./probabilities.js";
import { readWeights } from "./rows.js";

/** Options of a comparison of probabilities with frequencies. */
export interface CalibrationOptions extends ClassOptions {
  /** Bins of equal width on [0, 1] (default 10): each has its lower end, the last its upper one too. */
  readonly bins?: number;
  /**
   * positive: the probability of the last class beside how often it came (default for two classes). confidence: the
   * probability of the predicted class beside how often it was right (always for more).
   */
  readonly of?: "positive" | "confidence";
}

/** What fell into one bin. */
export interface CalibrationBin {
  /** The lower end of the bin. */
  readonly lower: number;
  /** The upper end of the bin. */
  readonly upper: number;
  /** Total weight of the rows in it. */
  readonly weight: number;
  /** Their mean probability; NaN of none. */
  readonly probability: number;
  /** How often it came true; NaN of none. */
  readonly frequency: number;
}

/**
 * The calibration (reliability) curve: mean probability and observed frequency in bins of equal width.
 *
 * @param probabilities - Of the last of two classes, [n]; or of every class, [n × classes] flat or nested, rows summing to 1.
 * @param targets - True labels: [n].
 * @param options - `bins`; `of`: the positive class or the predicted one; `weights`; `classes`.
 * @returns The bins in order.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a number that is no probability, other
 *   than as many classes, bins that are no whole number from 1 to 10⁶, or no weight.
 * @see Guo, Pleiss, Sun & Weinberger, "On calibration of modern neural networks", ICML 2017
 * @example
 * const [low, high] = metrics.calibrationCurve([0.2, 0.4, 0.9], [0, 1, 1], { bins: 2 });
 * low.probability; // → 0.3
 * high.frequency; // → 1
 */
export function calibrationCurve(
  probabilities: Probabilities,
  targets: Labels,
  options?: CalibrationOptions,
): readonly CalibrationBin[] {
  checkOptions("options", options, ["bins", "of", "weights", "classes"]);
  const count = checkNumber("bins", options?.bins === undefined ? 10 : options.bins, {
    min: 1,
    max: 1_000_000,
    integer: true,
  });
  const predicted = readPredicted(probabilities, targets, options?.classes);
  const { p, actual, rows, columns } = predicted;
  const choices = columns === 1 ? (["positive", "confidence"] as const) : (["confidence"] as const);
  const of = checkChoice<"positive" | "confidence">("of", options?.of === undefined ? choices[0] : options.of, choices);
  const { weights } = readWeights(options?.weights, rows);
  const weight = new Float64Array(count);
  const mass = new Float64Array(count);
  const came = new Float64Array(count);
  for (let i = 0; i < rows; i++) {
    const w = weights === null ? 1 : weights[i];
    const [k, confidence] = of === "positive" ? [1, p[i]] : decide(predicted, i);
    const bin = Math.min(Math.floor(confidence * count), count - 1);
    weight[bin] += w;
    mass[bin] += w * confidence;
    if (actual[i] === k) came[bin] += w;
  }
  const bins = Array.from(weight, (w, bin) =>
    Object.freeze({
      lower: bin / count,
      upper: (bin + 1) / count,
      weight: w,
      probability: w > 0 ? mass[bin] / w : NaN,
      frequency: w > 0 ? came[bin] / w : NaN,
    }),
  );
  return Object.freeze(bins);
}

/**
 * The expected calibration error: the mean over bins, by their weight, of |frequency − mean probability|.
 *
 * @param probabilities - Of the last of two classes, [n]; or of every class, [n × classes] flat or nested, rows summing to 1.
 * @param targets - True labels: [n].
 * @param options - `bins`; `of`: the positive class or the predicted one; `weights`; `classes`.
 * @returns Between 0 and 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a number that is no probability, other
 *   than as many classes, bins that are no whole number from 1 to 10⁶, or no weight.
 * @see Guo, Pleiss, Sun & Weinberger, "On calibration of modern neural networks", ICML 2017
 * @example
 * metrics.expectedCalibrationError([0.2, 0.4, 0.9], [0, 1, 1], { bins: 2 }); // → 0.166666666667
 */
export function expectedCalibrationError(
  probabilities: Probabilities,
  targets: Labels,
  options?: CalibrationOptions,
): number {
  const bins = calibrationCurve(probabilities, targets, options).filter(({ weight }) => weight > 0);
  const total = bins.reduce((sum, { weight }) => sum + weight, 0);
  return bins.reduce((sum, bin) => sum + (bin.weight / total) * Math.abs(bin.frequency - bin.probability), 0);
}

/**
 * The maximum calibration error: the largest |frequency − mean probability| of a bin.
 *
 * @param probabilities - Of the last of two classes, [n]; or of every class, [n × classes] flat or nested, rows summing to 1.
 * @param targets - True labels: [n].
 * @param options - `bins`; `of`: the positive class or the predicted one; `weights`; `classes`.
 * @returns Between 0 and 1.
 * @throws TypeError for labels of mixed or other kinds; RangeError for another length, a number that is no probability, other
 *   than as many classes, bins that are no whole number from 1 to 10⁶, or no weight.
 * @see Guo, Pleiss, Sun & Weinberger, "On calibration of modern neural networks", ICML 2017
 * @example
 * metrics.maximumCalibrationError([0.2, 0.4, 0.9], [0, 1, 1], { bins: 2 }); // → 0.2
 */
export function maximumCalibrationError(
  probabilities: Probabilities,
  targets: Labels,
  options?: CalibrationOptions,
): number {
  const bins = calibrationCurve(probabilities, targets, options).filter(({ weight }) => weight > 0);
  return bins.reduce((largest, bin) => Math.max(largest, Math.abs(bin.frequency - bin.probability)), 0);
}
