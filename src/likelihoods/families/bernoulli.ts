import { sigmoidOne } from "../../backend/typescript/math/sigmoid.js";
import { expm1One } from "../../backend/typescript/math/expm1.js";
import { expOne } from "../../backend/typescript/math/exp.js";
import type { Loss } from "../../losses/loss.js";
import { normalCdfOne } from "../../special/normalCdf.js";
import type { Likelihood } from "../likelihood.js";
import { pointwiseLikelihood } from "../pointwiseLikelihood.js";
import { zeroOrOne } from "./supports.js";

/** P(y = 1) and P(y = 0), neither by subtraction, of each link. */
const PROBABILITIES = {
  logit: [sigmoidOne, (z: number): number => sigmoidOne(-z)],
  probit: [normalCdfOne, (z: number): number => normalCdfOne(-z)],
  complementaryLogLog: [(z: number): number => -expm1One(-expOne(z)), (z: number): number => expOne(-expOne(z))],
} as const;

/** Links of a Bernoulli distribution. */
export type BinaryLink = keyof typeof PROBABILITIES;

/** Bernoulli distribution of this link. */
export function bernoulliOf(loss: Loss, link: BinaryLink): Likelihood {
  const [one, zero] = PROBABILITIES[link];
  return pointwiseLikelihood({
    name: "bernoulli",
    loss,
    link,
    support: zeroOrOne,
    variance: (z) => one(z) * zero(z),
    draw(z, _phi, random) {
      const u = random.uniform();
      return z !== z ? NaN : u < one(z) ? 1 : 0;
    },
  });
}
