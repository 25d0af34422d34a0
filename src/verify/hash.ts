const words = new Uint32Array(2);
const number = new Float64Array(words.buffer);

/** FNV-1a with 64 bits over the bytes of doubles, lowest first; any NaN counts as the quiet one. */
export class Hash {
  #high = 0xcbf29ce4;
  #low = 0x84222325;

  /** The prime is 2⁴⁰ + 0x1b3. */
  #byte(byte: number): void {
    const low = (this.#low ^ byte) >>> 0;
    const product = low * 0x1b3;
    const shifted = (low << 8) >>> 0;
    this.#low = product >>> 0;
    this.#high = (this.#high * 0x1b3 + shifted + Math.trunc(product / 0x1_0000_0000)) >>> 0;
  }

  #word(word: number): void {
    this.#byte(word & 255);
    this.#byte((word >>> 8) & 255);
    this.#byte((word >>> 16) & 255);
    this.#byte(word >>> 24);
  }

  add(value: number | boolean | string | null | ArrayLike<number>): this {
    if (typeof value === "number") {
      number[0] = value;
      this.#word(value === value ? words[0] : 0);
      this.#word(value === value ? words[1] : 0x7ff80000);
    } else if (typeof value === "string") {
      for (let i = 0; i < value.length; i++) this.#word(value.charCodeAt(i));
    } else if (typeof value === "boolean" || value === null) {
      this.#byte(value === null ? 2 : Number(value));
    } else {
      for (let i = 0; i < value.length; i++) this.add(value[i]);
    }
    return this;
  }

  toString(): string {
    return this.#high.toString(16).padStart(8, "0") + this.#low.toString(16).padStart(8, "0");
  }
}
