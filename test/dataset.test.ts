import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import {
  type Dataset,
  backend,
  dataset,
  erm,
  likelihoods,
  linearRegression,
  logisticRegression,
  losses,
  objective,
  optimizers,
} from "../src/index.js";
import { bits, draws, expectBits } from "./support.js";

const forced = backend.name;
const source = draws(171);
const likelihood = likelihoods.bernoulli();

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Numbers from which a data set gets a memory of its own. */
const LARGE = 2 ** 18;

function small(stream: number): { x: Float64Array; y: Float64Array } {
  const own = draws(172, stream);
  return { x: own.normal(60), y: own.classes(20, 2) };
}

describe("many at once", () => {
  test("200 live data sets, each with its own numbers", () => {
    const theta = Float64Array.of(0.1, -0.2, 0.3, 0.4);
    const alive: { data: Dataset; value: number }[] = [];
    for (let i = 0; i < 200; i++) {
      const { x, y } = small(i);
      const data = dataset(x, y, { columns: 3 });
      alive.push({ data, value: objective({ data, likelihood }).value(theta) });
    }
    expect(new Set(alive.map(({ value }) => value)).size).toBe(200);
    for (const { data, value } of alive) expect(objective({ data, likelihood }).value(theta)).toBe(value);
    // Every other one is released: the rest keep their numbers, and new ones take the room.
    alive.forEach(({ data }, i) => i % 2 === 0 && data.release());
    for (let i = 0; i < 100; i++) dataset(small(1000 + i).x, small(1000 + i).y, { columns: 3 });
    alive.forEach(({ data, value }, i) => {
      if (i % 2 === 1) expect(objective({ data, likelihood }).value(theta)).toBe(value);
      else expect(() => objective({ data, likelihood }).value(theta)).toThrow(/not released/);
    });
  });

  test("150 large ones, more than memories may live: the same bits wherever they are", () => {
    const columns = 100;
    const x = source.normal(LARGE / 4 + 400).subarray(0, 657 * columns);
    const rows = 4 * 657;
    const whole = new Float64Array(rows * columns);
    for (let i = 0; i < 4; i++) whole.set(x, i * x.length);
    expect(whole.length).toBeGreaterThan(LARGE);
    const y = source.classes(rows, 2);
    const theta = source.normal(columns + 1, 0.1);
    const alive: Dataset[] = [];
    let want = "";
    for (let i = 0; i < 150; i++) {
      const data = dataset(whole, y, { columns });
      alive.push(data);
      const { value, gradient } = objective({ data, likelihood }).valueAndGradient(theta);
      if (i === 0) want = bits(value, gradient);
      expectBits(bits(value, gradient), want, `data set ${i}`);
    }
    expect(new Set(alive.map((data) => data.backend)).has(forced)).toBe(true);
    for (const data of alive) data.release();
    expect(dataset(whole, y, { columns }).backend).toBe(forced);
  });

  /** Some vectors that the collector has not come to yet; what is tested would leave hundreds of megabytes. */
  const FLAT = 64 * 2 ** 20;

  /** Bytes held after a collection: what is kept, not what waits to be collected. */
  function held(): number {
    collect();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  }

  const [rows, columns] = [3000, 100];
  const x = source.normal(rows * columns);
  const y = source.classes(rows, 2);

  // Each fit is of another problem, so that nothing may be kept from the last.
  const large: [string, number, () => Float64Array][] = [
    [
      "1,000 data sets, fitted and released",
      1000,
      () => {
        const data = dataset(x, y, { columns });
        const fit = erm(
          { data, loss: losses.squaredError() },
          { maxIterations: 1, optimizer: optimizers.gradientDescent() },
        );
        data.release();
        return fit.coefficients;
      },
    ],
    [
      "150 fits that own their data",
      150,
      () =>
        logisticRegression(x, y, { columns, maxIterations: 1, optimizer: optimizers.gradientDescent() }).coefficients,
    ],
  ];

  test.each(large)("%s, in one task with flat memory", (_, times, fit) => {
    const seen = new Set<string>();
    const run = (i: number): void => {
      x[0] = i;
      seen.add(bits(fit()[0]));
    };
    for (let i = 0; i < 40; i++) run(i);
    const before = held();
    const resident = process.memoryUsage().rss;
    for (let i = 40; i < times; i++) run(i);
    // The twin's arrays are the collector's, which takes its time.
    if (forced === "wasm") expect(process.memoryUsage().rss - resident).toBeLessThan(150 * 2 ** 20);
    expect(held() - before).toBeLessThan(FLAT);
    expect(seen.size).toBe(times);
  });

  test("fits that fail give back what they took", () => {
    const offset = source.normal(2 * rows);
    const before = held();
    for (let i = 0; i < 100; i++) {
      expect(() => logisticRegression(x, y, { columns, tolerance: -1 })).toThrow(RangeError);
      expect(() => logisticRegression(x, y, { columns, offset })).toThrow(/"offset"/);
    }
    expect(held() - before).toBeLessThan(FLAT);
    expect(dataset(x, y, { columns }).backend).toBe(forced);
  });
});

