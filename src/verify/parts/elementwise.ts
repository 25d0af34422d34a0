import { type Part, rowwise } from "../entry.js";
import { numbers } from "../inputs.js";

const NAMES = ["exp", "expm1", "log", "log1p", "logSigmoid", "logit", "sigmoid", "softplus", "tanh"] as const;

/** The elementary functions over numbers of every kind, edges among them. */
export const elementwise: Part = function* (library) {
  const x = numbers(library.random(1), 100_000);
  for (const name of NAMES) {
    const of = (values: Float64Array): { name: string; values: Float64Array; columns: number }[] => [
      { name: "x", values, columns: 1 },
    ];
    yield rowwise(name, `${name}(x)`, library[name](x), of(x));
    const some = x.subarray(0, 5000);
    const one = Float64Array.from(some, (value) => library[name](value));
    yield rowwise(`${name} of one number`, `${name}(x)`, one, of(some));
    const few = x.subarray(3, 10);
    yield rowwise(`${name} of 7 numbers`, `${name}(x)`, library[name](few), of(few));
  }
};
