import { expm1One } from "../backend/typescript/math/expm1.js";
import { logOne } from "../backend/typescript/math/log.js";
import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { softplusOne } from "../backend/typescript/math/softplus.js";
import { fail } from "../check.js";
import { openOrdinalOf } from "../likelihoods/families/ordinal.js";
import { domainOf } from "./domains.js";
import type { Loss } from "./loss.js";
import { makeRowwise } from "./rowwise.js";

/** σ(x)σ(−x). */
function bend(x: number): number {
  return sigmoidOne(x) * sigmoidOne(-x);
}

/**
 * The ordinal loss whose thresholds are parameters, of the scores s_k = θ_k − z: with a = s_{y−1} and b = s_y,
 * softplus(a) + softplus(−b) − ln(1 − e^(a−b)); of the first class softplus(−b), of the last softplus(a). With
 * r = 1/(e^(b−a) − 1): gradient σ(a) + r and −σ(−b) − r, second derivatives σ(a)σ(−a) + q, σ(b)σ(−b) + q and −q, q = r(1 + r).
 * Jointly convex (J. Burridge, J. R. Stat. Soc. B 43, 1981).
 */
export function openOrdinal(classes: number): Loss {
  const last = classes - 1;
  const domain = domainOf(`0..${last}`, (y) => Math.floor(y) === y && y >= 0 && y <= last);
  const isLost = (scores: Float64Array): boolean => scores.some((score) => score !== score);
  const ratio = (scores: Float64Array, y: number): number => {
    const gap = scores[y]! - scores[y - 1]!;
    return gap > 0 ? 1 / expm1One(gap) : NaN;
  };
  return makeRowwise({
    name: "ordinal",
    options: { classes },
    classes: last,
    ordered: true,
    traits: {
      convex: true,
      strictlyConvex: last === 1,
      smooth: true,
      proper: true,
      lipschitz: last === 1 ? 1 : Infinity,
    },
    separable: true,
    width(rows, targets) {
      if (targets.length !== rows) fail("range", "targets", `one number per row, ${rows}`, targets);
      domain(targets);
      return 1;
    },
    value(scores, targets) {
      if (isLost(scores)) return NaN;
      const y = targets[0]!;
      const below = y === 0 ? 0 : softplusOne(scores[y - 1]!);
      const above = y === last ? 0 : softplusOne(-scores[y]!);
      if (y === 0 || y === last) return below + above;
      const gap = scores[y]! - scores[y - 1]!;
      return gap <= 0 ? Infinity : below + above - logOne(-expm1One(-gap));
    },
    gradient(scores, targets, out) {
      const y = targets[0]!;
      const r = y === 0 || y === last ? 0 : ratio(scores, y);
      if (isLost(scores)) return void out.fill(NaN);
      out.fill(0);
      if (y > 0) out[y - 1] = sigmoidOne(scores[y - 1]!) + r;
      if (y < last) out[y] = -sigmoidOne(-scores[y]!) - r;
    },
    curvature(scores, targets, out) {
      const y = targets[0]!;
      const r = y === 0 || y === last ? 0 : ratio(scores, y);
      const q = r * (1 + r);
      const place = (k: number, l: number): number => (k * (k + 1)) / 2 + l;
      if (isLost(scores)) return void out.fill(NaN);
      out.fill(0);
      if (y > 0) out[place(y - 1, y - 1)] = bend(scores[y - 1]!) + q;
      if (y < last) out[place(y, y)] = bend(scores[y]!) + q;
      if (y > 0 && y < last) out[place(y, y - 1)] = -q;
    },
    likelihood: openOrdinalOf,
  });
}
