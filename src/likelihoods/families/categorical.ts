import { fail } from "../../check.js";
import { domainOf } from "../../losses/domains.js";
import type { Loss } from "../../losses/loss.js";
import { softmax } from "../../primitives/softmax.js";
import type { Random } from "../../random.js";
import { type Likelihood, makeLikelihood } from "../likelihood.js";

/** The class of each row of these probabilities, drawn by inversion; NaN where they are. */
export function drawClasses(probabilities: Float64Array, classes: number, random: Random): Float64Array {
  return Float64Array.from({ length: probabilities.length / classes }, (_, i) => {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    let rest = random.uniform();
    if (row.some(Number.isNaN)) return NaN;
    let last = 0;
    for (let k = 0; k < classes; k++) {
      if (row[k] === 0) continue;
      if (rest < row[k]) return k;
      rest -= row[k];
      last = k;
    }
    return last;
  });
}

/** What is the same for all distributions of classes. */
export function classesOf(
  name: string,
  loss: Loss,
  classes: number,
  link: "softmax" | "cumulativeLogit",
  probabilities: (scores: Float64Array) => Float64Array,
  spread: (scores: Float64Array) => Float64Array,
  thresholds?: Float64Array,
): Likelihood {
  const indices = domainOf(
    `class indices for a likelihood, 0..${classes - 1}`,
    (y) => Math.floor(y) === y && y >= 0 && y < classes,
  );
  return makeLikelihood({
    name,
    loss,
    dispersion: 1,
    link,
    ...(thresholds && { thresholds }),
    support(targets, rows) {
      if (targets.length !== rows) fail("range", "targets", "class indices for a likelihood", targets);
      indices(targets);
    },
    constant: (_targets, rows) => new Float64Array(rows),
    mean: probabilities,
    variance: spread,
    sample: (scores, _phi, random) => drawClasses(probabilities(scores), classes, random),
  });
}

/** Categorical distribution with P(y = k) = softmax(scores)_k. */
export function categoricalOf(loss: Loss, classes: number): Likelihood {
  const probabilities = (scores: Float64Array): Float64Array => softmax(scores, { columns: classes });
  return classesOf("categorical", loss, classes, "softmax", probabilities, (scores) => {
    const p = probabilities(scores);
    // 1 − p as the sum of the others, which keeps its digits.
    return p.map((own, at) => {
      const first = at - (at % classes);
      let others = 0;
      for (let k = first; k < first + classes; k++) if (k !== at) others += p[k];
      return own * others;
    });
  });
}
