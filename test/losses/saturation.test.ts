import { describe, expect, test } from "vitest";
import { losses, sigmoid } from "../../src/index.js";
import { fixture, within } from "../support.js";

const { meta, rows } = fixture<{ meta: { columns: string[] }; rows: number[][] }>("ce_vs_mse_saturation.json");

const named = rows.map((row) => Object.fromEntries(meta.columns.map((name, j) => [name, row[j]])));

/** What the loss takes for 0 beyond |z| = 690 is smaller than this. */
const UNDERFLOW = 1e-299;

const close = (got: number, want: number): void => within(got, want, Math.max(1e-13 * Math.abs(want), UNDERFLOW));

describe("cross-entropy of a saturated sigmoid", () => {
  const loss = losses.binaryCrossEntropy();

  test.each(named)("z = $z, y = $t", (row) => {
    const { z, t, p, ce, dce_dz, d2ce_dz2 } = row;
    within(sigmoid(z), p, 1e-13 * p);
    const { value, gradient } = loss.valueAndGradient([z], [t]);
    close(value, ce);
    close(gradient[0], dce_dz);
    close(loss.hessian([z], [t])[0], d2ce_dz2);
    if (Math.abs(z) <= 690) expect(loss.hessian([z], [t])[0]).toBeGreaterThan(0);
  });

  test("its slope stays where the squared error's is gone", () => {
    for (const { z, t, dce_dz, dmse_dz } of named) {
      const wrong = t === 1 ? z <= -10 : z >= 10;
      if (!wrong) continue;
      expect(Math.abs(loss.gradient([z], [t])[0])).toBeGreaterThan(0.9999);
      expect(Math.abs(dmse_dz)).toBeLessThan(1e-4);
      within(loss.gradient([z], [t])[0], dce_dz, 1e-13);
    }
  });
});