describe("a data set", () => {
  const { x, y } = small(1);

  test("lives where it is told", () => {
    expect(dataset(x, y, { columns: 3 }).backend).toBe(forced);
    expect(dataset([[1]]).backend).toBe(forced);
    backend.use("auto");
    try {
      expect(dataset([[1]]).backend).toBe("typescript");
      const large = dataset(new Float64Array(LARGE), undefined, { columns: 4 });
      expect(large.backend).toBe(backend.name);
      backend.use("typescript");
      expect(dataset(new Float64Array(LARGE), undefined, { columns: 4 }).backend).toBe("typescript");
      // What was made before stays, and works.
      expect(large.backend).not.toBeUndefined();
    } finally {
      backend.use(forced);
    }
  });

  test("made on one backend works while the other is chosen", () => {
    const theta = Float64Array.of(0.1, -0.2, 0.3, 0.4);
    const data = dataset(x, y, { columns: 3 });
    const want = bits(objective({ data, likelihood }).gradient(theta));
    for (const mode of ["typescript", "wasm", "auto"] as const) {
      backend.use(mode);
      try {
        expectBits(bits(objective({ data, likelihood }).gradient(theta)), want);
        expectBits(bits(objective({ data: dataset(x, y, { columns: 3 }), likelihood }).gradient(theta)), want);
      } finally {
        backend.use(forced);
      }
    }
  });

  test("keeps a copy of its own", () => {
    const [own, targets, weights, offset] = [x.slice(), y.slice(), new Float64Array(20).fill(2), new Float64Array(20)];
    const data = dataset(own, targets, { columns: 3, weights, offset });
    const theta = Float64Array.of(1, 2, 3, 4);
    const before = objective({ data, likelihood }).value(theta);
    for (const array of [own, targets, weights, offset]) array.fill(0.5);
    expect(objective({ data, likelihood }).value(theta)).toBe(before);
    expect(Array.from(data.targets!)).toEqual(Array.from(y));
    expect(data.totalWeight).toBe(40);
  });

  test("leaves what it was given as it was, standardized or not, also when it fails", () => {
    const rows = [
      [1, 2],
      [3, 5],
      [6, 4],
    ];
    const targets = [0, 1, 0];
    dataset(rows, targets, { standardize: true });
    dataset(Float64Array.of(1, 2, 3, 5, 6, 4), targets, { columns: 2, standardize: true });
    linearRegression(rows, targets, { standardize: true });
    expect(rows).toEqual([
      [1, 2],
      [3, 5],
      [6, 4],
    ]);
    const bad = Float64Array.of(1, 2, 3, NaN, 6, 4);
    expect(() => dataset(bad, targets, { columns: 2, standardize: true })).toThrow(/row 1, column 1/);
    expect(Array.from(bad)).toEqual([1, 2, 3, NaN, 6, 4]);
    expect(() => dataset(rows, [0, 1, Infinity])).toThrow(/"y" expected a finite number, got Infinity at row 2/);
    expect(targets).toEqual([0, 1, 0]);
  });

  test("may be released twice, and not used afterwards", () => {
    const data = dataset(x, y, { columns: 3 });
    const target = objective({ data, likelihood });
    data.release();
    expect(() => data.release()).not.toThrow();
    expect(() => data.vectors()).toThrow(/"data" expected a data set that is not released/);
    expect(() => target.value(new Float64Array(4))).toThrow(TypeError);
    expect(data.rows).toBe(20);
    // The room goes to the next one once only.
    const [a, b] = [
      dataset(x, y, { columns: 3 }),
      dataset(
        x.map((v) => -v),
        y,
        { columns: 3 },
      ),
    ];
    const theta = Float64Array.of(0, 1, 0, 0);
    expect(objective({ data: a, likelihood }).value(theta)).not.toBe(objective({ data: b, likelihood }).value(theta));
    a.release();
    a.release();
    const [c, d] = [
      dataset(x, y, { columns: 3 }),
      dataset(
        x.map((v) => 2 * v),
        y,
        { columns: 3 },
      ),
    ];
    expect(objective({ data: c, likelihood }).value(theta)).not.toBe(objective({ data: d, likelihood }).value(theta));
  });

  test("tells its shape", () => {
    const data = dataset(x, y, { columns: 3, weights: new Float64Array(20).fill(0.5), names: ["a", "b", "c"] });
    expect(data).toMatchObject({ rows: 20, columns: 3, totalWeight: 10, offsetLength: 0, names: ["a", "b", "c"] });
    expect(dataset([[1], [2]])).toMatchObject({ targets: null, weights: null, totalWeight: 2, moments: null });
    expect(Object.isFrozen(data)).toBe(true);
  });
});

