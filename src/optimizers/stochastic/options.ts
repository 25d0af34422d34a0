import { joined } from "../../joined.js";
import { checkNumber, checkOptions, fail } from "../../check.js";
import { type Schedule, checkSchedule, plainSchedule } from "./schedule.js";

/** Options of every stochastic optimiser. */
export interface BatchOptions {
  /**
   * Rows in a step, at most as many as there are; of an objective with "rows". Without it every step takes the whole
   * objective, which may then be any function.
   */
  readonly batchSize?: number;
  /** Seed of the order of the rows, an integer 0 .. 2⁵³ − 1 (default 0). */
  readonly seed?: number;
  /** Passes over the data at most (default 100 with `batchSize`; without it only `maxIterations` counts). */
  readonly epochs?: number;
  /** Report the mean of the iterates after this many epochs, ≥ 0, instead of the last one (Polyak averaging). */
  readonly averageFrom?: number;
  /** Gradients with a larger Euclidean norm are scaled down to it. */
  readonly clipNorm?: number;
  /** Entries of gradients are cut to ± this. */
  readonly clipValue?: number;
  /** Share of the rows, between 0 and 1, that are held out to watch the loss; the epoch with the lowest is kept. */
  readonly validation?: number;
  /** Stop after this many epochs without a lower objective, or with `validation` a lower loss of the rows held out. */
  readonly patience?: number;
}

/** Options of stochastic optimisers with a learning rate. */
export interface StochasticOptions extends BatchOptions {
  /** The learning rate: a number > 0, or a schedule of it. */
  readonly learningRate?: number | Schedule;
}

/** The options in force, those that were not given as null. */
export interface Common {
  readonly schedule: Schedule;
  readonly batchSize: number | null;
  readonly seed: number;
  readonly epochs: number | null;
  readonly averageFrom: number | null;
  readonly clipNorm: number | null;
  readonly clipValue: number | null;
  readonly validation: number | null;
  readonly patience: number | null;
}

export const BATCH_OPTIONS: readonly (keyof BatchOptions)[] = /*#__PURE__*/ joined<keyof BatchOptions>(
  ["batchSize", "seed", "epochs", "averageFrom"],
  ["clipNorm", "clipValue", "validation", "patience"],
);

const DEFAULT_EPOCHS = 100;

/** Checks the names of all options and the values of the common ones. */
export function readOptions(
  name: string,
  options: StochasticOptions,
  own: readonly string[],
  rate: number | null,
): Common {
  if (options === null) fail("type", name, "an object of options", options);
  checkOptions(name, options, [...(rate === null ? [] : ["learningRate"]), ...BATCH_OPTIONS, ...own]);
  const optional = (key: keyof BatchOptions, range: Parameters<typeof checkNumber>[2]): number | null =>
    options[key] === undefined ? null : checkNumber(key, options[key], range);
  const count = { min: 1, integer: true } as const;
  const batchSize = optional("batchSize", count);
  const validation = optional("validation", { exclusiveMin: 0, exclusiveMax: 1 });
  const epochs = optional("epochs", { ...count, max: 0xffff_ffff });
  return {
    schedule: checkSchedule("learningRate", options.learningRate === undefined ? (rate ?? 1) : options.learningRate),
    batchSize,
    seed: optional("seed", { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true }) ?? 0,
    epochs: epochs ?? (batchSize === null ? null : DEFAULT_EPOCHS),
    averageFrom: optional("averageFrom", { min: 0, integer: true }),
    clipNorm: optional("clipNorm", { exclusiveMin: 0 }),
    clipValue: optional("clipValue", { exclusiveMin: 0 }),
    validation,
    patience: optional("patience", count),
  };
}

/** The options as plain JSON, enough to make the optimiser again. */
export function storedOptions(
  { schedule, ...common }: Common,
  own: Readonly<Record<string, number | boolean>>,
  rate: number | null,
): Readonly<Record<string, number | boolean | Schedule>> {
  const given = Object.entries(common).filter(([, value]) => value !== null) as [string, number][];
  const learningRate = rate === null ? {} : { learningRate: plainSchedule(schedule) };
  return Object.freeze({ ...learningRate, ...own, ...Object.fromEntries(given) });
}
