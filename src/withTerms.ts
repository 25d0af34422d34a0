/**
 * What a prior adds to the derivatives of an objective.
 *
 * @module
 */
import type { Minimizable } from "./optimizers/objective.js";
import { convert } from "./priors/scale.js";
import { curvatureOf, slopeOf } from "./priors/surprisal.js";
import type { Terms } from "./priors/terms.js";

/** From the sum over rows to F/W, with what the prior adds unless `terms` is null. */
export function finishGradient(
  gradient: Float64Array,
  parameters: Float64Array,
  terms: Terms | null,
  phi: number,
  W: number,
): void {
  if (terms === null) return divide(gradient, phi, W);
  for (let j = 0; j < gradient.length; j++) gradient[j] = (gradient[j] / phi + slopeOf(terms, parameters, j)) / W;
}

/** The same without a prior: a slope of 0 makes −0 a 0. Divisions are what takes time here, and x/1 is x. */
function divide(gradient: Float64Array, phi: number, W: number): void {
  if (phi === 1) for (let j = 0; j < gradient.length; j++) gradient[j] = (gradient[j] + 0) / W;
  else for (let j = 0; j < gradient.length; j++) gradient[j] = (gradient[j] / phi + 0) / W;
}

/** The same for the packed lower triangle. */
export function finishHessian(
  hessian: Float64Array,
  parameters: Float64Array,
  terms: Terms | null,
  phi: number,
  W: number,
): void {
  for (let a = 0, at = 0; a < parameters.length; a++) {
    for (let b = 0; b <= a; b++, at++) {
      hessian[at] = (hessian[at] / phi + (a === b && terms !== null ? curvatureOf(terms, parameters, a) : 0)) / W;
    }
  }
}

/** The product of the Hessian with a direction, or its diagonal where there is none, in the same way. */
export function finishProduct(
  product: Float64Array,
  parameters: Float64Array,
  direction: Float64Array | null,
  terms: Terms,
  phi: number,
  W: number,
): void {
  for (let j = 0; j < product.length; j++) {
    const own = curvatureOf(terms, parameters, j) * (direction === null ? 1 : direction[j]);
    product[j] = (product[j] / phi + own) / W;
  }
}

/** What of F/W is no smooth function of θ, or nothing. */
export function kinksOf({ rate, mean }: Terms, W: number): Pick<Minimizable, "prox"> {
  if (rate.every((a) => a === 0)) return {};
  return { prox: Object.freeze({ rate: rate.map((a) => convert(a, 1, W)), center: mean }) };
}
