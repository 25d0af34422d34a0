import { describe, expect, test, vi } from "vitest";
import { Job, mapWork } from "../src/job.js";
import { minimize, minimizer, startMinimization, type MinimizeOptions, type Result } from "../src/minimize.js";
import { resumeMinimizer } from "../src/resumeMinimizer.js";
import { gradientDescent, lbfgs, newton } from "../src/optimizers/index.js";
import type { Minimizable } from "../src/optimizers/objective.js";
import { a3, beale, quadratic, rosenbrock, type NamedProblem } from "./optimizers/problems.js";

const everyOptimizer = [gradientDescent(), gradientDescent({ step: 0.25 }), lbfgs({ memory: 2 }), newton()];

/** Everything in a result, bit for bit. */
const bits = (result: Result): unknown => ({
  ...result,
  parameters: new BigUint64Array(result.parameters.buffer),
  gradient: new BigUint64Array(result.gradient.buffer),
});

function inUnitsOf(units: number, objective: Minimizable, options: MinimizeOptions): Result {
  const job = minimizer(objective, options);
  while (!job.step({ units }));
  return job.result;
}

describe.each(everyOptimizer)("slices of $name", (optimizer) => {
  const options = { optimizer, maxIterations: 40 };

  test("any number of units at a time gives the same bits", () => {
    const whole = bits(minimize(a3, options));
    for (const units of [1, 3, 7, 8, 1000]) expect(bits(inUnitsOf(units, a3, options))).toEqual(whole);
    const timed = minimizer(a3, options);
    while (!timed.step({ budgetMs: 0 }));
    expect(bits(timed.result)).toEqual(whole);
  });

  test("stored and resumed after any unit, it gives the same bits", () => {
    const whole = bits(minimize(a3, { ...options, maxIterations: 8 }));
    const job = minimizer(a3, { ...options, maxIterations: 8 });
    for (let done = false; !done;) {
      const text = JSON.stringify(job);
      const resumed = resumeMinimizer(text, a3);
      expect(JSON.stringify(resumed)).toBe(text);
      resumed.step({ units: Infinity });
      expect(bits(resumed.result)).toEqual(whole);
      done = job.step({ units: 1 });
    }
    const after = resumeMinimizer(JSON.parse(JSON.stringify(job)), a3);
    expect(after.done).toBe(true);
    expect(bits(after.result)).toEqual(whole);
  });

  test("stored and resumed before every single unit, it ends", () => {
    const whole = bits(minimize(rosenbrock, { ...options, start: [-1.2, 1] }));
    let job = minimizer(rosenbrock, { ...options, start: [-1.2, 1] });
    while (!job.step({ units: 1 })) job = resumeMinimizer(JSON.stringify(job), rosenbrock);
    expect(bits(job.result)).toEqual(whole);
  });
});

