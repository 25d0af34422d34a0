import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { fail } from "../check.js";
import { RootSearch } from "../inference/rootSearch.js";
import { complete } from "../linalg/steps.js";
import { type Result, startMinimization } from "../minimize.js";
import type { Objective } from "../objective.js";
import type { Status } from "../optimizers/optimizer.js";
import { type Context, checkLinear, finish } from "./finish.js";
import { type Fit, statedBy } from "./fit.js";
import type { FitWork, StoredWork } from "./fitWork.js";
import { slopeOfPrior, slopeOfSurprisal } from "./jointSlope.js";
import {
  type JointStatement,
  type Trial,
  POISSON,
  cost,
  firstValue,
  reasonOf,
  rising,
  targetAt,
  unboundedReason,
} from "./jointStatement.js";
import { checkStoredSteps, stepsWork, storedSteps } from "./stepsWork.js";

/** Values tried at most from either side; logarithms that they may lie from where the search begins. */
const MOST_TRIALS = 100;
const REACH = 30;

/** A mode from either side is the same one up to this much of the logarithm. */
const SAME = 1e-8;

/** Where a search ended: at a mode, beyond its reach on one side, or without the coefficients of a trial. */
interface Found {
  readonly trial: Trial;
  readonly end: "mode" | "low" | "high" | "failed" | "limit";
}

/** The work of such a fit, which is begun again where it was stored. */
export function jointWork(statement: JointStatement, stored?: StoredWork): FitWork {
  const { data, settings, release } = statement;
  if (stored !== undefined) checkStoredSteps(stored.work, data);
  // What is wrong with the statement is said now.
  const target = targetAt(statement, 1);
  checkLinear(target);
  startMinimization(target, settings);
  return stepsWork({
    classes: null,
    steps: () => steps(statement),
    aborted: () => aborted(statement),
    release,
    toJSON: () => storedSteps(data),
  });
}

function contextOf({ likelihood, prior }: JointStatement, value: number | null): Context {
  const { name, prior: own } = likelihood.joint!;
  const joint = `${name} ${own === null ? "flat" : own}`;
  // Beside flat priors that of a dispersion is maximum likelihood.
  const likeliest = own === null && prior.flat && name === "dispersion";
  return {
    classes: null,
    name: likelihood.name,
    prior: `${String(prior)}; ${joint}`,
    stated: { ...statedBy({ prior }), ...(!likeliest && { joint }) },
    ...(name === "dispersion" && { nuisance: { dispersion: value } }),
    ...(name === "scale" && { scale: value }),
  };
}

/** The fit where it is ended early: all coefficients where they start. */
function aborted(statement: JointStatement): Fit {
  const target = targetAt(statement, 1);
  const work = startMinimization(target);
  work.abort();
  return complete(finish(target, contextOf(statement, null), work.result()));
}

function* steps(statement: JointStatement): Generator<void, Fit> {
  const { likelihood } = statement;
  const { name } = likelihood.joint!;
  const totals = { iterations: 0, evaluations: 0, passes: [0, 0, 0] as [number, number, number] };
  let start = statement.settings.start;

  /** The best coefficients of an objective, from those found last. */
  const best = function* (target: Objective): Generator<void, Result> {
    const work = startMinimization(target, { ...statement.settings, ...(start !== undefined && { start }) });
    while (!work.advance(1)) yield;
    const result = work.result();
    totals.iterations += result.iterations;
    totals.evaluations += result.evaluations;
    result.passes.forEach((passes, k) => (totals.passes[k]! += passes));
    if (result.converged) start = result.parameters;
    return result;
  };
  const tried = function* (at: number): Generator<void, Trial> {
    const value = expOne(at);
    const target = targetAt(statement, value);
    const result = yield* best(target);
    const scores = target.bound.scores(result.parameters);
    const slope = slopeOfSurprisal(target, likelihood, value, scores) - slopeOfPrior(likelihood, value);
    if (result.converged && !Number.isFinite(slope)) {
      fail("range", `${name}Prior`, `a density that is smooth and > 0 around ${value}`, slope);
    }
    return { at, value, target, result, slope };
  };
  const search = function* (from: number): Generator<void, Found> {
    const root = new RootSearch();
    let at = from;
    for (let count = 1; ; count++) {
      const trial = yield* tried(at);
      if (!trial.result.converged) return { trial, end: "failed" };
      const next = root.next(at, -trial.slope, 0.5);
      const settled = Math.abs(next - at) <= 4e-15 * Math.max(1, Math.abs(at));
      if (trial.slope === 0 || settled) return { trial, end: "mode" };
      if (count === MOST_TRIALS) return { trial, end: "limit" };
      if (Math.abs(next - first) > REACH) return { trial, end: next < first ? "low" : "high" };
      at = next;
    }
  };
  const end = function* (
    { target, value, result }: Pick<Trial, "target" | "value" | "result">,
    status: Status,
    reason: string,
  ): Generator<void, Fit> {
    const converged = status === "stationary";
    return yield* finish(target, contextOf(statement, value), { ...result, ...totals, converged, status, reason });
  };

  const first = logOne(firstValue(statement));
  const begin = yield* tried(first);
  if (!begin.result.converged) return yield* end(begin, begin.result.status, begin.result.reason);
  const vanishing = yield* rising(statement, best);
  if (vanishing !== null) return yield* end(begin, "unbounded", vanishing);
  const upper = yield* search(first);
  const lower = yield* search((upper.end === "mode" ? upper.trial.at : first) - 3);
  if (lower.end === "low") {
    if (name !== "dispersion") return yield* end(lower.trial, "unbounded", unboundedReason(statement, "0"));
    const limit = likelihood.joint!.logPrior(0);
    if (limit === Infinity) return yield* end(lower.trial, "unbounded", unboundedReason(statement, "0"));
    const target = targetAt(statement, 0);
    const bare = { target, value: 0, result: yield* best(target) };
    const other = upper.end === "mode" && cost(likelihood, upper.trial) < cost(likelihood, bare) ? upper.trial : null;
    if (other === null) return yield* end(bare, "boundary", POISSON);
    return yield* end(other, "stationary", reasonOf(name, other, 0));
  }
  const ends = [upper, lower].filter((found) => found.end === "mode").map(({ trial }) => trial);
  if (ends.length === 0) {
    const { trial, end: how } = upper;
    if (how === "high") return yield* end(trial, "unbounded", unboundedReason(statement, "infinity"));
    if (how === "limit") return yield* end(trial, "iteration-limit", `The ${name} was tried too often.`);
    return yield* end(trial, trial.result.status, trial.result.reason);
  }
  const [one, two = one] = ends as [Trial, Trial?];
  const same = Math.abs(one.at - two.at) <= SAME;
  const higher = same || cost(likelihood, one) <= cost(likelihood, two) ? one : two;
  const rest = higher === one ? two : one;
  const other = ends.length === 1 ? "none" : same ? null : rest.value;
  return yield* end(higher, "stationary", reasonOf(name, higher, other));
}
