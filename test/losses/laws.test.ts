import { describe, expect, test } from "vitest";
import { dataset, erm, losses, objective, penalties } from "../../src/index.js";
import { type Draws, bits, draws, expectBits, preciseSum, ulp, within } from "../support.js";
import { type Truth, binaryTruth, categoricalTruth } from "./truths.js";
import { type Subject, subjects } from "./subjects.js";

const EPSILON = 2 ** -52;
const SUM = { reduction: "sum" } as const;

/** Scores, targets and weights of some rows. */
function sample(subject: Subject, rows: number, stream: number, scale = 2) {
  const source = draws(21, stream);
  const scores = subject.scores?.(rows, source, scale) ?? source.normal(rows * subject.loss.classes, scale);
  const targets = subject.targets(rows, source);
  const { kinks } = subject;
  const near = 4 * stepOf(subject);
  // Differences must not reach over a kink.
  if (kinks !== undefined)
    scores.forEach((z, i) => kinks(targets[i]).forEach((kink) => Math.abs(z - kink) < near && (scores[i] += 2 * near)));
  return { scores, targets, weights: source.uniform(rows, 0.25, 3), source };
}

/** Steps of differences. */
function stepOf({ scores }: Subject): number {
  return scores === undefined ? 2 ** -8 : 2 ** -12;
}

/** Σ w·share, by which a mean is divided. */
function totalOf(subject: Subject, targets: Float64Array, weights: Float64Array | null): number {
  const n = targets.length / subject.width;
  const each = Float64Array.from({ length: n }, (_, i) => (weights?.[i] ?? 1) * (subject.share?.(targets[i]) ?? 1));
  return each.length === 1 ? each[0] : preciseSum(each);
}

/** The targets of one row. */
const rowOf = (values: Float64Array, row: number, width: number) => values.subarray(row * width, (row + 1) * width);

/** A copy with one number replaced. */
function replace(values: Float64Array, at: number, value: number): Float64Array {
  const copy = values.slice();
  copy[at] = value;
  return copy;
}

/** Coordinates to try: all, or a few of many. */
function coordinates(length: number): number[] {
  if (length <= 100) return Array.from({ length }, (_, k) => k);
  return [0, 1, length >> 1, length - 2, length - 1];
}

/** The sixth-order central difference: error about h⁶/140 of the seventh derivative, and ε/h of the value. */
function difference(f: (x: number) => number, x: number, h: number): number {
  const at = (k: number): number => f(x + k * h) - f(x - k * h);
  return (45 * at(1) - 9 * at(2) + at(3)) / (60 * h);
}

