import { encodeNumbers } from "./json.js";
import type { Diagnosis, Minimizable } from "./optimizers/objective.js";
import type { MachineState, Status } from "./optimizers/optimizer.js";

/** What an examination reads and writes of where a minimisation stands. */
interface Examined {
  readonly state: MachineState;
  readonly stopping: { readonly status: Status; readonly reason: string } | null;
  outcome: Diagnosis | null;
  nextDiagnosis: number;
}

/** Asks an objective whether its optimum exists: now and then, and before a run ends, in units. */
export class Examination {
  readonly #objective: Minimizable;
  #running: Generator<void, Diagnosis | null> | null = null;
  /** Whether it was asked after the last move. */
  #asked = false;

  constructor(objective: Minimizable) {
    this.#objective = objective;
  }

  get running(): boolean {
    return this.#running !== null;
  }

  /** After a move it may be asked again. */
  moved(): void {
    this.#asked = false;
  }

  /** Asks if it is time to; what it asks in units is then running. */
  askIfDue(standing: Examined): void {
    const { state, stopping, nextDiagnosis } = standing;
    const ending = stopping !== null && stopping.status !== "diverged";
    if (this.#asked || !(ending || state.iteration >= nextDiagnosis)) return;
    const parameters = Float64Array.from(state.parameters);
    this.#running = this.#objective.diagnosis?.(parameters) ?? null;
    if (this.#running === null) this.#end(standing, this.#objective.diagnose?.(parameters) ?? null);
  }

  /** One unit; one that throws is begun again next time. */
  advance(standing: Examined): void {
    const running = this.#running!;
    this.#running = null;
    const { done, value } = running.next();
    if (done === true) this.#end(standing, value);
    else this.#running = running;
  }

  #end(standing: Examined, diagnosis: Diagnosis | null): void {
    this.#asked = true;
    standing.outcome ??= diagnosis;
    while (standing.nextDiagnosis <= standing.state.iteration) standing.nextDiagnosis *= 2;
  }
}

export function encodeOutcome({ status, reason, witness }: Diagnosis): unknown {
  return { status, reason, witness: witness === null ? null : encodeNumbers(witness) };
}
