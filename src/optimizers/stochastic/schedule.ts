import { checkChoice, checkNumber, checkOptions, fail } from "../../check.js";
import { PI } from "../../constants.js";
import { cosOne } from "../../special/cos.js";
import { powOne } from "../../special/pow.js";

/**
 * A learning rate as a function of t, the number of steps taken so far; plain JSON.
 *
 * - `constant`: rate.
 * - `inverseTime`: rate/(1 + decay·t).
 * - `power`: rate·(1 + decay·t)^−power.
 * - `step`: rate·factor^⌊t/every⌋.
 * - `cosine`: from rate to final along half a cosine of `steps` steps, then final.
 * - `warmUp`: in `steps` equal steps up to what `then` begins with, then `then`.
 */
export type Schedule =
  | { readonly kind: "constant"; readonly rate: number }
  | { readonly kind: "inverseTime"; readonly rate: number; readonly decay: number }
  | { readonly kind: "power"; readonly rate: number; readonly decay: number; readonly power: number }
  | { readonly kind: "step"; readonly rate: number; readonly every: number; readonly factor: number }
  | { readonly kind: "cosine"; readonly rate: number; readonly final: number; readonly steps: number }
  | { readonly kind: "warmUp"; readonly steps: number; readonly then: Schedule };

/** Fields of each kind beside `kind`. */
const FIELDS: Readonly<Record<Schedule["kind"], readonly string[]>> = {
  constant: ["rate"],
  inverseTime: ["rate", "decay"],
  power: ["rate", "decay", "power"],
  step: ["rate", "every", "factor"],
  cosine: ["rate", "final", "steps"],
  warmUp: ["steps", "then"],
};

const KINDS = /*#__PURE__*/ Object.keys(FIELDS) as Schedule["kind"][];

/** Schedules inside each other at most. */
const DEEPEST = 8;

/** A frozen copy of a schedule, a number standing for a constant one. Throws a TypeError or RangeError naming the field. */
export function checkSchedule(argument: string, value: unknown, depth = 0): Schedule {
  if (typeof value === "number") {
    return Object.freeze<Schedule>({ kind: "constant", rate: checkNumber(argument, value, { exclusiveMin: 0 }) });
  }
  if (typeof value !== "object" || value === null) fail("type", argument, "a number > 0 or a schedule", value);
  const given = value as Record<string, unknown>;
  const kind = checkChoice(`${argument}.kind`, given["kind"], KINDS);
  checkOptions(argument, value, ["kind", ...FIELDS[kind]]);
  const number = (field: string, range: Parameters<typeof checkNumber>[2]): number =>
    checkNumber(`${argument}.${field}`, given[field], range);
  const count = { min: 1, integer: true } as const;
  if (kind === "warmUp") {
    if (depth >= DEEPEST) fail("range", argument, `at most ${DEEPEST} schedules inside each other`, value);
    const then = checkSchedule(`${argument}.then`, given["then"], depth + 1);
    return Object.freeze<Schedule>({ kind, steps: number("steps", count), then });
  }
  const rate = number("rate", { exclusiveMin: 0 });
  const made: Schedule =
    kind === "constant"
      ? { kind, rate }
      : kind === "inverseTime"
        ? { kind, rate, decay: number("decay", { min: 0 }) }
        : kind === "power"
          ? { kind, rate, decay: number("decay", { min: 0 }), power: number("power", { min: 0 }) }
          : kind === "step"
            ? { kind, rate, every: number("every", count), factor: number("factor", { exclusiveMin: 0, max: 1 }) }
            : { kind, rate, final: number("final", { min: 0, max: rate }), steps: number("steps", count) };
  return Object.freeze(made);
}

/** The rate of step number t, counted from 0. */
export function rateAt(schedule: Schedule, t: number): number {
  switch (schedule.kind) {
    case "constant":
      return schedule.rate;
    case "inverseTime":
      return schedule.rate / (1 + schedule.decay * t);
    case "power":
      return schedule.rate * powOne(1 + schedule.decay * t, -schedule.power);
    case "step":
      return schedule.rate * powOne(schedule.factor, Math.floor(t / schedule.every));
    case "cosine": {
      const { rate, final, steps } = schedule;
      return t >= steps ? final : final + 0.5 * (rate - final) * (1 + cosOne((PI * t) / steps));
    }
    case "warmUp": {
      const { steps, then } = schedule;
      return t < steps ? (rateAt(then, 0) * (t + 1)) / (steps + 1) : rateAt(then, t - steps);
    }
  }
}

/** The largest rate there is. */
export function largestRate(schedule: Schedule): number {
  return schedule.kind === "warmUp" ? largestRate(schedule.then) : schedule.rate;
}

/** A schedule as its user writes it: a constant one is a number. */
export function plainSchedule(schedule: Schedule): number | Schedule {
  return schedule.kind === "constant" ? schedule.rate : schedule;
}
