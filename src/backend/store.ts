import type { Binding, KernelName, Kernels, LossName, LossRef } from "./kernels.js";

/**
 * Where the vectors of a data set live, with the kernels that work there. `Ref` is opaque to everybody else.
 * Vectors are allocated once and stay until released.
 */
export interface Store<Ref> {
  readonly backend: "wasm" | "typescript";
  bind<Name extends KernelName>(binding: Binding<Name>): Kernels<Ref>[Name];
  /** A loss for `linearPass`. */
  lossRef(binding: Binding<LossName>): LossRef<Ref>;
  /** The kernels of another compiled module, which works in the same memory; null in the twin. */
  more<K>(module: object): K | null;
  /** A vector of `length` numbers, not cleared. Throws a RangeError if memory is refused. */
  allocate(length: number): Ref;
  free(ref: Ref, length: number): void;
  /** The numbers begin .. end of a vector as a vector. */
  slice(ref: Ref, begin: number, end: number): Ref;
  /** A view for reading and writing at once: the next allocation may detach it. */
  view(ref: Ref, length: number): Float64Array;
}

export const typescriptStore: Store<Float64Array> = {
  backend: "typescript",
  bind: (binding) => binding.twin,
  lossRef: (binding) => binding.twin,
  more: () => null,
  allocate: (length) => new Float64Array(length),
  free: () => {},
  slice: (ref, begin, end) => (begin === 0 && end === ref.length ? ref : ref.subarray(begin, end)),
  view: (ref, length) => (ref.length === length ? ref : ref.subarray(0, length)),
};
