import {
  type Inference,
  dataset,
  inference,
  linearRegression,
  logisticRegression,
  softmaxRegression,
  type Fit,
  type Prior,
  type Progress,
} from "../index.js";
import { UserError } from "./errors.js";
import { featureNames, readFeatures, readWeights, type Features } from "./features.js";
import { checkOut, writeWhole } from "./files.js";
import { withProgress } from "./progress.js";
import { report, type ReportContext } from "./report.js";
import { parseLikelihood, parsePrior } from "./spec.js";
import { columnIndex, readTable } from "./table.js";
import { readTarget, type Target } from "./target.js";

/** The options of `surprisal fit`, as typed. */
export interface FitOptions {
  readonly target: string;
  readonly likelihood?: string;
  readonly prior: string;
  readonly features?: readonly string[];
  readonly weights?: string;
  readonly standardize?: boolean;
  readonly out?: string;
}

/** `surprisal fit`: reads a table, fits one model, prints a report, and writes the model if asked. */
export function fitCommand(path: string, options: FitOptions): void {
  const prior = parsePrior(options.prior);
  const asked = options.likelihood === undefined ? undefined : parseLikelihood(options.likelihood);
  if (options.out !== undefined) checkOut(options.out, [path]);
  const table = readTable(path);
  columnIndex(table, options.target);
  if (options.weights !== undefined) columnIndex(table, options.weights);
  if (options.weights === options.target)
    throw new UserError(`column "${options.target}" cannot be target and weights`);
  const names = featureNames(table, options.features, options.target, options.weights);
  const target = readTarget(table, options.target, asked?.name);
  const features = readFeatures(table, names);
  const weights = options.weights === undefined ? undefined : readWeights(table, options.weights);
  if (target.likelihood === "gaussian" && !prior.flat && asked?.sd === undefined) {
    throw new UserError(
      `a prior on gaussian coefficients needs the noise to be known: --likelihood gaussian:sd=<number> (here ${target.because})`,
    );
  }
  const model: Model = { features, target, prior, sd: asked?.sd, weights, standardize: options.standardize === true };
  const fit = withProgress("fitting", (onProgress) => fitModel(model, onProgress));
  const errors = fit.converged && fit.intercepts.length === 1 ? errorsOf(fit, model) : null;
  const correct = countCorrect(fit, features, target);
  if (options.out !== undefined) writeWhole(options.out, `${JSON.stringify(fit)}\n`);
  const context: ReportContext = {
    path,
    features,
    target,
    weights: options.weights,
    standardize: options.standardize === true,
    correct,
    errors,
    out: options.out,
  };
  process.stdout.write(report(fit, context));
  if (options.out !== undefined) process.stdout.write(`\n  model written to ${options.out}\n`);
}

interface Model {
  readonly features: Features;
  readonly target: Target;
  readonly prior: Prior;
  readonly sd: number | undefined;
  readonly weights: Float64Array | undefined;
  readonly standardize: boolean;
}

function fitModel(model: Model, onProgress: (progress: Progress) => void): Fit {
  const { features, target, prior, sd, weights, standardize } = model;
  const { names, x } = features;
  const options = {
    columns: names.length,
    names,
    prior,
    standardize,
    onProgress,
    ...(weights === undefined ? {} : { weights }),
  };
  switch (target.likelihood) {
    case "bernoulli":
      return logisticRegression(x, target.values, options);
    case "categorical":
      return softmaxRegression(x, target.values, options);
    case "gaussian":
      return linearRegression(x, target.values, { ...options, ...(sd === undefined ? {} : { sd }) });
  }
}

/** Standard errors of a fit with one output, or why there are none. */
function errorsOf(fit: Fit, { features, target, weights }: Model): Inference {
  const { classes } = fit;
  const values = Float64Array.from(target.values as ArrayLike<string | number>, (value) =>
    classes === null ? Number(value) : classes.indexOf(value),
  );
  const { names, x } = features;
  const data = dataset(x, values, { columns: names.length, names, ...(weights === undefined ? {} : { weights }) });
  try {
    return inference(fit, data);
  } finally {
    data.release();
  }
}

function countCorrect(fit: Fit, features: Features, target: Target): number | undefined {
  if (target.likelihood === "gaussian") return undefined;
  const predicted = fit.predict(features.x);
  return target.values.reduce<number>((count, value, i) => count + (predicted[i] === value ? 1 : 0), 0);
}
