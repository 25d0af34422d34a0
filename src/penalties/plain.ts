import { flat } from "../priors/flat.js";
import type { Prior } from "../priors/prior.js";
import { checkScale, convert } from "../priors/scale.js";
import { checkedProduct, eachCoefficient, flatTerms } from "../priors/terms.js";
import type { Penalty } from "./penalty.js";

/** λ₁‖coefficients‖₁ + (λ₂/2)‖coefficients‖², and how the prior is made of the rate λ₁W/φ and the precision λ₂W/φ. */
export function plainPenalty(
  numbers: Pick<Penalty, "name"> & { readonly l1: number; readonly l2: number },
  makePrior: (rate: number, precision: number) => Prior,
  description: string,
): Penalty {
  const { l1, l2 } = numbers;
  return Object.freeze<Penalty>({
    ...numbers,
    lambda: l1 + l2,
    quadratic: l1 === 0,
    terms(layout, totalWeight) {
      const terms = flatTerms(layout);
      const rate = checkedProduct("totalWeight", l1, totalWeight);
      const precision = checkedProduct("totalWeight", l2, totalWeight);
      eachCoefficient(layout, (place) => {
        terms.rate[place] = rate;
        terms.precision[place] = precision;
      });
      return { ...terms, dispersion: 1 };
    },
    prior(scale) {
      const { totalWeight, dispersion } = checkScale(scale);
      const rate = convert(l1, totalWeight, dispersion);
      const precision = convert(l2, totalWeight, dispersion);
      return rate === 0 && precision === 0 ? flat() : makePrior(rate, precision);
    },
    toJSON: () => ({ penalty: numbers.name, l1, l2 }),
    toString: () => description,
  });
}
