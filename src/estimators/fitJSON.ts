import { joined } from "../joined.js";
import { fail } from "../check.js";
import {
  decodeBoolean,
  decodeDocument,
  decodeInteger,
  decodeNumber,
  decodeCounts,
  decodeNumbers,
  decodeRecord,
  decodeString,
  encodeNumber,
  encodeNumbers,
} from "../json.js";
import type { Certificate } from "../result.js";
import { STATUSES } from "../optimizers/optimizer.js";
import { LINKS } from "../likelihoods/link.js";
import { type Fit, type FitRecord, type FitStatement, makeFit } from "./fit.js";
import type { Label } from "./labels.js";

/** Numbers that a fit may not have. */
const NULLABLE = ["sd", "shape", "dispersion", "scale", "logLikelihood"] as const;

type Common = Omit<FitRecord, "coefficients" | "intercepts" | "witness">;

/** What the record of any fit holds beside its parameters. */
export function commonToJSON(record: Common): Record<string, unknown> {
  const { name, link, names, classes, offset, rows, prior, status, reason, iterations, evaluations } = record;
  return {
    ...{ name, link, names, classes, offset, rows, prior, status, reason, iterations, evaluations },
    thresholds: record.thresholds === null ? null : encodeNumbers(record.thresholds),
    ...Object.fromEntries(NULLABLE.map((name) => [name, record[name] === null ? null : encodeNumber(record[name])])),
    objective: encodeNumber(record.objective),
    totalWeight: encodeNumber(record.totalWeight),
    statement: encodeStatement(record.statement),
    passes: [...record.passes],
    certificate: encodeCertificate(record.certificate),
  };
}

/** A fit as plain JSON, exact to the bit. */
export function fitToJSON(record: FitRecord): unknown {
  return {
    version: 1,
    type: "fit",
    ...commonToJSON(record),
    coefficients: encodeNumbers(record.coefficients),
    intercepts: encodeNumbers(record.intercepts),
    witness: record.witness === null ? null : encodeNumbers(record.witness),
  };
}

export const FIELDS: readonly string[] = /*#__PURE__*/ joined<string>(
  ["name", "link", "thresholds", "names", "classes"],
  NULLABLE,
  ["objective", "offset", "rows", "totalWeight", "prior", "statement"],
  ["status", "reason", "iterations", "evaluations", "passes", "certificate"],
);

/** The linear fit that {@link fitToJSON} wrote. Throws a TypeError or RangeError naming the field that is wrong. */
export function linearFitFromJSON(json: unknown): Fit {
  const fields = decodeDocument("fit", json, [...FIELDS, "coefficients", "intercepts", "witness"]);
  const intercepts = decodeNumbers("json.intercepts", fields["intercepts"]);
  const outputs = intercepts.length;
  if (outputs === 0) fail("range", "json.intercepts", "at least one number", 0);
  const common = readCommon(fields, outputs);
  const { length } = common.names;
  const estimated = common.statement.thresholds === "estimated";
  const width = estimated ? length + common.thresholds!.length : (length + 1) * outputs;
  const witness = fields["witness"] === null ? null : decodeNumbers("json.witness", fields["witness"], width);
  const coefficients = decodeNumbers("json.coefficients", fields["coefficients"], outputs * length);
  return makeFit({ ...common, coefficients, intercepts, witness }, fitToJSON);
}

/** What the record of any fit holds beside its parameters. */
export function readCommon(fields: Record<string, unknown>, outputs: number): Common {
  const link = oneOf("json.link", fields["link"], LINKS);
  const classes = fields["classes"] === null ? null : decodeArray("json.classes", fields["classes"], decodeLabel);
  const thresholds = nullable(fields["thresholds"], (value) => decodeNumbers("json.thresholds", value));
  if ((thresholds !== null) !== (link === "cumulativeLogit"))
    fail("range", "json.thresholds", `${thresholds === null ? "numbers" : "null"} for the link ${link}`, thresholds);
  const expected = thresholds !== null ? thresholds.length + 1 : link === "softmax" ? outputs : 2;
  if (classes !== null && classes.length !== expected) fail("range", "json.classes", `${expected} labels`, classes);
  const names = decodeArray("json.names", fields["names"], decodeString);
  const statement = decodeStatement(fields["statement"], names.length);
  if (statement.thresholds === "estimated" && thresholds === null)
    fail("range", "json.thresholds", "the numbers that were estimated", null);
  return {
    name: decodeString("json.name", fields["name"]),
    link,
    thresholds,
    names,
    classes,
    ...(Object.fromEntries(
      NULLABLE.map((name) => [name, nullable(fields[name], (value) => decodeMeasure(name, value))]),
    ) as Pick<FitRecord, (typeof NULLABLE)[number]>),
    objective: decodeNumber("json.objective", fields["objective"]),
    offset: decodeBoolean("json.offset", fields["offset"]),
    rows: decodeInteger("json.rows", fields["rows"]),
    totalWeight: decodePositive("json.totalWeight", fields["totalWeight"]),
    prior: decodeString("json.prior", fields["prior"]),
    statement,
    status: oneOf("json.status", fields["status"], STATUSES),
    reason: decodeString("json.reason", fields["reason"]),
    iterations: decodeInteger("json.iterations", fields["iterations"]),
    evaluations: decodeInteger("json.evaluations", fields["evaluations"]),
    passes: decodeCounts("json.passes", fields["passes"]),
    certificate: decodeCertificate(fields["certificate"]),
  };
}

