/** Every function against correctly rounded values, each within the tolerance that its reference says means something. */
import { describe, expect, it } from "vitest";
import { tanh } from "../../src/index.js";
import * as special from "../../src/special/index.js";
import { expected } from "../../src/verify/expected.js";
import { failures, references } from "./fixture.js";

/** Name in the reference → function. */
const FUNCTIONS: Readonly<Record<string, (...values: never[]) => unknown>> = {
  erf: special.erf,
  erfc: special.erfc,
  erfcx: special.erfcx,
  lgamma: special.lgamma,
  normal_cdf: special.normalCdf,
  normal_log_cdf: special.normalLogCdf,
  normal_quantile: special.normalQuantile,
  tanh,
};

describe("special functions", () => {
  it.each(references.filter(({ fn }) => fn in FUNCTIONS))("$fn", (reference) => {
    expect(reference.n).toBeGreaterThan(150);
    expect(failures(reference, FUNCTIONS[reference.fn] as (...values: number[]) => number)).toEqual([]);
  });

  it("a wrong digit is seen", () => {
    const erfc = references.find(({ fn }) => fn === "erfc")!;
    expect(failures(erfc, (x) => special.erfc(x) * (1 + 3e-14)).length).toBeGreaterThan(100);
  });

  it("have their bits among the golden ones", () => {
    expect(Object.keys(special).filter((name) => !(name in expected))).toEqual([]);
  });
});
