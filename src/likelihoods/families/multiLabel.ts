import { sigmoidOne } from "../../backend/typescript/math/sigmoid.js";
import { fail } from "../../check.js";
import { domainOf } from "../../losses/domains.js";
import type { Loss } from "../../losses/loss.js";
import { type Likelihood, makeLikelihood } from "../likelihood.js";

/** Independent Bernoulli distributions, one per label. */
export function multiLabelOf(loss: Loss, labels: number): Likelihood {
  const labelled = domainOf("0 or 1 for a likelihood", (y) => y === 0 || y === 1);
  return makeLikelihood({
    name: "multiLabelCrossEntropy",
    loss,
    dispersion: 1,
    link: "logit",
    width: labels,
    support(targets, rows) {
      if (targets.length !== rows * labels) fail("range", "targets", `${rows} x ${labels} numbers`, targets);
      labelled(targets, labels);
    },
    constant: (_targets, rows) => new Float64Array(rows),
    mean: (scores) => scores.map(sigmoidOne),
    variance: (scores) => scores.map((z) => sigmoidOne(z) * sigmoidOne(-z)),
    sample: (scores, _phi, random) =>
      scores.map((z) => {
        const u = random.uniform();
        return z !== z ? NaN : Number(u < sigmoidOne(z));
      }),
  });
}
