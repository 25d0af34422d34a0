import { fitFromJSON, type Fit } from "../index.js";
import { UserError } from "./errors.js";
import { readFeatures } from "./features.js";
import { readText, writeWhole } from "./files.js";
import { readTable } from "./table.js";

/** `surprisal predict`: one line per row of a table, to a file or to stdout. */
export function predictCommand(modelPath: string, path: string, options: { readonly out?: string }): void {
  const fit = readModel(modelPath);
  if (!fit.converged) process.stderr.write(`note: the fit in ${modelPath} is ${fit.status}: ${fit.reason}\n`);
  const { rows } = readFeatures(readTable(path), fit.names);
  const text = predictions(fit, rows);
  if (options.out === undefined) process.stdout.write(text);
  else {
    writeWhole(options.out, text);
    process.stdout.write(`${rows.length} predictions written to ${options.out}\n`);
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
function predictions(fit: Fit, rows: number[][]): string {
  const predicted = fit.predict(rows);
  const classes = fit.classes;
  if (classes === null) return toCsv([["prediction"], ...Array.from(predicted, (value) => [value])]);
  const probabilities = fit.predictProbabilities(rows);
  const header = ["prediction", ...classes.map((label) => `probability ${label}`)];
  const lines = rows.map((_, i) => [predicted[i], ...classes.map((_, k) => probabilities[i * classes.length + k])]);
  return toCsv([header, ...lines]);
}

function toCsv(lines: readonly (readonly (string | number)[])[]): string {
  const quote = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return lines.map((cells) => `${cells.map((cell) => quote(String(cell))).join(",")}\n`).join("");
}
