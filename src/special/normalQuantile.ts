/**
 * Φ⁻¹(p): q·R(t) with q = p − ½, t = q₀² − q² for |q| ≤ q₀ = 13/32; else a quotient of polynomials in √(−log m), m the
 * smaller of p and 1 − p, one up to 4.75 and one beyond. Quotients of degree 7 over 7: our own weighted least-squares fits
 * with 40 digits. Method: M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988) 477-484.
 *
 * @module
 */
import { logOne } from "../backend/typescript/math/log.js";
import { elementwise, type SpecialFunction } from "./elementwise.js";

function central(q: number): number {
  const t = (0.40625 - q) * (0.40625 + q);
  const above =
    3.244334516439475 +
    t *
      (107.51313597205724 +
        t *
          (1351.7089306689138 +
            t *
              (8065.7530313514735 +
                t *
                  (23377.761001387862 + t * (30106.672508372994 + t * (13382.292130018895 + t * 915.7113686934898))))));
  const below =
    1.0 +
    t *
      (35.688264610707826 +
        t *
          (492.1753351579567 +
            t *
              (3309.1946282441677 +
                t *
                  (11269.660731034046 +
                    t * (18329.792370384264 + t * (11952.311678771039 + t * 1976.5259661191512))))));
  return (q * above) / below;
}

/** −Φ⁻¹(exp(−(1.75 + t)²)) up to 4.75. */
function near(t: number): number {
  const above =
    1.6770063262899537 +
    t *
      (4.865401663450459 +
        t *
          (5.499007759115026 +
            t *
              (3.182384197330245 +
                t *
                  (1.0221620997494172 +
                    t * (0.18126672268966706 + t * (0.016144121004380438 + t * 0.0005351110436688567))))));
  const below =
    1.0 +
    t *
      (1.9028745940932368 +
        t *
          (1.4396008311386548 +
            t *
              (0.5498670488095501 +
                t *
                  (0.11035543115260907 +
                    t * (0.010758207083543104 + t * (0.00037831319862479686 + t * 8.191088364485895e-10))))));
  return above / below;
}

/** −Φ⁻¹(exp(−(4.75 + t)²)) down to the smallest number. */
function far(t: number): number {
  const above =
    6.289798553238053 +
    t *
      (5.389223845406359 +
        t *
          (1.8320978564796369 +
            t *
              (0.31562901539618005 +
                t *
                  (0.029150477880855844 +
                    t * (0.001401994454802142 + t * (3.121968272640014e-5 + t * 2.3456852095217668e-7))))));
  const below =
    1.0 +
    t *
      (0.6223470092266671 +
        t *
          (0.14692410788229598 +
            t *
              (0.016437127694481676 +
                t *
                  (0.0008908131848453183 +
                    t * (2.128820120888772e-5 + t * (1.6586389933263517e-7 + t * 2.3834949633803533e-15))))));
  return above / below;
}

export function normalQuantileOne(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.40625) return central(q);
  const m = q < 0 ? p : 1 - p;
  if (!(m > 0)) return m === 0 ? (q < 0 ? -Infinity : Infinity) : NaN;
  const r = Math.sqrt(-logOne(m));
  const x = r <= 4.75 ? near(r - 1.75) : far(r - 4.75);
  return q < 0 ? -x : x;
}

/**
 * Φ⁻¹(p), the number that a standard normal one is at most with probability p.
 *
 * Domain: 0 ≤ p ≤ 1, −Infinity at 0, +Infinity at 1, anything else NaN. Relative error at most 1e-15; Φ⁻¹(1 − p) =
 * −Φ⁻¹(p) to the bit wherever 1 − p is exact.
 *
 * @param x - A probability, or any array of these, which is not changed unless it is `out`.
 * @param options - `out`: filled and returned instead of a new array; of the same length; may be x.
 * @returns A number for a number, a Float64Array of the same length for an array.
 * @throws TypeError for what is no number or array of numbers; RangeError for an `out` of another length.
 * @see Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37 (1988)
 * @function
 * @example
 * normalQuantile(0.975); // → 1.959963984540
 * normalQuantile([1e-300, 0.5]); // → [-37.047096299361, 0]
 */
export const normalQuantile: SpecialFunction = /*#__PURE__*/ elementwise(normalQuantileOne);
