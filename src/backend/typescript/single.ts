export function promote(begin: number, end: number, x: Float64Array, out: Float64Array): void {
  out.set(new Float32Array(x.buffer, x.byteOffset + 4 * begin, end - begin));
}
