import { checkOptions, fail, toFloat64 } from "../check.js";
import { encodeEach } from "./each.js";
import type { Numbers } from "./family.js";
import { makePenalty } from "./makePenalty.js";
import { type Member, lengthOf, listOf, numbersOf, powerOf } from "./numbers.js";
import type { Prior } from "./prior.js";
import {
  type Layout,
  type SmoothTerm,
  type Terms,
  coefficientsOf,
  eachCoefficient,
  eachIntercept,
  flatTerms,
} from "./terms.js";

/** Makes a prior of the numbers of a family; throws a RangeError for arrays of different lengths. */
export function makePrior<K extends string>(member: Member<K>): Prior {
  const { family, coefficients, intercept } = member;
  const length = lengthOf(coefficients);
  const description = describe(member);
  const prior: Prior = Object.freeze<Prior>({
    name: family.name,
    flat: !family.proper,
    quadratic: family.penalty === "l2",
    terms: (layout) => termsOf(member, length, layout),
    logDensity(values, options) {
      checkOptions("options", options, ["intercept"]);
      if (!family.proper) fail("type", "prior", "one with a density", `${family.name}, which is improper`);
      const theta = toFloat64("coefficients", values);
      if (length !== null && theta.length % length[0] !== 0) {
        fail("range", "coefficients", `${length[0]} numbers per output`, values);
      }
      const numbers = numbersOf(coefficients, length);
      let sum = 0;
      theta.forEach((value, j) => {
        const own = numbers[j % numbers.length];
        sum += family.logDensity(own, value - own.mean);
      });
      if (options?.intercept === undefined) return sum;
      if (intercept === null) {
        fail("range", "intercept", "nothing: this prior leaves the intercept free", options.intercept);
      }
      const given = typeof options.intercept === "number" ? [options.intercept] : options.intercept;
      toFloat64("intercept", given).forEach((value) => {
        sum += family.logDensity(intercept, value - intercept.mean);
      });
      return sum;
    },
    penalty: (scale) => makePenalty(prior, member, scale, (k) => makePrior(powerOf(member, k))),
    toJSON: () =>
      family.custom === true
        ? { custom: family.name }
        : {
            family: family.name,
            coefficients: encodeEach(coefficients),
            intercept: intercept === null ? null : encodeEach(intercept),
          },
    toString: () => description,
  });
  return prior;
}

function termsOf<K extends string>(member: Member<K>, length: readonly [number, string] | null, layout: Layout): Terms {
  const { family, coefficients, intercept } = member;
  const count = coefficientsOf(layout);
  if (length !== null && length[0] !== count) {
    fail("range", length[1], `one number per coefficient, ${count}`, `${length[0]} numbers`);
  }
  if (intercept !== null && !layout.intercept) {
    fail(
      "range",
      "intercept",
      "nothing in a prior or penalty of a model that has none",
      `${family.name} of the intercept`,
    );
  }
  const terms = flatTerms(layout);
  const smooth: (SmoothTerm | null)[] = new Array<null>(terms.mean.length).fill(null);
  const write = (place: number, numbers: Numbers<K>): void => {
    const term = family.term(numbers);
    terms.precision[place] = term.precision;
    terms.rate[place] = term.rate;
    terms.mean[place] = numbers.mean;
    smooth[place] = term.smooth;
  };
  const numbers = numbersOf(coefficients, length);
  eachCoefficient(layout, (place, column) => write(place, numbers[column % numbers.length]));
  if (intercept !== null) eachIntercept(layout, (place) => write(place, intercept));
  return smooth.every((term) => term === null) ? terms : { ...terms, smooth };
}

function describe<K extends string>({ family, coefficients, intercept }: Member<K>): string {
  if (!family.proper) return family.name;
  if (family.custom === true) return intercept === null ? family.name : `${family.name}(; intercept too)`;
  const own = listOf(
    family.shown.map((name) => [name, coefficients[name]]),
    coefficients.mean,
  );
  if (intercept === null) return `${family.name}(${own})`;
  const other = listOf(
    family.shown.map((name) => [name, intercept[name]]),
    intercept.mean,
  );
  return `${family.name}(${own}; intercept ${other})`;
}
