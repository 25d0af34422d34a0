import { expect, it } from "vitest";
import { dataset, likelihoods, logisticRegression, losses } from "../../src/index.js";
import { workerPool } from "../../src/parallel/index.js";
import { anything } from "../hostile/values.js";
import { poolOf } from "./worker.js";

const X = [
  [1, 2],
  [3, -4],
  [-5, 6],
  [7, 8.5],
  [0, 1],
  [2, 2],
];
const y = [0, 1, 0, 1, 1, 0];
const families = { likelihood: likelihoods.bernoulli(), values: [0.3, 0.1], folds: 2 };

/** A call of each method with valid arguments, and which of these may be left out or be anything. */
const calls: Readonly<
  Record<"fit" | "minimize" | "crossValidate" | "regularizationPath" | "selectPenalty", unknown[]>
> = {
  fit: [logisticRegression, X, y, {}, {}],
  minimize: [{ data: dataset(X, y), loss: losses.binaryCrossEntropy(), penalty: undefined }, { maxIterations: 3 }, {}],
  crossValidate: [logisticRegression, X, y, {}, { folds: 2 }, {}],
  regularizationPath: [X, y, { likelihood: families.likelihood, values: [0.3, 0.1] }, {}],
  selectPenalty: [X, y, families, {}],
};

it.each(Object.entries(calls))(
  "%s rejects what it is not made for, by the name of the argument",
  async (method, valid) => {
    const pool = poolOf(2) as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
    const wrong: string[] = [];
    let refused = 0;
    for (let position = 0; position < valid.length; position++) {
      for (const [kind, value] of Object.entries(anything)) {
        const given = valid.map((own, k) => (k === position ? value() : own));
        let promise: Promise<unknown>;
        try {
          promise = pool[method]!(...given);
        } catch (error) {
          wrong.push(`${position} ${kind} throws ${String(error)}`);
          continue;
        }
        const error = await promise.then(
          () => null,
          (reason: unknown) => reason as Error,
        );
        if (error === null) continue;
        refused++;
        const named = error instanceof TypeError || error instanceof RangeError;
        if (!named || !("argument" in error) || !/^"[^"]+" (expected|needs) /.test(error.message)) {
          wrong.push(`${position} ${kind} rejects with ${String(error)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(valid.length * 10);
    // The workers are there for others still.
    await expect(pool[method]!(...valid)).resolves.toBeDefined();
  },
);

it("workerPool refuses options and makes no worker", () => {
  for (const [kind, value] of Object.entries(anything)) {
    for (const given of [value(), { size: value() }, { worker: value() }]) {
      try {
        workerPool(given as never).close();
      } catch (error) {
        expect(error, kind).toMatchObject({ argument: expect.stringMatching(/^(options|size|worker)$/) as string });
      }
    }
  }
});