describe.each(subjects)("$name", (subject) => {
  const { loss, width } = subject;
  const K = loss.classes;

  test("the gradient is the slope of the value", () => {
    const { scores, targets, weights } = sample(subject, subject.rows, 1);
    for (const options of [SUM, { weights }, { weights, reduction: "sum" as const }]) {
      const gradient = loss.gradient(scores, targets, options);
      for (const at of coordinates(scores.length)) {
        // One row alone: the sum over the others would only add rounding.
        const row = Math.floor(at / K);
        const z = scores.slice(row * K, (row + 1) * K);
        const y = rowOf(targets, row, width);
        const slope = difference((value) => loss.each(replace(z, at % K, value), y)[0], scores[at], stepOf(subject));
        const share = "weights" in options ? weights[row] : 1;
        const total = "reduction" in options ? 1 : totalOf(subject, targets, weights);
        const size = 1 + Math.abs(slope) + Math.abs(loss.each(z, y)[0]);
        within(gradient[at], (share / total) * slope, (1e-11 * size * share) / total, `entry ${at}`);
      }
    }
  });

  test("the Hessian is the slope of the gradient, and symmetric", () => {
    const { scores, targets, weights } = sample(subject, K > 100 ? 1 : subject.rows, 2);
    const options = { weights, reduction: "sum" as const };
    const hessian = loss.hessian(scores, targets, options);
    expect(hessian.length).toBe(scores.length * K);
    for (const at of coordinates(scores.length)) {
      const row = Math.floor(at / K);
      const z = scores.slice(row * K, (row + 1) * K);
      const y = rowOf(targets, row, width);
      for (const k of coordinates(K)) {
        const slope = difference(
          (value) => loss.gradient(replace(z, at % K, value), y, SUM)[k],
          scores[at],
          stepOf(subject),
        );
        const got = hessian[at * K + k];
        const size = 1 + Math.abs(slope) + Math.abs(loss.gradient(z, y, SUM)[k]);
        within(got, weights[row] * slope, 1e-11 * size * weights[row], `entry ${at}, ${k}`);
        expect(got).toBe(hessian[(row * K + k) * K + (at % K)]);
      }
    }
    const mean = loss.hessian(scores, targets, { weights });
    const total = loss.value(scores, targets, options) / loss.value(scores, targets, { weights });
    for (const at of coordinates(hessian.length)) within(mean[at], hessian[at] / total, 4 * ulp(mean[at]));
  });

  test("each row's loss sums to the value, whatever the number of rows", () => {
    for (const rows of K > 100 ? [1, 3] : [1, 2, 3, 5, 15, 16, 17, 63, 64, 65, 127, 129, 300, 1000]) {
      const { scores, targets, weights } = sample(subject, rows, 100 + rows);
      const each = loss.each(scores, targets);
      expect(each.length).toBe(rows);
      // The error is relative to the terms' sizes: at most 16 additions in a slot, and the tree.
      const bound = (32 + Math.log2(rows)) * EPSILON;
      const sum = preciseSum(each);
      within(loss.value(scores, targets, SUM), sum, bound * preciseSum(each.map(Math.abs)));
      const terms = each.map((value, i) => weights[i] * value);
      const weighted = preciseSum(terms);
      const size = preciseSum(terms.map(Math.abs));
      within(loss.value(scores, targets, { weights, reduction: "sum" }), weighted, bound * size);
    }
  });

  test("the sum is the total weight times the mean, to one ulp", () => {
    for (let stream = 0; stream < 20; stream++) {
      const rows = 1 + ((stream * 7) % 23);
      const { scores, targets, weights } = sample(subject, Math.min(rows, subject.rows * 3), 200 + stream);
      for (const [options, total] of [
        [{}, totalOf(subject, targets, null)],
        [{ weights }, totalOf(subject, targets, weights)],
      ] as const) {
        const sum = loss.value(scores, targets, { ...options, reduction: "sum" });
        const mean = loss.value(scores, targets, options);
        within(total * mean, sum, ulp(sum) * (total === weights.length ? 1 : 4));
      }
    }
  });

  test("a weight of 3 is three rows; weights of one are none; powers of two scale every bit", () => {
    const { scores, targets } = sample(subject, subject.rows, 3);
    const rows = subject.rows;
    const weights = Float64Array.from({ length: rows }, (_, i) => i % 4);
    if (weights.every((w) => w === 0)) weights[0] = 3;
    const repeated = Array.from(weights, (w, i) => new Array<number>(w).fill(i)).flat();
    const z = Float64Array.from(repeated.flatMap((i) => Array.from(rowOf(scores, i, K))));
    const y = Float64Array.from(repeated.flatMap((i) => Array.from(rowOf(targets, i, width))));
    const [a, b] = [loss.value(scores, targets, { weights }), loss.value(z, y)];
    within(a, b, 64 * ulp(preciseSum(loss.each(z, y).map(Math.abs)) / totalOf(subject, y, null)));

    const ones = new Float64Array(rows).fill(1);
    const whole = loss.valueAndGradient(scores, targets, SUM);
    const same = loss.valueAndGradient(scores, targets, { weights: ones, reduction: "sum" });
    expectBits(bits(same.value, same.gradient), bits(whole.value, whole.gradient));

    const own = draws(5).uniform(rows, 0.5, 2);
    const plain = loss.valueAndGradient(scores, targets, { weights: own, reduction: "sum" });
    const scaled = loss.valueAndGradient(scores, targets, { weights: own.map((w) => 8 * w), reduction: "sum" });
    expectBits(
      bits(scaled.value, scaled.gradient),
      bits(
        8 * plain.value,
        plain.gradient.map((g) => 8 * g),
      ),
    );
    const mean = loss.valueAndGradient(scores, targets, { weights: own });
    const scaledMean = loss.valueAndGradient(scores, targets, { weights: own.map((w) => 8 * w) });
    expectBits(bits(scaledMean.value, scaledMean.gradient), bits(mean.value, mean.gradient));
  });

  test("value, gradient and both at once agree", () => {
    const { scores, targets, weights } = sample(subject, subject.rows, 4);
    for (const options of [{}, SUM, { weights }]) {
      const { value, gradient } = loss.valueAndGradient(scores, targets, options);
      expect(value).toBe(loss.value(scores, targets, options));
      expectBits(bits(gradient), bits(loss.gradient(scores, targets, options)));
    }
  });

  test("rows in another order give the same gradients, and the same sum but for rounding", () => {
    const rows = K > 100 ? 3 : 200;
    const { scores, targets, source } = sample(subject, rows, 5);
    const order = Array.from(source.random.permutation(rows));
    const pick = (values: Float64Array, n: number) =>
      Float64Array.from(order.flatMap((i) => Array.from(rowOf(values, i, n))));
    const here = loss.valueAndGradient(scores, targets, SUM);
    const there = loss.valueAndGradient(pick(scores, K), pick(targets, width), SUM);
    expectBits(bits(there.gradient), bits(pick(here.gradient, K)));
    within(there.value, here.value, 40 * ulp(preciseSum(loss.each(scores, targets).map(Math.abs))));
  });

  test("a row of weight 0 is skipped, whatever its scores", () => {
    for (const rows of K > 100 ? [2] : [2, 5, 70]) {
      const { scores, targets, weights } = sample(subject, rows, 6);
      for (let i = 0; i < rows; i += 2) weights[i] = 0;
      const want = loss.valueAndGradient(scores, targets, { weights });
      const curvature = loss.hessian(scores, targets, { weights });
      for (const bad of [NaN, Infinity, -Infinity, 1e308]) {
        const spoiled = scores.slice();
        for (let i = 0; i < rows; i += 2) spoiled.fill(bad, i * K, i * K + 1);
        const got = loss.valueAndGradient(spoiled, targets, { weights });
        expectBits(bits(got.value, got.gradient), bits(want.value, want.gradient));
        expect(Array.from(rowOf(got.gradient, 0, K)).every((g) => g === 0)).toBe(true);
        if (K < 100) expectBits(bits(loss.hessian(spoiled, targets, { weights })), bits(curvature));
      }
    }
  });

  test("NaN scores spoil their own row's gradient and the sum", () => {
    const { scores, targets } = sample(subject, subject.rows, 7);
    scores[K] = NaN;
    const { value, gradient } = loss.valueAndGradient(scores, targets);
    expect(value).toBeNaN();
    expect(gradient.subarray(0, K).some(Number.isNaN)).toBe(false);
    // Labels by themselves are spoilt by themselves.
    const row = gradient.subarray(K, 2 * K);
    expect(loss.name === "multiLabelCrossEntropy" ? Number.isNaN(row[0]) : row.every(Number.isNaN)).toBe(true);
    expect(gradient.subarray(2 * K).some(Number.isNaN)).toBe(false);
    expect(Array.from(loss.each(scores, targets), Number.isNaN).indexOf(true)).toBe(1);
  });

  test("nothing sums to 0 and has no mean", () => {
    expect(loss.value([], [], SUM)).toBe(0);
    expect(loss.gradient([], [], SUM)).toEqual(new Float64Array(0));
    expect(loss.hessian([], [], SUM)).toEqual(new Float64Array(0));
    expect(loss.each([], [])).toEqual(new Float64Array(0));
    expect(() => loss.value([], [])).toThrow(RangeError);
    expect(() => loss.value([], [])).toThrow(/"scores" expected at least one row/);
    const { scores, targets } = sample(subject, 2, 8);
    expect(() => loss.value(scores, targets, { weights: [0, 0] })).toThrow(RangeError);
    expect(loss.value(scores, targets, { weights: [0, 0], reduction: "sum" })).toBe(0);
  });

  test("the gradient may go anywhere, even where the inputs are", () => {
    for (const rows of K > 100 ? [2] : [3, 64, 200]) {
      // Losses near 0 are summed a second time: nothing may have been overwritten by then.
      for (const scale of [2, 12]) {
        const { scores, targets, weights } = sample(subject, rows, 9, scale);
        if (subject.support !== null && scale === 12 && K === 1)
          scores.forEach((z, i) => (scores[i] = targets[i] > 0 ? Math.abs(z) + 6 : -Math.abs(z) - 6));
        for (const options of [{}, { weights }]) {
          const want = loss.valueAndGradient(scores, targets, options);
          const expected = bits(want.value, want.gradient);
          const check = (z: Float64Array, y: Float64Array, w: Float64Array, out: Float64Array): void => {
            const got = loss.valueAndGradient(z, y, { ...("weights" in options ? { weights: w } : {}), out });
            expect(got.gradient).toBe(out);
            expectBits(bits(got.value, out), expected);
          };
          check(scores, targets, weights, new Float64Array(rows * K).fill(NaN));
          const own = scores.slice();
          check(own, targets, weights, own);
          for (const [from, to] of [
            [0, 1],
            [2, 0],
          ]) {
            const shared = new Float64Array(rows * K + 2);
            shared.set(scores, from);
            check(shared.subarray(from, from + rows * K), targets, weights, shared.subarray(to, to + rows * K));
          }
          const space = new Float64Array(rows * (K + width + 1));
          const y = space.subarray(0, rows * width);
          const w = space.subarray(rows * width, rows * (width + 1));
          y.set(targets);
          w.set(weights);
          check(scores, y, w, space.subarray(0, rows * K));
          y.set(targets);
          w.set(weights);
          check(scores, y, w, space.subarray(rows, rows * (K + 1)));
        }
      }
    }
  });
});

