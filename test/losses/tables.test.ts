import { expect, test } from "vitest";
import { losses } from "../../src/index.js";
import { subjects } from "./subjects.js";

test.each(Object.keys(losses))("%s has subjects for the laws", (name) => {
  expect(subjects.map(({ loss }) => loss.name)).toContain(name);
});
