import { fail } from "../check.js";
import { readSmoothPrior } from "../distributions/smoothPrior.js";
import type { JointParameter, Likelihood } from "./likelihood.js";

/** Refuses, by name, a likelihood of which a parameter is to be found together with the coefficients. */
export function refuseJoint(likelihood: Likelihood | null | undefined): void {
  if (likelihood?.joint === undefined) return;
  const { name } = likelihood.joint;
  const expected = `one whose ${name} is known: map, mle and generalizedLinearModel alone find it with the coefficients`;
  fail("range", "likelihood", expected, `${likelihood.name} with ${name} "estimate"`);
}

/**
 * The likelihood without its joint parameter, where that is what maximum likelihood gives at the best coefficients: beside
 * flat priors, of one that divides its loss and is no part of it.
 */
export function alone(likelihood: Likelihood, flat: boolean): Likelihood {
  const { joint, ...rest } = likelihood;
  const inside = joint?.name === "dispersion" || likelihood.name === "studentT";
  return joint !== undefined && joint.prior === null && flat && !inside ? Object.freeze(rest) : likelihood;
}

/** What is asked for by the word "estimate", with a prior or without one. */
export function jointParameter(
  name: JointParameter["name"],
  prior: unknown,
  at: JointParameter["at"],
): Pick<Likelihood, "joint"> {
  if (prior === undefined) return { joint: { name, prior: null, logPrior: () => 0, slope: () => 0, at } };
  const { text, logDensity, slope } = readSmoothPrior(`${name}Prior`, prior, "positive");
  return { joint: { name, prior: text, logPrior: logDensity, slope, at } };
}

/** True for the word "estimate", beside which alone a prior makes sense; throws for any other word. */
export function isEstimate(name: JointParameter["name"], value: unknown, prior: unknown): boolean {
  if (value === "estimate") return true;
  if (typeof value === "string") fail("type", name, 'a number > 0, or "estimate"', value);
  if (prior !== undefined) fail("type", `${name}Prior`, `nothing unless ${name} is "estimate"`, prior);
  return false;
}
