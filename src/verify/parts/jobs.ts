import type { Job, Progress } from "../../index.js";
import { type Part, entry } from "../entry.js";
import { classification, ordinary } from "../inputs.js";

function finish<T>(job: Job<T, Progress>, units: number): T {
  while (!job.step({ units }));
  return job.result;
}

/** Work in slices, stored, and taken up again. */
export const jobs: Part = function* (library) {
  const { random, dataset, objective, losses, penalties, optimizers } = library;
  const { minimizer, resumeMinimizer, fitter, fitFromJSON } = library;
  const { linearRegression, logisticRegression, softmaxRegression } = library;
  const generator = random(11);
  const { x, y } = classification(generator, 300, 3, 2);
  const data = dataset(x, y, { columns: 3 });
  const target = objective({ data, loss: losses.binaryCrossEntropy(), penalty: penalties.l2(0.1) });
  const job = minimizer(target, { optimizer: optimizers.lbfgs(), start: ordinary(generator, target.size) });
  job.step({ units: 5 });
  const stored = JSON.stringify(job);
  const { parameters, value, iterations } = finish(job, 3);
  yield entry("a minimisation in slices", "minimizer(objective).step({ units: 3 })", parameters, value, iterations);
  const resumed = finish(resumeMinimizer(stored, target), 7);
  const again = [resumed.parameters, resumed.value, resumed.iterations];
  yield entry("a minimisation resumed", "resumeMinimizer(json, objective)", ...again);

  const labels = Array.from(y, (k) => ["no", "yes"][k]);
  const made = {
    linearRegression: finish(fitter(linearRegression, x, y, { columns: 3 }), 1),
    logisticRegression: finish(fitter(logisticRegression, x, labels, { columns: 3 }), 2),
    softmaxRegression: finish(fitter(softmaxRegression, x, labels, { columns: 3 }), 3),
  };
  for (const [name, fit] of Object.entries(made)) {
    yield entry(`${name} in slices`, `fitter(${name}, X, y)`, fit.coefficients, fit.intercepts, fit.iterations);
    const loaded = fitFromJSON(JSON.stringify(fit));
    const predicted = loaded.predict(x).join();
    yield entry(`${name} from JSON`, "fitFromJSON(json)", loaded.coefficients, loaded.scores(x), predicted);
  }

  const drawn = random(12, 3);
  drawn.uint32();
  const taken = random.from(JSON.stringify(drawn));
  const shuffled = taken.shuffle(Float64Array.from({ length: 100 }, (_, i) => i));
  yield entry("random numbers resumed", "random.from(json).shuffle(array)", shuffled);
};
