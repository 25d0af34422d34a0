import { penaltyFromJSON } from "../penalties/penaltyFromJSON.js";
import { priorFromJSON } from "../priors/priorFromJSON.js";
import type { FitStatement } from "./fit.js";
import type { Scales } from "./inferenceRecord.js";
import type { StatedInference } from "./statedInference.js";

/** The prior or penalty of a fit in both languages; null where there is none, or no other language for it. */
export function scalesOf(
  { prior, penalty }: FitStatement,
  { penalised, phi, target, given }: StatedInference,
  dispersion: number | null,
): Scales | null {
  if (penalised === "none" || penalised === "jeffreys") return null;
  const scale = { totalWeight: target.totalWeight, dispersion: dispersion ?? phi };
  if (penalty !== null) {
    const stated = given.penalty ?? penaltyFromJSON("fit.statement.penalty", penalty);
    return Object.freeze({ prior: String(stated.prior(scale)), penalty: String(stated), ...scale });
  }
  const stated = given.prior ?? priorFromJSON("fit.statement.prior", prior);
  return Object.freeze({ prior: String(stated), penalty: String(stated.penalty(scale)), ...scale });
}
