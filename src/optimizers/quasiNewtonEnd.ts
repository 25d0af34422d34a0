/**
 * How a quasi-Newton run ends: with a certificate, where the objective offers what that takes.
 *
 * @module
 */

import { canCertify, startCertificate } from "./certificate.js";
import type { Problem, Request } from "./optimizer.js";
import { type Approximation, CERTIFY, type QuasiNewtonState } from "./quasiNewtonState.js";
import { stop, stopAtFloor, stopWithinTolerance } from "./stopping.js";

const CERTIFIED = "Newton decrement², bounded by conjugate gradients,";

/** Flat iterations in a row without a smaller gradient after which rounding has won. */
const PATIENCE = 40;

/** The end of the run at this iterate, or null. */
export function endAt<State extends QuasiNewtonState>(
  approximation: Approximation<State>,
  state: State,
  problem: Problem,
): Request | null {
  if (state.decrement <= problem.tolerance) {
    if (mustCertify(state, problem)) return askCertificate(approximation, state, problem);
    if (state.certified && state.certificate.indefinite) {
      return stop("stationary", "The gradient is within the tolerance, where the Hessian has negative curvature.");
    }
    return stopWithinTolerance(state, problem, state.certified ? CERTIFIED : "estimate W·gᵀH_k g of the decrement²");
  }
  if (state.stalled < PATIENCE) return null;
  if (mustCertify(state, problem)) return askCertificate(approximation, state, problem);
  return stopAtFloor(state, problem, `The last ${PATIENCE} steps lowered neither the objective nor its gradient`);
}

export function mustCertify({ certified }: QuasiNewtonState, problem: Problem): boolean {
  return canCertify(problem) && !certified;
}

export function askCertificate<State extends QuasiNewtonState>(
  { common }: Approximation<State>,
  state: State,
  problem: Problem,
): Request {
  state.phase = CERTIFY;
  if (common !== undefined) {
    state.certificate.indefinite = false;
    state.certificate.cg.steps = -1;
    state.certificate.inverse.set(state.inverse);
    return { kind: "common", parameters: state.parameters };
  }
  return startCertificate(state.certificate, problem, state.parameters, state.gradient);
}
