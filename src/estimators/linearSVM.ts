import { checkChoice, fail } from "../check.js";
import { hinge } from "../losses/hinge.js";
import { squaredHinge } from "../losses/squaredHinge.js";
import { l2 } from "../penalties/l2.js";
import { type Estimator, checkRegression, makeEstimator } from "./estimator.js";
import { type Label, encodeLabels } from "./labels.js";
import { type LossRegressionOptions, startLossRegression } from "./lossRegression.js";

/** Options of a linear support vector machine. */
export interface LinearSVMOptions extends LossRegressionOptions {
  /** `"hinge"` (default), or `"squaredHinge"`, which is smooth. */
  readonly loss?: "hinge" | "squaredHinge";
  /** The classes in their order; sorted labels without it. The last is the positive one. */
  readonly classes?: readonly Label[];
}

/**
 * Linear support vector machine: y of two classes, told apart by the sign of intercept + x·coefficients.
 *
 * Minimises the mean hinge loss plus a penalty, by default `penalties.l2(1/W)`, W the total weight: C = 1 elsewhere, and
 * λ = 1/(C·W) in general. L1 and elastic-net penalties are possible too. The intercept is free: unlike liblinear this
 * does not penalise it. The optimum is proved by its duality gap, in `certificate`. Scores are no probabilities:
 * `predictProbabilities` throws; `predict` gives the positive class where the score is ≥ 0.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Labels [rows]: strings, numbers or booleans, of two classes.
 * @param options - `loss`, `penalty`, `classes`, `intercept`, `weights`, `offset`, `names`, `standardize`, `columns`;
 *   those of the minimisation.
 * @returns The fit.
 * @throws TypeError or RangeError naming what is wrong, with row and column; for a prior too, since a hinge loss is no
 *   surprisal. Not converging is a status, not an error.
 * @see Cortes & Vapnik, "Support-vector networks", Machine Learning 20 (1995)
 * @function
 * @example
 * const fit = linearSVM([[0], [1], [2], [3], [4], [5]], ["a", "a", "b", "a", "b", "b"], { penalty: penalties.l2(0.1) });
 * fit.coefficients; // → [0.666666666667]
 * fit.intercept; // → -1.666666666667
 * fit.predict([[1], [4]]); // → ["a", "b"]
 */
export const linearSVM: Estimator<ArrayLike<Label>, LinearSVMOptions> = /*#__PURE__*/ makeEstimator(
  "linearSVM",
  (x, y, options = {}, stored) => {
    checkRegression(options, ["loss", "classes"]);
    const { loss = "hinge", classes: given, ...rest } = options;
    checkChoice("loss", loss, ["hinge", "squaredHinge"]);
    const { classes, indices } = encodeLabels(y, given);
    if (classes.length !== 2) fail("range", "y", "labels of two classes", `${classes.length} classes`);
    const statement = {
      loss: loss === "hinge" ? hinge() : squaredHinge(),
      targets: indices,
      classes,
      otherwise: (data: { readonly totalWeight: number }) => l2(1 / data.totalWeight),
    };
    return startLossRegression(x, statement, rest, stored);
  },
);
