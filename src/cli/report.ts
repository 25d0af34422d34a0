import type { Fit, Inference } from "../index.js";
import { formatCell, formatNumber, formatPairs, formatShare, formatTable, wrap } from "./format.js";
import { spreads, type Features } from "./features.js";
import type { Target } from "./target.js";

/** What a report says beside the fit. */
export interface ReportContext {
  readonly path: string;
  readonly features: Features;
  readonly target: Target;
  readonly weights: string | undefined;
  readonly standardize: boolean;
  /** Rows whose class the fit predicts right. */
  readonly correct: number | undefined;
  /** Of a fit with one output, what its coefficients are known to; null for others. */
  readonly errors: Inference | null;
  readonly out: string | undefined;
}

const MOST_ROWS = 40;
const MOST_CLASSES_ABREAST = 6;
const LARGEST = 20;
const WITNESS_ENTRIES = 5;

/** The report of a fit, ready to print. */
export function report(fit: Fit, context: ReportContext): string {
  const body = hasNoOptimum(fit) ? remedy(fit, context) : coefficients(fit, context);
  return `\n${heading(fit, context)}\n\n${wrap(fit.reason)}\n\n${body}\n`;
}

/** True if no finite coefficients are best, so that there are none to show. */
export function hasNoOptimum({ status }: Fit): boolean {
  return status === "separated" || status === "quasi-separated" || status === "unbounded";
}

function heading(fit: Fit, { path, target, weights, standardize, correct }: ReportContext): string {
  const weighted = weights === undefined ? "" : `, weighted by "${weights}"`;
  const positive = target.likelihood === "bernoulli" ? `; models P(${target.name} = ${target.classes[1]})` : "";
  const school = fit.prior === "flat" ? "maximum likelihood" : "maximum a posteriori";
  const scale =
    standardize && fit.prior !== "flat"
      ? "; acts per standard deviation, coefficients are of the columns as given"
      : "";
  const pairs: [string, string][] = [
    ["data", `${path}: ${count(fit.rows, "row")}, ${count(fit.names.length, "feature")}${weighted}`],
    ["likelihood", `${target.likelihood} (${target.because})${positive}`],
    ["prior", `${fit.prior}: ${school}${scale}`],
  ];
  if (!hasNoOptimum(fit)) {
    if (fit.logLikelihood !== null) pairs.push(["log-likelihood", `${formatNumber(fit.logLikelihood)} nats`]);
    if (fit.sd !== null) pairs.push(["noise sd", formatNumber(fit.sd)]);
    if (correct !== undefined)
      pairs.push(["accuracy", `${formatShare(correct, fit.rows)} on the rows it was fitted to`]);
  }
  pairs.push(["status", `${fit.status} after ${count(fit.iterations, "iteration")}`]);
  return formatPairs(pairs);
}

function coefficients(fit: Fit, { out, errors }: ReportContext): string {
  const names = ["(intercept)", ...fit.names];
  const outputs = fit.intercepts.length;
  const columns = fit.names.length;
  const value = (row: number, output: number): number =>
    row === 0 ? fit.intercepts[output] : fit.coefficients[output * columns + row - 1];
  const label = (output: number): string => String(fit.classes?.[output]);

  if (names.length <= MOST_ROWS && outputs <= MOST_CLASSES_ABREAST) {
    if (errors !== null) return withErrors(errors);
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

/** Coefficients with their standard errors, and how these were made, or why there are none. */
function withErrors({ rows, errors, refused }: Inference): string {
  // What weights are cannot be said on the command line.
  const why = refused["standardErrors"]?.replace(
    /Write weightsAre.*$/s,
    "In code, inference takes that as weightsAre.",
  );
  if (errors === null || rows.some((row) => row.standardError === null)) {
    const table = formatTable(
      ["", "coefficient"],
      rows.map((row) => [row.name, formatCell(row.coefficient)]),
    );
    return why === undefined ? table : `${table}\n\n${wrap(`No standard errors: ${why}`)}`;
  }
  const head = errors.startsWith("posterior") ? "posterior sd" : "std. error";
  const table = formatTable(
    ["", "coefficient", head],
    rows.map((row) => [row.name, formatCell(row.coefficient), formatCell(row.standardError!)]),
  );
  return `${table}\n\n${wrap(`Errors: ${errors}.`)}`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

/** In place of coefficients: the direction that proves that there are none, and what to do about it. */
function remedy(fit: Fit, { features }: ReportContext): string {
  const advice = "On the command line: --prior normal:sd=1 --standardize.";
  return [witnessTable(fit, features), "", wrap(advice)].join("\n");
}

/** The largest entries of the witness, a direction of coefficients, each times the spread of its column; the largest becomes 1. */
export function witnessTable(fit: Pick<Fit, "witness" | "classes" | "intercepts">, features: Features): string {
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
  const head = [...(several ? ["class"] : []), "witness", "per sd of the column"];
  return formatTable(head, rows, several ? [0, 1] : [0]) + (rest > 0 ? `\n  ... and ${rest} smaller entries` : "");
}
