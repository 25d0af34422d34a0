/**
 * Seeded pseudo-random numbers with the same bits everywhere: Threefry-2x32 with 20 rounds, a counter-based generator
 * (Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11).
 *
 * @module
 */

import { checkNumber, fail } from "./check.js";
import { decodeDocument, decodeInteger } from "./json.js";

/** A generator of pseudo-random numbers. Every method draws from one sequence of 32-bit words. */
export interface Random {
  /** The next word: an integer 0 .. 2³² − 1. */
  uint32(): number;
  /** A multiple of 2⁻⁵³ in [0, 1), each as probable as any other. Takes two words, the first gives the leading bits. */
  uniform(): number;
  /**
   * An integer 0 .. bound − 1, unbiased (Lemire's multiplication with rejection). Takes one word, seldom more.
   * Throws RangeError unless `bound` is an integer 1 .. 2³².
   */
  integer(bound: number): number;
  /**
   * Puts an array or typed array in a random order, in place (Fisher–Yates from the end); returns it. Throws a
   * TypeError for another thing, or a frozen one.
   */
  shuffle<A extends Shuffleable>(array: A): A;
  /** The numbers 0 .. n − 1 in a random order. Throws RangeError unless `n` is an integer 0 .. 2³² − 1. */
  permutation(n: number): Uint32Array;
  /** Where the generator is: `random.from` of it goes on with the next word. */
  toJSON(): RandomState;
}

/**
 * A generator as plain JSON.
 *
 * @inline
 */
export interface RandomState {
  /** Version of the format. */
  readonly version: 1;
  /** What it is. */
  readonly type: "random";
  /** As given. */
  readonly seed: number;
  /** As given. */
  readonly stream: number;
  /** How many words have been drawn. */
  readonly position: number;
}

type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/**
 * An array, or any typed array.
 *
 * @inline
 */
type Shuffleable = unknown[] | TypedArray;

const TWO_POW_32 = 0x1_0000_0000;
/** Words in one stream: 2⁴³ blocks of two. */
const WORDS = 0x1000_0000_0000;

/**
 * One block of Threefry-2x32-20: writes two words, a function of two words of counter and two of key, to `out`.
 * For fixed key it is a bijection of the counters.
 */
export function threefry(counter0: number, counter1: number, key0: number, key1: number, out: Uint32Array): void {
  const key2 = 0x1bd11bda ^ key0 ^ key1;
  let x0 = (counter0 + key0) | 0;
  let x1 = (counter1 + key1) | 0;
  for (let group = 1; group <= 5; group++) {
    const odd = (group & 1) === 1;
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ (odd ? (x1 << 13) | (x1 >>> 19) : (x1 << 17) | (x1 >>> 15));
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ (odd ? (x1 << 15) | (x1 >>> 17) : (x1 << 29) | (x1 >>> 3));
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ (odd ? (x1 << 26) | (x1 >>> 6) : (x1 << 16) | (x1 >>> 16));
    x0 = (x0 + x1) | 0;
    x1 = x0 ^ (odd ? (x1 << 6) | (x1 >>> 26) : (x1 << 24) | (x1 >>> 8));
    const phase = group % 3;
    x0 = (x0 + (phase === 0 ? key0 : phase === 1 ? key1 : key2)) | 0;
    x1 = (x1 + (phase === 0 ? key1 : phase === 1 ? key2 : key0) + group) | 0;
  }
  out[0] = x0;
  out[1] = x1;
}

class Threefry implements Random {
  readonly #seed: number;
  readonly #stream: number;
  readonly #words = new Uint32Array(2);
  #position: number;

  constructor(seed: number, stream: number, position: number) {
    this.#seed = seed;
    this.#stream = stream;
    this.#position = position;
    if (position % 2 === 1) this.#block((position - 1) / 2);
  }

  /**
   * Key: the 53 bits of the seed and the low 11 of the stream. Counter: 43 bits of block and the high 21 of the stream.
   * No two (seed, stream, block) share both, so streams of one seed never overlap and seeds never share a stream.
   */
  #block(block: number): void {
    const seedHigh = Math.trunc(this.#seed / TWO_POW_32) | (this.#stream << 21);
    const counterHigh = Math.trunc(block / TWO_POW_32) | (this.#stream & 0xffff_f800);
    threefry(block % TWO_POW_32, counterHigh, this.#seed % TWO_POW_32, seedHigh, this.#words);
  }

  uint32(): number {
    const position = this.#position;
    const word = position % 2;
    if (word === 0) {
      if (position >= WORDS) fail("range", "stream", `at most ${WORDS} words from one stream`, position + 1);
      this.#block(position / 2);
    }
    this.#position = position + 1;
    return this.#words[word];
  }

  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 0x400_0000 + low) / 0x20_0000_0000_0000;
  }

