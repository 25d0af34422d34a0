import type { Penalty } from "../penalties/penalty.js";
import type { Each } from "./each.js";
import type { Numbers } from "./family.js";
import { type Member, listOf, mapNumbers } from "./numbers.js";
import type { Prior } from "./prior.js";
import { type Scale, checkScale, convert } from "./scale.js";
import { scaleTerms } from "./terms.js";

/** The penalty that a prior is for data of total weight W and dispersion φ: φ/W times its surprisal. */
export function makePenalty<K extends string>(
  prior: Prior,
  member: Member<K>,
  scale: Scale,
  power: (k: number) => Prior,
): Penalty {
  const { totalWeight, dispersion } = checkScale(scale);
  const { family, coefficients, intercept } = member;
  const absolute = (numbers: Numbers<K>): number => convert(family.term(numbers).rate, dispersion, totalWeight);
  const square = (numbers: Numbers<K>): number => convert(family.term(numbers).precision, dispersion, totalWeight);
  const l1 = mapNumbers(coefficients, absolute);
  const l2 = mapNumbers(coefficients, square);
  const factor = convert(1, dispersion, totalWeight);
  const shown = (l1: Each, l2: Each, mean: Each): string => {
    const parts = { l1: [["", l1]], l2: [["", l2]], elasticNet: [["l1", l1] as const, ["l2", l2] as const] } as const;
    return listOf(parts[family.penalty!], mean);
  };
  const describe = (): string => {
    if (family.penalty === null) return `${String(prior)} times ${factor}`;
    const own = shown(l1, l2, coefficients.mean);
    if (intercept === null) return `${family.penalty}(${own})`;
    return `${family.penalty}(${own}; intercept ${shown(absolute(intercept), square(intercept), intercept.mean)})`;
  };
  const description = describe();
  const lambda = {
    l1: () => l1,
    l2: () => l2,
    elasticNet: () => mapNumbers(coefficients, (numbers) => absolute(numbers) + square(numbers)),
    other: () => factor,
  };
  return Object.freeze<Penalty>({
    name: family.penalty ?? family.name,
    lambda: lambda[family.penalty ?? "other"](),
    l1,
    l2,
    quadratic: prior.quadratic,
    terms(layout, weight) {
      const terms = prior.terms(layout);
      if (weight === totalWeight) return { ...terms, dispersion };
      return { ...scaleTerms(terms, convert(dispersion, weight, totalWeight)), dispersion: 1 };
    },
    prior(other) {
      const { totalWeight: weight, dispersion: phi } = checkScale(other);
      if (weight === totalWeight && phi === dispersion) return prior;
      return power(convert(convert(weight, dispersion, totalWeight), 1, phi));
    },
    toJSON: () => ({ prior: prior.toJSON(), totalWeight, dispersion }),
    toString: () => description,
  });
}
