import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as library from "../src/index.js";
import { golden } from "./golden/golden.js";
import { Hash } from "./golden/hash.js";

const stored = JSON.parse(readFileSync(new URL("golden/golden.json", import.meta.url), "utf8")) as Record<
  string,
  string
>;

it("hashes as FNV-1a does", () => {
  // The bytes of the double whose lowest byte is "a" and whose others are 0.
  const double = new Float64Array(new Uint8Array([0x61, 0, 0, 0, 0, 0, 0, 0]).buffer);
  let hash = 0xcbf29ce484222325n;
  for (const byte of new Uint8Array(double.buffer)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  expect(new Hash().add(double).toString()).toBe(hash.toString(16).padStart(16, "0"));
  expect(new Hash().add(NaN).toString()).toBe(new Hash().add(-NaN).toString());
  expect(new Hash().add(0).toString()).not.toBe(new Hash().add(-0).toString());
});

it("computes the same bits as ever: to change them on purpose, npm run build && node scripts/golden.js --update", () => {
  const hashes = golden(library);
  const names = new Set([...Object.keys(stored), ...Object.keys(hashes)]);
  const different = [...names].filter((name) => hashes[name] !== stored[name]);
  expect(different).toEqual([]);
});
