/** Every function against correctly rounded values, each within the tolerance that its reference says means something. */
import { describe, expect, it } from "vitest";
import { tanh } from "../../src/index.js";
import * as special from "../../src/special/index.js";
import { expected } from "../../src/verify/expected.js";
import { failures, references } from "./fixture.js";

/** Name in the reference → function. */
const FUNCTIONS: Readonly<Record<string, (...values: never[]) => unknown>> = {
  atan: special.atan,
  beta_i: special.betaP,
  beta_i_inv: special.betaPInverse,
  chi2_quantile: special.chiSquaredQuantile,
  chi2_sf: special.chiSquaredSurvival,
  cos: special.cos,
  digamma: special.digamma,
  erf: special.erf,
  erfc: special.erfc,
  erfcx: special.erfcx,
  f_quantile: special.fQuantile,
  f_sf: special.fSurvival,
  gamma_p: special.gammaP,
  gamma_p_inv: special.gammaPInverse,
  gamma_q: special.gammaQ,
  lgamma: special.lgamma,
  log_beta: special.logBeta,
  normal_cdf: special.normalCdf,
  normal_log_cdf: special.normalLogCdf,
  normal_quantile: special.normalQuantile,
  pow: special.pow,
  sin: special.sin,
  t_cdf: special.studentTCdf,
  t_quantile: special.studentTQuantile,
  t_sf: special.studentTSurvival,
  tanh,
  trigamma: special.trigamma,
};

describe("special functions", () => {
  it.each(references)("$fn", (reference) => {
    expect(reference.n).toBeGreaterThan(150);
    expect(failures(reference, FUNCTIONS[reference.fn] as (...values: number[]) => number)).toEqual([]);
  });

  it("are all in the reference", () => {
    expect(references.map(({ fn }) => fn).sort()).toEqual(Object.keys(FUNCTIONS).sort());
  });

  it("a wrong digit is seen", () => {
    const erfc = references.find(({ fn }) => fn === "erfc")!;
    expect(failures(erfc, (x) => special.erfc(x) * (1 + 3e-14)).length).toBeGreaterThan(100);
  });

  it("have their bits among the golden ones", () => {
    expect(Object.keys(special).filter((name) => !(name in expected))).toEqual([]);
  });
});