describe.each(subjects)("what $name declares", (subject) => {
  const { loss } = subject;
  const { traits, classes: K } = loss;

  /** Rows all over the domain: for one score a grid of scores by some targets. */
  function everywhere(): { scores: Float64Array; targets: Float64Array } {
    const source = draws(71);
    if (K > 1) {
      const rows = K > 60 ? 5 : 300;
      const scores = subject.scores?.(rows, source, 6) ?? source.normal(rows * K, 6);
      return { scores, targets: subject.targets(rows, source) };
    }
    const few = subject.targets(7, source);
    const bounded = subject.scores !== undefined;
    const { range = 20 } = subject;
    const grid = Array.from({ length: 4001 }, (_, i) => (bounded ? (i + 0.5) / 4001 : ((i - 2000) * range) / 2000));
    return {
      scores: Float64Array.from(grid.flatMap((z) => Array.from(few, () => z))),
      targets: Float64Array.from(grid.flatMap(() => Array.from(few))),
    };
  }

  test(traits.convex ? "convex along lines, and strictly if it says so" : "not convex", () => {
    let strict = true;
    let violated = false;
    for (let stream = 0; stream < 400; stream++) {
      const { scores: a, targets, source } = sample(subject, 1, 300 + stream, 4);
      const wide =
        subject.scores === undefined ? source.normal(K, 4) : K === 1 ? source.uniform(1) : subject.scores(1, source, 4);
      // Thresholds that are none of a row's class do not change it.
      const alone = loss.ordered && stream % 3 === 0;
      const b = alone
        ? replace(a, K - 1, a[K - 1] + 1)
        : stream % 2 === 0
          ? wide
          : a.map((z, k) => z + (wide[k] - z) / 4);
      const at = (t: number): number =>
        loss.value(
          a.map((value, k) => value + t * (b[k] - value)),
          targets,
        );
      const t = source.random.uniform();
      const chord = (1 - t) * at(0) + t * at(1);
      const rounding = 8 * EPSILON * (1 + Math.abs(at(0)) + Math.abs(at(1)));
      if (!(at(t) <= chord + rounding)) violated = true;
      // Where the curvature is positive, yet leaves less than rounding, the chord shows nothing.
      const bend = K === 1 ? loss.hessian([a[0] + t * (b[0] - a[0])], targets)[0] * (b[0] - a[0]) ** 2 : Infinity;
      const hidden = traits.strictlyConvex && bend > 0 && bend < 1e4 * rounding;
      if (t > 0.1 && t < 0.9 && !hidden && !(at(t) < chord - rounding)) strict = false;
      if (stream === 40 && traits.convex && traits.strictlyConvex) break;
    }
    expect(violated).toBe(!traits.convex);
    if (traits.strictlyConvex) expect(strict).toBe(true);
    else if (traits.convex) expect(strict).toBe(false);
  });

  test("its curvature has the sign that it says", () => {
    if (K > 1) return;
    const { scores, targets } = everywhere();
    const curvature = loss.hessian(scores, targets, SUM);
    const least = curvature.reduce((low, h) => Math.min(low, h), Infinity);
    if (traits.strictlyConvex) expect(least).toBeGreaterThan(0);
    else if (traits.convex) expect(least).toBe(0);
    // A clamped loss is not convex because of its kinks alone.
    else expect(subject.kinks === undefined ? least < 0 : least === 0).toBe(true);
  });

  test("several scores: the Hessian is positive definite, but for a common shift of softmax", () => {
    if (K === 1 || !traits.convex) return;
    const { scores, targets, source } = sample(subject, 1, 10);
    const hessian = loss.hessian(scores, targets);
    const form = (v: Float64Array): number => {
      let sum = 0;
      for (let k = 0; k < K; k++) for (let l = 0; l < K; l++) sum += v[k] * hessian[k * K + l] * v[l];
      return sum;
    };
    const shifts = loss.name === "softmaxCrossEntropy";
    for (let i = 0; i < 5; i++) {
      const v = source.normal(K);
      const mean = v.reduce((x, y) => x + y, 0) / K;
      expect(form(shifts ? v.map((x) => x - mean) : v)).toBeGreaterThan(0);
    }
    if (shifts) within(form(new Float64Array(K).fill(1)), 0, K * EPSILON);
  });

  test(traits.smooth ? "smooth: the Hessian changes as little as the scores" : "not smooth: a derivative jumps", () => {
    const h = 2 ** -20;
    const jumpAt = (scores: Float64Array, targets: Float64Array): number => {
      const there = replace(scores, 0, scores[0] + h);
      const [a, b] = [loss.hessian(scores, targets), loss.hessian(there, targets)];
      const [c, d] = [loss.gradient(scores, targets), loss.gradient(there, targets)];
      return Math.max(
        ...coordinates(a.length).map((at) => Math.abs(b[at] - a[at]) / (1 + Math.abs(a[at]))),
        ...coordinates(K).map((at) => Math.abs(d[at] - c[at]) / (1 + Math.abs(a[at * K + at]))),
      );
    };
    const targets = subject.targets(1, draws(1));
    const jumps = (subject.scores === undefined ? [-30, -1, 0, 1, 30] : [0.01, 0.3, 0.9])
      .concat((subject.kinks?.(targets[0]) ?? []).map((kink) => kink - h / 2))
      .map((z) =>
        jumpAt(
          replace(
            Float64Array.from({ length: K }, (_, k) => (loss.ordered ? k : 0)),
            0,
            z,
          ),
          targets,
        ),
      );
    const largest = Math.max(...jumps);
    // Within (1 + size)·h·(a few): the third derivative of all of these is at most some ten times the second.
    if (traits.smooth) expect(largest).toBeLessThanOrEqual(16 * h * (subject.scores === undefined ? 1 : 20));
    else expect(largest).toBeGreaterThan(0.05);
  });

  test("the Lipschitz bound is approached and not exceeded", () => {
    const lengths = (scores: ArrayLike<number>, targets: ArrayLike<number>): number[] => {
      const gradient = loss.gradient(scores, targets, SUM);
      return Array.from({ length: gradient.length / K }, (_, i) =>
        Math.sqrt(rowOf(gradient, i, K).reduce((sum, x) => sum + x * x, 0)),
      );
    };
    const { scores, targets } = everywhere();
    let largest = lengths(scores, targets).reduce((a, b) => Math.max(a, b), 0);
    for (const [z, y] of subject.steep ?? []) largest = Math.max(largest, lengths(z, y)[0]);
    if (subject.support !== null && K > 1) {
      const wrong = new Float64Array(K);
      wrong[K - 1] = 50;
      largest = Math.max(largest, lengths(wrong, [0])[0]);
    }
    const far = subject.targets(1, draws(3));
    if (traits.lipschitz === Infinity && subject.steep === undefined)
      largest = Math.max(...[-1e5, 1e5].map((z) => lengths([z], far)[0]), largest);
    expect(largest).toBeLessThanOrEqual(traits.lipschitz * (1 + 4 * EPSILON));
    if (traits.lipschitz === Infinity) expect(largest).toBeGreaterThanOrEqual(1e4);
    else if (subject.support !== null || subject.steep !== undefined || K > 1 || !loss.traits.smooth)
      expect(largest).toBeGreaterThanOrEqual(traits.lipschitz * (1 - 2e-4));
    else expect(largest).toBeGreaterThanOrEqual(traits.lipschitz * (1 - 1e-4));
  });

  test(traits.proper ? "proper: the expected loss is least at the truth, in closed form" : "not proper", () => {
    const { truth } = subject;
    expect(truth !== null).toBe(traits.proper);
    for (let stream = 0; stream < (K > 100 ? 2 : 10); stream++) {
      const source = draws(31, stream);
      const { targets, probabilities, best, kinked } = truth?.(source) ?? falseTruth(subject, source);
      const n = probabilities.length;
      const repeated = (scores: Float64Array): Float64Array => {
        const all = new Float64Array(n * K);
        for (let i = 0; i < n; i++) all.set(scores, i * K);
        return all;
      };
      const expected = (scores: Float64Array): number =>
        loss.value(repeated(scores), targets, { weights: probabilities });
      const gradient = loss.gradient(repeated(best), targets, { weights: probabilities });
      const columns = Array.from({ length: K }, (_, k) => Array.from({ length: n }, (_, i) => gradient[i * K + k]));
      if (!traits.proper) {
        expect(columns.some((column) => Math.abs(preciseSum(column)) > 1e-3)).toBe(true);
        continue;
      }
      for (const column of kinked ? [] : columns)
        within(preciseSum(column), 0, 64 * EPSILON * (preciseSum(column.map(Math.abs)) + EPSILON));
      const least = expected(best);
      for (let i = 0; i < 5; i++) {
        const away = source.normal(K).map((x) => (subject.scores === undefined ? x : x / 100));
        expect(expected(best.map((z, k) => z + away[k]))).toBeGreaterThan(least);
      }
    }
  });
});

