import type { Work } from "../job.js";
import type { Progress } from "../minimize.js";
import type { Fit } from "./fit.js";
import type { Label } from "./labels.js";

/** The work of a fit, with its classes: what a stored job needs to read labels again. */
export interface FitWork extends Work<Fit, Progress> {
  readonly classes: readonly Label[] | null;
}

/** What a stored job holds of a fit. */
export interface StoredFit {
  readonly classes: readonly Label[] | null;
  /** What the `toJSON` of its work gave; where it was done, of its fit. */
  readonly work: unknown;
}
