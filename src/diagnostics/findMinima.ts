import { checkNumber, checkOptions } from "../check.js";
import { type MinimizeOptions, minimize } from "../minimize.js";
import type { Minimizable } from "../optimizers/objective.js";
import { random } from "../random.js";
import { type Observed, observe, say } from "./function.js";

/** One minimum that a search found. */
export interface Minimum {
  /** Where: [size]. */
  readonly parameters: Float64Array;
  /** How deep. */
  readonly value: number;
  /** From how many starts. */
  readonly found: number;
}

/** What a search for minima found. */
export interface Minima {
  /** The lowest first. */
  readonly minima: readonly Minimum[];
  /** From how many starts it looked. */
  readonly starts: number;
  /** How many of them ended in no minimum: on a plateau, a saddle, or running away. */
  readonly elsewhere: number;
  /** What that means. */
  readonly sentence: string;
}

/** Options of {@link findMinima}. */
export interface FindMinimaOptions extends Pick<MinimizeOptions, "optimizer"> {
  /** How many starts: zeros, and draws from smaller and larger boxes (default 64). */
  readonly starts?: number;
  /** Half the side of the largest box (default 10). */
  readonly spread?: number;
  /** Seed of the draws (default 0). */
  readonly seed?: number;
  /** Iterations at most from each start (default 1000). */
  readonly maxIterations?: number;
}

/**
 * Looks for the minima of an objective from many starts, and tells those apart that are not the same valley.
 *
 * Starts are zeros and seeded uniform draws from boxes of half side spread, spread/2, spread/4 and spread/8. Where a run
 * ends counts as a minimum if the value is not lower a little to either side of any coordinate, and higher somewhere.
 * Two ends are one minimum if they agree to five digits, or if the value halfway is not above both. A search proves what
 * it found, not that there is no more.
 *
 * @param objective - Of this library, or whatever `minimize` takes.
 * @param options - `starts`, `spread`, `seed`, `optimizer`, `maxIterations`.
 * @returns The `minima`, lowest first, and a sentence.
 * @throws TypeError or RangeError for options that make no sense, or what `minimize` throws.
 * @example
 * const data = dataset([[-0.5], [-1], [1], [8]], [1, 0, 1, 0]);
 * const model = models.linear({ intercept: false });
 * const { minima } = diagnostics.findMinima(objective({ data, model, loss: losses.brier() }));
 * minima.map((minimum) => minimum.parameters[0]); // → [-0.18984106, 1.27771651]
 * minima.map((minimum) => minimum.value); // → [0.21455953921, 0.38082158896]
 */
export function findMinima(objective: Minimizable, options: FindMinimaOptions = {}): Minima {
  checkOptions("options", options, ["starts", "spread", "seed", "optimizer", "maxIterations"]);
  const { starts = 64, spread = 10, seed = 0, optimizer, maxIterations = 1000 } = options;
  checkNumber("starts", starts, { min: 1, integer: true });
  checkNumber("spread", spread, { exclusiveMin: 0 });
  const observed = observe(objective);
  const source = random(seed);
  const minima: Minimum[] = [];
  let elsewhere = 0;
  for (let i = 0; i < starts; i++) {
    const half = spread / [1, 2, 4, 8][i % 4];
    const start = Float64Array.from({ length: observed.size }, () => (i === 0 ? 0 : half * (2 * source.uniform() - 1)));
    const { parameters, value } = minimize(objective, {
      start,
      maxIterations,
      ...(optimizer !== undefined && { optimizer }),
    });
    if (isMinimum(observed, parameters, value)) keep(minima, observed, parameters, value);
    else elsewhere++;
  }
  minima.sort((a, b) => a.value - b.value);
  return { minima, starts, elsewhere, sentence: sentenceOf(minima, starts, elsewhere) };
}

const NEAR = [1 / 64, 1 / 1024, 1 / 16384];

/** Not lower at either side of any coordinate, at one of some distances, and higher somewhere. */
function isMinimum({ size, at }: Observed, parameters: Float64Array, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  const moved = parameters.slice();
  return NEAR.some((fraction) => {
    let higher = false;
    for (let j = 0; j < size; j++) {
      for (const sign of [-1, 1]) {
        moved[j] = parameters[j] + sign * fraction * (1 + Math.abs(parameters[j]));
        const beside = at(moved).value;
        moved[j] = parameters[j];
        if (!(beside >= value)) return false;
        if (beside > value) higher = true;
      }
    }
    return higher;
  });
}

/** Adds a minimum, or counts it with the one that it is. */
function keep(minima: Minimum[], { at }: Observed, parameters: Float64Array, value: number): void {
  for (const [k, one] of minima.entries()) {
    const close = parameters.every((p, j) => Math.abs(p - one.parameters[j]) <= 1e-5 * (1 + Math.abs(p)));
    const between = parameters.map((p, j) => (p + one.parameters[j]) / 2);
    if (close || at(between).value <= Math.max(value, one.value)) {
      const deeper = value < one.value ? { parameters, value } : one;
      minima[k] = { parameters: deeper.parameters, value: deeper.value, found: one.found + 1 };
      return;
    }
  }
  minima.push({ parameters, value, found: 1 });
}

function sentenceOf(minima: readonly Minimum[], starts: number, elsewhere: number): string {
  const others = elsewhere === 0 ? "" : `; ${elsewhere} ended on a plateau, a saddle, or ran away`;
  if (minima.length === 0) return `No minimum from ${starts} starts${others}.`;
  if (minima.length === 1) return `One minimum from ${starts} starts, of value ${say(minima[0].value)}${others}.`;
  return (
    `${minima.length} minima from ${starts} starts, of values ${minima.map(({ value }) => say(value)).join(", ")}` +
    `${others}: where a run ends depends on where it starts, so the objective is not convex.`
  );
}
