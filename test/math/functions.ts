import { exp } from "../../src/backend/typescript/math/exp.js";
import { expm1 } from "../../src/backend/typescript/math/expm1.js";
import { log } from "../../src/backend/typescript/math/log.js";
import { log1p } from "../../src/backend/typescript/math/log1p.js";
import { logSigmoid } from "../../src/backend/typescript/math/logSigmoid.js";
import { logit } from "../../src/backend/typescript/math/logit.js";
import { sigmoid } from "../../src/backend/typescript/math/sigmoid.js";
import { softplus } from "../../src/backend/typescript/math/softplus.js";
import { tanh } from "../../src/backend/typescript/math/tanh.js";

/** Every elementary function: its twin, the bound of its docstring in ulp, and whether it keeps the sign of zero. */
export const functions = [
  { name: "exp", twin: exp, ulp: 1, signedZero: false },
  { name: "log", twin: log, ulp: 1, signedZero: false },
  { name: "log1p", twin: log1p, ulp: 1, signedZero: true },
  { name: "expm1", twin: expm1, ulp: 1, signedZero: true },
  { name: "tanh", twin: tanh, ulp: 2, signedZero: true },
  { name: "sigmoid", twin: sigmoid, ulp: 2, signedZero: false },
  { name: "logSigmoid", twin: logSigmoid, ulp: 2, signedZero: false },
  { name: "softplus", twin: softplus, ulp: 2, signedZero: false },
  { name: "logit", twin: logit, ulp: 2, signedZero: false },
] as const;
