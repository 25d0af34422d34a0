/** One list of several, for the top of a module: there some bundlers keep a spread that nothing uses, but no pure call. */
export function joined<T>(...lists: readonly (readonly T[])[]): readonly T[] {
  return lists.flat() as T[];
}
