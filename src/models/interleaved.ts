import type { Order } from "../optimizers/optimizer.js";
import type { Layout } from "../priors/terms.js";
import type { BoundModel, CoordinateModel, DataEvaluation, LineEvaluation } from "./model.js";

/** Evaluations that may be under way at once; one more makes the oldest void. */
const MOST = 4;

/** A model with one workspace, which an evaluation under way keeps busy. */
export interface OneAtATime extends BoundModel {
  readonly busy: boolean;
}

/** A model whose evaluations may be interleaved: each that is under way has a workspace of its own. */
export class Interleaved implements BoundModel {
  readonly #make: () => OneAtATime;
  /** The one used last at the end. */
  readonly #models: OneAtATime[];
  readonly beginProduct?: (parameters: Float64Array, direction: Float64Array | null) => DataEvaluation;

  readonly beginCommon?: (parameters: Float64Array) => DataEvaluation;
  readonly beginCoordinates?: (parameters: Float64Array, model: CoordinateModel) => DataEvaluation;
  readonly beginLine?: (parameters: Float64Array, direction: Float64Array, step: number) => LineEvaluation;

  constructor(first: OneAtATime, make: () => OneAtATime) {
    this.#make = make;
    this.#models = [first];
    if (first.beginProduct !== undefined) {
      this.beginProduct = (parameters, direction) => this.#free().beginProduct!(parameters, direction);
    }
    if (first.beginCommon !== undefined) {
      this.beginCommon = (parameters) => this.#free().beginCommon!(parameters);
    }
    if (first.beginCoordinates !== undefined) {
      this.beginCoordinates = (parameters, model) => this.#free().beginCoordinates!(parameters, model);
    }
    if (first.beginLine !== undefined) {
      this.beginLine = (parameters, direction, step) => this.#free().beginLine!(parameters, direction, step);
    }
  }

  /** One that is not busy, if need be a new one; where there is no room for that the oldest. */
  #free(): OneAtATime {
    const models = this.#models;
    let place = models.length - 1;
    while (place >= 0 && models[place].busy) place--;
    if (place < 0 && models.length < MOST) {
      const made = this.#tryMake();
      if (made !== null) place = models.push(made) - 1;
    }
    const [model] = models.splice(Math.max(0, place), 1);
    models.push(model);
    return model;
  }

  #tryMake(): OneAtATime | null {
    try {
      return this.#make();
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  get layout(): Layout {
    return this.#models[0].layout;
  }

  get linear(): boolean {
    return this.#models[0].linear;
  }

  get capabilities(): BoundModel["capabilities"] {
    return this.#models[0].capabilities;
  }

  begin(parameters: Float64Array, order: Order): DataEvaluation {
    return this.#free().begin(parameters, order);
  }

  scores(parameters: Float64Array): Float64Array {
    return this.#free().scores(parameters);
  }

  eachRow(visit: (row: number, features: Float64Array) => void): void {
    this.#models[0].eachRow(visit);
  }
}
