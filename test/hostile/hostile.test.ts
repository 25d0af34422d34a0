import { describe, expect, it } from "vitest";
import * as library from "../../src/index.js";
import * as special from "../../src/special/index.js";
import * as verify from "../../src/verify/index.js";
import { type Entry, entries, inner } from "./entries.js";
import { anything, broken, guises, isVector, lengths, numbers } from "./values.js";

const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);

/** A text that differs if any bit of a value differs. */
function snapshot(value: unknown, depth = 0): string {
  if (typeof value === "number") {
    bits[0] = value;
    return Number.isNaN(value) ? "NaN" : `${words[0]}:${words[1]}`;
  }
  if (typeof value === "object" && value !== null && depth < 6) {
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      return `${value.constructor.name}[${Array.from({ length: (value as Float64Array).length }, (_, i) => snapshot((value as Float64Array)[i])).join()}]`;
    }
    if (Array.isArray(value)) {
      return `[${Array.from({ length: value.length }, (_, i) => (i in value ? snapshot(value[i], depth + 1) : "hole")).join()}]`;
    }
    const parts = Object.entries(value).map(([key, part]) => `${key}=${snapshot(part, depth + 1)}`);
    return `{${parts.join()}}`;
  }
  return typeof value === "function" ? "function" : typeof value === "symbol" ? "symbol" : String(value);
}

type Outcome = { readonly result: unknown; readonly error?: undefined } | { readonly error: unknown };

/** Calls with these arguments; they stay as they were if it throws. */
async function attempt({ call, async }: Entry, args: unknown[]): Promise<Outcome> {
  const before = args.map((argument) => snapshot(argument));
  try {
    const result = (call as (...values: unknown[]) => unknown)(...args);
    return { result: async === true ? await result : result };
  } catch (error) {
    expect(args.map((argument) => snapshot(argument))).toEqual(before);
    return { error };
  }
}

/** Errors that are none of an argument's kind, documented as such. */
const OTHER = /^backend\.install$/;

function complaint(name: string, error: unknown): string | null {
  if (OTHER.test(name) && error instanceof WebAssembly.CompileError) return null;
  if (!(error instanceof TypeError || error instanceof RangeError)) return `throws ${String(error)}`;
  if (!/^(optimizer )?"[^"]+" (expected|needs) /.test(error.message)) return `says ${error.message}`;
  const missing = ["argument", "expected", "got"].filter((field) => !(field in error));
  return missing.length === 0 ? null : `lacks ${missing.join()}: ${error.message}`;
}

/** Sizes that are no mistake but more than a test should run. */
const TOO_LARGE: Readonly<Record<string, readonly string[]>> = {
  "random().permutation 0": ["2^31"],
  "folds 0": ["2^31"],
  "minimize 0 size": ["2^31"],
  "minimize with kinks 0 size": ["2^31"],
  "minimizer 0 size": ["2^31"],
  "diagnostics.findMinima 1 starts": ["2^31", "2^53"],
  "diagnostics.convexityAlong 3 points": ["2^31"],
};

/** How many numbers to draw. */
const DRAWS = /^distributions\.\w+\(\)\.sample 1$/;

/** Arguments of several kinds, where another kind than in the example is right. */
const SEVERAL_KINDS: readonly RegExp[] = [
  /^(exp|expm1|log|log1p|logSigmoid|logit|sigmoid|softplus|tanh) 0$/,
  /^special\.(digamma|erfc?x?|lgamma|trigamma|normal\w+|sin|cos|atan) 0$/,
  /^distributions\.(?!dirichlet)\w+\(\)\.(logDensity|density|cdf|survival|quantile|upperQuantile) 0$/,
  /^(losses|likelihoods)\.(binomial|poisson) 0 (trials|exposure)$/,
  /^(priors|penalties)\.[a-zA-Z]+ 0 (sd|mean|scale|df)$/,
  /^priors\.[a-zA-Z]+\(\)\.logDensity 1 intercept$/,
  /^optimizers\.gradientDescent 0 step$/,
  /^minimi[zs]er?( with kinks)? 0 (value|gradient|convex|hessian)$/,
  /^resumeMinimizer 0 (choice|outcome|stopping|state)/,
  /^fitFromJSON(, network)? 0 (sd|shape|dispersion|scale|logLikelihood|witness|classes|objective|totalWeight)$/,
  /^objective\(\)\.evaluate 1$/,
  /^(selectPenalty 2|crossValidate 4) metric$/,
];

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (isVector(value) || ArrayBuffer.isView(value)) return "vector";
  return typeof value === "object" && Object.isFrozen(value) ? "object of the library" : typeof value;
}

