import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import type { Random } from "../random.js";
import { splitOf } from "../special/betaTail.js";
import { digammaOne } from "../special/digamma.js";
import { betaPOne, betaQOne } from "../special/incompleteBeta.js";
import { betaInverseLogit } from "../special/inverseBeta.js";
import { logBetaOne } from "../special/logBeta.js";
import type { Distribution } from "./distribution.js";
import { drawLogGamma } from "./drawGamma.js";
import { makeContinuous } from "./make.js";
import { readOptions, readPositive } from "./options.js";
import { logBetaTerm } from "./terms.js";

/** Parameters of a beta distribution. */
export interface BetaParameters {
  /** The exponent of x, plus 1; > 0. */
  readonly alpha: number;
  /** The exponent of 1 − x, plus 1; > 0. */
  readonly beta: number;
}

function logDensity(x: number, a: number, b: number): number {
  if (x === 0) return a < 1 ? Infinity : a === 1 ? logOne(b) : -Infinity;
  if (x === 1) return b < 1 ? Infinity : b === 1 ? logOne(a) : -Infinity;
  return logBetaTerm(splitOf(x), a, b) - logOne(x) - log1pOne(-x);
}

/** A beta number: g/(g + h) of two gamma numbers, by their logarithms. */
export function drawBeta(random: Random, a: number, b: number): number {
  const g = drawLogGamma(random, a);
  return sigmoidOne(g - drawLogGamma(random, b));
}

/** The distribution itself; `fits/beta.ts` has it with its fit. */
export function beta(options: BetaParameters): Distribution<BetaParameters> {
  const given = readOptions(options, ["alpha", "beta"]);
  const a = readPositive("alpha", given.alpha);
  const b = readPositive("beta", given.beta);
  const total = a + b;
  const mean = a / total;
  return makeContinuous({
    name: "beta",
    parameters: { alpha: a, beta: b },
    support: [0, 1],
    mean,
    variance: (mean * (b / total)) / (total + 1),
    entropy: logBetaOne(a, b) - (a - 1) * digammaOne(a) - (b - 1) * digammaOne(b) + (total - 2) * digammaOne(total),
    logDensity: (x) => logDensity(x, a, b),
    cdf: (x) => betaPOne(x, a, b),
    survival: (x) => betaQOne(x, a, b),
    inverse: (p, q) => sigmoidOne(betaInverseLogit(p, q, a, b)),
    draw: (random) => drawBeta(random, a, b),
  });
}
