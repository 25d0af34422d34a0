import type { Dataset } from "./dataset.js";
import type { Loss } from "./losses/loss.js";

/** Scores at which the slope of a loss shows where it falls without end: the largest at which it is not 0. */
const FAR = [600, 30, 3] as const;

/** A slope is gone if it is smaller than that at the other end by this factor. */
const GONE = 1e-6;

/** Rows between two yields. */
const ROWS = 512;

/**
 * Where a loss of one score a row falls for ever as the score of a row with this target goes to infinity: [rows × outputs],
 * 1, −1, or 0 where it rises at last on both sides, or has its minimum. Null if it does so nowhere.
 *
 * Losses that declare themselves separable fall towards the class; of others the slopes far out tell.
 */
export function* pullsOf(loss: Loss, { rows, targets }: Dataset): Generator<void, Int8Array | null> {
  const y = loss.kernels(rows, targets!).fractions ?? targets!;
  const pulls = new Int8Array(y.length);
  let any = false;
  const note = (i: number, pull: number): void => {
    pulls[i] = pull;
    if (pull !== 0) any = true;
  };
  if (loss.separable) {
    // Classes are 0 and 1, or −1 and 1; fractions lie between.
    for (let i = 0; i < y.length; i++) note(i, y[i] <= 0 ? -1 : y[i] >= 1 ? 1 : 0);
    return pulls;
  }
  const known = new Map<number, number>();
  const slope = slopesOf(loss, rows, targets!);
  for (let i = 0; i < rows; i++) {
    if (i % ROWS === ROWS - 1) yield;
    let pull = known.get(y[i]);
    if (pull === undefined) {
      pull = pullOf(slope, i);
      if (known.size < ROWS) known.set(y[i], pull);
    }
    note(i, pull);
  }
  return any ? pulls : null;
}

/** The slope of a row's loss at a score. */
function slopesOf(loss: Loss, rows: number, targets: Float64Array): (row: number, score: number) => number {
  const { loss: kernel, width, targets: own = targets } = loss.kernels(rows, targets);
  const one = Float64Array.of(1);
  const at = new Float64Array(1);
  const out = new Float64Array(1);
  const node = new Float64Array(2);
  return (row, score) => {
    at[0] = score;
    kernel.twin(1, 1, 0, at, own.subarray(row * width, (row + 1) * width), one, out, 1, node);
    return out[0];
  };
}

function pullOf(slope: (row: number, score: number) => number, row: number): number {
  const far = (sign: number): number => {
    for (const score of FAR) {
      const found = slope(row, sign * score);
      if (found !== 0) return found;
    }
    return 0;
  };
  const up = far(1);
  const down = far(-1);
  if (up < 0 && -up <= GONE * -down) return 1;
  if (down > 0 && down <= GONE * up) return -1;
  return 0;
}
