import type { Estimator } from "../estimators/estimator.js";
import type { Fit } from "../estimators/fit.js";
import { fitFromJSON } from "../estimators/fitFromJSON.js";
import type { Label } from "../estimators/labels.js";
import { checkListener } from "../job.js";
import { type MatrixInput, isSparse, readMatrix } from "../matrix.js";
import type { Progress } from "../result.js";
import { type CallOptions, copyOf, copyOfOptions, nameOf, readCall, whenAborted } from "./calls.js";
import type { Crew } from "./crew.js";
import { postOptions } from "./posted.js";
import { Session } from "./session.js";
import type { PostedRows } from "./tasks.js";

/** Fits whose time is not spent in sums over rows: one worker does them whole. */
export const WHOLE: readonly string[] = ["linearRegression", "linearSVM", "quantileRegression", "robustRegression"];

/** X, y and options as a worker takes them; X is to be moved. */
export function postRows(x: MatrixInput, y: ArrayLike<Label>, options: { readonly columns?: number }): PostedRows {
  const { rows, columns, names, ...matrix } = readMatrix(x, options.columns);
  const values = new Float64Array(rows * columns);
  matrix.fill(values);
  return { x: values, y: copyOf(y), options: postOptions({ ...(names && { names }), ...options, columns }) };
}

/** A fit, its sums over rows shared by all workers or all of it done by one. */
export async function fitIn<Y extends ArrayLike<Label>, Options extends object>(
  crew: Crew,
  estimator: Estimator<Y, Options>,
  x: MatrixInput,
  y: Y,
  options: Options | undefined,
  call: CallOptions,
): Promise<Fit> {
  const name = nameOf(estimator);
  const signal = readCall(call);
  const { onProgress, ...given } = copyOfOptions(options as { onProgress?: (progress: Progress) => void } | undefined);
  checkListener(onProgress);
  postOptions(given);
  // Sparse rows are not sent: their fits run here, in slices.
  const stays = isSparse(x);
  if (stays || (!WHOLE.includes(name) && crew.size > 1)) {
    const session = new Session(crew);
    const job = session.during(() => estimator.start(x, y, options));
    if (stays || session.spread > 0) return session.run(job, signal);
  }
  const rows = postRows(x, y, given);
  const waiting = crew.whole<unknown>({
    task: "fit",
    arguments: { estimator: name, ...rows },
    moved: rows.x,
    onProgress,
  });
  const end = whenAborted(signal, () => waiting.abort());
  try {
    return fitFromJSON(await waiting.answer);
  } finally {
    end();
  }
}
