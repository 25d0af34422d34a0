import { expect, test } from "vitest";
import { losses } from "../../src/index.js";
import { expected } from "../../src/verify/expected.js";
import { subjects } from "./subjects.js";

test.each(Object.keys(losses))("%s has subjects for the laws and hashes of its bits", (name) => {
  expect(subjects.some(({ loss }) => loss.name === name)).toBe(true);
  expect(Object.keys(expected).some((hash) => hash.startsWith(`${name},`))).toBe(true);
});