/** An answer to a value of another kind than the example's is an answer to a question nobody asked. */
function mustThrow(path: string, example: unknown, given: unknown): boolean {
  if (given === undefined || example === undefined || SEVERAL_KINDS.some((pattern) => pattern.test(path))) return false;
  const [wanted, got] = [kindOf(example), kindOf(given)];
  if (wanted === got) return false;
  return !(wanted === "vector" && got === "object") && !(wanted === "object" && got === "vector");
}

/** Length of every typed array in an answer. */
function shapeOf(value: unknown): string {
  if (value instanceof Float64Array) return `${value.length}`;
  if (typeof value !== "object" || value === null) return typeof value;
  if ("coefficients" in value || "backend" in value) return Object.keys(value).join();
  if (Array.isArray(value)) return `array of ${value.length}`;
  return Object.keys(value).join();
}

interface Trial {
  readonly name: string;
  /** Puts something in place of the example. */
  readonly make: (example: unknown) => unknown;
  /** What an answer must be like, if anything. */
  readonly rule: "throws" | "same bits" | "same shape" | "by kind";
}

function trialsFor(example: unknown): Trial[] {
  const of = (record: Readonly<Record<string, (value: never) => unknown>>, rule: Trial["rule"]): Trial[] =>
    Object.entries(record).map(([name, make]) => ({ name, make: make as Trial["make"], rule }));
  const common = of(anything, "by kind");
  if (!isVector(example)) return common;
  return [
    ...common,
    ...of(guises, "same bits"),
    ...of(numbers, "same shape"),
    ...of(broken, "throws"),
    ...of(lengths, "by kind"),
  ];
}

/** Arguments that are changed by contract, or for which other numbers are another question. */
const OUTPUT = /out$|^objective\(\)\.((gradient|valueAndGradient|evaluate) 1|hessianVector 2)$/;
const SHAPE_FOLLOWS = /shuffle|features|names|classes$|^resume|^fitFromJSON/;
/** Holes and undefined in what is no array of numbers. */
const ANY_ITEMS = /^random\(\)\.shuffle 0$/;
/** Records of sparse rows: one without a column is a row of zeros. */
const EMPTY_ROWS = /^sparse, records 0$/;

/** Arrays of strings. */
const STRINGS =
  /(names|features|classes|groups)$|^verify\.firstDifference . values$|^(softmaxRegression(, reference)?|ordinalRegression|mlp) 1$|^fitter 2$|^logisticRegression(, penalty)? 1$/;
/** Of these only one guise is taken: plain arrays in JSON, what can be changed by shuffle. */
const ONE_GUISE = /predictInto|^fitFromJSON, network 0|^resumeMinimizer 0|^fitFromJSON 0|shuffle|^random\.from 0/;

async function tryAll(
  name: string,
  entry: Entry,
  path: string,
  place: (value: (example: unknown) => unknown) => unknown[],
  example: unknown,
): Promise<string[]> {
  const problems: string[] = [];
  const reference = await attempt(
    entry,
    place((value) => value),
  );
  if ("error" in reference && reference.error !== undefined)
    return [`${path}: the valid call throws ${String(reference.error)}`];
  for (const { name: trial, make, rule } of trialsFor(example)) {
    if (TOO_LARGE[path]?.includes(trial) === true || (DRAWS.test(path) && trial === "2^31")) continue;
    let given: unknown;
    const args = place((value) => (given = make(value)));
    const outcome = await attempt(entry, args);
    const report = (what: string): unknown => problems.push(`${path} = ${trial}: ${what}`);
    if (outcome.error !== undefined) {
      const wrong = complaint(name, outcome.error);
      if (wrong !== null) report(wrong);
      else if (rule === "same bits" && !OUTPUT.test(path) && !ONE_GUISE.test(path))
        report(`throws ${String(outcome.error)}`);
      continue;
    }
    const { result } = outcome as { result: unknown };
    const expected = (reference as { result: unknown }).result;
    if (rule === "throws") {
      const right =
        (STRINGS.test(path) && trial === "a string at 1") || (EMPTY_ROWS.test(path) && trial === "an object at 1");
      if (!ANY_ITEMS.test(path) && !right) report("is accepted");
    } else if (rule === "same bits" && !/shuffle/.test(path) && snapshot(result) !== snapshot(expected))
      report("gives other bits");
    else if (rule === "same shape" && !SHAPE_FOLLOWS.test(path) && shapeOf(result) !== shapeOf(expected))
      report("gives another shape");
    else if (rule === "by kind" && mustThrow(path, example, given))
      report(`is accepted, gives ${snapshot(result).slice(0, 80)}`);
  }
  return problems;
}

