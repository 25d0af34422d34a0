import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { splitOf } from "../special/betaTail.js";
import { logBetaTerm } from "./terms.js";

/** log of the probability of k successes in n trials of probability p, 0 ≤ k ≤ n. */
export function logBinomial(k: number, n: number, p: number): number {
  if (p === 0 || p === 1) return k === n * p ? 0 : -Infinity;
  if (k === 0) return n * log1pOne(-p);
  if (k === n) return n * logOne(p);
  return logBetaTerm(splitOf(p), k, n - k) + logOne(n / k / (n - k));
}
