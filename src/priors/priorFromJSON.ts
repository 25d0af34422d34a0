import { fail } from "../check.js";
import { cauchyFamily } from "./cauchy.js";
import type { Each } from "./each.js";
import { elasticNetFamily } from "./elasticNet.js";
import type { EachNumber, Family, Numbers } from "./family.js";
import { firth } from "./firth.js";
import { flatFamily } from "./flat.js";
import { laplaceFamily } from "./laplace.js";
import { makePrior } from "./make.js";
import { normalFamily } from "./normal.js";
import type { Prior } from "./prior.js";
import { studentTFamily } from "./studentT.js";

const KEYS = ["family", "coefficients", "intercept"] as const;

/** Families with the names of their numbers. */
function familyOf(field: string, name: unknown): { family: Family<string>; names: readonly string[] } {
  switch (name) {
    case "normal":
      return { family: normalFamily as Family<string>, names: ["sd", "precision", "mean"] };
    case "laplace":
      return { family: laplaceFamily as Family<string>, names: ["scale", "rate", "mean"] };
    case "elasticNet":
      return { family: elasticNetFamily as Family<string>, names: ["scale", "sd", "rate", "precision", "mean"] };
    case "studentT":
      return { family: studentTFamily as Family<string>, names: ["df", "scale", "mean"] };
    case "cauchy":
      return { family: cauchyFamily() as Family<string>, names: ["df", "scale", "mean"] };
    case "flat":
      return { family: flatFamily as Family<string>, names: ["mean"] };
    default:
      return fail("range", `${field}.family`, "a family of priors", name);
  }
}

/** The prior that its `toJSON` wrote, with its own numbers to the bit. Throws naming the field that is wrong. */
export function priorFromJSON(field: string, json: unknown): Prior {
  if ((json as { family?: unknown } | null)?.family === "firth") {
    recordOf(field, json, ["family"]);
    return firth();
  }
  const record = recordOf(field, json, KEYS);
  const { family, names } = familyOf(field, record["family"]);
  const coefficients = recordOf(`${field}.coefficients`, record["coefficients"], names);
  const each = names.map((name) => [name, readNumbers(`${field}.coefficients.${name}`, coefficients[name], name)]);
  const own = record["intercept"] === null ? null : recordOf(`${field}.intercept`, record["intercept"], names);
  const intercept =
    own === null ? null : names.map((name) => [name, readNumber(`${field}.intercept.${name}`, own[name], name)]);
  return makePrior({
    family,
    coefficients: Object.fromEntries(each) as EachNumber<string>,
    intercept: intercept === null ? null : (Object.fromEntries(intercept) as Numbers<string>),
  });
}

function recordOf(field: string, json: unknown, names: readonly string[]): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) fail("type", field, "an object", json);
  const keys = Object.keys(json);
  if (keys.length !== names.length || !names.every((name) => keys.includes(name))) {
    fail("type", field, `the fields ${names.join(", ")}`, keys);
  }
  return json as Record<string, unknown>;
}

function readNumbers(field: string, json: unknown, name: string): Each {
  if (!Array.isArray(json)) return readNumber(field, json, name);
  if (json.length === 0) fail("range", field, "numbers", json);
  return Float64Array.from(json, (value, j) => readNumber(`${field}[${j}]`, value, name));
}

/** −0 is written as 0: no mean tells them apart. */
function readNumber(field: string, json: unknown, name: string): number {
  if (typeof json !== "number") fail("type", field, "a number", json);
  if (!Number.isFinite(json) || (name !== "mean" && !(json > 0))) {
    fail("range", field, name === "mean" ? "a finite number" : "a finite number > 0", json);
  }
  return json;
}
