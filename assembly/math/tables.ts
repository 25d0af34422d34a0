/**
 * Where the tables live: zeroed static memory that the loader fills from the twin's tables before any kernel runs.
 *
 * exp: 128 entries {tail, base}, 2^(j/128) = base·(1 + tail).
 * log1p: 129 entries {i/128, 1/(1 + i/128), head and tail of log(1 + i/128)}, entry 1 as entry 0; then for log 128
 * entries {c, 1/c, head and tail of log(c)}, c from 0.71 to 1.41, entries 73 to 75 with c = 1.
 */
export const EXP_TABLE: usize = memory.data(2048, 16);
export const LOG1P_TABLE: usize = memory.data(8224, 16);

export function expTable(): usize {
  return EXP_TABLE;
}

export function log1pTable(): usize {
  return LOG1P_TABLE;
}