/** Targets of probabilities that the scores would state if the loss were proper. */
function falseTruth({ loss, width }: Subject, source: Draws): Truth {
  if (loss.name === "softmaxCrossEntropy") {
    const truth = categoricalTruth(loss.classes, source);
    if (width === 1) return truth;
    const targets = new Float64Array(width * width);
    for (let k = 0; k < width; k++) targets[k * width + k] = 1;
    return { ...truth, targets };
  }
  const { targets, probabilities, best } = binaryTruth((p) => Math.log(p / (1 - p)), source);
  const twice = (values: Float64Array): Float64Array =>
    width === 1 ? values : Float64Array.from(Array.from(values).flatMap((value) => [value, value]));
  return { targets: twice(targets), probabilities, best: twice(best) };
}

describe("losses near 0 keep their digits", () => {
  const binary = subjects[0].loss;
  const plain = (z: number): number => Math.log1p(Math.exp(-Math.abs(z)));

  test.each([3, 4, 6, 10, 20, 35, 37, 40, 200, 600])("binary, margins about %i", (margin) => {
    for (const rows of [1, 5, 64, 300]) {
      const source = draws(41, rows);
      const targets = source.classes(rows, 2);
      const scores = Float64Array.from(targets, (y) => (y === 1 ? 1 : -1) * (margin + source.random.uniform()));
      const want = preciseSum(scores.map(plain));
      within(binary.value(scores, targets, SUM), want, 1e-14 * want);
      const residuals = binary.gradient(scores, targets, SUM);
      scores.forEach((z, i) => {
        const tail = Math.exp(-Math.abs(z)) / (1 + Math.exp(-Math.abs(z)));
        within(residuals[i], targets[i] === 1 ? -tail : tail, 1e-14 * tail);
      });
    }
  });

  test("binary, one easy leaf among hard ones and one hard row among easy ones", () => {
    const rows = 64 * 5;
    const targets = new Float64Array(rows).fill(1);
    const scores = Float64Array.from({ length: rows }, (_, i) => (i >= 64 && i < 128 ? 30 : i === 200 ? -1 : i * 0.01));
    const want = preciseSum(scores.map((z) => (z >= 0 ? plain(z) : plain(z) - z)));
    within(binary.value(scores, targets, SUM), want, 1e-14 * want);
    const easy = binary.value(scores.subarray(64, 128), targets.subarray(64, 128), SUM);
    within(easy, 64 * plain(30), 1e-14 * 64 * plain(30));
  });

  test.each([2, 3, 10, 1100])("softmax of %i", (classes) => {
    const { loss } = subjects.find((subject) => subject.loss.classes === classes)!;
    for (const margin of [5, 20, 36, 40, 300]) {
      const scores = new Float64Array(3 * classes);
      const targets = Float64Array.of(0, classes - 1, classes >> 1);
      targets.forEach((y, i) => (scores[i * classes + y] = margin));
      const tail = (classes - 1) * Math.exp(-margin);
      const want = Math.log1p(tail);
      for (const value of loss.each(scores, targets)) within(value, want, 1e-14 * want);
      const gradient = loss.gradient(scores, targets, SUM);
      targets.forEach((y, i) => within(gradient[i * classes + y], -tail / (1 + tail), (1e-14 * tail) / (1 + tail)));
    }
  });
});

