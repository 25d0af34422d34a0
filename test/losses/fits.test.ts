/** Fits of linear models under the losses that need no kernel, against references and against each other. */
import { describe, expect, test } from "vitest";
import { dataset, erm, losses, objective, optimizers, penalties } from "../../src/index.js";
import { csv, draws, fixture, hasReference, reference, within } from "../support.js";
import { subjects } from "./subjects.js";

interface Given {
  readonly name: string;
  readonly data: string;
  readonly x_columns: string[];
  readonly y_column: string;
  readonly family: "poisson" | "gamma" | "huber";
  readonly delta?: number;
  readonly penalty?: { readonly l1: number; readonly l2: number };
  readonly params: number[];
  readonly objective: number;
}

const lossOf = ({ family, delta }: Given) => (family === "huber" ? losses.huber({ delta: delta! }) : losses[family]());

function check(given: Given): void {
  const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
  const data = dataset(table.matrix(given.x_columns), table.column(given.y_column));
  const { l1 = 0, l2 = 0 } = given.penalty ?? {};
  if (l1 > 0) return;
  const spec = { data, loss: lossOf(given), ...(l2 > 0 && { penalty: penalties.l2(l2 / data.rows) }) };
  const fit = erm(spec);
  expect(fit.status).toBe("converged");
  const got = [fit.intercept as number, ...fit.coefficients];
  given.params.forEach((want, j) => within(got[j], want, 1e-8 * Math.max(1, Math.abs(want)), `parameter ${j}`));
  const value = objective(spec).value(Float64Array.from(got)) * data.rows;
  within(value, given.objective, 1e-12 * Math.abs(given.objective));
}

describe("references", () => {
  test("diabetes, Huber", () => check(fixture<{ cases: Given[] }>("fits/robust.json").cases[0]));
});

describe.skipIf(!hasReference)("references on data that are not shipped", () => {
  const cases = hasReference
    ? ["poisson_gamma", "robust"].flatMap((name) => reference<{ cases: Given[] }>(`fits/${name}.json`).cases)
    : [];
  test.each(cases.filter(({ family, penalty }) => family in losses && !(penalty && penalty.l1 > 0)))("$name", check);
});

/** One of each convex loss whose gradient is continuous. */
const seen = new Set<string>();
const fitted = subjects.filter(({ loss, scores }) => {
  const kinked = ["hinge", "absoluteError", "quantile"].includes(loss.name);
  if (!loss.traits.convex || kinked || scores !== undefined || loss.classes > 10 || seen.has(loss.name)) return false;
  return seen.add(loss.name);
});

describe.each(fitted)("$name", (subject) => {
  const source = draws(101);
  const rows = 120;
  const X = source.normal(3 * rows);
  const y = subject.targets(rows, source);
  const weights = source.uniform(rows, 0.5, 2);
  const data = dataset(X, y, { columns: 3, weights });
  const spec = { data, loss: subject.loss, penalty: penalties.l2(0.02) };

  test("Newton and L-BFGS reach the same minimum, where the gradient vanishes", () => {
    const target = objective(spec);
    const [a, b] = [optimizers.newton(), optimizers.lbfgs()].map((optimizer) => erm(spec, { optimizer }));
    expect(a.status).toBe("converged");
    expect(b.status).toBe("converged");
    within(a.objective, b.objective, 1e-12 * (1 + Math.abs(b.objective)));
    if (subject.loss.classes > 1) return;
    const gradient = target.gradient(Float64Array.of(a.intercept as number, ...a.coefficients));
    for (const g of gradient) within(g, 0, 1e-9);
  });

  test("the value on the fit's own scores is the data term's", () => {
    if (subject.loss.classes > 1) return;
    const fit = erm(spec);
    const target = objective({ data, loss: subject.loss });
    const theta = Float64Array.of(fit.intercept as number, ...fit.coefficients);
    const value = subject.loss.value(target.bound.scores(theta), y, { weights });
    expect(value).toBe(target.value(theta));
  });
});

describe("classes that a line tells apart", () => {
  const data = (negative: number) => dataset([[-2], [-1], [1], [2]], [negative, negative, 1, 1]);

  test.each([0, -1])("exponential loss has no minimum, with %i for the first class", (negative) => {
    const fit = erm({ data: data(negative), loss: losses.exponential() });
    expect(fit.status).toBe("separated");
  });

  test.each([0, -1])("squared hinge has one", (negative) => {
    const fit = erm({ data: data(negative), loss: losses.squaredHinge(), penalty: penalties.l2(0.1) });
    expect(fit.status).toBe("converged");
  });

  test("rows that are ignored separate nothing", () => {
    const loss = losses.softmaxCrossEntropy({ classes: 2, ignoredIndex: -1 });
    const overlap = dataset([[-2], [-1], [1], [2], [0.5], [-0.5]], [0, 0, 1, 1, 0, 1]);
    expect(erm({ data: overlap, loss }).status).toBe("converged");
    const hidden = dataset([[-2], [-1], [1], [2], [0.5], [-0.5]], [0, 0, 1, 1, -1, -1]);
    expect(erm({ data: hidden, loss }).status).toBe("separated");
  });
});
