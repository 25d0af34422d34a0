import { expOne } from "../backend/typescript/math/exp.js";
import { expm1One } from "../backend/typescript/math/expm1.js";
import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { normalCdfOne } from "../special/normalCdf.js";

/**
 * How scores become means, by the name of the link, its inverse: `identity`; `log`: e^z; `logit`: σ(z); `probit`: Φ(z);
 * `complementaryLogLog`: 1 − exp(−e^z); `softmax`: the probabilities of a row of scores; `cumulativeLogit`: those of classes in
 * order, between the thresholds.
 */
export type Link = "identity" | "log" | "logit" | "probit" | "complementaryLogLog" | "softmax" | "cumulativeLogit";

/** Every link. */
export const LINKS: readonly Link[] = [
  "identity",
  "log",
  "logit",
  "probit",
  "complementaryLogLog",
  "softmax",
  "cumulativeLogit",
];

/** The inverse of a link of one score, or null where a mean needs a whole row, or thresholds. */
export function inverseLinkOf(link: Link): ((score: number) => number) | null {
  switch (link) {
    case "identity":
      return (z) => z;
    case "log":
      return expOne;
    case "logit":
      return sigmoidOne;
    case "probit":
      return normalCdfOne;
    case "complementaryLogLog":
      return (z) => -expm1One(-expOne(z));
    default:
      return null;
  }
}

/** True where a score states the probability of one of two classes. */
export function isBinary(link: Link): boolean {
  return link === "logit" || link === "probit" || link === "complementaryLogLog";
}
