/** The value of a hexadecimal digit, from its character code. */
function digit(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

/** The bytes that a text of hexadecimal digits stands for. */
export function fromHexadecimal(hex: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(hex.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = 16 * digit(hex.charCodeAt(2 * i)) + digit(hex.charCodeAt(2 * i + 1));
  return out;
}
