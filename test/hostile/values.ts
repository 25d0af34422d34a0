/** What no argument may be, or what an array argument may be made into. */

export function transferred<A extends Float64Array | Float32Array>(array: A): A {
  structuredClone(array, { transfer: [array.buffer as ArrayBuffer] });
  return array;
}

/** Values of every kind that no entry point is made for, freshly made. */
export const anything: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  NaN: () => NaN,
  "-1": () => -1,
  "0": () => 0,
  "1.5": () => 1.5,
  Infinity: () => Infinity,
  "2^31": () => 2 ** 31,
  "2^53": () => 2 ** 53,
  "a string": () => "text",
  "an empty string": () => "",
  true: () => true,
  "a BigInt": () => 1n,
  "a symbol": () => Symbol("s"),
  "a function": () => () => 1,
  "an object": () => ({}),
  "an object without prototype": () => Object.create(null) as unknown,
  "an object with a polluting key": () => JSON.parse('{"__proto__": {"columns": 2}, "constructor": 1}') as unknown,
  "a date": () => new Date(0),
  "a map": () => new Map([["columns", 2]]),
  "an empty array": () => [],
  "an array of strings": () => ["1", "2", "3"],
  "an array of BigInts": () => [1n, 2n, 3n],
  "an array of symbols": () => [Symbol("a"), Symbol("b")],
  "an array of nulls": () => [null, null, null],
  "an array of bare objects": () => [Object.create(null), Object.create(null)],
  "a sparse array": () => new Array(6),
  "an enormous array-like": () => ({ length: 2 ** 45 }),
  "a BigInt64Array": () => BigInt64Array.of(1n, 2n, 3n, 4n, 5n, 6n),
  "a DataView": () => new DataView(new ArrayBuffer(48)),
  "an ArrayBuffer": () => new ArrayBuffer(48),
  "a detached Float64Array": () => transferred(new Float64Array(6)),
  "a detached Float32Array": () => transferred(new Float32Array(6)),
  "named DataViews": () => ({ p: new DataView(new ArrayBuffer(48)), q: new DataView(new ArrayBuffer(48)) }),
  "holes in records": () => [{ p: 1, q: 2 }, undefined, null],
};

type Vector = readonly unknown[] | Float64Array;

export function isVector(value: unknown): value is Vector {
  return Array.isArray(value) || value instanceof Float64Array;
}

const copy = (value: Vector): unknown[] =>
  Array.from(value as ArrayLike<unknown>, (part) => (isVector(part) ? copy(part) : part));

const isNumbers = (value: Vector): boolean =>
  Array.from(value as ArrayLike<unknown>).every((x) => typeof x === "number");

/** The same numbers in another guise: the answer must have the same bits. */
export const guises: Readonly<Record<string, (value: Vector) => unknown>> = {
  "a plain array": copy,
  "a frozen array": (value) => Object.freeze(copy(value)),
  "a Float64Array": (value) => (isNumbers(value) ? Float64Array.from(value as ArrayLike<number>) : value),
  "shared memory": (value) => {
    if (!isNumbers(value)) return value;
    const shared = new Float64Array(new SharedArrayBuffer(8 * value.length));
    shared.set(value as ArrayLike<number>);
    return shared;
  },
  "part of a larger buffer": (value) => {
    if (!isNumbers(value)) return value;
    const large = new Float64Array(value.length + 5).fill(NaN);
    large.set(value as ArrayLike<number>, 3);
    return large.subarray(3, 3 + value.length);
  },
};

const at =
  (index: number, what: unknown) =>
  (value: Vector): unknown => {
    const out = copy(value);
    const place = Math.min(index, out.length - 1);
    if (isVector(out[place])) (out[place] as unknown[])[0] = what;
    else out[place] = what;
    return out;
  };

const all =
  (what: number) =>
  (value: Vector): unknown =>
    Array.from(value as ArrayLike<unknown>, (part) => (isVector(part) ? copy(part).fill(what) : what));

/** Other numbers in the same shape: an error, or an answer of the same shape. */
export const numbers: Readonly<Record<string, (value: Vector) => unknown>> = {
  ...Object.fromEntries(
    [NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324, -0, -1, 2, 1e-310].map((x) => [`${x} at 1`, at(1, x)]),
  ),
  "all 0": all(0),
  "all 1": all(1),
  "all 1e308": all(1e308),
  "all 5e-324": all(5e-324),
};

/** What is no array of numbers of this shape: an error whatever the argument. */
export const broken: Readonly<Record<string, (value: Vector) => unknown>> = {
  "a string at 1": at(1, "1"),
  "null at 1": at(1, null),
  "undefined at 1": at(1, undefined),
  "a BigInt at 1": at(1, 1n),
  "a symbol at 1": at(1, Symbol("s")),
  "an object at 1": at(1, {}),
  "a hole at 1": (value) => {
    const out = copy(value);
    delete out[Math.min(1, out.length - 1)];
    return out;
  },
};

/** Another length. */
export const lengths: Readonly<Record<string, (value: Vector) => unknown>> = {
  "one less": (value) => copy(value).slice(0, -1),
  "one more": (value) => [...copy(value), copy(value)[0]],
  twice: (value) => [...copy(value), ...copy(value)],
  empty: () => [],
  ragged: (value) => copy(value).map((row, i) => (isVector(row) && i === 1 ? copy(row).slice(1) : row)),
};
