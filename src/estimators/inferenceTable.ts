import type { Inference, InferenceRow } from "./inferenceRecord.js";

const show = (value: number | null): string => (value === null ? "" : value.toPrecision(6));
const pValue = (value: number | null): string => (value === null ? "" : value.toPrecision(3));

/** Inference as text: the coefficients, then what is of the whole fit, then what there is not, and why. */
export function tableOf(made: Inference): string {
  const percent = `${Number((100 * made.level).toPrecision(6))} %`;
  const sd = made.errors?.startsWith("posterior") === true ? "posterior sd" : "std. error";
  const head = ["", "coefficient", sd, made.test ?? "statistic", "p-value", `${percent} from`, "to"];
  const cells = made.rows.map((row) => [
    nameOf(row),
    show(row.coefficient),
    show(row.standardError),
    show(row.statistic),
    pValue(row.pValue),
    show(row.lower),
    show(row.upper),
  ]);
  const kept = head.map((_, j) => j).filter((j) => j < 2 || cells.some((row) => row[j] !== ""));
  const lines = [head, ...cells].map((row) => kept.map((j) => row[j]!));
  const widths = kept.map((_, j) => lines.reduce((width, row) => Math.max(width, row[j]!.length), 0));
  const table = lines.map((row) =>
    row.map((cell, j) => (j === 0 ? cell.padEnd(widths[j]!) : cell.padStart(widths[j]!))).join("  "),
  );
  return [...table, ...wholeFit(made), ...Object.entries(made.refused).map(([name, why]) => `no ${name}: ${why}`)].join(
    "\n",
  );
}

function nameOf(row: InferenceRow): string {
  return row.class === "" ? row.name : `${row.class}: ${row.name}`;
}

function wholeFit(made: Inference): string[] {
  const { dispersion, maximumLikelihoodDispersion: ml, deviance, nullDeviance, logLikelihood, fTest, scales } = made;
  const lines: string[] = [];
  const df = show(made.residualDegreesOfFreedom);
  if (made.errors !== null) {
    const phi = dispersion === null || dispersion === 1 ? "" : `, dispersion ${show(dispersion)}`;
    const interval = made.intervals === "profile" ? "; intervals by profile likelihood" : "";
    lines.push(`errors: ${made.errors}${phi}${interval}`);
  }
  const weights = made.weightsAre === null ? "" : `, weights are ${made.weightsAre}`;
  lines.push(`${made.name}, n = ${made.observations}${weights}, ${df} residual degrees of freedom`);
  if (made.theta !== null) lines.push(`theta ${show(made.theta.value)}, std. error ${show(made.theta.standardError)}`);
  if (deviance !== null) {
    const other = nullDeviance === null ? "" : `, of the intercept alone ${show(nullDeviance)}`;
    lines.push(`deviance ${show(deviance)}${other}`);
  }
  if (logLikelihood !== null) {
    const at = ml === null || ml === 1 ? "" : ` at dispersion ${show(ml)}`;
    const criteria = made.aic === null ? "" : `; AIC ${show(made.aic)}, BIC ${show(made.bic)}`;
    lines.push(`log-likelihood ${logLikelihood.toPrecision(8)}${at}${criteria}`);
  }
  if (made.rSquared !== null) {
    const adjusted = made.adjustedRSquared === null ? "" : `, adjusted ${show(made.adjustedRSquared)}`;
    const f =
      fTest === null
        ? ""
        : `; F ${show(fTest.statistic)} on ${show(fTest.numerator)} and ${show(fTest.denominator)}, p-value ${pValue(fTest.pValue)}`;
    lines.push(`R² ${show(made.rSquared)}${adjusted}${f}`);
  }
  if (scales !== null) {
    lines.push(`prior ${scales.prior}, as a penalty on the mean loss ${scales.penalty}`);
    lines.push(`  at total weight ${scales.totalWeight}, dispersion ${show(scales.dispersion)}`);
    lines.push(`effective degrees of freedom ${show(made.effectiveDegreesOfFreedom)}`);
  }
  if (made.logEvidence !== null) lines.push(`log evidence ${made.logEvidence.toPrecision(8)}`);
  return lines;
}
