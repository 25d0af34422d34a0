/** A mistake of the user's: shown as one line, `error: ...`, with exit code 1. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** True for errors by which the library refuses its input: they name the argument. */
export function isRefusal(error: unknown): error is Error {
  return (error instanceof TypeError || error instanceof RangeError) && "argument" in error;
}

/** `; did you mean "near"?` for the closest of the known names, or nothing if none is close. */
export function didYouMean(name: string, known: readonly string[]): string {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least && distance < Math.max(name.length, candidate.length)) {
      least = distance;
      best = candidate;
    }
  }
  return best === undefined ? "" : `; did you mean "${best}"?`;
}

/** Fewest insertions, deletions and replacements that turn one word into the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      row.push(Math.min(row[j]! + 1, above[j + 1]! + 1, above[j]! + (a[i] === b[j] ? 0 : 1)));
    }
    above = row;
  }
  return above[b.length]!;
}

/** A list of names for a sentence, cut short after a few. */
export function listNames(names: readonly (string | number)[], most = 8): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown}, ... (${names.length} in all)` : shown;
}
