import { expect, test } from "vitest";
import { dataset } from "../../src/dataset.js";
import { likelihoods, priors } from "../../src/index.js";
import { minimize, minimizer } from "../../src/minimize.js";
import { objective } from "../../src/objective.js";
import { newton } from "../../src/optimizers/index.js";
import { resumeMinimizer } from "../../src/resumeMinimizer.js";
import { draws } from "../support.js";

const rows = 1500;
const columns = 60;
const source = draws(31);
const x = source.normal(rows * columns);
const y = Float64Array.from({ length: rows }, (_, i) => (x[i * columns] + source.normal(1)[0] > 0 ? 1 : 0));
const target = objective({
  data: dataset(x, y, { columns }),
  likelihood: likelihoods.bernoulli(),
  prior: priors.normal({ sd: 1 }),
});

/** The target, counting evaluations by their order. */
function counted(): { counts: number[]; target: typeof target } {
  const counts = [0, 0, 0];
  const begin: typeof target.begin = (parameters, order, part) => {
    counts[order]!++;
    return target.begin(parameters, order, part);
  };
  return { counts, target: { ...target, begin } };
}

test("a Hessian of many parameters serves several steps", () => {
  const { counts, target: spied } = counted();
  const result = minimize(spied, { optimizer: newton() });
  expect(result.status).toBe("converged");
  expect(counts[2]).toBeLessThanOrEqual(3);
  expect(counts[1]).toBeLessThanOrEqual(15);
  // As good as steps with a Hessian each: another of those moves nothing that counts.
  const again = minimize(target, { optimizer: newton(), start: result.parameters });
  result.parameters.forEach((value, j) => expect(Math.abs(value - again.parameters[j]!)).toBeLessThan(3e-14));
});

test("a run stored between such steps goes on with the same bits", () => {
  const whole = minimize(target, { optimizer: newton() });
  for (const units of [1, 40, 90, 200, 300]) {
    const job = minimizer(target, { optimizer: newton() });
    job.step({ units });
    const resumed = resumeMinimizer(JSON.stringify(job), target);
    resumed.step({ units: 1e9 });
    expect(Array.from(resumed.result!.parameters)).toEqual(Array.from(whole.parameters));
    expect(resumed.result!.decrement).toBe(whole.decrement);
  }
});
