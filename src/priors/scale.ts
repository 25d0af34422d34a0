import { checkNumber, checkOptions, fail } from "../check.js";

/** How a prior on the sum scale becomes a penalty on the mean scale, and back. */
export interface Scale {
  /** W: the total weight of the data. */
  readonly totalWeight: number;
  /** φ: sd² of a Gaussian likelihood, 1 for Bernoulli and categorical ones (default 1). */
  readonly dispersion?: number;
}

/** W and φ, checked. */
export function checkScale(scale: Scale): Required<Scale> {
  checkOptions("scale", scale, ["totalWeight", "dispersion"]);
  const totalWeight = checkNumber("totalWeight", scale?.totalWeight, { exclusiveMin: 0 });
  const dispersion = checkNumber("dispersion", scale.dispersion === undefined ? 1 : scale.dispersion, {
    exclusiveMin: 0,
  });
  return { totalWeight, dispersion };
}

/** a·b/c for numbers > 0, or for a = 0; throws a RangeError where the result overflows or vanishes. */
export function convert(a: number, b: number, c: number): number {
  if (a === 0) return 0;
  const product = a * b;
  const result = product > 1e-300 && product < Infinity ? product / c : (a / c) * b;
  if (result > 0 && result < Infinity) return result;
  return fail("range", "scale", "one that converts to finite numbers > 0", result);
}
