import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { PI } from "../../constants.js";
import type { Loss } from "../../losses/loss.js";
import type { Random } from "../../random.js";
import { drawNormal } from "../../distributions/drawGamma.js";
import { openUniform } from "../../distributions/make.js";
import { erfOne } from "../../special/erf.js";
import { cosNear, sinNear } from "../../special/trigonometric.js";
import type { Likelihood } from "../likelihood.js";
import { pointwiseLikelihood } from "../pointwiseLikelihood.js";

/** Density sech(y − z)/π: log-cosh with its constant. */
export function hyperbolicSecantOf(loss: Loss): Likelihood {
  return pointwiseLikelihood({
    name: "logCosh",
    loss,
    link: "identity",
    constant: () => logOne(PI),
    variance: () => 0.25 * PI * PI,
    draw: (z, _phi, random) => z + drawHyperbolicSecant(random),
  });
}

/** By inversion: log tan(πu/2). */
function drawHyperbolicSecant(random: Random): number {
  const u = openUniform(random);
  const angle = 0.5 * PI * Math.min(u, 1 - u);
  const half = logOne(sinNear(angle, 0) / cosNear(angle, 0));
  return u < 0.5 ? half : -half;
}

/** Density e^−ℓ/C of Huber's loss: a normal middle with exponential tails of rate δ. */
export function huberOf(loss: Loss, delta: number): Likelihood {
  // Times δ: the middle, and both tails.
  const middle = 2.5066282746310002 * erfOne(delta * 0.7071067811865476) * delta;
  const tails = 2 * expOne(-0.5 * delta * delta);
  const total = middle + tails;
  const constant = logOne(total) - logOne(delta);
  const variance = (middle + tails * (2 + 2 / (delta * delta))) / total;
  return pointwiseLikelihood({
    name: "huber",
    loss,
    link: "identity",
    constant: () => constant,
    variance: () => variance,
    draw(z, _phi, random) {
      const inside = openUniform(random) * total < middle;
      return z + (inside ? drawMiddle(delta, random) : drawTail(delta, random));
    },
  });
}

/** A normal number within ±δ, by rejection of uniform or normal ones. */
function drawMiddle(delta: number, random: Random): number {
  for (;;) {
    if (delta >= 1) {
      const x = drawNormal(random);
      if (Math.abs(x) <= delta) return x;
    } else {
      const x = delta * (2 * openUniform(random) - 1);
      if (openUniform(random) <= expOne(-0.5 * x * x)) return x;
    }
  }
}

function drawTail(delta: number, random: Random): number {
  const far = delta - logOne(openUniform(random)) / delta;
  return random.uniform() < 0.5 ? -far : far;
}
