import { checkOptions, fail, toFloat64 } from "./check.js";
import { difference } from "./linalg/differences.js";
import type { Loss } from "./losses/loss.js";

/** What has a value, a gradient and perhaps a Hessian: an objective of this library or of your own. */
export interface Differentiable {
  /** Length of θ. */
  readonly size: number;
  /** The value at θ. */
  value(parameters: Float64Array): number;
  /** Its gradient: returned, or written to `out`. */
  gradient(parameters: Float64Array, out: Float64Array): Float64Array | void;
  /** What it offers: without "hessian" or "hessianVector" among them that is not asked for. */
  readonly capabilities?: readonly string[];
  /** Its Hessian, the packed lower triangle: entry (a, b), a ≥ b, at a(a + 1)/2 + b. */
  hessian?(parameters: Float64Array): Float64Array;
  /** Its Hessian times a direction [size], returned or written to `out`; asked for where there is no `hessian`. */
  hessianVector?(parameters: Float64Array, direction: Float64Array, out: Float64Array): ArrayLike<number> | void;
}

/** The derivative that is farthest from its difference. */
export interface DerivativeCheck {
  /** |got − expected|, relative to the largest of the value and its derivatives there; NaN where one is NaN. */
  readonly error: number;
  /** Which: the index of a parameter, or of two for a second derivative. */
  readonly at: readonly number[];
  /** The row, for a loss; else null. */
  readonly row: number | null;
  /** What the function gave. */
  readonly got: number;
  /** What differences give. */
  readonly expected: number;
}

/** What {@link checkGradient} found. */
export interface GradientCheck {
  /** The worst entry of the gradient. */
  readonly gradient: DerivativeCheck;
  /** The worst entry of the Hessian, also of one that is only offered times vectors; null where there is none. */
  readonly hessian: DerivativeCheck | null;
}

/** The entry with the largest error, relative to the largest of all numbers; NaN is worst. */
function worst(row: number | null, others: readonly number[], entries: readonly Compared[]): DerivativeCheck {
  const sizes = [...others, ...entries.flatMap(({ got, expected }) => [got, expected])].map(Math.abs);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 5e-324);
  const checks = entries.map((entry) => ({ error: Math.abs(entry.got - entry.expected) / largest, row, ...entry }));
  return worstOf(checks);
}

function worstOf(checks: readonly DerivativeCheck[]): DerivativeCheck {
  return checks.reduce((a, b) => (b.error <= a.error || a.error !== a.error ? a : b));
}

type Compared = Pick<DerivativeCheck, "at" | "got" | "expected">;

/** Entry (a, b) of what the target says its Hessian is, null where it says nothing; null if it offers none. */
function hessianOf(target: Differentiable, x: Float64Array): ((a: number, b: number) => number | null) | null {
  const offers = (name: string): boolean => target.capabilities?.includes(name) ?? true;
  const packed = offers("hessian") ? target.hessian?.(x.slice()) : undefined;
  if (packed !== undefined) return (a, b) => (a >= b ? packed[(a * (a + 1)) / 2 + b] : null);
  if (target.hessianVector === undefined || !offers("hessianVector")) return null;
  const columns = Array.from(x, (_, b) => {
    const [unit, out] = [new Float64Array(x.length), new Float64Array(x.length)];
    unit[b] = 1;
    return target.hessianVector!(x.slice(), unit, out) ?? out;
  });
  return (a, b) => columns[b][a];
}