describe("rows that are ignored or weigh by their class", () => {
  const z = draws(91).normal(12, 3);
  const plain = losses.softmaxCrossEntropy({ classes: 3 });

  test("an ignored row is as if it were not there, whatever its scores", () => {
    // Also one of the classes may be ignored.
    for (const [ignoredIndex, targets] of [
      [-100, [1, -100, 2, 0]],
      [1, [0, 1, 2, 0]],
    ] as const) {
      const loss = losses.softmaxCrossEntropy({ classes: 3, ignoredIndex });
      const scores = z.slice();
      scores.set([NaN, Infinity, 0], 3);
      const kept = Float64Array.from([...z.slice(0, 3), ...z.slice(6)]);
      const y = targets.filter((t) => t !== ignoredIndex);
      const got = loss.valueAndGradient(scores, targets);
      const want = plain.valueAndGradient(kept, y);
      within(got.value, want.value, 4 * ulp(want.value));
      expect(Array.from(got.gradient.subarray(3, 6))).toEqual([0, 0, 0]);
      within(got.gradient[0], want.gradient[0], 4 * ulp(want.gradient[0]));
      expect(loss.each(scores, targets)[1]).toBe(0);
      expect(Array.from(loss.hessian(scores, targets).subarray(9, 18))).toEqual(new Array(9).fill(0));
    }
    const none = losses.softmaxCrossEntropy({ classes: 3, ignoredIndex: 9 });
    expect(none.value(z, [9, 9, 9, 9], SUM)).toBe(0);
    expect(() => none.value(z, [9, 9, 9, 9])).toThrow(/a total weight > 0, got 0/);
  });

  test("class weights are weights of rows, in value and mean", () => {
    const loss = losses.softmaxCrossEntropy({ classes: 3, classWeights: [0.5, 0, 2] });
    const targets = [0, 1, 2, 2];
    const own = [1, 2, 3, 0.5];
    const got = loss.valueAndGradient(z, targets, { weights: own });
    const want = plain.valueAndGradient(z, targets, { weights: own.map((w, i) => w * [0.5, 0, 2][targets[i]]) });
    within(got.value, want.value, 4 * ulp(want.value));
    got.gradient.forEach((g, i) => within(g, want.gradient[i], 4 * ulp(want.gradient[i])));
  });

  test("an objective divides by the same total, and a fit is that of the rows that count", () => {
    const source = draws(92);
    const rows = 60;
    const X = Array.from({ length: rows }, () => Array.from(source.normal(2)));
    const targets = Array.from(source.classes(rows, 3));
    const weights = targets.map((t) => [0.5, 1.5, 2][t]);
    const l2 = penalties.l2(0.1);
    const some = targets.map((t, i) => (i % 5 === 0 ? -1 : t));
    const counted = [...X.keys()].filter((i) => i % 5 !== 0);
    const a = erm({
      data: dataset(X, some),
      loss: losses.softmaxCrossEntropy({ classes: 3, classWeights: [0.5, 1.5, 2], ignoredIndex: -1 }),
      penalty: l2,
    });
    const pick = <T>(values: readonly T[]): T[] => counted.map((i) => values[i]);
    const b = erm({ data: dataset(pick(X), pick(targets), { weights: pick(weights) }), loss: plain, penalty: l2 });
    expect(a.status).toBe("converged");
    a.coefficients.forEach((value, i) => within(value, b.coefficients[i], 1e-10));
    const all = objective({
      data: dataset(X, some),
      loss: losses.softmaxCrossEntropy({ classes: 3, ignoredIndex: -1 }),
    });
    expect(all.totalWeight).toBe(48);
    const theta = source.normal(9);
    within(all.value(theta), objective({ data: dataset(pick(X), pick(targets)), loss: plain }).value(theta), 1e-14);
    expect(() =>
      objective({ data: dataset([[1]], [-1]), loss: losses.softmaxCrossEntropy({ classes: 3, ignoredIndex: -1 }) }),
    ).toThrow(/a row that is not ignored/);
  });
});

