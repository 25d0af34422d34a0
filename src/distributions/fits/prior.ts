import { fail } from "../../check.js";

/** Checks that a prior is the distribution that it must be; returns its parameters. */
export function readPrior<Parameters extends object>(
  prior: { readonly name: string; readonly parameters: Readonly<Parameters> },
  name: string,
): Readonly<Parameters> {
  if (typeof prior !== "object" || prior === null || prior.name !== name || typeof prior.parameters !== "object") {
    fail("type", "prior", `a distribution made by distributions.${name}`, prior);
  }
  return prior.parameters;
}
