import { fail } from "../check.js";
import type { Estimator } from "../estimators/estimator.js";
import { fitFromJSON } from "../estimators/fitFromJSON.js";
import type { Label } from "../estimators/labels.js";
import { checkListener } from "../job.js";
import type { MatrixInput } from "../matrix.js";
import type { Progress } from "../result.js";
import {
  type CrossValidation,
  type CrossValidationOptions,
  type HeldOut,
  assemble,
  heldOut,
  planValidation,
  scored,
  trainingOf,
} from "../selection/crossValidate.js";
import type { Rows } from "../selection/rows.js";
import { type CallOptions, all, copyOf, copyOfOptions, nameOf, readCall, remainder, unlessAborted } from "./calls.js";
import type { Crew, Whole } from "./crew.js";
import { WHOLE } from "./fits.js";
import { type PostedOptions, postOptions } from "./posted.js";
import { Session } from "./session.js";
import type { PostedFolds } from "./tasks.js";

/** What every worker holds of rows that are divided into folds. */
export function foldsFor(
  crew: Crew,
  rows: Rows,
  posted: Pick<PostedFolds, "y" | "folds" | "estimator" | "judged"> & { readonly options: PostedOptions },
): NonNullable<Whole["needs"]> {
  const all = Array.from({ length: rows.rows }, (_, row) => row);
  const shape = postOptions(rows.options([]), ["weights", "offset"]);
  return {
    key: crew.nextKey(),
    make() {
      const x = rows.x(all);
      if (!(x instanceof Float64Array)) fail("type", "X", "dense rows, which can be sent to a worker", x);
      return { given: { ...posted, x, options: { ...posted.options, ...shape } } satisfies PostedFolds, moved: x };
    },
  };
}

/** Cross-validation, a fold by each worker; those that would leave most of them idle by all together. */
export async function validateIn<Y extends ArrayLike<Label>, Options extends object>(
  crew: Crew,
  estimator: Estimator<Y, Options>,
  x: MatrixInput,
  y: Y,
  options: Options | undefined,
  validation: CrossValidationOptions,
  call: CallOptions,
): Promise<CrossValidation> {
  const name = nameOf(estimator);
  const signal = readCall(call);
  const { onProgress, ...given } = copyOfOptions(options as { onProgress?: (progress: Progress) => void } | undefined);
  checkListener(onProgress);
  const posted = { options: postOptions(given), y: copyOf(y), estimator: name, judged: true };
  const plan = planValidation(estimator, x, posted.y, given as Options, validation);
  const { count, assigned: folds } = plan;
  const needs = foldsFor(crew, plan.rows, { ...posted, folds });
  const together = WHOLE.includes(name) ? 0 : remainder(count, crew.size);
  const waiting = Array.from({ length: count - together }, (_, fold) =>
    crew.whole<HeldOut>({ task: "validate", arguments: { key: needs.key, fold }, needs, onProgress }),
  );
  const work = async (): Promise<CrossValidation> => {
    const held = (await all(waiting)).map((one) => ({ ...one, fit: fitFromJSON(one.fit) }));
    for (let fold = held.length; fold < count; fold++) {
      const train = trainingOf<Y, Options>(plan, fold);
      const session = new Session(crew);
      const job = session.during(() =>
        estimator.start(train.x, train.y, { ...train.options, ...(onProgress && { onProgress }) }),
      );
      held.push(heldOut(plan, fold, await session.run(job, signal)));
    }
    return assemble(
      plan,
      held.map((one, fold) => scored(plan, fold, one)),
    );
  };
  try {
    return await unlessAborted(signal, waiting, work());
  } finally {
    crew.drop(needs.key);
  }
}
