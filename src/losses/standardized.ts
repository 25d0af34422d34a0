import { LN2 } from "../constants.js";
import { expOne } from "../backend/typescript/math/exp.js";
import { expm1One } from "../backend/typescript/math/expm1.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { tanhOne } from "../backend/typescript/math/tanh.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/** ρ(u) of a standardised residual u, and its first two derivatives. */
interface Rho {
  value(u: number): number;
  slope(u: number): number;
  curvature(u: number): number;
}

/** A robust loss of residuals in units of a scale: ρ((z − y)/scale). */
export function standardizedLoss(name: "huber" | "logCosh", delta: number, scale: number): Loss {
  const rho = name === "huber" ? huberRho(delta) : LOG_COSH;
  return makePointwise({
    name,
    options: null,
    traits: {
      convex: true,
      strictlyConvex: name === "logCosh",
      smooth: name === "logCosh",
      proper: true,
      lipschitz: (name === "huber" ? delta : 1) / scale,
    },
    value: (z, y) => rho.value((z - y) / scale),
    gradient: (z, y) => rho.slope((z - y) / scale) / scale,
    curvature: (z, y) => rho.curvature((z - y) / scale) / scale / scale,
  });
}

function huberRho(delta: number): Rho {
  return {
    value(u) {
      const a = Math.abs(u);
      return a <= delta ? 0.5 * (a * a) : delta * (a - 0.5 * delta);
    },
    slope: (u) => Math.max(-delta, Math.min(delta, u)),
    curvature: (u) => (Math.abs(u) < delta ? 1 : 0),
  };
}

const LOG_COSH: Rho = {
  value(u) {
    const a = Math.abs(u);
    if (a > 1) return a - LN2 + log1pOne(expOne(-2 * a));
    const e = expm1One(a);
    return log1pOne((0.5 * (e * e)) / (1 + e));
  },
  slope: (u) => tanhOne(u),
  curvature(u) {
    const t = expOne(-2 * Math.abs(u));
    return (4 * t) / ((1 + t) * (1 + t));
  },
};
