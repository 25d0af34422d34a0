import { describe, expect, test } from "vitest";
import { dataset, fitter, inference, penalties, priors, resume, softmaxRegression } from "../../src/index.js";
import { bits, draws, expectBits, within } from "../support.js";

describe("the class that others are compared with", () => {
  const source = draws(402);
  const rows = 90;
  const x = Array.from({ length: rows }, () => Array.from(source.normal(2)));
  const y = Array.from(source.classes(rows, 3), (k) => ["low", "mid", "top"][k]);
  const first = softmaxRegression(x, y);

  test.each([
    ["low", 0],
    ["mid", 1],
    ["top", 2],
  ])("%s: its row is 0, the others are differences to it, and nothing predicted changes", (reference, place) => {
    const fit = softmaxRegression(x, y, { reference });
    expect(Array.from(fit.coefficients.subarray(2 * place, 2 * place + 2))).toEqual([0, 0]);
    expect(fit.intercepts[place]).toBe(0);
    for (let k = 0; k < 3; k++) {
      within(fit.intercepts[k], first.intercepts[k] - first.intercepts[place], 1e-12);
      for (let j = 0; j < 2; j++) {
        const difference = first.coefficients[2 * k + j] - first.coefficients[2 * place + j];
        within(fit.coefficients[2 * k + j], difference, 1e-12);
      }
    }
    const own = fit.predictProbabilities(x);
    first.predictProbabilities(x).forEach((p, i) => within(own[i], p, 1e-13));
    const table = inference(
      fit,
      dataset(
        x,
        y.map((label) => ["low", "mid", "top"].indexOf(label)),
      ),
    );
    expect(table.rows.map((row) => row.class)).not.toContain(reference);
    expect(table.rows).toHaveLength(6);
    const job = fitter(softmaxRegression, x, y, { reference });
    job.step({ units: 3 });
    const again = resume(JSON.stringify(job), { x, y });
    while (!again.step({ units: 5 }));
    expectBits(bits(again.result.coefficients), bits(fit.coefficients));
  });

  test("standard errors are those of the differences", () => {
    const data = dataset(
      x,
      y.map((label) => ["low", "mid", "top"].indexOf(label)),
    );
    const errorOf = (reference: string, name: string, column: string): number =>
      inference(softmaxRegression(x, y, { reference }), data).rows.find(
        (row) => row.class === name && row.name === column,
      )!.standardError!;
    // Of low against top as of top against low.
    within(errorOf("top", "low", "x0"), errorOf("low", "top", "x0"), 1e-12);
  });

  test("is refused where it is none, or where all classes have coefficients", () => {
    expect(() => softmaxRegression(x, y, { reference: "none" })).toThrow(
      /"reference" expected one of the classes low, mid, top, got "none"/,
    );
    const refused = /"reference" expected nothing beside a prior or penalty/;
    expect(() => softmaxRegression(x, y, { reference: "mid", penalty: penalties.l2(1) })).toThrow(refused);
    expect(() => softmaxRegression(x, y, { reference: "mid", prior: priors.normal({ sd: 1 }) })).toThrow(refused);
    expect(softmaxRegression(x, y, { reference: "mid", prior: priors.flat() }).intercepts[1]).toBe(0);
  });
});
