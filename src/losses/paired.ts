import { fail, toFloat64 } from "../check.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { Domain } from "./domains.js";
import { leafTwin } from "./leafTwin.js";
import { type Loss, type LossKernels, makeLoss } from "./loss.js";
import { makePointwise } from "./pointwise.js";
import type { LossSettings, Traits } from "./traits.js";

/** A loss of one score per row and a number that belongs to the row, such as its trials. */
export interface Paired {
  readonly name: string;
  readonly traits: Traits;
  readonly separable?: boolean;
  /** ℓ(score, target, number) in nats. */
  readonly value: (score: number, target: number, number: number) => number;
  /** ∂ℓ/∂score. */
  readonly gradient: (score: number, target: number, number: number) => number;
  /** ∂²ℓ/∂score². */
  readonly curvature: (score: number, target: number, number: number) => number;
  /** Throws unless the targets lie in the domain. */
  readonly check: Domain;
  /** The target as a fraction of what is possible: whether data are separated depends on that alone. */
  readonly fraction?: (target: number, number: number) => number;
  /** The options of its factory. */
  readonly options: LossSettings;
  readonly likelihood: (loss: Loss) => Likelihood;
}

/**
 * Numbers of rows: one for all, or a copy of one each. Throws a TypeError or RangeError, with the row, unless `has`
 * holds.
 */
export function numberOrRows(
  argument: string,
  given: unknown,
  text: string,
  has: (value: number) => boolean,
): number | Float64Array {
  if (typeof given === "number") return has(given) ? given : fail("range", argument, text, given);
  if (typeof given !== "object") fail("type", argument, `${text}, or one per row`, given);
  const values = toFloat64(argument, given).slice();
  values.forEach((value, row) => void (has(value) || fail("range", argument, text, value, { row })));
  return values;
}

/** Makes a loss of its functions and the number of every row, or one each, which then go with the targets. */
export function makePaired(record: Paired, numbers: number | Float64Array): Loss {
  const { name, traits, separable = false, value, gradient, curvature, check, fraction, options, likelihood } = record;
  if (typeof numbers === "number") {
    return makePointwise({
      name,
      traits,
      separable,
      value: (z, y) => value(z, y, numbers),
      gradient: (z, y) => gradient(z, y, numbers),
      curvature: (z, y) => curvature(z, y, numbers),
      domain: check,
      ...(fraction && { fraction: (y: number) => fraction(y, numbers) }),
      options,
      likelihood,
    });
  }
  const twins = twinsOf(record);
  return makeLoss({
    name,
    classes: 1,
    traits,
    separable,
    kernels(rows, targets) {
      if (targets.length !== rows) fail("range", "targets", `one number per row, ${rows}`, targets);
      if (rows !== numbers.length) fail("range", "scores", `${numbers.length} rows, as the loss was made for`, rows);
      check(targets);
      const pairs = new Float64Array(2 * rows);
      targets.forEach((y, i) => pairs.set([y, numbers[i]!], 2 * i));
      return {
        ...twins,
        targets: pairs,
        ...(fraction && { fractions: targets.map((y, i) => fraction(y, numbers[i]!)) }),
      };
    },
    options,
    likelihood,
  });
}

/** Kernels that take pairs of target and number: [rows × 2]. */
function twinsOf({ value, gradient, curvature }: Paired): LossKernels {
  return {
    loss: {
      name: null,
      twin: leafTwin((begin, end, scores, pairs, weights, out, losses) => {
        for (let i = begin; i < end; i++) {
          if (weights !== null && weights[i] === 0) continue;
          losses[i - begin] = value(scores[i]!, pairs[2 * i]!, pairs[2 * i + 1]!);
          if (out !== null) out[i] = gradient(scores[i]!, pairs[2 * i]!, pairs[2 * i + 1]!);
        }
      }),
    },
    curvature: {
      name: null,
      twin(rows, _columns, scores, pairs, weights, out) {
        for (let i = 0; i < rows; i++) {
          const w = weights === null ? 1 : weights[i]!;
          out[i] = w === 0 ? 0 : w * curvature(scores[i]!, pairs[2 * i]!, pairs[2 * i + 1]!);
        }
      },
    },
    width: 2,
    threshold: Infinity,
  };
}
