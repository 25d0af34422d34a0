import { type Part, entry } from "../entry.js";
import { classification } from "../inputs.js";

/** A fit under Jeffreys' prior. */
export const firth: Part = function* ({ random, logisticRegression, priors }) {
  const { x, y } = classification(random(41), 60, 3, 2);
  const fit = logisticRegression(x, y, { columns: 3, prior: priors.firth() });
  const { coefficients, intercept, objective, status, iterations, prior } = fit;
  const call = "logisticRegression(X, y, { prior: priors.firth() })";
  yield entry("firth prior: fit", call, coefficients, intercept, objective, status, iterations, prior);
};
