import type { BoundModel, CoordinateModel, DataEvaluation } from "../models/model.js";
import { sizeOf } from "../priors/terms.js";
import type { Lane } from "./lane.js";
import { partsOf } from "./sums.js";
import { type Block, TreeSum } from "./tree.js";

/** A worker that holds rows, and the blocks that these are. */
export interface Share {
  readonly lane: Lane;
  readonly blocks: readonly Block[];
}

/** An evaluation that workers do. */
export interface Pending {
  readonly shares: readonly Share[];
  readonly answered: Promise<void>;
  /** The nodes of each worker. */
  nodes: readonly Float64Array[] | null;
  error: unknown;
}

interface Surroundings {
  /** True when nobody waits any more: sums are then taken here. */
  ended(): boolean;
  /** Notes what has to be waited for. */
  wait(pending: Pending): void;
}

type AskFor = (task: string, args: object) => Pending;

/** A model on its data whose sums workers take; whoever cannot wait has them taken here, with the same bits. */
export function remote(bound: BoundModel, ask: AskFor, surroundings: Surroundings): BoundModel {
  const { layout, activation, linear, capabilities } = bound;
  const make = (task: string, args: object, local: () => DataEvaluation, result: DataEvaluation): DataEvaluation =>
    evaluationOf(() => ask(task, args), local, result, surroundings);
  return {
    layout,
    linear,
    capabilities,
    ...(activation !== undefined && { activation }),
    begin(given, order) {
      const parameters = given.slice();
      const size = sizeOf(layout);
      const gradient = new Float64Array(order === 0 ? 0 : size);
      const hessian =
        order === 2 && capabilities.includes("hessian") ? new Float64Array((size * (size + 1)) / 2) : null;
      const result = { done: false, value: NaN, gradient, hessian, advance: () => false };
      return make("evaluate", { parameters, order }, () => bound.begin(parameters, order), result);
    },
    ...(bound.beginProduct !== undefined && {
      beginProduct(given: Float64Array, along: Float64Array | null) {
        const [parameters, direction] = [given.slice(), along === null ? null : along.slice()];
        const product = new Float64Array(sizeOf(layout));
        const result = {
          ...{ done: false, value: NaN, gradient: new Float64Array(0), hessian: null, product },
          advance: () => false,
        };
        const local = (): DataEvaluation => bound.beginProduct!(parameters, direction);
        return make("multiply", { parameters, direction }, local, result);
      },
    }),
    ...(bound.inputGradient !== undefined && { inputGradient: (at: Float64Array) => bound.inputGradient!(at) }),
    // Taken here: one pass for one matrix, and one for a line whose points cost none.
    ...(bound.beginCommon !== undefined && { beginCommon: (at: Float64Array) => bound.beginCommon!(at) }),
    ...(bound.beginCoordinates !== undefined && {
      beginCoordinates: (at: Float64Array, model: CoordinateModel) => bound.beginCoordinates!(at, model),
    }),
    ...(bound.beginLine !== undefined && {
      beginLine: (at: Float64Array, along: Float64Array, step: number) => bound.beginLine!(at, along, step),
    }),
    scores: (parameters) => bound.scores(parameters),
    eachRow: (visit) => bound.eachRow(visit),
  };
}

/** An evaluation that asks when it is first advanced, and is done when all have answered. */
function evaluationOf(
  ask: () => Pending,
  local: () => DataEvaluation,
  given: DataEvaluation,
  { ended, wait }: Surroundings,
): DataEvaluation {
  let here: DataEvaluation | null = null;
  let pending: Pending | null = null;
  const result = given as { -readonly [K in keyof DataEvaluation]: DataEvaluation[K] };
  const fill = (node: Float64Array): boolean => {
    let at = 0;
    for (const part of partsOf(result)) {
      part.set(node.subarray(at, at + part.length));
      at += part.length;
    }
    if (result.product === undefined) result.value = node[0]!;
    return (result.done = true);
  };
  result.advance = (units) => {
    if (result.done) return true;
    if (here !== null || units === Infinity || ended()) {
      here ??= local();
      if (!here.advance(units)) return false;
      const parts = partsOf(here);
      partsOf(result).forEach((part, k) => part.set(parts[k]!));
      result.value = here.value;
      return (result.done = true);
    }
    pending ??= ask();
    if (pending.error !== null) throw pending.error;
    if (pending.nodes !== null) return fill(totalOf(pending.shares, pending.nodes));
    wait(pending);
    return false;
  };
  return result;
}

/** The nodes of all workers, merged by their positions. */
function totalOf(shares: readonly Share[], nodes: readonly Float64Array[]): Float64Array {
  const sum = new TreeSum();
  shares.forEach(({ blocks }, k) => {
    const own = nodes[k]!;
    const size = own.length / blocks.length;
    blocks.forEach(({ leaves }, at) => sum.push(leaves, own.subarray(at * size, (at + 1) * size)));
  });
  return sum.total();
}
