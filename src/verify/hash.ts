const words = new Uint32Array(2);
const number = new Float64Array(words.buffer);

/** FNV-1a with 64 bits over the bytes of doubles, lowest first; any NaN counts as the quiet one. */
export class Hash {
  #high = 0xcbf29ce4 | 0;
  #low = 0x84222325 | 0;

  /** Some bytes of a word, the lowest first. The prime is 2⁴⁰ + 0x1b3; products are taken in halves of 16 bits. */
  #bytes(word: number, bits: 8 | 32): void {
    let high = this.#high;
    let low = this.#low;
    for (let shift = 0; shift < bits; shift += 8) {
      low ^= (word >>> shift) & 255;
      const lower = (low & 0xffff) * 0x1b3;
      const upper = (low >>> 16) * 0x1b3 + (lower >>> 16);
      high = (Math.imul(high, 0x1b3) + (low << 8) + (upper >>> 16)) | 0;
      low = (upper << 16) | (lower & 0xffff);
    }
    this.#high = high;
    this.#low = low;
  }

  add(value: number | boolean | string | null | ArrayLike<number>): this {
    if (typeof value === "number") {
      number[0] = value;
      this.#bytes(value === value ? words[0] : 0, 32);
      this.#bytes(value === value ? words[1] : 0x7ff80000, 32);
    } else if (typeof value === "string") {
      for (let i = 0; i < value.length; i++) this.#bytes(value.charCodeAt(i), 32);
    } else if (typeof value === "boolean" || value === null) {
      this.#bytes(value === null ? 2 : Number(value), 8);
    } else {
      for (let i = 0; i < value.length; i++) this.add(value[i]);
    }
    return this;
  }

  toString(): string {
    return [this.#high, this.#low].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }
}
