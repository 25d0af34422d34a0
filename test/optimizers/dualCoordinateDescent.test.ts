import { describe, expect, test } from "vitest";
import {
  type Loss,
  dataset,
  losses,
  minimize,
  minimizer,
  models,
  objective,
  optimizers,
  penalties,
  priors,
  random,
  resumeMinimizer,
} from "../../src/index.js";
import { bits, expectBits, within } from "../support.js";

const generator = random(41);
const next = (): number => generator.uniform() + generator.uniform() - 1;
const x = Array.from({ length: 60 }, () => [next(), next() + 5, 3 * next()]);
const sides = x.map(([a, b, c]) => Number(a - b + c + 5 + next() > 0));
const numbers = x.map(([a, b, c]) => a - 2 * b + 0.1 * c + next());
const weights = x.map((_, i) => (i % 7 === 0 ? 0 : 1 + (i % 3)));
const dual = optimizers.dualCoordinateDescent();

const subjects: readonly (readonly [string, Loss, number[]])[] = [
  ["hinge", losses.hinge(), sides],
  ["squared hinge", losses.squaredHinge(), sides],
  ["absolute error", losses.absoluteError(), numbers],
  ["quantile", losses.quantile({ level: 0.2 }), numbers],
];

describe.each(subjects)("%s", (_, loss, y) => {
  test.each([true, false])("agrees with the direct methods, intercept %s", (intercept) => {
    const model = models.linear({ intercept });
    const prior = priors.normal({ sd: 0.7, mean: 0.2 });
    const data = dataset(x, y, { weights, offset: x.map(([a]) => a / 3) });
    const target = objective({ data, model, loss, penalty: prior.penalty({ totalWeight: data.totalWeight }) });
    const direct = minimize(target);
    const result = minimize(target, { optimizer: dual });
    expect(result.status).toBe("converged");
    expect(result.certificate.kind).toBe("duality-gap");
    const scale = Math.abs(direct.value);
    // The gap bounds what is left; the value never undercuts the minimum.
    expect(result.value - direct.value).toBeLessThanOrEqual(
      result.certificate.value / target.totalWeight + 1e-14 * scale,
    );
    expect(result.value).toBeGreaterThanOrEqual(direct.value * (1 - 1e-14));
    result.parameters.forEach((value, j) => within(value, direct.parameters[j], 2e-4));
  });
});

test("a free intercept is not penalised: columns and targets may lie anywhere", () => {
  const loss = losses.absoluteError();
  const penalty = penalties.l2(0.1);
  const near = minimize(objective({ data: dataset(x, numbers), loss, penalty }), { optimizer: dual });
  const far = minimize(
    objective({
      data: dataset(
        x.map((row) => row.map((value) => value + 100)),
        numbers.map((value) => value + 1000),
      ),
      loss,
      penalty,
    }),
    { optimizer: dual },
  );
  expect(far.status).toBe("converged");
  within(far.value, near.value, 1e-9);
});

test("is chosen for many columns, and refuses what it does not minimise", () => {
  const wide = Float64Array.from({ length: 40 * 400 }, next);
  const y = Float64Array.from({ length: 40 }, (_, i) => Number(wide[400 * i] > 0));
  const data = dataset(wide, y, { columns: 400 });
  const result = minimize(objective({ data, loss: losses.hinge(), penalty: penalties.l2(1) }));
  expect(result.choice).toBe("dualCoordinateDescent, because the loss has kinks and 401 parameters are more than 300.");
  expect(result.status).toBe("converged");
  const small = dataset(x, sides);
  const refusal = (penalty: ReturnType<typeof penalties.l2>, message: string): void => {
    const target = objective({ data: small, loss: losses.hinge(), penalty });
    expect(() => minimize(target, { optimizer: dual })).toThrow(message);
    expect(minimize(target).optimizer).toBe("interiorPoint");
  };
  refusal(penalties.l1(1), "holds absolute values (an L1 part); use interiorPoint");
  refusal(
    penalties.l2(0),
    '"penalty" expected penalties.l2 or a normal prior for dualCoordinateDescent; use interiorPoint',
  );
});

test("any slicing, and storing at any point, gives the same bits; another seed another way there", () => {
  const given = { data: dataset(x, sides), loss: losses.hinge(), penalty: penalties.l2(0.3) };
  const whole = minimize(objective(given), { optimizer: dual });
  const job = minimizer(objective(given), { optimizer: dual });
  job.step({ units: 21 });
  const resumed = resumeMinimizer(JSON.stringify(job), objective(given));
  while (!resumed.step({ units: 3 }));
  expectBits(bits(resumed.result.parameters), bits(whole.parameters));
  const other = minimize(objective(given), { optimizer: optimizers.dualCoordinateDescent({ seed: 7 }) });
  expect(bits(other.parameters)).not.toBe(bits(whole.parameters));
  within(other.value, whole.value, 1e-10);
});
