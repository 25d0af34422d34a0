const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}

/** The bits of a double as 16 hexadecimal digits, the sign first; of any NaN those of the quiet one. */
export function toBits(value: number): string {
  if (value !== value) return "7ff8000000000000";
  number[0] = value;
  return hex(words[1]) + hex(words[0]);
}

/** The double that has these bits. */
export function fromBits(bits: string): number {
  words[1] = parseInt(bits.slice(0, 8), 16);
  words[0] = parseInt(bits.slice(8), 16);
  return number[0];
}
