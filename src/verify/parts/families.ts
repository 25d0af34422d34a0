import type { Likelihood, Random } from "../../index.js";
import { type Entry, type Library, type Part, entry, rowwise } from "../entry.js";
import { indices, ordinary } from "../inputs.js";

/** A likelihood of one score a row, and targets that it takes. */
interface Case {
  readonly name: string;
  readonly likelihood: Likelihood;
  readonly targets: "numbers" | "counts" | "positive" | "classes";
  /** It has no density. */
  readonly bare?: true;
  /** It is also fitted. */
  readonly fit?: true;
}

const ROWS = 97;

function cases({ likelihoods, losses }: Library): readonly Case[] {
  const byRows = Float64Array.from({ length: ROWS }, (_, i) => 6 + (i % 40));
  return [
    { name: "bernoulli, probit", likelihood: likelihoods.bernoulli({ link: "probit" }), targets: "classes", fit: true },
    {
      name: "bernoulli, complementary log-log",
      likelihood: likelihoods.bernoulli({ link: "complementaryLogLog" }),
      targets: "classes",
      fit: true,
    },
    { name: "binomial", likelihood: likelihoods.binomial({ trials: byRows }), targets: "counts", fit: true },
    {
      name: "ordinal",
      likelihood: likelihoods.ordinal({ classes: 7, thresholds: [-2, -1, -0.5, 0, 0.5, 1.5] }),
      targets: "counts",
      fit: true,
    },
    { name: "laplace", likelihood: likelihoods.laplace({ scale: 1.3 }), targets: "numbers" },
    {
      name: "asymmetricLaplace",
      likelihood: likelihoods.asymmetricLaplace({ level: 0.2, scale: 1.3 }),
      targets: "numbers",
    },
    { name: "studentT", likelihood: likelihoods.studentT({ df: 4, scale: 1.3 }), targets: "numbers" },
    { name: "logCosh", likelihood: losses.logCosh().likelihood!, targets: "numbers" },
    { name: "huber", likelihood: losses.huber({ delta: 0.7 }).likelihood!, targets: "numbers" },
    { name: "poisson", likelihood: likelihoods.poisson({ exposure: byRows }), targets: "counts", fit: true },
    { name: "negativeBinomial", likelihood: likelihoods.negativeBinomial({ dispersion: 0.7 }), targets: "counts" },
    { name: "gamma", likelihood: likelihoods.gamma(), targets: "positive", fit: true },
    { name: "tweedie", likelihood: likelihoods.tweedie({ power: 1.3, dispersion: 2 }), targets: "counts", bare: true },
    { name: "tweedie of 3", likelihood: likelihoods.tweedie({ power: 3, dispersion: 2 }), targets: "positive" },
    {
      name: "custom",
      likelihood: likelihoods.custom({
        name: "uniform",
        loss: losses.custom({
          name: "none",
          value: () => 0,
          gradient: () => 0,
          curvature: () => 0,
        }),
        constant: (y) => 0.5 * y,
        draw: (z, _phi, random) => z + random.uniform(),
      }),
      targets: "numbers",
    },
  ];
}

function draw(kind: Case["targets"], random: Random): Float64Array {
  if (kind === "numbers") return ordinary(random, ROWS);
  if (kind === "positive") return Float64Array.from({ length: ROWS }, () => 3 * random.uniform() + 0.125);
  return indices(random, ROWS, kind === "counts" ? 7 : 2);
}

/** Log densities, moments and samples of the distributions of one score, and fits of some. */
export const families: Part = function* (library) {
  let stream = 0;
  for (const one of cases(library)) yield* entriesOf(library, one, library.random(47, stream++));
};

function* entriesOf(library: Library, { name, likelihood, ...one }: Case, random: Random): Generator<Entry, void> {
  const z = ordinary(random, ROWS, 2);
  const y = draw(one.targets, random);
  const options = likelihood.dispersion === null ? { dispersion: 0.75 } : {};
  const call = `likelihoods.${name.replace(/,.*| of.*/, "")}()`;
  const full = `${name}, ${ROWS} rows`;
  const inputs = [
    { name: "scores", values: z, columns: 1 },
    { name: "targets", values: y, columns: 1 },
  ];
  if (one.bare === undefined)
    yield rowwise(`${full}: log density`, `${call}.logDensity()`, likelihood.logDensity(z, y, options), inputs);
  const moments = [likelihood.mean(z), likelihood.variance(z, options)];
  yield entry(`${full}: moments and samples`, `${call}.sample()`, ...moments, likelihood.sample(z, random, options));
  if (one.fit === undefined) return;
  const data = library.dataset(ordinary(random, 3 * ROWS), y, { columns: 3 });
  const { coefficients, intercept, logLikelihood, predict } = library.mle({ data, likelihood });
  const predicted = predict([[0.5, 1, -1]]) as Float64Array;
  yield entry(`${full}: fit`, `mle({ data, likelihood: ${call} })`, coefficients, intercept, logLikelihood, predicted);
}
