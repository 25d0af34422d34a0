import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import { decodeDocument } from "../json.js";
import type { Progress } from "../minimize.js";
import type { FitWork } from "./fitWork.js";
import type { Fit } from "./fit.js";
import type { Label } from "./labels.js";

/** What a fit is made of that is no minimisation. */
export interface Steps {
  readonly classes: readonly Label[] | null;
  /** Makes the fit, yielding between small pieces: a pure function of the data, begun again where it is stored. */
  steps(): Generator<void, Fit>;
  /** The fit where it is ended early. */
  aborted(): Fit;
  /** Gives back what the fit owns. */
  release(): void;
  /** All that is needed to begin again. */
  toJSON(): unknown;
}

/** The work of a fit in steps. */
export function stepsWork({ classes, steps, aborted, release, toJSON }: Steps): FitWork {
  let running: Generator<void, Fit> | null = null;
  let fit: Fit | null = null;
  const end = (made: Fit): void => {
    fit = made;
    running = null;
    release();
  };
  return {
    classes,
    onProgress: null as ((progress: Progress) => void) | null,
    get done() {
      return fit !== null;
    },
    advance(units) {
      for (let left = units; left > 0 && fit === null; left--) {
        const current: Generator<void, Fit> = running ?? steps();
        running = null; // Where it throws it is begun again.
        const { done, value } = current.next();
        if (done === true) end(value);
        else running = current;
      }
      return fit !== null;
    },
    result: () => fit!,
    abort() {
      if (fit === null) end(aborted());
    },
    toJSON: () => (fit === null ? toJSON() : fit.toJSON()),
  };
}

/** Work in steps as plain JSON: nothing but which data it is of, since it begins again. */
export function storedSteps(data: Dataset): unknown {
  return { version: 1, type: "steps", data: data.fingerprint() };
}

/** Refuses, by name, what {@link storedSteps} did not write, or wrote for other data. */
export function checkStoredSteps(stored: unknown, data: Dataset): void {
  const own = data.fingerprint();
  const { data: given } = decodeDocument("steps", stored, ["data"]);
  if (given !== own) fail("range", "json.work.data", "the data of the stored run", own);
}

/** The work of a fit that is there already. */
export function finishedWork(fit: Fit): FitWork {
  return {
    classes: fit.classes,
    done: true,
    onProgress: null,
    advance: () => true,
    result: () => fit,
    abort: () => {},
    toJSON: () => fit.toJSON(),
  };
}
