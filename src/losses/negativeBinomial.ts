import { logOne } from "../backend/typescript/math/log.js";
import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { softplusOne } from "../backend/typescript/math/softplus.js";
import { checkNumber, checkOptions } from "../check.js";
import { negativeBinomialOf } from "../likelihoods/families/negativeBinomial.js";
import { nonNegative } from "./domains.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/**
 * Negative binomial loss with log link: the surprisal of a count with mean μ = e^score and variance μ + αμ², less what
 * depends on the count alone.
 *
 * With u = z + ln α and r = 1/α: ℓ(z, y) = r·ln(1 + e^u) + y·ln(1 + e^−u) nats; gradient r·σ(u) − y·σ(−u); Hessian (r +
 * y)σ(u)σ(−u). scores, targets: [rows]; targets ≥ 0, fractions allowed. Dropped constant: ln Γ(r) + ln y! − ln Γ(y + r) per
 * row. The expected loss is least where e^z is the mean.
 *
 * @param options - `dispersion`: α ≥ 1e-300; 1/α is elsewhere called theta or size.
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is negative or not finite.
 * @throws TypeError or RangeError for a `dispersion` that is no finite number ≥ 1e-300.
 * @see Hilbe, *Negative Binomial Regression*, 2nd ed., 2011
 * @example
 * const loss = losses.negativeBinomial({ dispersion: 0.5 });
 * loss.value([0, 1], [0, 3]); // → 2.090929712378
 * loss.gradient([0, 1], [0, 3], { reduction: "sum" }); // → [0.666666666667, -0.119415576171]
 */
export function negativeBinomial(options: { readonly dispersion: number }): Loss {
  checkOptions("options", options, ["dispersion"]);
  const dispersion = checkNumber("dispersion", options?.dispersion, { min: 1e-300 });
  const shift = logOne(dispersion);
  const size = 1 / dispersion;
  return makePointwise({
    name: "negativeBinomial",
    options: { dispersion },
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: Infinity },
    domain: nonNegative,
    likelihood: (loss) => negativeBinomialOf(loss, dispersion),
    value: (z, y) => size * softplusOne(z + shift) + (y === 0 ? 0 : y * softplusOne(-(z + shift))),
    gradient: (z, y) => size * sigmoidOne(z + shift) - y * sigmoidOne(-(z + shift)),
    curvature: (z, y) => (size + y) * (sigmoidOne(z + shift) * sigmoidOne(-(z + shift))),
  });
}