describe("what is refused", () => {
  const call =
    (...args: unknown[]) =>
    () =>
      (dataset as (...all: unknown[]) => Dataset)(...args);

  test.each<[unknown, RegExp]>([
    [undefined, /"X"/],
    [null, /"X"/],
    [3, /"X"/],
    ["12", /"X"/],
    [[], /"X" expected at least one row/],
    [[[]], /"X" expected at least one column.*row 0/],
    [{}, /"X" expected at least one column/],
    [[[1, 2], [3]], /"X" expected 2 columns as in row 0, got "1 columns" at row 1/],
    [[[1, 2], 3], /"X" expected an array of numbers.*at row 1/],
    [[[1, "2"]], /"X" expected a number, got "2" at row 0, column 1/],
    [[[1, , 2]], /"X" expected a number, got undefined at row 0, column 1/],
    [[[1], [NaN]], /"X" expected a finite number, got NaN at row 1, column 0/],
    [{ a: [1, 2], b: [1] }, /"X" expected 2 rows as in a, got 1 at column "b"/],
    [{ a: [1, 2], b: [1, Infinity] }, /got Infinity at row 1, column "b"/],
    [{ a: 1 }, /"X" expected an array of numbers, got 1 at column "a"/],
    [[{ a: 1 }, { b: 2 }], /"X".*at row 1, column "a"/],
    [Float64Array.of(1, 2), /"columns"/],
    [[1, 2], /"columns"/],
    [new BigInt64Array(2), /"X"|"columns"/],
    [new Array(2 ** 20), /"X"/],
  ])("%#", (x, message) => {
    expect(call(x)).toThrow(message);
  });

  test("options by name", () => {
    const rows = [[1], [2]];
    expect(call(rows, [0, 1], { weight: [1, 1] })).toThrow(/weight/);
    expect(call(rows, [0, 1], { weights: [1] })).toThrow(/"weights" expected one number per row, 2/);
    expect(call(rows, [0, 1], { weights: [1, -1] })).toThrow(/at row 1/);
    expect(call(rows, [0, 1], { weights: [0, 0] })).toThrow(/total weight > 0/);
    expect(call(rows, [0, 1], { weights: [1e308, 1e308] })).toThrow(/total weight/);
    expect(call(rows, [0, 1], { offset: [1] })).toThrow(/"offset"/);
    expect(call(rows, [0, 1], { offset: [1, NaN] })).toThrow(/"offset".*row 1/);
    expect(call(rows, [0, 1], { names: ["a", "b"] })).toThrow(/"names" expected 1 strings/);
    expect(call(rows, [0, 1], { columns: 1 })).toThrow(/"columns"/);
    expect(call(rows, [0])).toThrow(/"y" expected 2 rows as in X/);
    expect(call(rows, [])).toThrow(/"y"/);
    expect(call(rows, ["0", "1"])).toThrow(TypeError);
    expect(call([1, 2, 3], [0], { columns: 2 })).toThrow(/multiple of columns 2/);
    for (const columns of [0, -1, 1.5, NaN]) expect(call([1, 2], [0], { columns })).toThrow(/"columns"/);
    expect(call([{ a: 1, y: 0 }], { target: "z" })).toThrow(/"target"/);
    expect(call([{ a: 1, y: 0 }], { target: "y", features: ["b"] })).toThrow(/"features"/);
    expect(call([{ a: 1, y: 0 }], { target: "y" }, {})).toThrow(/one object after records/);
    expect(call(rows, [0, 1], { standardize: "yes" })).toThrow(/"standardize"/);
  });

  test("a buffer that was transferred away", () => {
    const gone = Float64Array.of(1, 2);
    structuredClone(gone, { transfer: [gone.buffer] });
    expect(call(gone, undefined, { columns: 1 })).toThrow(TypeError);
  });
});
