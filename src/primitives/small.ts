/**
 * Numbers up to which a result is written to {@link small} first: copying so few is cheaper than finding out whether `out`
 * overlaps the input, where a number would be overwritten that is still to be read.
 */
export const SMALL = 32;

export const small: Float64Array = /*#__PURE__*/ new Float64Array(SMALL);
