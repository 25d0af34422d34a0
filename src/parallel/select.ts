import { fitFromJSON } from "../estimators/fitFromJSON.js";
import type { Label } from "../estimators/labels.js";
import { checkListener } from "../job.js";
import { type MatrixInput, isSparse } from "../matrix.js";
import { type Path, type PathOptions, makeScreened, regularizationPath } from "../selection/regularizationPath.js";
import {
  type PathHeldOut,
  type PenaltySelection,
  type SelectPenaltyOptions,
  type SelectionPlan,
  chosen,
  costsOf,
  foldSteps,
  planSelection,
} from "../selection/selectPenalty.js";
import { lambdaSteps } from "../selection/pathPlan.js";
import type { FoldCosts } from "../selection/selectionState.js";
import { stepsJob } from "../selection/work.js";
import { type CallOptions, all, copyOf, copyOfOptions, readCall, remainder, unlessAborted } from "./calls.js";
import type { Crew } from "./crew.js";
import { postRows } from "./fits.js";
import { postOptions } from "./posted.js";
import { Session } from "./session.js";
import { foldsFor } from "./validate.js";

interface PostedPath extends Omit<Path, "fits"> {
  readonly fits: readonly unknown[];
}

function readPath({ fits, nonzero, ...path }: PostedPath): Path {
  return Object.freeze({ ...path, fits: Object.freeze(fits.map(fitFromJSON)), nonzero: Object.freeze(nonzero) });
}

/** A path, its sums over rows shared by all workers or all of it done by one. */
export async function pathIn(
  crew: Crew,
  x: MatrixInput,
  y: ArrayLike<Label>,
  options: PathOptions | undefined,
  call: CallOptions,
): Promise<Path> {
  const signal = readCall(call);
  const { onProgress, ...given } = copyOfOptions(options);
  checkListener(onProgress);
  postOptions(given);
  const session = new Session(crew);
  const stays = isSparse(x);
  if (stays || crew.size > 1) {
    const job = session.during(() => regularizationPath.start(x, y, options));
    if (stays || session.spread > 0) return session.run(job, signal, false);
  }
  const rows = postRows(x, y, given as PathOptions);
  const waiting = crew.whole<PostedPath>({ task: "path", arguments: rows, moved: rows.x, onProgress });
  return readPath(await unlessAborted(signal, [waiting], waiting.answer));
}

/** The values of λ of the path on all rows. */
function valuesIn(crew: Crew, { statement, plan, own }: SelectionPlan, x: MatrixInput): Promise<Float64Array> {
  if (typeof plan.values !== "number") return Promise.resolve(plan.values);
  const session = new Session(crew);
  const job = session.during(() => {
    const screened = makeScreened(x, statement, own);
    const steps = (): ReturnType<typeof lambdaSteps> => lambdaSteps(screened, plan);
    return stepsJob("the values of a path", steps, () => screened.release(), undefined);
  });
  return session.run(job, undefined, false).then(({ lambda }) => lambda);
}

/** A choice of the penalty: the path, and those without each fold, each by one worker. */
export async function selectIn(
  crew: Crew,
  x: MatrixInput,
  y: ArrayLike<Label>,
  options: SelectPenaltyOptions | undefined,
  call: CallOptions,
): Promise<PenaltySelection> {
  const signal = readCall(call);
  const labels = copyOf(y);
  const selection = planSelection(x, labels, copyOfOptions(options));
  const { assigned: folds, count, own, rows, onProgress } = selection;
  const judged = selection.metric !== undefined;
  const needs = foldsFor(crew, rows, { options: postOptions(own), y: labels, folds, judged, estimator: null });
  const { key } = needs;
  const work = async (): Promise<PenaltySelection> => {
    const lambda = await valuesIn(crew, selection, x);
    if (signal?.aborted === true) return new Promise(() => {});
    const path = crew.whole<PostedPath>({ task: "selectPath", arguments: { key }, needs, onProgress });
    const together = remainder(count + 1, crew.size);
    const waiting = Array.from({ length: count - together }, (_, fold) =>
      crew.whole<FoldCosts | PathHeldOut>({ task: "select", arguments: { key, fold, lambda }, needs, onProgress }),
    );
    begun.push(path, ...waiting);
    const [whole, ...parts] = await all<unknown>([path, ...waiting]);
    const costs = parts.map((part, fold) =>
      judged ? costsOf(selection, fold, part as PathHeldOut) : (part as FoldCosts),
    );
    for (let fold = costs.length; fold < count; fold++) {
      const session = new Session(crew);
      const job = stepsJob(
        "a fold",
        () => foldSteps(selection, fold, lambda),
        () => {},
        onProgress,
      );
      costs.push(costsOf(selection, fold, await session.run(job, signal, false)));
    }
    return chosen(selection, readPath(whole as PostedPath), costs);
  };
  const begun: Parameters<typeof unlessAborted>[1][number][] = [];
  try {
    return await unlessAborted(signal, begun, work());
  } finally {
    crew.drop(key);
  }
}
