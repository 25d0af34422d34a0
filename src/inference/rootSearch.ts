/** A search for the root of a decreasing function of one number: the secant's step where it stays in the bracket, else half. */
export class RootSearch {
  #below = -Infinity;
  #above = Infinity;
  #last: readonly [at: number, value: number] | null = null;
  /** Slope of the last secant, < 0; NaN before there are two points. */
  slope = NaN;

  /** Takes the value at a point; returns where to look next. `first` is the step while only one side is known. */
  next(at: number, value: number, first: number): number {
    if (value > 0) this.#below = at;
    else this.#above = at;
    const last = this.#last;
    this.#last = [at, value];
    if (last !== null && last[0] !== at) {
      const slope = (value - last[1]) / (at - last[0]);
      this.slope = slope < 0 ? slope : NaN;
    }
    const most = 8 * first;
    const step = Number.isNaN(this.slope) ? (value > 0 ? first : -first) : -value / this.slope;
    const wanted = at + Math.max(-most, Math.min(most, step));
    if (wanted > this.#below && wanted < this.#above) return wanted;
    return 0.5 * (Math.max(this.#below, at - most) + Math.min(this.#above, at + most));
  }
}
