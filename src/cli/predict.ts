import { fitFromJSON, sigmoid, type Fit, type Label } from "../index.js";
import { UserError } from "./errors.js";
import { readFeatures } from "./features.js";
import { checkOut, readText, writeWhole } from "./files.js";
import { readTable } from "./table.js";

/** `surprisal predict`: one line per row of a table, to a file or to stdout. */
export function predictCommand(modelPath: string, path: string, options: { readonly out?: string }): void {
  if (options.out !== undefined) checkOut(options.out, [modelPath, path]);
  const fit = readModel(modelPath);
  if (!fit.converged) process.stderr.write(`note: the fit in ${modelPath} is ${fit.status}: ${fit.reason}\n`);
  const { x, rows } = readFeatures(readTable(path), fit.names);
  const text = predictions(fit, x);
  if (options.out === undefined) process.stdout.write(text);
  else {
    writeWhole(options.out, text);
    process.stdout.write(`${rows} predictions written to ${options.out}\n`);
  }
}

function readModel(path: string): Fit {
  const text = readText(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError(`${path} is not JSON: expected a model written by surprisal fit --out`);
  }
  try {
    return fitFromJSON(json);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) {
      throw new UserError(`${path} is not a model written by surprisal fit --out: ${error.message}`);
    }
    throw error;
  }
}

/** CSV: the prediction, then for classes the probability of each. */
function predictions(fit: Fit, x: Float64Array): string {
  const predicted = fit.predict(x);
  if (fit.classes === null) return toCsv([["prediction"], ...Array.from(predicted, (value) => [value])]);
  const classes = fit.classes!;
  const header = ["prediction", ...classes.map((label) => `probability ${label}`)];
  const probabilities = probabilitiesOf(fit, x);
  const lines = Array.from(predicted, (label, i) => [label, ...classes.map((_, k) => probabilities(i, k))]);
  return toCsv([header, ...lines]);
}

/** The probability of class k in row i. */
function probabilitiesOf(fit: Fit, x: Float64Array): (i: number, k: number) => number {
  if (fit.link === "logit") {
    const scores = fit.scores(x);
    return (i, k) => sigmoid(k === 0 ? -scores[i] : scores[i]);
  }
  const all = fit.predictProbabilities(x);
  return (i, k) => all[i * fit.intercepts.length + k];
}

function toCsv(lines: readonly (readonly Label[])[]): string {
  const quote = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return lines.map((cells) => `${cells.map((cell) => quote(String(cell))).join(",")}\n`).join("");
}
