/** An evaluation, done unit by unit. */
export function* evaluated<T extends { advance(units: number): boolean }>(evaluation: T): Generator<void, T> {
  while (!evaluation.advance(1)) yield;
  return evaluation;
}
