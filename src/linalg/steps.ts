/** Work that yields between small pieces, run to its end at once: the same operations in the same order. */
export function complete<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
