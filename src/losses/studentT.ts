import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { checkNumber, checkOptions } from "../check.js";
import { studentTOf } from "../likelihoods/families/studentT.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/** Where the square of u would overflow, and ν is nothing beside it. */
const FAR = 1e150;

/**
 * Student-t error: the surprisal of a target around the score with heavy tails, less its constant; far outliers pull less
 * and less.
 *
 * With ν degrees of freedom and u = (z − y)/scale: ℓ = ½(ν + 1)·ln(1 + u²/ν) nats; gradient (ν + 1)u/((ν + u²)·scale);
 * Hessian (ν + 1)(ν − u²)/((ν + u²)·scale)², negative in the tails: not convex, so fits may have several minima. scores,
 * targets: [rows]; any finite target. Dropped constant: that of the density, the same in every row. Likelihood: Student t.
 *
 * @param options - `df`: ν; `scale`, in units of the target; both in [1e-100, 1e100].
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is not finite.
 * @throws TypeError or RangeError for a `df` or `scale` outside its range.
 * @see Lange, Little & Taylor, "Robust statistical modeling using the t distribution", JASA 84 (1989)
 * @example
 * const loss = losses.studentT({ df: 4, scale: 1 });
 * loss.value([1, 30], [0, 0], { reduction: "sum" }); // → 14.109196376466
 * loss.gradient([1, 30], [0, 0], { reduction: "sum" }); // → [1, 0.16592920354]
 */
export function studentT(options: { readonly df: number; readonly scale: number }): Loss {
  checkOptions("options", options, ["df", "scale"]);
  const df = checkNumber("df", options?.df, { min: 1e-100, max: 1e100 });
  const scale = checkNumber("scale", options?.scale, { min: 1e-100, max: 1e100 });
  const factor = (df + 1) / scale;
  return makePointwise({
    name: "studentT",
    options: { df, scale },
    traits: {
      convex: false,
      strictlyConvex: false,
      smooth: true,
      proper: true,
      lipschitz: (0.5 * factor) / Math.sqrt(df),
    },
    value(z, y) {
      const u = Math.abs(z - y) / scale;
      if (u > FAR) return (df + 1) * (logOne(u) - 0.5 * logOne(df));
      return 0.5 * (df + 1) * log1pOne((u * u) / df);
    },
    gradient(z, y) {
      const u = (z - y) / scale;
      return factor / (df / u + u);
    },
    curvature(z, y) {
      const u = Math.min(Math.abs(z - y) / scale, FAR);
      const total = df + u * u;
      return ((factor / scale) * ((df - u * u) / total)) / total;
    },
    likelihood: (loss) => studentTOf(loss, df, scale),
  });
}
