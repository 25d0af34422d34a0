import type { Estimator, Fit } from "../../index.js";
import { type Entry, type Part, entry } from "../entry.js";
import { classification } from "../inputs.js";

/** Fits stored in the middle and taken up again. */
export const resumed: Part = function* (library) {
  const { random, dataset, fitter, resume, linearRegression, logisticRegression, priors } = library;
  const { x, y } = classification(random(41), 200, 3, 2);
  const one = (name: string, estimator: unknown, options: object): Entry => {
    const job = fitter(estimator as Estimator<Float64Array, object>, x, y, { columns: 3, ...options });
    job.step({ units: 4 });
    const again = resume(JSON.stringify(job), { data: dataset(x, y, { columns: 3 }) });
    while (!again.step({ units: 3 }));
    const { coefficients, intercepts, objective, iterations, passes, certificate }: Fit = again.result;
    const { kind, value, bound } = certificate;
    const numbers = [coefficients, intercepts, objective, iterations, passes, kind, value, bound];
    return entry(`${name} resumed`, "resume(json, { data })", ...numbers);
  };
  yield one("linearRegression", linearRegression, {});
  yield one("logisticRegression", logisticRegression, { prior: priors.studentT({ df: 4, scale: 2 }) });
};
