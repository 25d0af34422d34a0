import { checkChoice, fail } from "../check.js";
import { decodeDocument, decodeInteger, decodeNumbers, decodeRecord, encodeNumbers } from "../json.js";
import { ACTIVATIONS } from "../models/activations.js";
import { sizeOf } from "../priors/terms.js";
import { FIELDS, commonToJSON, readCommon } from "./fitJSON.js";
import { type NetworkFit, type NetworkRecord, makeNetworkFit } from "./networkFit.js";

/** A network as plain JSON, exact to the bit. */
export function networkFitToJSON(record: NetworkRecord): unknown {
  const { moments } = record;
  return {
    version: 1,
    type: "networkFit",
    ...commonToJSON(record),
    hidden: [...record.hidden],
    activation: record.activation,
    outputs: record.outputs,
    parameters: encodeNumbers(record.parameters),
    moments: moments && { center: encodeNumbers(moments.center), scale: encodeNumbers(moments.scale) },
    history: encodeNumbers(record.history),
  };
}

const OWN = ["hidden", "activation", "outputs", "parameters", "moments", "history"];

/** Units in a layer at most: a document can then not ask for more memory than its parameters take. */
const MOST_UNITS = 1_000_000;

/** The network that {@link networkFitToJSON} wrote. Throws a TypeError or RangeError naming the field that is wrong. */
export function networkFitFromJSON(json: unknown): NetworkFit {
  const fields = decodeDocument("networkFit", json, [...FIELDS, ...OWN]);
  const outputs = decodeInteger("json.outputs", fields["outputs"], 1, MOST_UNITS);
  const common = readCommon(fields, outputs);
  const { link } = common;
  if (link !== "identity" && link !== "logit" && link !== "softmax") {
    fail("range", "json.link", "identity, logit or softmax", link);
  }
  if (link !== "softmax" && outputs !== 1) fail("range", "json.outputs", "1", outputs);
  if ((link === "identity") !== (common.classes === null)) fail("range", "json.classes", "labels of classes", null);
  const { hidden: units } = fields;
  if (!Array.isArray(units)) fail("type", "json.hidden", "an array of numbers of units", units);
  const hidden = Array.from(units, (value, l) => decodeInteger(`json.hidden[${l}]`, value, 1, MOST_UNITS));
  const features = common.names.length;
  if (features === 0) fail("range", "json.names", "at least one column", 0);
  const size = sizeOf({ outputs, features, intercept: true, hidden });
  const parameters = decodeNumbers("json.parameters", fields["parameters"], size);
  const lost = parameters.findIndex((value) => !Number.isFinite(value));
  if (lost >= 0) fail("range", "json.parameters", "finite numbers", parameters[lost], { row: lost });
  const record: NetworkRecord = {
    ...common,
    hidden: Object.freeze(hidden),
    activation: checkChoice("json.activation", fields["activation"], ACTIVATIONS),
    outputs,
    parameters,
    moments: fields["moments"] === null ? null : readMoments(fields["moments"], features),
    history: decodeHistory("json.history", fields["history"], common.iterations),
  };
  return makeNetworkFit(record, networkFitToJSON);
}

/** A finite number for each epoch that was done. */
export function decodeHistory(field: string, json: unknown, epochs: number): Float64Array {
  const history = decodeNumbers(field, json, epochs);
  history.forEach((value, row) => {
    if (!Number.isFinite(value)) fail("range", field, "finite numbers", value, { row });
  });
  return history;
}

function readMoments(json: unknown, columns: number): NetworkRecord["moments"] {
  const fields = decodeRecord("json.moments", json, ["center", "scale"]);
  const read = (name: string, min: number): Float64Array => {
    const values = decodeNumbers(`json.moments.${name}`, fields[name], columns);
    values.forEach((value, row) => {
      if (!(Number.isFinite(value) && value > min)) {
        fail("range", `json.moments.${name}`, min === 0 ? "finite numbers > 0" : "finite numbers", value, { row });
      }
    });
    return values;
  };
  return { center: read("center", -Infinity), scale: read("scale", 0) };
}