describe("a job", () => {
  test("has no result before it is done", () => {
    const job = minimizer(a3);
    expect(job.done).toBe(false);
    expect(() => job.result).toThrow(/not done/);
    job.step({ units: Infinity });
    expect(job.done).toBe(true);
    expect(job.result).toBe(job.result);
    expect(job.step({ units: 1 })).toBe(true);
  });

  test("does exactly the units it is told", () => {
    let units = 0;
    const counted: Minimizable = {
      ...a3,
      begin(parameters, order) {
        const inner = a3.begin!(parameters, order);
        return {
          get done() {
            return inner.done;
          },
          get value() {
            return inner.value;
          },
          gradient: inner.gradient,
          hessian: inner.hessian,
          advance(n) {
            units += n;
            return inner.advance(n);
          },
        };
      },
    };
    const job = minimizer(counted);
    for (const n of [1, 5, 20]) {
      const before = units;
      expect(job.step({ units: n })).toBe(false);
      expect(units - before).toBe(n);
    }
    const before = units;
    job.step({ budgetMs: 0 });
    expect(units - before).toBe(1);
  });

  test("aborted keeps the best iterate and stays aborted", () => {
    const job = minimizer(a3, { optimizer: lbfgs() });
    job.step({ units: 40 });
    job.abort();
    expect(job.done).toBe(true);
    expect(job.result).toMatchObject({ status: "aborted", converged: false, reason: "The run was aborted." });
    const there = minimize(a3, { start: job.result.parameters, maxIterations: 0 });
    expect(there.value).toBe(job.result.value);
    expect(job.step({ units: 5 })).toBe(true);
    expect(resumeMinimizer(JSON.stringify(job), a3).result.status).toBe("aborted");
  });

  test("aborted before the first evaluation has its start and no value", () => {
    const job = minimizer(a3, { start: [1, 2] });
    job.abort();
    expect(job.result).toMatchObject({ status: "aborted", value: NaN, gradientNorm: NaN, evaluations: 0 });
    expect(Array.from(job.result.parameters)).toEqual([1, 2]);
  });

  test("aborting a job that is done changes nothing", () => {
    const job = minimizer(a3);
    job.step({ units: Infinity });
    job.abort();
    expect(job.result.status).toBe("converged");
  });

  test("runs in the background", async () => {
    const seen: number[] = [];
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const result = await minimizer(a3, { optimizer: gradientDescent() }).run({
      budgetMs: 0,
      onProgress: (progress) => void seen.push((progress as { iteration: number }).iteration),
    });
    clearInterval(timer);
    expect(bits(result)).toEqual(bits(minimize(a3, { optimizer: gradientDescent() })));
    expect(seen).toEqual(Array.from({ length: result.iterations }, (_, k) => k + 1));
    expect(turns).toBeGreaterThan(0);
  });

  test("leaves no channel open that would keep the process alive", async () => {
    const open = (): number => process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;
    const before = open();
    for (let k = 0; k < 5; k++) await minimizer(a3).run({ budgetMs: 0 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(open()).toBeLessThanOrEqual(before);
  });

  test("without MessageChannel it runs on timers", async () => {
    vi.stubGlobal("MessageChannel", undefined);
    try {
      expect((await minimizer(a3).run({ budgetMs: 0 })).status).toBe("converged");
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("without performance it reads the date", () => {
    vi.stubGlobal("performance", undefined);
    try {
      const job = minimizer(a3);
      while (!job.step({ budgetMs: 1 }));
      expect(job.result.status).toBe("converged");
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("aborted by a signal it resolves", async () => {
    const controller = new AbortController();
    const job = minimizer(a3, {
      optimizer: gradientDescent(),
      onProgress: ({ iteration }) => iteration === 3 && controller.abort(),
    });
    const result = await job.run({ signal: controller.signal, budgetMs: 0 });
    expect(result.status).toBe("aborted");
    expect(result.iterations).toBeGreaterThanOrEqual(3);
    const early = await minimizer(a3).run({ signal: AbortSignal.abort() });
    expect(early).toMatchObject({ status: "aborted", evaluations: 0 });
  });

  test("a callback may abort it, but not step it", () => {
    const job = minimizer(a3, { onProgress: () => job.abort() });
    expect(job.step({ units: Infinity })).toBe(true);
    expect(job.result).toMatchObject({ status: "aborted", iterations: 1 });
    const nested = minimizer(a3, { onProgress: () => nested.step({ units: 1 }) });
    expect(() => nested.step({ units: Infinity })).toThrow(/inside/);
  });
});

test("work with another result has the same steps, progress and abort", async () => {
  const make = () =>
    mapWork(
      startMinimization(a3),
      ({ value }) => value,
      (json) => ({ type: "mean", json }),
    );
  const seen: number[] = [];
  const job = new Job(make());
  expect(await job.run({ onProgress: ({ iteration }) => void seen.push(iteration) })).toBe(minimize(a3).value);
  expect(seen).toEqual([1, 2, 3, 4, 5]);
  const aborted = new Job(make());
  aborted.step({ units: 9 });
  expect(JSON.parse(JSON.stringify(aborted))).toMatchObject({ type: "mean", json: { type: "minimizer" } });
  aborted.abort();
  expect(aborted.done).toBe(true);
});

describe("exceptions", () => {
  const boom = new Error("boom");

  test.each(everyOptimizer)("one thrown by the objective leaves the job as it was ($name)", (optimizer) => {
    let calls = 0;
    const failing = (every: number): Minimizable => ({
      ...beale,
      evaluate(p, g) {
        if (++calls % every === 0) throw boom;
        const value = beale.evaluate!(p, g);
        p.fill(NaN); // whatever it does to its argument
        return value;
      },
      hessian: (p, h) => h.set([2 + p[1]! * 0, 0, 2]),
    });
    const options = { optimizer, start: [1, 1], maxIterations: 6 };
    const whole = bits(minimize(failing(Infinity), options));
    const job = minimizer(failing(3), options);
    let thrown = 0;
    for (let done = false; !done;) {
      try {
        done = job.step({ units: 1 });
      } catch (error) {
        expect(error).toBe(boom);
        thrown++;
      }
    }
    expect(thrown).toBeGreaterThan(2);
    expect(bits(job.result)).toEqual(whole);
    calls = 2;
    expect(() => minimize(failing(3), options)).toThrow(boom);
  });

  test("an evaluation that threw half-way begins anew", () => {
    let units = 0;
    let begun = 0;
    const failing: Minimizable = {
      ...a3,
      begin(parameters, order) {
        begun++;
        const inner = a3.begin!(parameters, order);
        const { advance } = inner;
        inner.advance = (n) => {
          const done = advance(n); // the row is counted, then lost
          if (++units === 13) throw boom;
          return done;
        };
        return inner;
      },
    };
    const job = minimizer(failing);
    expect(() => {
      while (!job.step({ units: 1 }));
    }).toThrow(boom);
    while (!job.step({ units: 1 }));
    expect(bits(job.result)).toEqual(bits(minimize(a3)));
    expect(begun).toBe(job.result.evaluations + 1);
  });

  test("one thrown by onProgress leaves the job as it was, and each iteration is told once", () => {
    const seen: number[] = [];
    const job = minimizer(a3, {
      onProgress(progress) {
        seen.push(progress.iteration);
        throw boom;
      },
    });
    let thrown = 0;
    for (let done = false; !done;) {
      try {
        done = job.step({ units: Infinity });
      } catch {
        thrown++;
      }
    }
    const whole = minimize(a3);
    expect(bits(job.result)).toEqual(bits(whole));
    expect(thrown).toBe(whole.iterations);
    expect(seen).toEqual(Array.from({ length: whole.iterations }, (_, k) => k + 1));
  });

  test("run rejects with them, and can be called again", async () => {
    let once = true;
    const job = minimizer(a3, {
      onProgress() {
        if (once) throw boom;
      },
    });
    await expect(job.run()).rejects.toBe(boom);
    once = false;
    expect((await job.run()).status).toBe("converged");
  });
});

test("onProgress is told value, gradient norm and evaluations", () => {
  const seen: unknown[] = [];
  const result = minimize(a3, { onProgress: (progress) => void seen.push(progress) });
  expect(seen).toHaveLength(result.iterations);
  expect(seen.at(-1)).toEqual({
    iteration: result.iterations,
    value: result.value,
    gradientNorm: result.gradientNorm,
    evaluations: result.evaluations,
  });
});

describe("the forms of an objective", () => {
  const options = { optimizer: lbfgs(), start: [1, 1] };
  const whole = minimize(beale, options);
  const value = (p: Float64Array): number => beale.evaluate!(p, null);
  const fill = (p: Float64Array, g: Float64Array): void => void beale.evaluate!(p, g);
  const list = (p: Float64Array): number[] => {
    const g = new Float64Array(2);
    fill(p, g);
    return Array.from(g);
  };

  test.each<[string, Minimizable]>([
    ["value and gradient into out", { size: 2, value, gradient: fill }],
    ["value and gradient returned", { size: 2, value, gradient: list }],
    ["valueAndGradient, a number", { size: 2, valueAndGradient: (p, g) => beale.evaluate!(p, g) }],
    ["valueAndGradient, both", { size: 2, valueAndGradient: (p) => ({ value: value(p), gradient: list(p) }) }],
  ])("%s", (_, objective) => {
    expect(bits(minimize(objective, options))).toEqual(bits(whole));
  });

  test("methods keep their this", () => {
    class Bowl {
      readonly size = 1;
      readonly #centre = 3;
      evaluate(p: Float64Array, g: Float64Array | null): number {
        const gap = p[0]! - this.#centre;
        if (g !== null) g[0] = 2 * gap;
        return gap * gap;
      }
    }
    expect(minimize(new Bowl()).parameters[0]).toBe(3);
  });

  test.each<[string, object, RegExp]>([
    ["no function", { size: 2 }, /"objective" expected evaluate, valueAndGradient, or value with gradient/],
    ["no gradient", { size: 2, value }, /"objective" expected evaluate/],
    ["no number as value", { size: 2, evaluate: () => "1" }, /"objective" expected a number as its value, got "1"/],
    ["no value at all", { size: 2, evaluate() {} }, /got undefined/],
    ["a short gradient", { size: 2, value, gradient: () => [1] }, /"objective.gradient" expected .* of length 2/],
    ["a gradient of strings", { size: 2, value, gradient: () => ["1", 2] }, /expected numbers, got "1" at row 0/],
  ])("refuses %s", (_, objective, message) => {
    expect(() => minimize(objective as Minimizable)).toThrow(message);
  });
});

describe("refusals", () => {
  test("an optimiser that needs what the objective lacks", () => {
    expect(() => minimize(beale, { optimizer: newton() })).toThrow(
      expect.objectContaining({
        name: "TypeError",
        message:
          'optimizer "newton" needs "hessian", which this objective does not offer; use lbfgs or gradientDescent',
        argument: "optimizer",
        got: "newton",
      }),
    );
    const bare: Minimizable = { ...a3, capabilities: [] };
    expect(() => minimizer(bare, { optimizer: newton() })).toThrow(TypeError);
  });

  test.each<[object, RegExp]>([
    [{ tolerance: -1 }, /"tolerance" expected a finite number > 0, got -1/],
    [{ tolerance: 0 }, /"tolerance" expected .* got 0/],
    [{ tolerance: NaN }, /"tolerance" expected .* got NaN/],
    [{ tolerance: "1" }, /"tolerance" expected .* got "1"/],
    [{ maxIterations: 1.5 }, /"maxIterations" expected an integer >= 0, got 1.5/],
    [{ start: [1] }, /"start" expected an array of length 2, got an array of length 1/],
    [{ start: [1, NaN] }, /"start" expected finite numbers, got NaN at row 1/],
    [{ start: "12" }, /"start" expected an array of numbers/],
    [{ optimizer: "lbfgs" }, /"optimizer" expected an optimizer such as optimizers.lbfgs\(\), got "lbfgs"/],
    [{ optimizer: {} }, /"optimizer" expected/],
    [{ optimizer: null }, /"optimizer" expected/],
    [{ onProgress: 3 }, /"onProgress" expected a function, got 3/],
    [{ maxIteration: 3 }, /"options" expected only optimizer, start, .* got "maxIteration"/],
  ])("options %o", (options, message) => {
    expect(() => minimize(beale, options)).toThrow(message);
  });

  test.each<[unknown, RegExp]>([
    [undefined, /"objective" expected an object/],
    [{ ...beale, size: -1 }, /"objective.size" expected an integer >= 0, got -1/],
    [{ ...beale, size: "2" }, /"objective.size"/],
    [{ ...beale, totalWeight: 0 }, /"objective.totalWeight" expected a finite number > 0, got 0/],
    [{ ...beale, convex: "yes" }, /"objective.convex" expected true or false, got "yes"/],
  ])("objective %o", (objective, message) => {
    expect(() => minimize(objective as Minimizable)).toThrow(message);
  });

  test.each<[() => unknown, RegExp]>([
    [() => lbfgs({ memory: 0 }), /"memory" expected an integer >= 1 .* got 0/],
    [() => lbfgs({ history: 3 } as object), /expected only memory, preconditioner, got "history"/],
    [() => gradientDescent({ step: 0 }), /"step" expected a finite number > 0, got 0/],
    [
      () => gradientDescent({ step: "best" } as never),
      /"step" expected "armijo", "wolfe", "exact" or a number > 0, got "best"/,
    ],
    [() => newton({ damping: 1 } as never), /"newton" expected no options, got "damping"/],
  ])("optimiser options", (make, message) => {
    expect(make).toThrow(message);
  });

  test.each<[object | undefined, RegExp]>([
    [{ units: 0 }, /"units" expected an integer >= 1, got 0/],
    [{ budgetMs: -1 }, /"budgetMs"/],
    [{}, /"step" expected either units or budgetMs/],
    [{ units: 1, budgetMs: 1 }, /"step" expected either units or budgetMs/],
    [undefined, /"step" expected either units or budgetMs/],
    [{ unit: 1 }, /only units, budgetMs/],
  ])("step %o", (options, message) => {
    expect(() => minimizer(a3).step(options as never)).toThrow(message);
  });

  test("results, optimisers and their options are frozen", () => {
    const optimizer = lbfgs();
    for (const thing of [minimize(a3), optimizer, optimizer.options, optimizer.needs]) {
      expect(Object.isFrozen(thing)).toBe(true);
    }
  });
});

describe("diagnosis", () => {
  const slow = (diagnose: Minimizable["diagnose"]): NamedProblem => ({ ...a3, diagnose: diagnose! });

  test("is asked for at iterations 4, 8, 16, ... and before the end", () => {
    const asked: number[] = [];
    const values = new Map<number, number>();
    const objective = slow((p) => {
      asked.push(values.size);
      expect(p).toHaveLength(2);
      return null;
    });
    const run = (maxIterations: number): void => {
      asked.length = 0;
      values.clear();
      const onProgress = ({ iteration, value }: { iteration: number; value: number }): void =>
        void values.set(iteration, value);
      minimize(objective, { optimizer: gradientDescent({ step: 0.1 }), maxIterations, onProgress });
    };
    run(40);
    expect(asked).toEqual([4, 8, 16, 32, 40]);
    run(3);
    expect(asked).toEqual([3]);
    run(8);
    expect(asked).toEqual([4, 8]);
  });

  test("replaces status and reason, and brings its witness", () => {
    const objective = slow((p) => ({ status: "separated", reason: "Row 1.", witness: Float64Array.from(p) }));
    const result = minimize(objective, { optimizer: newton() });
    expect(result).toMatchObject({ status: "separated", reason: "Row 1.", converged: false, iterations: 4 });
    expect(result.witness).toEqual(result.parameters);
    const job = minimizer(objective, { optimizer: newton() });
    job.step({ units: Infinity });
    expect(resumeMinimizer(JSON.stringify(job), objective).result).toEqual(result);
  });

  test("comes before convergence is declared", () => {
    const converging = quadratic(2, 3);
    const result = minimize(
      { ...converging, diagnose: () => ({ status: "boundary", reason: "At the edge.", witness: null }) },
      { optimizer: newton() },
    );
    expect(result).toMatchObject({ status: "boundary", witness: null, converged: false });
  });

  test("that throws is asked again", () => {
    let calls = 0;
    const job = minimizer(
      slow(() => {
        if (++calls === 1) throw new Error("not now");
        return null;
      }),
    );
    expect(() => job.step({ units: Infinity })).toThrow("not now");
    job.step({ units: Infinity });
    expect(job.result.status).toBe("converged");
  });
});

describe("JSON", () => {
  const job = minimizer(a3, { optimizer: lbfgs({ memory: 2 }) });
  job.step({ units: 30 });
  const good = (): Record<string, unknown> => JSON.parse(JSON.stringify(job)) as Record<string, unknown>;
  const state = (): Record<string, unknown> => good()["state"] as Record<string, unknown>;

  test("holds versions, names, and infinities as strings", () => {
    expect(good()).toMatchObject({
      version: 1,
      type: "minimizer",
      optimizer: { name: "lbfgs", options: { memory: 2 } },
      problem: { size: 2, totalWeight: 8, tolerance: 1e-16, convex: true },
    });
    const fresh = JSON.parse(JSON.stringify(minimizer(a3, { start: [-0, 1] }))) as { state: unknown; point: unknown };
    expect(fresh.state).toMatchObject({ value: "NaN", parameters: ["-0", 1] });
    expect(fresh.point).toEqual(["-0", 1]);
  });

  test.each<[string, unknown, RegExp]>([
    ["no JSON", "{", /"json" expected valid JSON/],
    ["null", null, /"json" expected an object, got null/],
    ["an array", [], /"json" expected an object/],
    ["another version", { ...good(), version: 2 }, /"json.version" expected 1, got 2/],
    ["another type", { ...good(), type: "fit" }, /"json.type" expected "minimizer", got "fit"/],
    ["an extra field", { ...good(), extra: 1 }, /"json" expected only the fields .* got "extra"/],
    ["a prototype", JSON.parse('{"__proto__": {}, "version": 1}'), /"json" expected only the fields/],
    ["a missing field", { version: 1, type: "minimizer" }, /"json.optimizer" expected a value/],
    ["an unknown optimiser", { ...good(), optimizer: { name: "toString", options: {} } }, /"json.optimizer.name"/],
    ["bad optimiser options", { ...good(), optimizer: { name: "lbfgs", options: { memory: -1 } } }, /"memory"/],
    [
      "a prototype among the options",
      { ...good(), optimizer: { name: "lbfgs", options: JSON.parse('{"__proto__": {"memory": 3}}') as unknown } },
      /only memory/,
    ],
    [
      "another memory",
      { ...good(), optimizer: { name: "lbfgs", options: { memory: 3 } } },
      /pairs.steps" expected an array of length 6/,
    ],
    [
      "another size",
      { ...good(), problem: { size: 3, totalWeight: 8, tolerance: 1, convex: true } },
      /"json.problem.size" expected 2/,
    ],
    [
      "another weight",
      { ...good(), problem: { size: 2, totalWeight: 9, tolerance: 1, convex: true } },
      /"json.problem.totalWeight" expected 8/,
    ],
    [
      "a bad tolerance",
      { ...good(), problem: { size: 2, totalWeight: 8, tolerance: 0, convex: true } },
      /"json.problem.tolerance"/,
    ],
    ["a state of another kind", { ...good(), state: 3 }, /"json.state" expected an object, got 3/],
    ["a state with another field", { ...good(), state: { ...state(), x: 1 } }, /"json.state" expected only/],
    [
      "a short vector",
      { ...good(), state: { ...state(), trial: [1] } },
      /"json.state.trial" expected an array of length 2/,
    ],
    [
      "text in a vector",
      { ...good(), state: { ...state(), trial: [1, "2"] } },
      /"json.state.trial\[1\]" expected a number/,
    ],
    ["a wrong flag", { ...good(), state: { ...state(), search: 1 } }, /"json.state.search" expected an object/],
    ["a phase out of range", { ...good(), state: { ...state(), phase: 9 } }, /"json.state.phase" expected 0..5/],
    ["half an iteration", { ...good(), state: { ...state(), iteration: 0.5 } }, /"json.state.iteration"/],
    ["a bad order", { ...good(), order: 3 }, /"json.order" expected an integer from 0 to 1/],
    ["bad counts", { ...good(), passes: [1, 2] }, /"json.passes" expected three counts/],
    ["negative counts", { ...good(), passes: [1, 2, -1] }, /"json.passes\[2\]"/],
    [
      "an unknown status",
      { ...good(), outcome: { status: "fine", reason: "", witness: null } },
      /"json.outcome.status"/,
    ],
    [
      "no sentence",
      { ...good(), stopping: { status: "converged", reason: 1 } },
      /"json.stopping.reason" expected a string/,
    ],
    ["no next diagnosis", { ...good(), nextDiagnosis: 0 }, /"json.nextDiagnosis" expected an integer from 1/],
  ])("refuses %s", (_, json, message) => {
    expect(() => resumeMinimizer(json, a3)).toThrow(message);
  });

  test("refuses ring positions outside the ring", () => {
    const pairs = state()["pairs"] as object;
    for (const broken of [{ count: 3 }, { next: 2 }, { next: -1 }, { count: 0.5 }]) {
      const json = { ...good(), state: { ...state(), pairs: { ...pairs, ...broken } } };
      expect(() => resumeMinimizer(json, a3)).toThrow(RangeError);
    }
  });

  test("an optimiser of one's own is handed over", () => {
    const own = { ...lbfgs({ memory: 2 }), name: "mine" };
    const running = minimizer(a3, { optimizer: own });
    running.step({ units: 30 });
    const text = JSON.stringify(running);
    expect(() => resumeMinimizer(text, a3)).toThrow(/"json.optimizer.name" expected .*lbfgs, newton/);
    expect(() => resumeMinimizer(text, a3, { optimizer: lbfgs() })).toThrow(/expected "lbfgs", got "mine"/);
    const resumed = resumeMinimizer(text, a3, { optimizer: own });
    resumed.step({ units: Infinity });
    expect(resumed.result).toMatchObject({ status: "converged", optimizer: "mine" });
  });

  test("the job it came from goes on untouched", () => {
    const text = JSON.stringify(job);
    const resumed = resumeMinimizer(text, a3);
    resumed.step({ units: Infinity });
    expect(JSON.stringify(job)).toBe(text);
  });
});
