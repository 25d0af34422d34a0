import { fail } from "../check.js";
import { checkListener } from "../job.js";
import { decodeRecord, encodeNumbers } from "../json.js";
import type { Progress, Result } from "../minimize.js";
import type { ActivationName } from "../models/activations.js";
import type { Objective } from "../objective.js";
import { type EstimateOptions, minimizationOf } from "./estimate.js";
import { nuisanceAt } from "./nuisance.js";
import { EstimationWork } from "./estimationWork.js";
import type { FitStatement } from "./fit.js";
import type { FitWork, StoredWork } from "./fitWork.js";
import type { Label } from "./labels.js";
import { type NetworkFit, makeNetworkFit } from "./networkFit.js";
import { decodeHistory, networkFitToJSON } from "./networkFitJSON.js";

/** What the fit of a network knows beside its objective. */
interface Context {
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly classes: readonly Label[] | null;
  /** The prior or penalty in words. */
  readonly prior: string;
  /** The same as plain JSON. */
  readonly stated: Pick<FitStatement, "prior" | "penalty">;
  /** Gives back what the fit owns; called once, when the job ends. */
  readonly release: () => void;
}

/** The work of a network's fit, anew or as stored: its minimisation, with a record of the objective after each epoch. */
export function networkWork(
  target: Objective,
  context: Context,
  options: EstimateOptions,
  stored: StoredWork | undefined,
): FitWork {
  const { onProgress, ...rest } = options;
  checkListener(onProgress);
  const fields = stored === undefined ? null : decodeRecord("json.work", stored.work, ["history", "minimizer"]);
  const minimization = minimizationOf(target, rest, stored && { ...stored, work: fields!["minimizer"] });
  const history = fields === null ? [] : readHistory(fields["history"], minimization.progress);
  const work = new EstimationWork(minimization, (result) => finish(target, context, history, result), context);
  let listener: ((progress: Progress) => void) | null = onProgress ?? null;
  work.onProgress = (progress) => {
    history.push(progress.value);
    listener?.(progress);
  };
  return {
    classes: context.classes,
    get done() {
      return work.done;
    },
    get onProgress() {
      return listener;
    },
    set onProgress(given) {
      listener = given;
    },
    advance: (units) => work.advance(units),
    result: () => work.result(),
    abort: () => work.abort(),
    toJSON() {
      const json = work.toJSON();
      return work.done ? json : { history: encodeNumbers(Float64Array.from(history)), minimizer: json };
    },
  };
}

/** The stored history: a number for each epoch that was done, the last one where the minimisation stands. */
function readHistory(json: unknown, { iteration, value }: Progress): number[] {
  const field = "json.work.history";
  const history = decodeHistory(field, json, iteration);
  const last = history[iteration - 1];
  if (iteration > 0 && last !== value)
    fail("range", field, `${value} at last, as in the state`, last, { row: iteration - 1 });
  return Array.from(history);
}

/** The network that a minimisation ended with. */
function* finish(
  target: Objective,
  { hidden, activation, classes, prior, stated }: Context,
  history: readonly number[],
  result: Result,
): Generator<void, NetworkFit> {
  const { data, likelihood, loss, bound } = target;
  const { sd, shape, dispersion, logLikelihood } = yield* nuisanceAt(target, result.parameters);
  const { moments } = data;
  const link = classes === null ? "identity" : loss.classes === 1 ? "logit" : "softmax";
  return makeNetworkFit(
    {
      name: likelihood!.name,
      link,
      thresholds: null,
      names: data.names,
      classes,
      hidden,
      activation,
      outputs: bound.layout.outputs,
      parameters: result.parameters,
      moments: moments && { center: moments.center, scale: moments.scale },
      history: Float64Array.from(history),
      ...{ sd, shape, dispersion, logLikelihood },
      scale: null,
      objective: result.value,
      offset: data.offsetLength > 0,
      rows: data.rows,
      totalWeight: data.totalWeight,
      prior,
      statement: {
        ...{ intercept: true, dispersion: target.dispersion, thresholds: "none" },
        estimated: target.likelihood?.dispersion === null,
        ...stated,
        scale: moments?.scale ?? null,
      },
      status: result.status,
      reason: result.reason,
      iterations: result.iterations,
      evaluations: result.evaluations,
      passes: result.passes,
      certificate: result.certificate,
    },
    networkFitToJSON,
  );
}