function checkAt(target: Differentiable, x: Float64Array, row: number | null): GradientCheck {
  const value = (at: Float64Array): [number] => [target.value(at.slice())];
  const gradient = (at: Float64Array): Float64Array => {
    const out = new Float64Array(target.size);
    return target.gradient(at.slice(), out) ?? out;
  };
  const columnsOf = (f: (at: Float64Array) => ArrayLike<number>): Float64Array[] =>
    Array.from(x, (_, j) => difference(f, x, j));
  const slopes = gradient(x);
  const first = columnsOf(value).map(([expected], j) => ({ at: [j], got: slopes[j], expected }));
  const second = hessianOf(target, x);
  const columns = second === null ? [] : columnsOf(gradient);
  const pairs = columns.flatMap((column, b) =>
    Array.from(x.keys(), (a) => ({ at: [a, b], got: second!(a, b), expected: column[a] })).filter(
      ({ got }) => got !== null,
    ),
  ) as Compared[];
  return {
    gradient: worst(row, value(x), first),
    hessian: second === null ? null : worst(row, [...value(x), ...slopes], pairs),
  };
}

/** One row of a loss as a function of its scores. */
function rowOf(loss: Loss, targets: Float64Array): Differentiable {
  const options = { reduction: "sum" } as const;
  return {
    size: loss.classes,
    value: (z) => loss.value(z, targets, options),
    gradient: (z) => loss.gradient(z, targets, options),
    hessian: (z) => loss.hessian(z, targets, options).filter((_, at) => at % z.length <= Math.floor(at / z.length)),
  };
}

/**
 * Compares the gradient, and the Hessian if there is one, of a loss with differences of its value, row by row.
 *
 * Central differences of order 8 with steps of 1/128, more for large numbers: errors below 1e-7 are their own, above
 * 1e-6 there is a mistake, or a kink or an edge of the domain nearer than 4 steps.
 *
 * @param target - The loss.
 * @param at - `scores` and `targets`, as the loss takes them.
 * @returns The worst entry of the gradient and of the Hessian: its error, where it is, and both numbers.
 * @throws TypeError or RangeError naming what does not fit.
 * @example
 * const loss = losses.logCosh();
 * const { gradient, hessian } = checkGradient(loss, { scores: [0.5, -2], targets: [0, 1] });
 * gradient.error < 1e-11; // → true
 * gradient.at; // → [0]
 * hessian.error < 1e-11; // → true
 */
export function checkGradient(
  target: Loss,
  at: { readonly scores: ArrayLike<number>; readonly targets: ArrayLike<number> },
): GradientCheck & { readonly hessian: DerivativeCheck };
/**
 * Compares the gradient, and the Hessian if there is one, of an objective with differences of its value and gradient.
 *
 * @param target - The objective: `size`, `value`, `gradient` and perhaps `hessian` or `hessianVector`.
 * @param at - θ: [size].
 */
export function checkGradient(target: Differentiable, at: ArrayLike<number>): GradientCheck;
export function checkGradient(target: Loss | Differentiable, at: unknown): GradientCheck {
  const isLoss = typeof (target as Loss | null)?.each === "function";
  if (!isLoss) return checkObjective(target as Differentiable, at);
  if (at === undefined) fail("type", "at", "{ scores, targets }", at);
  checkOptions("at", at, ["scores", "targets"]);
  const given = at as { scores: unknown; targets: unknown };
  const scores = toFloat64("scores", given.scores);
  const targets = toFloat64("targets", given.targets);
  const { length: rows } = (target as Loss).each(scores, targets);
  if (rows === 0) fail("range", "scores", "at least one row", given.scores);
  const rowsOf = (values: Float64Array, i: number): Float64Array =>
    values.slice((i * values.length) / rows, ((i + 1) * values.length) / rows);
  const found = Array.from({ length: rows }, (_, i) =>
    checkAt(rowOf(target as Loss, rowsOf(targets, i)), rowsOf(scores, i), i),
  );
  return {
    gradient: worstOf(found.map(({ gradient }) => gradient)),
    hessian: worstOf(found.map(({ hessian }) => hessian!)),
  };
}

function checkObjective(target: Differentiable, at: unknown): GradientCheck {
  if (typeof target?.value !== "function" || typeof target.gradient !== "function") {
    fail("type", "target", "a loss or an objective", target);
  }
  const x = toFloat64("at", at);
  if (x.length !== target.size || x.length === 0) fail("range", "at", `${target.size} parameters, at least one`, at);
  return checkAt(target, x, null);
}