  integer(bound: number): number {
    checkNumber("bound", bound, { min: 1, max: TWO_POW_32, integer: true });
    const boundHigh = Math.trunc(bound / 0x1_0000);
    const boundLow = bound % 0x1_0000;
    let threshold = -1;
    for (;;) {
      // word · bound = high · 2³² + low; both halves of the product are below 2⁴⁹, so every step is exact.
      const word = this.uint32();
      const upper = word * boundHigh;
      const rest = (upper % 0x1_0000) * 0x1_0000 + word * boundLow;
      const low = rest % TWO_POW_32;
      if (low < bound && threshold < 0) threshold = TWO_POW_32 % bound;
      if (low >= threshold) return Math.trunc(upper / 0x1_0000) + Math.trunc(rest / TWO_POW_32);
    }
  }

  shuffle<A extends Shuffleable>(array: A): A {
    if (!Array.isArray(array) && (!ArrayBuffer.isView(array) || array instanceof DataView)) {
      fail("type", "array", "an array or typed array", array);
    }
    if (Object.isFrozen(array)) fail("type", "array", "an array that may be changed", "a frozen one");
    const items = array as unknown[];
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
    return array;
  }

  permutation(n: number): Uint32Array {
    checkNumber("n", n, { min: 0, max: TWO_POW_32 - 1, integer: true });
    return this.shuffle(identity(n));
  }

  toJSON(): RandomState {
    return { version: 1, type: "random", seed: this.#seed, stream: this.#stream, position: this.#position };
  }
}

function identity(n: number): Uint32Array {
  let out: Uint32Array;
  try {
    out = new Uint32Array(n);
  } catch {
    return fail("range", "n", "a size that fits in memory", n);
  }
  for (let i = 0; i < n; i++) out[i] = i;
  return out;
}

function checkSeed(seed: unknown): number {
  return checkNumber("seed", seed, { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true });
}

function checkStream(stream: unknown): number {
  return checkNumber("stream", stream, { min: 0, max: TWO_POW_32 - 1, integer: true });
}

function from(state: RandomState | string): Random {
  const record = decodeDocument("random", state, ["seed", "stream", "position"]);
  const position = decodeInteger("json.position", record["position"], 0, WORDS);
  return new Threefry(checkSeed(record["seed"]), checkStream(record["stream"]), position);
}

/**
 * What {@link random} is: a function, and `from`, which goes on where a generator's JSON left off.
 *
 * @inline
 */
export interface RandomFactory {
  /** A generator at the start of its sequence. */
  (seed: number, stream?: number): Random;
  /**
   * The generator that wrote the JSON, where it stood.
   *
   * @param state - What `toJSON` gave, or its text.
   * @returns The generator.
   * @throws TypeError or RangeError naming the field that is wrong.
   */
  from(state: RandomState | string): Random;
}

/**
 * A seeded generator of pseudo-random numbers: Threefry-2x32-20, the same sequence on every engine.
 *
 * Every pair of `seed` and `stream` has a sequence of its own of 2⁴⁴ words, independent of the others as far as
 * statistical tests can tell. `random.from(json)` goes on where the generator that wrote the JSON stood. Not for
 * cryptography.
 *
 * @param seed - An integer 0 .. 2⁵³ − 1.
 * @param stream - An integer 0 .. 2³² − 1 (default 0).
 * @returns The generator.
 * @throws TypeError or RangeError for anything else.
 * @see Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11
 * @see Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019)
 * @function
 * @example
 * const generator = random(1);
 * generator.uniform(); // → 0.703943726342
 * random(1).permutation(5); // → [1, 4, 0, 2, 3]
 * random.from(JSON.stringify(generator)).uint32() === generator.uint32(); // → true
 */
export const random: RandomFactory = /*#__PURE__*/ Object.assign(
  (seed: number, stream = 0): Random => new Threefry(checkSeed(seed), checkStream(stream), 0),
  { from },
);
