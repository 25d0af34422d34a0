import { expOne } from "../backend/typescript/math/exp.js";
import { erfcxPositive } from "../special/erfcx.js";
import { normalCdfOne } from "../special/normalCdf.js";

/** From here on the continued fraction is exact to rounding after {@link TERMS} terms. */
const FAR = 3;
const TERMS = 64;

/** φ(x)/Φ(x), the slope of log Φ. */
export function normalHazard(x: number): number {
  // √(2/π)/erfcx: both underflow alike.
  if (x <= 0) return 0.7978845608028654 / erfcxPositive(x * -0.7071067811865476);
  return (0.3989422804014327 * expOne(-0.5 * (x * x))) / normalCdfOne(x);
}

/** x + φ(x)/Φ(x); far below 0, where it cancels, by Laplace's continued fraction 1/(t + 2/(t + 3/(t + ...))), t = −x. */
export function hazardExcess(x: number): number {
  if (x > -FAR) return x + normalHazard(x);
  const t = -x;
  let rest = t;
  for (let n = TERMS; n >= 2; n--) rest = t + n / rest;
  return 1 / rest;
}
