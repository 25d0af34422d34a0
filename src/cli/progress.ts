import type { Progress } from "../index.js";
import { Presets, SingleBar } from "cli-progress";

/** Progress that outlasts this many milliseconds is shown. */
const PATIENCE = 500;

/** Calls `work` with a function to tell about iterations: long work draws a line on a terminal's stderr. */
export function withProgress<T>(what: string, work: (onProgress: (progress: Progress) => void) => T): T {
  const begin = performance.now();
  let bar: SingleBar | undefined;
  try {
    return work(({ iteration, value }) => {
      if (!process.stderr.isTTY || performance.now() - begin < PATIENCE) return;
      if (bar === undefined) {
        const format = `${what}: iteration {value}, objective {objective}, {duration_formatted}`;
        bar = new SingleBar({ format, clearOnComplete: true, hideCursor: true }, Presets.legacy);
        bar.start(0, iteration, { objective: value.toPrecision(8) });
      }
      bar.update(iteration, { objective: value.toPrecision(8) });
    });
  } finally {
    bar?.stop();
  }
}
