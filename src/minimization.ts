/**
 * The driver between an objective and an optimiser: asks the one for what the other wants, unit by unit.
 *
 * @module
 */

import type { Work } from "./job.js";
import { encodeNumber, encodeNumbers, encodeStored, type Stored } from "./json.js";
import { normInfinity } from "./linalg/vector.js";
import { evaluatorOf, type Begin, type Evaluation, type Minimizable } from "./optimizers/objective.js";
import { certificateOf } from "./certificate.js";
import { Examination, encodeOutcome } from "./examination.js";
import type { Progress, Result } from "./result.js";
import { askedBy, follow, type Settings, type Standing } from "./standing.js";

export class Minimization implements Work<Result, Progress> {
  onProgress: ((progress: Progress) => void) | null;
  readonly #objective: Minimizable;
  readonly #begin: Begin;
  readonly #settings: Settings;
  readonly #standing: Standing;
  #evaluation: Evaluation | null = null;
  readonly #examination: Examination;
  /** False between the optimiser's move and all that follows from it: onProgress, diagnosis, limits. */
  #settled = false;

  constructor(
    objective: Minimizable,
    settings: Settings,
    standing: Standing,
    onProgress: ((progress: Progress) => void) | null,
  ) {
    this.#objective = objective;
    this.#begin = evaluatorOf(objective);
    this.#examination = new Examination(objective);
    this.#settings = settings;
    this.#standing = standing;
    this.onProgress = onProgress;
  }

  get done(): boolean {
    return this.#standing.outcome !== null;
  }

  advance(units: number): boolean {
    this.#settle();
    for (let left = units; left > 0 && !this.done; left--) {
      if (this.#examination.running) {
        this.#examination.advance(this.#standing);
        this.#settle();
      } else if (this.#evaluateSome(units === Infinity ? Infinity : 1)) {
        this.#move();
        this.#settle();
      }
    }
    return this.done;
  }

  /** Goes on with the evaluation; true when it is done. One that throws is begun again next time. */
  #evaluateSome(units: number): boolean {
    const { state } = this.#standing;
    const { optimizer, problem } = this.#settings;
    const part = optimizer.part?.(state, problem) ?? undefined;
    const evaluation = this.#evaluation ?? this.#begin(askedBy(this.#standing), part);
    this.#evaluation = null;
    const evaluated = evaluation.advance(units);
    this.#evaluation = evaluation;
    return evaluated && !this.done;
  }

  #move(): void {
    const standing = this.#standing;
    const { optimizer, problem } = this.#settings;
    const evaluation = this.#evaluation!;
    this.#evaluation = null;
    this.#settled = false;
    this.#examination.moved();
    if (standing.kind === "evaluate") standing.passes[standing.order]++;
    else standing[standing.kind === "line" ? "lines" : "products"]++;
    follow(standing, optimizer.advance(standing.state, problem, evaluation));
  }

  /** All that follows a move. A callback that throws leaves the rest of it for the next call. */
  #settle(): void {
    if (this.#settled || this.done || this.#examination.running) return;
    const standing = this.#standing;
    const { state } = standing;
    const { maxIterations } = this.#settings;
    if (state.iteration > standing.reported) {
      standing.reported = state.iteration;
      this.onProgress?.(this.progress);
      if (this.done) return;
    }
    if (standing.stopping === null && state.iteration >= maxIterations && this.#started) {
      const reason = `The limit of ${maxIterations} iterations was reached.`;
      standing.stopping = { status: "iteration-limit", reason };
    }
    this.#examination.askIfDue(standing);
    if (this.#examination.running) return;
    if (standing.stopping !== null) standing.outcome ??= { ...standing.stopping, witness: null };
    this.#settled = true;
  }

  get #started(): boolean {
    return this.#standing.passes.some((count) => count > 0);
  }

  get #evaluations(): number {
    const { passes, products, lines } = this.#standing;
    return passes.reduce((sum, count) => sum + count, products + lines);
  }

  /** How far it is. */
  get progress(): Progress {
    const { iteration, value, gradient } = this.#standing.state;
    return { iteration, value, gradientNorm: normInfinity(gradient), evaluations: this.#evaluations };
  }

  abort(): void {
    this.#standing.outcome ??= { status: "aborted", reason: "The run was aborted.", witness: null };
  }

  result(): Result {
    const { state, outcome, passes, products, lines } = this.#standing;
    const { optimizer, choice, problem } = this.#settings;
    const { status, reason, witness } = outcome!;
    return Object.freeze<Result>({
      parameters: Float64Array.from(state.parameters),
      value: state.value,
      gradient: Float64Array.from(state.gradient),
      gradientNorm: normInfinity(state.gradient),
      iterations: state.iteration,
      evaluations: this.#evaluations,
      passes: Object.freeze([...passes] as const),
      products,
      lines,
      decrement: state.decrement,
      certificate: certificateOf(state, optimizer, problem),
      status,
      reason,
      converged: status === "converged" || status === "stationary",
      optimizer: optimizer.name,
      choice,
      witness: witness === null ? null : Float64Array.from(witness),
    });
  }

  toJSON(): unknown {
    const { state, point, order, kind, direction, step, stopping, outcome } = this.#standing;
    const { passes, products, lines, reported, nextDiagnosis } = this.#standing;
    const { optimizer, choice, problem, maxIterations } = this.#settings;
    return {
      version: 1,
      type: "minimizer",
      optimizer: { name: optimizer.name, options: { ...optimizer.options } },
      choice,
      problem: {
        size: problem.size,
        totalWeight: problem.totalWeight,
        tolerance: problem.tolerance,
        convex: problem.convex,
      },
      maxIterations,
      fingerprint: this.#objective.fingerprint?.() ?? null,
      state: encodeStored(state as unknown as Stored),
      point: encodeNumbers(point),
      order,
      kind,
      direction: direction === null ? null : encodeNumbers(direction),
      step: encodeNumber(step),
      stopping: stopping === null ? null : { ...stopping },
      outcome: outcome === null ? null : encodeOutcome(outcome),
      passes: [...passes],
      products,
      lines,
      reported,
      nextDiagnosis,
    };
  }
}
