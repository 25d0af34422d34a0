import type { Fit } from "./fit.js";

/** One coefficient of a fit. */
export interface SummaryRow {
  /** The class it belongs to, as text; "" for a model with one output. */
  readonly class: string;
  /** Name of the column, or "(intercept)"; of an estimated threshold the classes that it divides, "low | high". */
  readonly name: string;
  /** Per unit of the column as given. */
  readonly coefficient: number;
}

/** A fit as a table; `toString` lays it out. */
export interface Summary {
  /** One per coefficient, class after class, the intercept first. */
  readonly rows: readonly SummaryRow[];
  /** Σ w·log density in nats, or null. */
  readonly logLikelihood: number | null;
  /** F/W at the fit, in nats. */
  readonly objective: number;
  /** How the fit ended. */
  readonly status: string;
  /** Why, as a sentence. */
  readonly reason: string;
  /** The table as text. */
  toString(): string;
}

/** The thresholds between classes in order, named by the classes on either side. */
function cutsOf({ thresholds, classes }: Fit): SummaryRow[] {
  return Array.from(thresholds!, (coefficient, k) => {
    return { class: "", name: `${String(classes?.[k] ?? k)} | ${String(classes?.[k + 1] ?? k + 1)}`, coefficient };
  });
}

/** Throws an Error that names the remedies where the optimum does not exist. */
export function summaryOf(fit: Fit): Summary {
  if (fit.status === "separated" || fit.status === "quasi-separated" || fit.status === "unbounded") {
    throw new Error(`There is no optimum to summarise (${fit.status}). ${fit.reason}`);
  }
  const columns = fit.names.length;
  const rows = Array.from(fit.intercepts).flatMap((intercept, k) => {
    const label = fit.intercepts.length === 1 ? "" : String(fit.classes?.[k] ?? k);
    return [
      ...(fit.statement.thresholds === "estimated"
        ? cutsOf(fit)
        : [{ class: label, name: "(intercept)", coefficient: intercept }]),
      ...fit.names.map((name, j) => ({ class: label, name, coefficient: fit.coefficients[k * columns + j] })),
    ];
  });
  const { logLikelihood, objective, status, reason } = fit;
  return {
    rows,
    logLikelihood,
    objective,
    status,
    reason,
    toString() {
      const names = rows.map((row) => (row.class === "" ? row.name : `${row.class}: ${row.name}`));
      const width = names.reduce((longest, name) => Math.max(longest, name.length), 0);
      return [
        `${fit.name}, ${fit.rows} rows, prior ${fit.prior}`,
        ...rows.map((row, i) => `${names[i].padEnd(width)}  ${row.coefficient.toPrecision(6)}`),
        `log-likelihood ${logLikelihood === null ? "none" : logLikelihood.toPrecision(8)}; ${status}: ${reason}`,
      ].join("\n");
    },
  };
}
