/** Stored jobs, tampered with field by field: refused by name before anything runs, or free and then run to a finite end. */
import { describe, expect, test } from "vitest";
import {
  type Job,
  bayesianOnline,
  dataset,
  fitter,
  likelihoods,
  losses,
  minimize,
  minimizer,
  mlp,
  models,
  objective,
  online,
  optimizers,
  penalties,
  priors,
  resume,
  resumeMinimizer,
} from "../../src/index.js";
import { STATUSES } from "../../src/optimizers/optimizer.js";
import { draws } from "../support.js";

const source = draws(77);
const rows = 12;
const x = Array.from({ length: rows }, () => Array.from(source.normal(2)));
const y = x.map(([a, b], i) => Number(a! - b! + (i % 3) - 1 > 0));
const labels = y.map((value) => ["no", "yes"][value]!);
const data = dataset(x, y);

/** A kind of job: as it is stored, how it goes on, and which fields are free. */
interface Kind {
  readonly stored: unknown;
  /** Goes on without doing anything yet. */
  readonly again: (text: string) => unknown;
  /** Does all the work; gives numbers that must be finite, and its status. */
  readonly finish: (resumed: never) => { readonly numbers: Iterable<number>; readonly status?: string };
  /** Fields that another value is right in, so long as it is of the right kind. */
  readonly free: readonly RegExp[];
}

