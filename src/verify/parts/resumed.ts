import type { Estimator, Fit } from "../../index.js";
import { type Entry, type Part, entry } from "../entry.js";
import { classification } from "../inputs.js";

/** Fits stored in the middle and taken up again, and checked against their data. */
export const resumed: Part = function* (library) {
  const { random, dataset, fitter, resume, verify, linearRegression, logisticRegression, priors } = library;
  const { x, y } = classification(random(41), 200, 3, 2);
  const one = function* (name: string, estimator: unknown, options: object): Generator<Entry, void> {
    const job = fitter(estimator as Estimator<Float64Array, object>, x, y, { columns: 3, ...options });
    job.step({ units: 4 });
    const data = dataset(x, y, { columns: 3 });
    const again = resume(JSON.stringify(job), { data });
    while (!again.step({ units: 3 }));
    const { coefficients, intercepts, objective, iterations, passes, certificate }: Fit = again.result;
    const { kind, value, bound } = certificate;
    const numbers = [coefficients, intercepts, objective, iterations, passes, kind, value, bound];
    yield entry(`${name} resumed`, "resume(json, { data })", ...numbers);
    const checked = verify(again.result, data);
    const found = [checked.optimal, checked.certificate.value, checked.certificate.bound];
    yield entry(`${name} checked`, "verify(fit, data)", ...found);
  };
  yield* one("linearRegression", linearRegression, {});
  yield* one("logisticRegression", logisticRegression, { prior: priors.studentT({ df: 4, scale: 2 }) });
};
