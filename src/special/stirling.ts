/**
 * Δ(x) = log Γ(x) − (x − ½) log x + x − ½ log 2π, what Stirling's formula leaves, for x ≥ 8: x·Δ(x) is a polynomial of
 * degree 7 in 1/x², a fit of ours to the asymptotic series (NIST DLMF 5.11.1). Error 1e-17 of its value at most.
 *
 * @module
 */
export function stirlingRest(x: number): number {
  const r = 1 / x;
  const z = r * r;
  const w = z * z;
  const c0 = 0.08333333333333333 + z * -0.0027777777777776747;
  const c2 = 0.0007936507935117282 + z * -0.0005952380234291254;
  const c4 = 0.0008417325268022405 + z * -0.001914965912162907;
  const c6 = 0.0062081367662297935 + z * -0.020855820837463117;
  return r * (c0 + w * (c2 + w * (c4 + w * c6)));
}
