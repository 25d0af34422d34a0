import { type Part, entry } from "../entry.js";

/** Seeded random numbers: everything else draws its inputs from them. */
export const draws: Part = function* ({ random }) {
  for (const [seed, stream] of [
    [0, 0],
    [1, 0],
    [0x1f_ffff_ffff_ffff, 0xffff_ffff],
  ] as const) {
    const generator = random(seed, stream);
    const draw = (next: () => number): Float64Array => Float64Array.from({ length: 1000 }, next);
    const name = `random(${seed}, ${stream})`;
    yield entry(
      `${name}: words`,
      `${name}.uint32()`,
      draw(() => generator.uint32()),
    );
    yield entry(
      `${name}: uniform`,
      `${name}.uniform()`,
      draw(() => generator.uniform()),
    );
    const small = draw(() => generator.integer(10));
    const large = draw(() => generator.integer(3e9));
    yield entry(`${name}: integers`, `${name}.integer(bound)`, small, large);
    yield entry(`${name}: permutation`, `${name}.permutation(1000)`, generator.permutation(1000));
  }
};
