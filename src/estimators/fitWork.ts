import type { Work } from "../job.js";
import type { Minimization } from "../minimization.js";
import type { Progress } from "../minimize.js";
import type { Minimizable } from "../optimizers/objective.js";
import type { ResumeOptions } from "../resumeMinimizer.js";
import type { Fit } from "./fit.js";
import type { Label } from "./labels.js";

/** The work of a fit, with its classes: what a stored job needs to read labels again. */
export interface FitWork extends Work<Fit, Progress> {
  readonly classes: readonly Label[] | null;
}

/**
 * The work of a stored job, with what goes on with its minimisation: fits that are begun anew need not carry every
 * optimiser there is.
 */
export interface StoredWork {
  /** What its `toJSON` gave. */
  readonly work: unknown;
  readonly restore: (json: unknown, objective: Minimizable, options: ResumeOptions) => Minimization;
}

/** A stored fit. */
export interface StoredFit extends StoredWork {
  readonly classes: readonly Label[] | null;
  /** Its work where it was done. */
  readonly finished: FitWork | null;
}
