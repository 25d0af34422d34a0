import { fail } from "../check.js";
import { decodeDocument, decodeString } from "../json.js";
import { linear } from "./linear.js";
import { mlp } from "./mlp.js";
import { parallel } from "./parallel.js";
import type { Model } from "./model.js";

const makers: Record<string, (options: never) => Model> = { linear, mlp, parallel };

/**
 * The model that `model.toJSON()` wrote; parameters are not part of it.
 *
 * @param json - The object, or its text.
 * @returns The model.
 * @throws TypeError or RangeError naming the field or the option that is wrong.
 * @example
 * const json = JSON.stringify(models.mlp({ hidden: [8, 4], activation: "relu" }));
 * models.fromJSON(json).name; // → "mlp"
 */
export function fromJSON(json: unknown): Model {
  const { name, options } = decodeDocument("model", json, ["name", "options"]);
  const known = decodeString("json.name", name);
  if (known === "custom") fail("range", "json.name", "a model of this library: one's own is made again", known);
  if (!Object.hasOwn(makers, known)) fail("range", "json.name", Object.keys(makers).join(" or "), known);
  if (typeof options !== "object" || options === null) fail("type", "json.options", "an object", options);
  return makers[known]!(options as never);
}
