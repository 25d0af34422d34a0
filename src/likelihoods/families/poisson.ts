import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import type { Loss } from "../../losses/loss.js";
import { lgammaOne } from "../../special/lgamma.js";
import type { Likelihood } from "../likelihood.js";
import { pointwiseLikelihood } from "../pointwiseLikelihood.js";
import { drawCount } from "./draws.js";
import { counts } from "./supports.js";

/** Poisson distribution with mean exposure·e^z; the exposure of every row, or one each. */
export function poissonOf(loss: Loss, exposure: number | Float64Array = 1): Likelihood {
  const of = (row: number): number => (typeof exposure === "number" ? exposure : exposure[row]!);
  const mean = (z: number, row: number): number => of(row) * expOne(z);
  return pointwiseLikelihood({
    name: "poisson",
    loss,
    link: "log",
    support: counts,
    ...(typeof exposure !== "number" && { rows: exposure.length }),
    constant: (y, _phi, row) => lgammaOne(y + 1) - (y === 0 ? 0 : y * logOne(of(row))),
    mean,
    variance: (z, _phi, row) => mean(z, row),
    draw: (z, _phi, random, row) => drawCount(mean(z, row), random),
  });
}