describe("scores without measure", () => {
  const [binary, square] = [subjects[0].loss, losses.squaredError()];
  const three = subjects.find((subject) => subject.loss.classes === 3)!.loss;

  test.each([
    [1e308, 1, 0, 0],
    [1e308, 0, 1e308, 1],
    [-1e308, 1, 1e308, -1],
    [-1e308, 0, 0, 0],
    [1e308, 0.5, 5e307, 0.5],
    [Infinity, 1, 0, 0],
    [Infinity, 0, Infinity, 1],
    [-Infinity, 0, 0, 0],
    [-Infinity, 1, Infinity, -1],
    [Infinity, 0.5, Infinity, 0.5],
    [-0, 0, Math.LN2, 0.5],
    [-0, 1, Math.LN2, -0.5],
  ])("binary: z = %f, y = %f", (z, y, value, slope) => {
    for (const [n, weights] of [
      [1, undefined],
      [1, [0.5]],
      ...(value > 1 ? [] : [[70, undefined] as const]),
    ] as const) {
      const scores = new Float64Array(n).fill(z);
      const targets = new Float64Array(n).fill(y);
      const options = weights === undefined ? {} : { weights };
      const got = binary.valueAndGradient(scores, targets, options);
      within(got.value, value, Number.isFinite(value) ? 4 * ulp(value) : 0);
      within(got.gradient[0] * n, slope, ulp(1));
      const curvature = binary.hessian(scores, targets, { ...options, reduction: "sum" })[0];
      expect(curvature / (weights === undefined ? 1 : 0.5)).toBe(z === 0 ? 0.25 : 0);
    }
  });

  test("the sum of 1e308 and 1e308 overflows as sums do", () => {
    expect(binary.value([1e308, 1e308], [0, 0], SUM)).toBe(Infinity);
    expect(binary.value([1e308, NaN], [0, 0])).toBeNaN();
  });

  test("softmax", () => {
    const one = (scores: number[], y: number) => three.valueAndGradient(scores, [y]);
    expect(one([1e308, -1e308, 0], 0)).toEqual({ value: 0, gradient: Float64Array.of(-0, 0, 0) });
    expect(one([1e308, 0, 0], 1)).toEqual({ value: 1e308, gradient: Float64Array.of(1, -1, 0) });
    expect(one([1e308, -1e308, 0], 1).value).toBe(Infinity);
    expect(one([-Infinity, 0, 0], 1).value).toBeCloseTo(Math.LN2, 15);
    expect(one([-Infinity, 0, 0], 0).value).toBe(Infinity);
    expect(Array.from(one([-Infinity, 0, 0], 0).gradient)).toEqual([-1, 0.5, 0.5]);
    expect(one([-Infinity, -Infinity, 0], 2).value).toBe(0);
    expect(one([-Infinity, -Infinity, -Infinity], 2).value).toBeNaN();
    expect(one([Infinity, 0, 0], 1).value).toBe(Infinity);
    expect(one([Infinity, 0, 0], 0).value).toBeNaN();
    expect(one([Infinity, 0, 0], 0).gradient.every(Number.isNaN)).toBe(true);
    const soft = three.value([-Infinity, 1, 1], [0, 0.5, 0.5]);
    within(soft, Math.LN2, 1e-15);
    expect(three.value([-Infinity, 1, 1], [0.5, 0.5, 0])).toBe(Infinity);
  });

  test("squared error", () => {
    expect(square.value([1e308], [-1e308])).toBe(Infinity);
    expect(square.value([Infinity], [0])).toBe(Infinity);
    expect(Array.from(square.gradient([-Infinity], [0]))).toEqual([-Infinity]);
    expect(square.value([1e-170], [0])).toBe(0);
  });

  test.each([3, 10, 1100])("softmax of %i does not see a common shift", (classes) => {
    const { loss } = subjects.find((subject) => subject.loss.classes === classes)!;
    const source = draws(51, classes);
    const scores = source.normal(2 * classes, 3).map((z) => Math.round(z * 1024) / 1024);
    const targets = source.classes(2, classes);
    const shifted = scores.map((z) => z + 4096);
    const [a, b] = [loss.valueAndGradient(scores, targets), loss.valueAndGradient(shifted, targets)];
    expectBits(bits(b.value, b.gradient), bits(a.value, a.gradient));
    for (let i = 0; i < 2; i++) {
      const row = a.gradient.subarray(i * classes, (i + 1) * classes);
      within(
        row.reduce((x, y) => x + y, 0),
        0,
        classes * EPSILON,
      );
    }
  });
});

