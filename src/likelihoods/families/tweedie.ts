import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { fail } from "../../check.js";
import { TWO_PI } from "../../constants.js";
import { sum } from "../../linalg/vector.js";
import type { Loss } from "../../losses/loss.js";
import type { Random } from "../../random.js";
import { drawGamma } from "../../distributions/drawGamma.js";
import type { Likelihood } from "../likelihood.js";
import { pointwiseLikelihood } from "../pointwiseLikelihood.js";
import { drawCount } from "./draws.js";
import { drawInverseGaussian } from "./drawInverseGaussian.js";
import { gammaOf } from "./gamma.js";
import { poissonOf } from "./poisson.js";

function none(what: string, power: number): never {
  return fail("range", "power", `1, 2 or 3 for ${what}: no other has a closed form`, power);
}

/** Tweedie distribution with mean μ = e^z and variance φ·μ^power, φ known or to be estimated. */
export function tweedieFamily(loss: Loss, power: number, dispersion: number | null): Likelihood {
  const name = "tweedie";
  if (power === 1) return Object.freeze({ ...poissonOf(loss), name });
  if (power === 2) return Object.freeze({ ...gammaOf(loss, dispersion), name });
  return pointwiseLikelihood({
    name,
    loss,
    dispersion,
    link: "log",
    support: () => (power === 3 ? undefined : none("a density", power)),
    // The inverse Gaussian.
    constant: (y, phi) => 0.5 / (phi * y) + 0.5 * (logOne(TWO_PI * phi) + 3 * logOne(y)),
    variance: (z, phi) => phi * expOne(power * z),
    draw: (z, phi, random) => draw(power, expOne(z), z, phi, random),
    ...(power === 3 && { estimate: inverseGaussianDispersion }),
  });
}

/** Between 1 and 2 a Poisson number of gamma numbers. */
function draw(power: number, mean: number, z: number, phi: number, random: Random): number {
  if (power === 3) return drawInverseGaussian(mean, 1 / phi, random);
  if (power > 2) none("a sample", power);
  const count = drawCount(expOne((2 - power) * z) / (phi * (2 - power)), random);
  if (count === 0) return 0;
  const scale = phi * (power - 1) * expOne((power - 1) * z);
  return scale * drawGamma(random, (count * (2 - power)) / (power - 1));
}

/** φ = the mean of (y − μ)²/(yμ²) = 2ℓ + 1/y. */
function inverseGaussianDispersion(
  total: number,
  targets: Float64Array,
  weights: Float64Array | null,
  totalWeight: number,
): number {
  const rest = sum(targets.map((y, i) => (weights === null ? 1 : weights[i]!) / y));
  return (2 * total + rest) / totalWeight;
}
