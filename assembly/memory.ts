/** Where memory is free: all beyond the static tables belongs to the caller. */
export function heapBase(): usize {
  return __heap_base;
}
