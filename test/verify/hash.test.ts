import { expect, it } from "vitest";
import { fromBits, toBits } from "../../src/verify/bits.js";
import { Hash } from "../../src/verify/hash.js";

it("hashes as FNV-1a does", () => {
  // The bytes of the double whose lowest byte is "a" and whose others are 0.
  const double = new Float64Array(new Uint8Array([0x61, 0, 0, 0, 0, 0, 0, 0]).buffer);
  let hash = 0xcbf29ce484222325n;
  for (const byte of new Uint8Array(double.buffer)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  expect(new Hash().add(double).toString()).toBe(hash.toString(16).padStart(16, "0"));
  expect(new Hash().add(NaN).toString()).toBe(new Hash().add(-NaN).toString());
  expect(new Hash().add(0).toString()).not.toBe(new Hash().add(-0).toString());
});

it("writes the bits of a double, the sign first", () => {
  expect([1, -2, 0, -0, 5e-324, Infinity, NaN, -NaN].map(toBits)).toEqual([
    "3ff0000000000000",
    "c000000000000000",
    "0000000000000000",
    "8000000000000000",
    "0000000000000001",
    "7ff0000000000000",
    "7ff8000000000000",
    "7ff8000000000000",
  ]);
  for (const x of [1, -2, 0, -0, 0.1, 5e-324, Infinity, -1.7976931348623157e308, NaN])
    expect(fromBits(toBits(x))).toBe(x);
});
