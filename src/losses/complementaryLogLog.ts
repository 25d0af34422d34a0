import { expOne } from "../backend/typescript/math/exp.js";
import { expm1One } from "../backend/typescript/math/expm1.js";
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { bernoulliOf } from "../likelihoods/families/bernoulli.js";
import { fractions } from "./domains.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/** a·x, 0 for a = 0 whatever x. */
function times(a: number, x: number): number {
  return a === 0 ? 0 : a * x;
}

/** −ln(1 − e^−μ), μ = e^z. */
function surprisalOfOne(z: number, mean: number): number {
  // Below 1e-300 μ/2 is nothing beside −z, and μ itself may underflow.
  if (z < -690) return -z;
  return mean < 1 ? -z - logOne(-expm1One(-mean) / mean) : -log1pOne(-expOne(-mean));
}

/** μ/(e^μ − 1). */
function pull(mean: number): number {
  if (mean < 1e-300) return 1;
  if (mean > 800) return 0;
  return mean > 700 ? mean * expOne(-mean) : mean / expm1One(mean);
}

/** μ/(1 − e^−μ) − 1, below ½ by the series of Bernoulli numbers. */
function excess(mean: number): number {
  if (!(mean < 0.5)) return pull(mean) + (mean - 1);
  const m = mean * mean;
  const series = 1 / 1209600 - m * (1 / 47900160 - m * (691 / 1307674368000 - m * (1 / 74724249600)));
  return mean * (0.5 + mean * (1 / 12 - m * (1 / 720 - m * (1 / 30240 - m * series))));
}

/**
 * Complementary log-log loss: the surprisal of a Bernoulli target that is 1 with probability 1 − exp(−e^score), where a
 * Poisson count with mean e^score is not 0; in survival in intervals the score is a log hazard.
 *
 * With μ = e^z: ℓ(z, y) = −y·ln(1 − e^−μ) + (1 − y)μ nats; gradient (1 − y)μ − y·h, h = μ/(e^μ − 1); Hessian (1 − y)μ + y·h(h
 * + μ − 1). Not symmetric: a target 0 costs e^z where it is missed, a target 1 −z. scores, targets: [rows]; targets in [0,
 * 1], fractions allowed (they have no likelihood). Dropped constant: 0. Relative error 1e-14. Likelihood: Bernoulli with
 * complementary log-log link.
 *
 * @returns The loss; its methods throw a RangeError, with the row, for a target outside [0, 1].
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, §4.3
 * @example
 * const loss = losses.complementaryLogLog();
 * loss.value([0, 2], [1, 1]); // → 0.229646657702
 * loss.gradient([0, -800], [0, 1], { reduction: "sum" }); // → [1, -1]
 */
export function complementaryLogLog(): Loss {
  return makePointwise({
    name: "complementaryLogLog",
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: Infinity },
    separable: true,
    domain: fractions,
    value(z, y) {
      const mean = expOne(z);
      return times(y, surprisalOfOne(z, mean)) + times(1 - y, mean);
    },
    gradient(z, y) {
      const mean = expOne(z);
      return times(1 - y, mean) - times(y, pull(mean));
    },
    curvature(z, y) {
      const mean = expOne(z);
      // h falls faster than μ grows.
      const h = pull(mean);
      return times(1 - y, mean) + times(y, h === 0 ? 0 : h * excess(mean));
    },
    likelihood: (loss) => bernoulliOf(loss, "complementaryLogLog"),
  });
}