/** Settings, words and counts that a run reports, and what it only compares with: a user may change these. */
const SETTINGS = [/^optimizer\.options\b/, /^choice$/, /^maxIterations$/, /^problem\.tolerance$/];
const REPORTED = [/^(passes|products|lines|nextDiagnosis)\b/, /^state\.decrement$/];
/** The best so far, whose objective is not computed again. */
const BEST = [/^state\.(parameters|value|gradient)\b/];
/** What a rule remembers; any finite numbers, sums of squares ≥ 0, are those of some run. */
const MEMORY = [/^state\.slots\b/];
/** Epochs without a better one: at most those that were. */
const PATIENT = [/^state\.stalled$/];
const RUN = [...SETTINGS, ...REPORTED, ...BEST, ...MEMORY, ...PATIENT];
/** Where it goes on from and the mean so far, of which one is evaluated next and may not be another. */
const MEAN = [/^state\.(average|current)\[/];

const target = objective({ data, likelihood: likelihoods.bernoulli(), prior: priors.normal({ sd: 1 }) });
const sparse = objective({ data, likelihood: likelihoods.bernoulli(), prior: priors.laplace({ scale: 1 }) });

function run(optimizer: unknown, units: number, free: readonly RegExp[] = RUN, of = target): Kind {
  const job = minimizer(of, { optimizer: optimizer as never });
  if (units > 0) job.step({ units });
  return {
    stored: job.toJSON(),
    again: (text) => resumeMinimizer(text, of),
    finish(resumed: Job<{ parameters: Float64Array; status: string }>) {
      // Long enough for these; with other settings some have no end in reach.
      for (let slices = 0; slices < 20 && !resumed.step({ units: 50 }); slices++);
      resumed.abort();
      return { numbers: resumed.result.parameters, status: resumed.result.status };
    },
    free,
  };
}

function network(options: object, units: number, free: readonly RegExp[]): Kind {
  const job = fitter(mlp, x, labels, { hidden: [1], seed: 1, epochs: 3, batchSize: 5, ...options });
  if (units > 0) job.step({ units });
  return {
    stored: job.toJSON(),
    again: (text) => resume(text, { x, y: labels }),
    finish(resumed: ReturnType<typeof resume>) {
      while (!resumed.step({ units: 50 }));
      const { coefficients, history } = resumed.result as unknown as Record<string, Float64Array>;
      return { numbers: [...coefficients!, ...history!], status: resumed.result.status };
    },
    free,
  };
}

function learner(options: object, free: readonly RegExp[], updates = 3): Kind {
  const stated = { names: ["a", "b"], likelihood: likelihoods.bernoulli(), ...options };
  const first = online(stated);
  for (let i = 0; i < updates; i++) first.update(x.slice(2 * i, 2 * i + 2), y.slice(2 * i, 2 * i + 2));
  return {
    stored: first.toJSON(),
    again: (text) => online({ ...stated, from: text }),
    finish(model: ReturnType<typeof online>) {
      const loss = model.update(x, y);
      return { numbers: [...model.parameters, loss, ...model.scores(x)] };
    },
    free,
  };
}

const prior = priors.normal({ sd: 1, intercept: { sd: 1 } });
const bayesian = bayesianOnline({ names: ["a", "b"], prior });
bayesian.update(x, y);

const inWork = (free: readonly RegExp[]) =>
  free.map(({ source: text }) => new RegExp(text.replace("^", "^work\\.minimizer\\.")));
const { adam, adamw, adagrad, ftrl, rmsprop, saga, sgd } = optimizers;
const common = { batchSize: 5, epochs: 6, seed: 3 };

const kinds: Record<string, Kind> = {
  "adam, before anything": run(adam(common), 0, [...RUN, /^state\.slots\.(means|squares)/]),
  "adam, within an epoch": run(adam(common), 5),
  "adam, after an epoch": run(adam(common), 4),
  "amsgrad on the whole objective": run(adam({ amsgrad: true, learningRate: 0.05, epochs: 6 }), 5),
  "adamw with a mean": run(adamw({ ...common, averageFrom: 1, clipNorm: 1, weightDecay: 0.1 }), 9, [...RUN, ...MEAN]),
  "adam with a mean, on the whole objective": run(adam({ averageFrom: 1, epochs: 6, learningRate: 0.1 }), 6, [
    ...RUN,
    ...MEAN,
  ]),
  "sgd with momentum and a schedule": run(
    sgd({ ...common, momentum: 0.9, learningRate: { kind: "inverseTime", rate: 0.1, decay: 0.01 } }),
    6,
  ),
  "rmsprop, rows held out": run(
    rmsprop({ ...common, validation: 0.25, patience: 2, centered: true, momentum: 0.5 }),
    5,
    [...RUN, /^state\.(heldOut|lowest)$/],
  ),
  adagrad: run(adagrad({ ...common, initialAccumulator: 0.5 }), 5),
  "ftrl with an L1 part": run(ftrl({ ...common, alpha: 0.5 }), 5, RUN, sparse),
  "saga, filling its table": run(saga({ batchSize: 5, epochs: 5 }), 2, [...RUN, /^state\.(table|mean|position|phase)/]),
  "saga, at work": run(saga({ batchSize: 5, epochs: 5, learningRate: 0.1 }), 8, [
    ...RUN,
    /^state\.(table|mean|position|phase)/,
  ]),
  ended: run(adam({ ...common, epochs: 1 }), 99, [
    ...RUN,
    // Its words, and what it will not need again.
    /^(stopping|outcome|point|order|kind|state\.(phase|steps|batch|current|stalled|heldOut|lowest|averaged))\b/,
  ]),
  "a network within an epoch": network({}, 9, [...inWork(RUN), /^work\.history\[/, /^options\b/, /^classes/]),
  "a network of many options": network(
    { standardize: true, validation: 0.25, patience: 2, prior: priors.normal({ sd: 2 }), initialization: "he" },
    9,
    [...inWork([...RUN, /^state\.(heldOut|lowest)$/]), /^work\.history\[/, /^options\b/, /^classes/],
  ),
  "a network that is done": network({ standardize: true }, 99, [/^/]),
  "an online model": learner({ classes: [0, 1], optimizer: adam({ learningRate: 0.1, amsgrad: true }) }, [
    ...BEST,
    ...REPORTED,
    ...MEMORY,
    /^(rows|state\.(current|steps))/,
  ]),
  "an online network with a mean": learner(
    {
      model: models.mlp({ hidden: [1], seed: 1 }),
      optimizer: sgd({ averageFrom: 0, momentum: 0.5 }),
      penalty: penalties.l2(0.1),
    },
    [...BEST, ...REPORTED, ...MEMORY, /^(rows|state\.(current|average))/],
  ),
  "a Bayesian online model": {
    stored: bayesian.toJSON(),
    again: (text) => bayesianOnline({ names: ["a", "b"], prior, from: text }),
    finish(model: typeof bayesian) {
      model.update(x, y);
      return { numbers: [...model.mean, ...model.sd] };
    },
    free: [/^(rows|mean|precision)/],
  },
};

const hinge = objective({ data, loss: losses.hinge(), penalty: penalties.l2(0.1) });
/** What the others remember, trusted as far as it is finite: only how they take what is broken. */
const others: [string, object, number, typeof target][] = [
  ["lbfgs", optimizers.lbfgs(), 3, target],
  ["bfgs", optimizers.bfgs(), 3, target],
  ["newton", optimizers.newton(), 2, target],
  ["newtonCG", optimizers.newtonCG(), 3, target],
  ["gradientDescent", optimizers.gradientDescent(), 3, target],
  ["momentum", optimizers.momentum({ step: 0.1 }), 3, target],
  ["nesterov", optimizers.nesterov(), 3, target],
  ["fista", optimizers.fista(), 3, sparse],
  ["proximalNewton", optimizers.proximalNewton(), 3, sparse],
  ["coordinateDescent", optimizers.coordinateDescent(), 3, sparse],
  ["dualCoordinateDescent", optimizers.dualCoordinateDescent(), 2, hinge],
];
for (const [name, optimizer, units, of] of others) kinds[name] = run(optimizer, units, [/^/], of);

/** One thing changed in a JSON text: where, in words, and the text. */
interface Mutant {
  readonly path: string;
  readonly what: string;
  readonly text: string;
}

function mutants(stored: unknown): Mutant[] {
  const whole: unknown = JSON.parse(JSON.stringify(stored));
  const found: Mutant[] = [];
  const note = (path: string, what: string): void => {
    found.push({ path, what, text: JSON.stringify(whole).replaceAll('"⟨huge⟩"', "1e999") });
  };
  const visit = (parent: Record<string, unknown>, key: string, path: string): void => {
    const value = parent[key];
    const put = (other: unknown, what = show(other)): void => {
      parent[key] = other;
      if (JSON.stringify(other).replace("⟨huge⟩", "Infinity") !== JSON.stringify(value)) note(path, what);
      parent[key] = value;
    };
    put(null);
    if (typeof value === "number" || ["NaN", "Infinity", "-0"].includes(value as string)) {
      for (const other of ["NaN", "Infinity", "-Infinity", -1, 1.5, 1e308, "⟨huge⟩", 2 ** 53, "1", true, [], {}])
        put(other);
      if (typeof value === "number") for (const other of [value + 1, value - 1]) put(other);
    } else if (typeof value === "string") for (const other of ["other", "__proto__", 1, {}]) put(other);
    else if (typeof value === "boolean") for (const other of [!value, 1, "true"]) put(other);
    else if (Array.isArray(value)) {
      put(value.slice(1), "the first left out");
      put([...value, value.at(-1) ?? 0], "one more");
      put(Object.fromEntries(Object.entries(value)), "an object");
      put({ length: value.length }, "an object with a length");
      const own = value as unknown as Record<string, unknown>;
      for (const i of new Set([0, value.length - 1].filter((at) => at in value)))
        visit(own, String(i), `${path}[${i}]`);
    } else if (value !== null) inside(value as Record<string, unknown>, `${path}.`);
    else for (const other of [0, "x", {}, []]) put(other);
  };
  const inside = (record: Record<string, unknown>, prefix: string): void => {
    const keys = Object.keys(record);
    for (const key of ["extra", "__proto__", "constructor"]) {
      Object.defineProperty(record, key, { value: { x: 1 }, enumerable: true, configurable: true });
      note(`${prefix}${key}`, "added");
      delete record[key];
    }
    for (const key of keys) {
      const { [key]: value } = record;
      delete record[key];
      note(`${prefix}${key}`, "missing");
      record[key] = value;
      visit(record, key, `${prefix}${key}`);
    }
  };
  inside(whole as Record<string, unknown>, "");
  return found;
}

const show = (value: unknown): string => JSON.stringify(value);

/** What is wrong with how a mutant was taken, or null. */
function verdict({ again, finish, free }: Kind, { path, text }: Mutant): string | null {
  let resumed: unknown;
  try {
    resumed = again(text);
  } catch (error) {
    const { argument, expected } = error as { argument?: unknown; expected?: unknown };
    const named = typeof argument === "string" && typeof expected === "string";
    const kind = error instanceof TypeError || error instanceof RangeError;
    return named && kind && / expected .*, got /.test((error as Error).message) ? null : `threw ${String(error)}`;
  }
  if (!free.some((pattern) => pattern.test(path))) return "was accepted";
  try {
    const { numbers, status } = finish(resumed as never);
    const lost = [...numbers].find((value) => !Number.isFinite(value));
    if (lost !== undefined) return `ended with ${lost}`;
    return status === undefined || STATUSES.includes(status as never) ? null : `ended as ${status}`;
  } catch (error) {
    // A model that learns refuses a step that leaves the finite, by name.
    const { argument } = error as { argument?: unknown };
    return argument === "X" ? null : `then threw ${String(error)}`;
  }
}

test("a run on the whole objective with a mean is stored and goes on between any two units, with the same bits", () => {
  const optimizer = adam({ averageFrom: 1, epochs: 5, learningRate: 0.1 });
  const whole = minimize(target, { optimizer });
  let job = minimizer(target, { optimizer });
  while (!job.step({ units: 1 })) job = resumeMinimizer(JSON.stringify(job), target);
  expect(job.result).toEqual(whole);
});

describe.each(Object.entries(kinds))("%s", (_, kind) => {
  const all = mutants(kind.stored);

  test(`${all.length} tampered checkpoints`, () => {
    const wrong = all.flatMap((mutant) => {
      const answer = verdict(kind, mutant);
      return answer === null ? [] : [`${mutant.path}: ${mutant.what} ${answer}`];
    });
    expect(wrong.join("\n")).toBe("");
  });

  test("as it was stored it goes on", () => {
    const text = JSON.stringify(kind.stored);
    for (const value of kind.finish(kind.again(text) as never).numbers) expect(value).toSatisfy(Number.isFinite);
    expect(() => kind.again(text.slice(0, -5))).toThrow(/valid JSON/);
    for (const version of [0, 2, "1"]) {
      expect(() => kind.again(JSON.stringify({ ...(kind.stored as object), version }))).toThrow(
        /"json\.version" expected 1/,
      );
    }
  });
});
