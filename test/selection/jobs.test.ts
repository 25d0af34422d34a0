import { afterEach, describe, expect, test } from "vitest";
import {
  type PathOptions,
  type SelectPenaltyOptions,
  backend,
  fitter,
  likelihoods,
  random,
  regularizationPath,
  selectPenalty,
} from "../../src/index.js";

const forced = process.env["SURPRISAL_BACKEND"] as "wasm" | "typescript";
afterEach(() => backend.use(forced));

const generator = random(11);
const rows = 24;
/** More columns than are screened from, and few. */
const wide = Array.from({ length: rows }, () => Array.from({ length: 104 }, () => 2 * generator.uniform() - 1));
const narrow = wide.map((row) => row.slice(0, 4));
const y = wide.map(([a, b, c], i) => 2 * a! - b! + 0.3 * c! + 0.2 * ((i % 5) - 2));
const labels = y.map((value, i) => (i % 6 === 0 ? "no" : value > 0 ? "yes" : "no"));

const text = (value: unknown): string => JSON.stringify(value);

const paths: readonly (readonly [string, number[][], ArrayLike<string | number>, PathOptions])[] = [
  ["lasso of few columns", narrow, y, { values: 5 }],
  ["elastic net of screened columns", wide, y, { values: 4, alpha: 0.7, ratio: 0.3 }],
  ["labels", narrow, labels, { values: [0.1, 0.02, 0.01], likelihood: likelihoods.bernoulli(), standardize: true }],
];

describe.each(paths)("the path of %s as a job", (_, x, targets, options) => {
  const whole = regularizationPath(x, targets, options);

  test("stored at any point it goes on with the same bits, on the other backend too", () => {
    const job = fitter(regularizationPath, x, targets, options);
    for (let k = 0; !job.done; k++) {
      backend.use(k % 2 === 0 ? "typescript" : "wasm");
      const stored = text(job);
      const resumed = regularizationPath.resume(k % 3 === 0 ? stored : JSON.parse(stored), x, targets, options);
      expect(text(resumed)).toBe(stored);
      while (!resumed.step({ units: 50 }));
      expect(text(resumed.result)).toBe(text(whole));
      backend.use(forced);
      job.step({ units: 7 });
      if (k > 0) for (let more = 0; more < 60 && !job.done; more++) job.step({ units: 7 });
    }
    expect(text(job.result)).toBe(text(whole));
    const again = regularizationPath.resume(text(job), x, targets, options);
    while (!again.step({ units: 1 }));
    expect(text(again.result)).toBe(text(whole));
  });

  test("aborted it has the fits that it came to", () => {
    const job = fitter(regularizationPath, x, targets, options);
    expect(() => job.result).toThrow(/not done/);
    let done = 0;
    const watched = fitter(regularizationPath, x, targets, { ...options, onProgress: (told) => (done = told.done) });
    while (done < 2) watched.step({ units: 1 });
    watched.abort();
    expect([watched.done, watched.result.complete, watched.result.fits.length]).toEqual([true, false, 2]);
    expect(text(watched.result.fits)).toBe(text(whole.fits.slice(0, 2)));
    expect(watched.result.lambda).toEqual(whole.lambda.slice(0, 2));
    watched.abort();
    job.abort();
    expect([job.result.complete, job.result.fits.length, job.result.lambdaMax]).toEqual([false, 0, NaN]);
    expect(whole.complete).toBe(true);
  });
});

describe("a choice of the penalty as a job", () => {
  const options: SelectPenaltyOptions = { values: 4, folds: 3, seed: 2, ratio: 0.05 };
  const whole = selectPenalty(narrow, y, options);

  test("stored at any point it goes on with the same bits, on the other backend too", () => {
    const job = fitter(selectPenalty, narrow, y, options);
    for (let k = 0; !job.done; k++) {
      backend.use(k % 2 === 0 ? "typescript" : "wasm");
      const stored = text(job);
      const resumed = selectPenalty.resume(stored, narrow, y, options);
      expect(text(resumed)).toBe(stored);
      while (!resumed.step({ units: 50 }));
      expect(text(resumed.result)).toBe(text(whole));
      backend.use(forced);
      job.step({ units: 101 });
    }
    expect(text(job.result)).toBe(text(whole));
  });

  test("aborted it chooses by the folds that were done, or says that there are too few", async () => {
    let done = 0;
    const job = fitter(selectPenalty, narrow, y, { ...options, onProgress: () => done++ });
    while (done < 13) job.step({ units: 1 });
    job.abort();
    expect(job.result.complete).toBe(false);
    expect(job.result.path.complete).toBe(true);
    expect(job.result.mean.every(Number.isFinite)).toBe(true);
    const early = fitter(selectPenalty, narrow, y, options);
    early.step({ units: 3 });
    early.abort();
    expect(early.done).toBe(true);
    expect(() => early.result).toThrow("aborted before two folds were scored");
    const path = await fitter(regularizationPath, narrow, y, { values: 3 }).run({ signal: { aborted: true } });
    expect(path.complete).toBe(false);
  });

  test("refuses other data, other options, and what is no such job", () => {
    const job = fitter(selectPenalty, narrow, y, options);
    job.step({ units: 200 });
    const stored = job.toJSON() as Record<string, unknown>;
    const resume =
      (json: unknown, more: object = {}, targets = y) =>
      () =>
        selectPenalty.resume(json, narrow, targets, { ...options, ...more });
    expect(resume(stored, { seed: 3 })).toThrow('"json.started" expected data and options of this job');
    expect(resume(stored, { alpha: 0.5 })).toThrow('"json.started"');
    expect(
      resume(
        stored,
        {},
        y.map((value) => value + 1),
      ),
    ).toThrow('"json.started"');
    expect(resume("{")).toThrow('"json" expected valid JSON');
    expect(resume({ ...stored, version: 2 })).toThrow('"json.version" expected 1');
    expect(resume({ ...stored, costs: 3 })).toThrow('"json.costs" expected an array of costs');
    expect(resume({ ...stored, costs: [{}, {}, {}, {}] })).toThrow('"json.costs" expected at most 3 folds');
    expect(resume({ ...stored, path: { lambda: [] } })).toThrow('"json.path.lambdaMax" expected a value');
    expect(resume({ ...stored, more: 1 })).toThrow("only the fields");
    const path = fitter(regularizationPath, narrow, y, { values: 3 });
    path.step({ units: 300 });
    const half = path.toJSON() as { state: Record<string, unknown> };
    const read = (state: object) => () =>
      regularizationPath.resume({ ...half, state: { ...half.state, ...state } }, narrow, y, { values: 3 });
    expect(read({ parameters: [1] })).toThrow('"json.state.parameters" expected an array of length 5');
    expect(read({ fits: [{}] })).toThrow("json");
    expect(read({ fits: [1, 2, 3, 4] })).toThrow('"json.state.fits" expected at most 3 fits');
    expect(() => regularizationPath.resume(stored, narrow, y, { values: 3 })).toThrow('"path"');
  });
});
