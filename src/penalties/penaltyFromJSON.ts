import { fail } from "../check.js";
import { priorFromJSON } from "../priors/priorFromJSON.js";
import { elasticNet } from "./elasticNet.js";
import { l1 } from "./l1.js";
import { l2 } from "./l2.js";
import type { Penalty } from "./penalty.js";

/** The penalty that its `toJSON` wrote, with its own numbers to the bit. Throws naming the field that is wrong. */
export function penaltyFromJSON(field: string, json: unknown): Penalty {
  if (typeof json !== "object" || json === null || Array.isArray(json)) fail("type", field, "an object", json);
  const keys = Object.keys(json).sort().join();
  const fields = json as Record<string, unknown>;
  if (keys === "dispersion,prior,totalWeight") {
    const prior = priorFromJSON(`${field}.prior`, fields["prior"]);
    const totalWeight = numberOf(`${field}.totalWeight`, fields["totalWeight"]);
    return prior.penalty({ totalWeight, dispersion: numberOf(`${field}.dispersion`, fields["dispersion"]) });
  }
  if (keys !== "l1,l2,penalty") fail("type", field, "the fields penalty, l1, l2", Object.keys(json));
  const first = numberOf(`${field}.l1`, fields["l1"]);
  const second = numberOf(`${field}.l2`, fields["l2"]);
  switch (fields["penalty"]) {
    case "l1":
      return l1(first);
    case "l2":
      return l2(second);
    case "elasticNet":
      return elasticNet({ l1: first, l2: second });
    default:
      return fail("range", `${field}.penalty`, "l1, l2 or elasticNet", fields["penalty"]);
  }
}

function numberOf(field: string, json: unknown): number {
  if (typeof json !== "number") fail("type", field, "a number", json);
  if (!(json >= 0 && json < Infinity)) fail("range", field, "a finite number >= 0", json);
  return json;
}
