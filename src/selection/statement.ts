import { fail, toFloat64 } from "../check.js";
import { type Label, encodeLabels } from "../estimators/labels.js";
import { gaussian } from "../likelihoods/gaussian.js";
import { refuseJoint } from "../likelihoods/joint.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import type { Loss } from "../losses/loss.js";

/** What is fitted: a likelihood or a loss, with targets as it takes them. */
export interface Statement {
  readonly likelihood: Likelihood | null;
  readonly loss: Loss;
  readonly targets: Float64Array;
  readonly classes: readonly Label[] | null;
}

/** The likelihood (a Gaussian without any) or the loss, and targets of labels where it has classes. */
export function readStatement(
  y: unknown,
  options: { readonly likelihood?: Likelihood; readonly loss?: Loss; readonly classes?: readonly Label[] },
): Statement {
  const { likelihood: given, loss, classes } = options;
  if (given !== undefined && loss !== undefined) fail("type", "loss", "nothing beside a likelihood", loss);
  const likelihood = loss === undefined ? (given === undefined ? gaussian() : given) : null;
  const stated = loss ?? likelihood?.loss;
  if (typeof stated?.kernels !== "function") {
    fail("type", loss === undefined ? "likelihood" : "loss", "one of this library's", loss ?? given);
  }
  refuseJoint(likelihood);
  const expected = classesOf(stated);
  if (expected === 0) {
    if (classes !== undefined) fail("type", "classes", `nothing for numbers under ${stated.name}`, classes);
    return { likelihood, loss: stated, targets: toFloat64("y", y), classes: null };
  }
  const encoded = encodeLabels(y, classes);
  if (encoded.classes.length !== expected) {
    fail("range", "y", `labels of ${expected} classes`, `${encoded.classes.length} classes`);
  }
  return { likelihood, loss: stated, targets: encoded.indices, classes: encoded.classes };
}

const BINARY: readonly string[] = [
  "binaryCrossEntropy",
  "hinge",
  "squaredHinge",
  "modifiedHuber",
  "exponential",
  "brier",
  "focal",
];

/** How many classes the targets of a loss are of, 0 for numbers. */
function classesOf({ name, classes }: Loss): number {
  if (BINARY.includes(name)) return 2;
  return name === "softmaxCrossEntropy" ? classes : 0;
}
