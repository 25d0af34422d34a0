import { type Part, rowwise } from "../entry.js";
import { numbers } from "../inputs.js";

const NAMES = ["erf", "erfc", "erfcx", "lgamma", "normalCdf", "normalLogCdf", "normalQuantile"] as const;

/** The special functions over numbers of every kind, and where most happens. */
export const special: Part = function* (library) {
  const random = library.random(11);
  const x = numbers(random, 20_000);
  x.subarray(10_000).forEach((_, i, half) => (half[i] = 80 * random.uniform() - 40));
  for (const name of NAMES) {
    yield rowwise(name, `${name}(x)`, library.special[name](x), [{ name: "x", values: x, columns: 1 }]);
  }
};
