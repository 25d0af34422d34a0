import { formatCell, formatNumber, formatPairs, formatShare, formatTable, wrap } from "./format.js";
import { spreads, type Features } from "./features.js";
import type { Target } from "./target.js";

/** What a report reads of a fit, whatever its model. */
export interface Fitted {
  readonly names: readonly string[];
  /** [columns], or [classes × columns]. */
  readonly coefficients: Float64Array;
  /** One per row of `coefficients`. */
  readonly intercepts: Float64Array;
  readonly classes: readonly (number | string)[] | null;
  readonly converged: boolean;
  readonly status: string;
  readonly reason: string;
  readonly witness: Float64Array | null;
  readonly logLikelihood: number;
  readonly iterations: number;
  /** Standard deviation of gaussian noise, null for classes. */
  readonly sd: number | null;
}

/** What a report says beside the fit. */
export interface ReportContext {
  readonly path: string;
  readonly features: Features;
  readonly target: Target;
  /** In words. */
  readonly prior: string;
  readonly weights: string | undefined;
  readonly standardize: boolean;
  /** Rows whose class the fit predicts right. */
  readonly correct: number | undefined;
  readonly out: string | undefined;
}

const MOST_ROWS = 40;
const MOST_CLASSES_ABREAST = 6;
const LARGEST = 20;
const WITNESS_ENTRIES = 5;

/** The report of a fit, ready to print. */
export function report(fit: Fitted, context: ReportContext): string {
  const body = isSeparated(fit) ? separation(fit, context) : coefficients(fit, context);
  return `\n${heading(fit, context)}\n\n${body}\n`;
}

/** True if no finite coefficients maximise the likelihood because a direction separates the classes. */
export function isSeparated(fit: Pick<Fitted, "status">): boolean {
  return fit.status === "separated" || fit.status === "quasi-separated";
}

function heading(fit: Fitted, context: ReportContext): string {
  const { path, features, weights, target, prior, standardize, correct } = context;
  const rows = features.rows.length;
  const positive = target.likelihood === "bernoulli" ? `; models P(${target.name} = ${target.classes[1]})` : "";
  const pairs: [string, string][] = [
    [
      "data",
      `${path}: ${rows} rows, ${fit.names.length} features${weights === undefined ? "" : `, weights "${weights}"`}`,
    ],
    ["likelihood", `${target.likelihood} (${target.because})${positive}`],
    ["prior", `${prior}${standardize ? ", on standardised columns (coefficients are in raw units)" : ""}`],
    ["status", `${fit.status} after ${fit.iterations} iterations`],
    ["", fit.reason],
    ["log-likelihood", `${formatNumber(fit.logLikelihood)} nats`],
  ];
  if (fit.sd !== null) pairs.push(["noise sd", formatNumber(fit.sd)]);
  if (correct !== undefined) pairs.push(["accuracy", `${formatShare(correct, rows)} on the rows it was fitted to`]);
  return formatPairs(pairs);
}

function coefficients(fit: Fitted, { out }: ReportContext): string {
  const names = ["(intercept)", ...fit.names];
  const outputs = fit.intercepts.length;
  const columns = fit.names.length;
  const value = (row: number, output: number): number =>
    row === 0 ? fit.intercepts[output] : fit.coefficients[output * columns + row - 1];
  const label = (output: number): string => String(fit.classes?.[output] ?? "");

  if (names.length <= MOST_ROWS && outputs <= MOST_CLASSES_ABREAST) {
    const outputsInOrder = [...fit.intercepts.keys()];
    const head = outputs === 1 ? ["coefficient"] : outputsInOrder.map((output) => `class ${label(output)}`);
    return formatTable(
      ["", ...head],
      names.map((name, row) => [name, ...outputsInOrder.map((output) => formatCell(value(row, output)))]),
    );
  }

  const all = names.flatMap((name, row) => [...fit.intercepts.keys()].map((k) => ({ name, k, value: value(row, k) })));
  const shown =
    all.length <= MOST_ROWS ? all : all.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, LARGEST);
  const table =
    outputs === 1
      ? formatTable(
          ["", "coefficient"],
          shown.map((entry) => [entry.name, formatCell(entry.value)]),
        )
      : formatTable(
          ["class", "", "coefficient"],
          shown.map((entry) => [label(entry.k), entry.name, formatCell(entry.value)]),
          [0, 1],
        );
  if (shown.length === all.length) return table;
  const rest = out === undefined ? "--out model.json writes them all" : `${out} holds them all`;
  return `${table}\n\n  The ${LARGEST} largest of ${all.length} coefficients; ${rest}.`;
}

/** A separated fit has no coefficients to show: it has a direction, and a remedy. */
function separation(fit: Fitted, { features }: ReportContext): string {
  const text =
    fit.status === "separated"
      ? "A hyperplane separates the classes"
      : "A hyperplane separates the classes, but for rows that lie on it";
  const consequence =
    "moving the coefficients along the direction below raises the likelihood for ever, so no finite coefficients maximise it.";
  const remedy =
    "Remedy: say how large the coefficients may be, by a prior: --prior normal:sd=1 --standardize. Or leave out the features that give the answer away.";
  return [wrap(`${text}: ${consequence}`), "", witnessTable(fit, features), "", wrap(remedy)].join("\n");
}

/** The largest entries of the direction that separates, each times the spread of its column; the largest becomes 1. */
export function witnessTable(fit: Pick<Fitted, "witness" | "classes" | "intercepts">, features: Features): string {
  if (fit.witness === null) return "";
  const { names } = features;
  const width = names.length + 1;
  const spread = spreads(features);
  const several = fit.intercepts.length > 1;
  const all = Array.from(fit.witness, (value, i) => ({ value, output: Math.trunc(i / width), column: (i % width) - 1 }))
    .filter((entry) => entry.column >= 0)
    .map((entry) => ({ ...entry, value: entry.value * spread[entry.column] }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const largest = Math.abs(all[0].value);
  const shown = all.slice(0, WITNESS_ENTRIES).filter((entry) => entry.value !== 0);
  const rows = shown.map(({ value, output, column }) => [
    ...(several ? [String(fit.classes?.[output])] : []),
    names[column],
    formatCell(value / largest),
  ]);
  const rest = all.filter((entry) => entry.value !== 0).length - rows.length;
  const head = [...(several ? ["class"] : []), "", "per sd of the column"];
  return formatTable(head, rows, several ? [0, 1] : [0]) + (rest > 0 ? `\n  ... and ${rest} smaller entries` : "");
}
