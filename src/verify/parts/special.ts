import { type Part, rowwise } from "../entry.js";
import { numbers } from "../inputs.js";

const OF_ONE = [
  ...(["atan", "cos", "digamma", "erf", "erfc", "erfcx", "lgamma", "normalCdf", "normalLogCdf"] as const),
  ...(["normalQuantile", "sin", "trigamma"] as const),
];

/** Each with its arguments in order: a probability, a parameter, a number. */
const OF_MORE = {
  betaP: "upp",
  betaPInverse: "upp",
  betaQ: "upp",
  betaQInverse: "upp",
  chiSquaredCdf: "pp",
  chiSquaredQuantile: "up",
  chiSquaredSurvival: "pp",
  fCdf: "ppp",
  fQuantile: "upp",
  fSurvival: "ppp",
  gammaP: "pp",
  gammaPInverse: "pu",
  gammaQ: "pp",
  gammaQInverse: "pu",
  logBeta: "pp",
  pow: "px",
  studentTCdf: "xp",
  studentTQuantile: "up",
  studentTSurvival: "xp",
} as const;

/** The special functions over numbers of every kind, and where most happens. */
export const special: Part = function* (library) {
  const random = library.random(11);
  const x = numbers(random, 20_000);
  x.subarray(10_000).forEach((_, i, half) => (half[i] = 80 * random.uniform() - 40));
  for (const name of OF_ONE) {
    yield rowwise(name, `${name}(x)`, library.special[name](x), [{ name: "x", values: x, columns: 1 }]);
  }
  const kinds: Readonly<Record<string, () => number>> = {
    u: () => (random.integer(4) === 0 ? 1e-9 : 1) * random.uniform(),
    p: () => [0.1, 1, 10, 100, 1000, 30_000][random.integer(6)] * random.uniform(),
    x: () => [1, 10, 100][random.integer(3)] * (random.uniform() - 0.5),
  };
  for (const [name, letters] of Object.entries(OF_MORE)) {
    const f = library.special[name as keyof typeof OF_MORE] as (...values: number[]) => number;
    const inputs = [...letters].map((kind, i) => ({
      name: "abc"[i],
      values: Float64Array.from({ length: 500 }, kinds[kind]),
      columns: 1,
    }));
    const values = Float64Array.from({ length: 500 }, (_, row) => f(...inputs.map((input) => input.values[row])));
    const names = inputs.map((input) => input.name).join(", ");
    yield rowwise(name, `${name}(${names})`, values, inputs);
  }
};
