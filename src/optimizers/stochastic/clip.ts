import { norm2, scale } from "../../linalg/vector.js";
import type { Common } from "./options.js";

/** Cuts the entries of a gradient, then its length, in place. */
export function clip(gradient: Float64Array, { clipNorm, clipValue }: Pick<Common, "clipNorm" | "clipValue">): void {
  if (clipValue !== null) {
    for (let j = 0; j < gradient.length; j++) gradient[j] = Math.max(-clipValue, Math.min(clipValue, gradient[j]!));
  }
  if (clipNorm === null) return;
  const norm = norm2(gradient);
  if (norm > clipNorm) scale(clipNorm / norm, gradient);
}