function encodeStatement({ dispersion, scale, ...rest }: FitStatement): unknown {
  return { ...rest, dispersion: encodeNumber(dispersion), scale: scale === null ? null : encodeNumbers(scale) };
}

function decodePositive(field: string, json: unknown): number {
  const value = decodeNumber(field, json);
  return value > 0 ? value : fail("range", field, "a number > 0", value);
}

/** What measures the noise is not below 0; it may be NaN where a run diverged. */
function decodeMeasure(name: (typeof NULLABLE)[number], json: unknown): number {
  const value = decodeNumber(`json.${name}`, json);
  if (value < 0 && name !== "logLikelihood") fail("range", `json.${name}`, "a number >= 0", value);
  return value;
}

/** Prior and penalty stay as they are until `verify` reads them. */
function decodeStatement(json: unknown, columns: number): FitStatement {
  const field = "json.statement";
  const names = ["intercept", "dispersion", "thresholds", "estimated", "prior", "penalty", "scale"];
  const joint = typeof json === "object" && json !== null && Object.hasOwn(json, "joint");
  const fields = decodeRecord(field, json, joint ? [...names, "joint"] : names);
  const dispersion = decodePositive(`${field}.dispersion`, fields["dispersion"]);
  return Object.freeze({
    intercept: decodeBoolean(`${field}.intercept`, fields["intercept"]),
    dispersion,
    thresholds: oneOf(`${field}.thresholds`, fields["thresholds"], ["none", "estimated"] as const),
    estimated: decodeBoolean(`${field}.estimated`, fields["estimated"]),
    ...(joint && { joint: decodeString(`${field}.joint`, fields["joint"]) }),
    prior: decodePlain(`${field}.prior`, fields["prior"]),
    penalty: decodePlain(`${field}.penalty`, fields["penalty"]),
    scale: nullable(fields["scale"], (value) => decodeNumbers(`${field}.scale`, value, columns)),
  });
}

function decodePlain(field: string, json: unknown): unknown {
  return typeof json === "object" && !Array.isArray(json) ? json : fail("type", field, "an object, or null", json);
}

const KINDS = ["newton-decrement", "duality-gap", "gradient-norm", "kkt-residual"] as const;

function encodeCertificate({ kind, value, bound, estimate }: Certificate): unknown {
  return { kind, value: encodeNumber(value), bound: bound === null ? null : encodeNumber(bound), estimate };
}

function decodeCertificate(json: unknown): Certificate {
  const fields = decodeRecord("json.certificate", json, ["kind", "value", "bound", "estimate"]);
  return Object.freeze({
    kind: oneOf("json.certificate.kind", fields["kind"], KINDS),
    value: decodeNumber("json.certificate.value", fields["value"]),
    bound: nullable(fields["bound"], (value) => decodeNumber("json.certificate.bound", value)),
    estimate: decodeBoolean("json.certificate.estimate", fields["estimate"]),
  });
}

function nullable<T>(json: unknown, decode: (json: unknown) => T): T | null {
  return json === null ? null : decode(json);
}

function decodeArray<T>(field: string, json: unknown, decode: (field: string, json: unknown) => T): T[] {
  if (!Array.isArray(json)) fail("type", field, "an array", json);
  return Array.from(json, (value, i) => decode(`${field}[${i}]`, value));
}

function decodeLabel(field: string, json: unknown): Label {
  if (typeof json === "string" || typeof json === "boolean" || typeof json === "number") return json;
  return fail("type", field, "a string, a number or a boolean", json);
}

function oneOf<T extends string>(field: string, json: unknown, choices: readonly T[]): T {
  return choices.includes(json as T) ? (json as T) : fail("range", field, choices.join(", "), json);
}
