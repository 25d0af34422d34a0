/**
 * Fingerprints of data: 64 bits that tell a stored run that it is given other data than it was stored with.
 *
 * @module
 */

/** Two lanes of 32 bits, mixed as MurmurHash3 mixes its blocks; no protection against those who mean to deceive. */
export class Fingerprint {
  #a = 0x9747b28c | 0;
  #b = 0x5bd1e995 | 0;

  #mix(low: number, high: number): void {
    let k = Math.imul(low, 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    let a = this.#a ^ k;
    a = (Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64) | 0;
    k = Math.imul(high, 0x85ebca6b);
    k = Math.imul((k << 16) | (k >>> 16), 0xc2b2ae35);
    let b = this.#b ^ k ^ a;
    b = (Math.imul((b << 17) | (b >>> 15), 5) + 0x52dce729) | 0;
    this.#a = a;
    this.#b = b;
  }

  /** Numbers by their bits, with their count. */
  numbers(values: Float64Array | null): this {
    if (values === null) return this.text("none");
    this.#mix(values.length, 1);
    const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
    for (let i = 0; i < words.length; i += 2) this.#mix(words[i]!, words[i + 1]!);
    return this;
  }

  text(text: string): this {
    this.#mix(text.length, 2);
    for (let i = 0; i < text.length; i++) this.#mix(text.charCodeAt(i), 3);
    return this;
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    const digits = (word: number): string => (finish(word) >>> 0).toString(16).padStart(8, "0");
    return digits(this.#a) + digits(this.#b ^ this.#a);
  }
}

function finish(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The fingerprint of some vectors, null for those that are not there. */
export function fingerprintOf(vectors: readonly (Float64Array | null)[]): string {
  const fingerprint = new Fingerprint();
  for (const values of vectors) fingerprint.numbers(values);
  return fingerprint.toString();
}