describe("hostile arguments", () => {
  it("has an entry for everything that can be called", () => {
    const callable = new Set<string>();
    const add = (prefix: string, value: unknown): void => {
      for (const [key, part] of Object.entries(value as Record<string, unknown>)) {
        const path = prefix === "" ? key : `${prefix}.${key}`;
        if (typeof part === "function") callable.add(path);
        else if (prefix === "" && typeof part === "object" && part !== null) add(key, part);
      }
    };
    add("", library);
    add("special", special);
    add("verify", verify);
    const made: Record<string, unknown> = {
      ...Object.fromEntries(
        ["binaryCrossEntropy", "squaredError"].map((key) => [
          `losses.${key}()`,
          library.losses[key as "squaredError"](),
        ]),
      ),
      "losses.softmaxCrossEntropy()": library.losses.softmaxCrossEntropy({ classes: 2 }),
      "likelihoods.bernoulli()": library.likelihoods.bernoulli(),
      "likelihoods.gaussian()": library.likelihoods.gaussian(),
      "likelihoods.categorical()": library.likelihoods.categorical({ classes: 2 }),
      "random()": Object.fromEntries(
        ["uint32", "uniform", "integer", "shuffle", "permutation", "toJSON"].map((key) => [key, () => {}]),
      ),
    };
    for (const [prefix, value] of Object.entries(made)) add(prefix, value);
    const skipped = [...inner.keys()].map((key) => new RegExp(`^${key.replaceAll(".", "\\.").replace("*", "[^.]+")}$`));
    const missing = [...callable].filter(
      (name) => !entries.has(name) && !skipped.some((pattern) => pattern.test(name.replace("()", ""))),
    );
    expect(missing).toEqual([]);
  });

  it.each([...entries])("%s", async (name, entry) => {
    const problems: string[] = [];
    const count = Math.max(entry.valid().length, ...Object.keys(entry.options ?? {}).map((key) => Number(key) + 1));
    for (let index = 0; index < count; index++) {
      const place = (change: (example: unknown) => unknown): unknown[] => {
        const args = entry.valid();
        args[index] = change(args[index] ?? entry.options?.[index]?.());
        return args;
      };
      const example = entry.valid()[index] ?? entry.options?.[index]?.();
      problems.push(...(await tryAll(name, entry, `${name} ${index}`, place, example)));
    }
    for (const [key, makeOptions] of Object.entries(entry.options ?? {})) {
      const index = Number(key);
      const withOptions = (options: unknown): unknown[] => {
        const args = entry.valid();
        args[index] = options;
        return args;
      };
      for (const option of Object.keys(makeOptions())) {
        const place = (change: (example: unknown) => unknown): unknown[] => {
          const options = makeOptions();
          // Of options that exclude each other the example has but one.
          return withOptions({ ...options, [option]: change(options[option]) });
        };
        problems.push(...(await tryAll(name, entry, `${name} ${index} ${option}`, place, makeOptions()[option])));
      }
      if (/^(minimi|resume|fitter)/.test(name) && index === 0) continue;
      for (const unknown of [{ bogus: 1 }, JSON.parse('{"__proto__": {"bogus": 1}}') as object]) {
        const options = Object.defineProperties(makeOptions(), Object.getOwnPropertyDescriptors(unknown));
        const outcome = await attempt(entry, withOptions(options));
        if (outcome.error === undefined) problems.push(`${name} ${index}: an unknown option is accepted`);
        else if (complaint(name, outcome.error) !== null) problems.push(`${name} ${index}: ${String(outcome.error)}`);
      }
    }
    expect(problems).toEqual([]);
  });
});
