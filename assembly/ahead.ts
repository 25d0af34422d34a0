/**
 * Reading ahead: one load per line of the cache of what comes next, spread over the work on what is there. Out of cache,
 * memory then delivers while a stage works from cache, where it would pause: loss and gradient of 24000 x 100 take 1.06 ns
 * a number with it and 1.3 without, where a plain sum takes 0.7.
 *
 * @module
 */

/** Bytes of a line. */
// @ts-ignore: decorator
@inline export const LINE: usize = 64;

/** Loads that leave no trace would be optimised away. */
const seen: usize = memory.data(16, 16);

// @ts-ignore: decorator
@inline
export function leaveTrace(trace: i32): void {
  store<i32>(seen, trace);
}
