import type { Work } from "../job.js";
import type { Progress, Result } from "../minimize.js";
import type { Minimization } from "../minimization.js";
import type { Fit } from "./fit.js";
import type { Label } from "./labels.js";

/** What a fit's work needs beside its minimisation. */
interface Setting {
  readonly classes: readonly Label[] | null;
  readonly release?: () => void;
}

/** The work of a fit: a minimisation, then what makes a fit of its result, both in small units. */
export class EstimationWork implements Work<Fit, Progress> {
  readonly classes: readonly Label[] | null;
  readonly #minimization: Minimization;
  readonly #finish: (result: Result) => Generator<void, Fit>;
  readonly #release: (() => void) | undefined;
  #finishing: Generator<void, Fit> | null = null;
  #fit: Fit | null = null;
  #aborted = false;

  constructor(minimization: Minimization, finish: (result: Result) => Generator<void, Fit>, setting: Setting) {
    this.#minimization = minimization;
    this.#finish = finish;
    this.classes = setting.classes;
    this.#release = setting.release;
  }

  get done(): boolean {
    return this.#fit !== null || this.#aborted;
  }

  get onProgress(): ((progress: Progress) => void) | null {
    return this.#minimization.onProgress;
  }

  set onProgress(listener: ((progress: Progress) => void) | null) {
    this.#minimization.onProgress = listener;
  }

  advance(units: number): boolean {
    for (let left = units; left > 0 && !this.done; left--) {
      if (!this.#minimization.done) this.#minimization.advance(units === Infinity ? Infinity : 1);
      else this.#finishSome();
    }
    return this.done;
  }

  /** One unit of making the fit; one that throws is begun again next time. */
  #finishSome(): void {
    const finishing = this.#finishing ?? this.#finish(this.#minimization.result());
    this.#finishing = null;
    const { done, value } = finishing.next();
    if (done === true) {
      this.#fit = value;
      this.#release?.();
    } else {
      this.#finishing = finishing;
    }
  }

  result(): Fit {
    while (this.#fit === null) this.#finishSome();
    return this.#fit;
  }

  abort(): void {
    if (this.done) return;
    // A minimisation that is done has its fit: only the last passes over the data are missing.
    if (!this.#minimization.done) this.#minimization.abort();
    this.#aborted = true;
  }

  toJSON(): unknown {
    return this.done ? this.result().toJSON() : this.#minimization.toJSON();
  }
}