describe("what is refused", () => {
  const names = new Set<string>();
  const one = subjects.filter(({ loss }) => loss.classes < 11 && !names.has(loss.name) && names.add(loss.name));

  test.each(one)("$loss.name: scores, targets, weights and options by name", (subject) => {
    const { loss, width } = subject;
    const K = loss.classes;
    const z = new Array<number>(2 * K).fill(0.5);
    const y = Array.from(subject.targets(2, draws(81)));
    const calls: ((scores: never, targets: never, options?: never) => unknown)[] = [
      loss.value,
      loss.gradient,
      loss.valueAndGradient,
      loss.hessian,
    ];
    for (const call of calls) {
      const run = (scores: unknown, targets: unknown, options?: unknown) => () =>
        call(scores as never, targets as never, options as never);
      for (const bad of [undefined, null, 1, "ab", {}, [null], ["0"]]) {
        expect(run(bad, y)).toThrow(TypeError);
        expect(run(z, bad)).toThrow(TypeError);
      }
      expect(run(z, y.slice(1))).toThrow(RangeError);
      expect(run(z, [...y, y[0]])).toThrow(/"targets"/);
      for (const bad of [NaN, Infinity, -Infinity]) {
        expect(run(z, Array.from(replace(Float64Array.from(y), width, bad)))).toThrow(/"targets".*at row 1/);
      }
      for (const bad of [[1], [1, 2, 3], [1, -1], [1, NaN], [1, Infinity]]) {
        expect(run(z, y, { weights: bad })).toThrow(RangeError);
      }
      expect(run(z, y, { weights: [1, -1] })).toThrow(/"weights" expected a finite number >= 0, got -1 at row 1/);
      expect(run(z, y, { weights: 2 })).toThrow(TypeError);
      expect(run(z, y, { reduction: "average" })).toThrow(/"mean" or "sum"/);
      expect(run(z, y, { weight: [1, 1] })).toThrow(/weight/);
      expect(run(z, y, 3)).toThrow(TypeError);
      if (K > 1) expect(run(z.slice(1), y)).toThrow(/"scores"/);
    }
    expect(() => loss.gradient(z, y, { out: new Float64Array(1) })).toThrow(RangeError);
    expect(() => loss.value(z, y, { out: new Float64Array(2 * K) } as never)).toThrow(/out/);
    expect(() => ((loss as { name: string }).name = "mine")).toThrow(TypeError);
  });

  test("targets outside their domain, with row and column", () => {
    const [binary, three] = [
      one.find(({ loss }) => loss.classes === 1)!.loss,
      subjects.find(({ loss }) => loss.classes === 3)!.loss,
    ];
    expect(() => binary.value([0, 0], [0, 1.5])).toThrow(/"targets" expected 0\.\.1, got 1\.5 at row 1/);
    expect(() => binary.value([0, 0], [0, -1])).toThrow(RangeError);
    const z = new Float64Array(6);
    expect(() => three.value(z, [0, 3])).toThrow(/"targets" expected 0\.\.2, got 3 at row 1/);
    expect(() => three.value(z, [0, 0.5])).toThrow(RangeError);
    expect(() => three.value(z, [0.5, 0.5, 0, 0.5, 0.6, -0.1])).toThrow(/got -0\.1 at row 1, column 2/);
    expect(() => three.value(z, [0.5, 0.5, 0, 0.5, 0.6, 0])).toThrow(/sums to 1, got 1\.1 at row 1/);
    expect(three.value(z, [0.5, 0.5, 0, 0.5, 0.5 + 9e-7, 0])).toBeCloseTo(Math.log(3), 5);
  });

  test("0 beside -1, and what is no class", () => {
    for (const loss of [losses.hinge(), losses.squaredHinge(), losses.exponential(), losses.focal({ gamma: 1 })]) {
      expect(() => loss.value([0, 0, 0], [1, 0, -1])).toThrow(
        '"targets" expected 0 or 1, as in the rows before, got -1 at row 2',
      );
      expect(() => loss.value([0, 0, 0], [-1, 1, 0])).toThrow(/-1 or 1, as in the rows before, got 0 at row 2/);
      expect(() => loss.value([0, 0], [1, 0.5])).toThrow(/0 or 1, or -1 or 1, got 0\.5 at row 1/);
      expect(loss.value([1, 2], [-1, 1])).toBe(loss.value([1, 2], [0, 1]));
    }
    expect(() => losses.poisson().value([0, 0], [1, -1])).toThrow(/>= 0, got -1 at row 1/);
    expect(() => losses.gamma().value([0, 0], [1, 0])).toThrow(/> 0, got 0 at row 1/);
    expect(() => losses.multiLabelCrossEntropy({ labels: 2 }).value([0, 0, 0, 0], [0, 1, 1, 2])).toThrow(
      /0\.\.1, got 2 at row 1, column 1/,
    );
    const weighted = losses.softmaxCrossEntropy({ classes: 2, ignoredIndex: -1 });
    expect(() => weighted.value([0, 0, 0, 0], [0, -2])).toThrow(/got -2 at row 1/);
  });

  test.each([0, 1, -3, 2.5, NaN, Infinity])("%f classes", (classes) => {
    expect(() => losses.softmaxCrossEntropy({ classes })).toThrow(RangeError);
  });
});
