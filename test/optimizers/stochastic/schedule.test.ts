import { describe, expect, it } from "vitest";
import { type Schedule, checkSchedule, largestRate, rateAt } from "../../../src/optimizers/stochastic/schedule.js";
import { sgd } from "../../../src/optimizers/index.js";

const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((t) => rateAt(checkSchedule("learningRate", schedule), t));

function close(got: readonly number[], expected: readonly number[]): void {
  expected.forEach((rate, i) => expect(got[i]).toBeCloseTo(rate, 15));
}

describe("schedules", () => {
  it("are the functions of t they say", () => {
    close(rates({ kind: "constant", rate: 0.5 }, [0, 9]), [0.5, 0.5]);
    close(rates({ kind: "inverseTime", rate: 1, decay: 0.5 }, [0, 2, 6]), [1, 0.5, 0.25]);
    close(rates({ kind: "power", rate: 1, decay: 1, power: 0.75 }, [0, 15]), [1, 0.125]);
    close(rates({ kind: "step", rate: 1, every: 3, factor: 0.5 }, [0, 2, 3, 8, 9]), [1, 1, 0.5, 0.25, 0.125]);
    close(rates({ kind: "cosine", rate: 1, final: 0.2, steps: 4 }, [0, 2, 4, 99]), [1, 0.6, 0.2, 0.2]);
    expect(rates({ kind: "cosine", rate: 1, final: 0, steps: 4 }, [1])[0]).toBeCloseTo(0.5 + Math.SQRT1_2 / 2, 15);
  });

  it("compose: a warm-up leads to where the next one begins", () => {
    const schedule: Schedule = { kind: "warmUp", steps: 3, then: { kind: "inverseTime", rate: 2, decay: 1 } };
    close(rates(schedule, [0, 1, 2, 3, 4]), [0.5, 1, 1.5, 2, 1]);
    expect(largestRate(checkSchedule("learningRate", schedule))).toBe(2);
  });

  it("are copied, and frozen", () => {
    const given = { kind: "constant" as const, rate: 1 };
    const copy = checkSchedule("learningRate", given);
    given.rate = 5;
    expect(copy).toEqual({ kind: "constant", rate: 1 });
    expect(Object.isFrozen(copy)).toBe(true);
  });

  it.each([
    [0, '"learningRate" expected a finite number > 0, got 0'],
    [NaN, '"learningRate" expected a finite number > 0, got NaN'],
    [null, undefined],
    ["fast", '"learningRate" expected a number > 0 or a schedule, got "fast"'],
    [{ kind: "linear" }, '"learningRate.kind" expected "constant" or'],
    [{ kind: "step", rate: 1, every: 0.5, factor: 0.5 }, '"learningRate.every" expected an integer >= 1, got 0.5'],
    [{ kind: "step", rate: 1, every: 2, factor: 2 }, '"learningRate.factor"'],
    [{ kind: "cosine", rate: 1, final: 2, steps: 3 }, '"learningRate.final" expected a finite number >= 0 and <= 1'],
    [{ kind: "constant", rate: 1, decay: 1 }, '"learningRate" expected only kind, rate, got "decay"'],
    [{ kind: "warmUp", steps: 3 }, '"learningRate.then" expected a number > 0 or a schedule, got undefined'],
  ])("refuses %o by name", (schedule, message) => {
    if (schedule === null) return expect(() => sgd({ learningRate: null as never })).toThrow(TypeError);
    expect(() => sgd({ learningRate: schedule as never })).toThrow(message);
  });

  it("refuses one that holds itself", () => {
    const endless = { kind: "warmUp", steps: 1 } as { kind: "warmUp"; steps: number; then?: unknown };
    endless.then = endless;
    expect(() => sgd({ learningRate: endless as never })).toThrow(/at most 8 schedules/);
  });
});
