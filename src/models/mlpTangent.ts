import type { Store } from "../backend/store.js";
import type { Block, Matrix } from "./mlpBlock.js";
import type { Workspace } from "./workspace.js";

/**
 * Hessian times a direction for the rows of a block: how every number of the forward and the backward pass moves when θ
 * moves along the direction (Pearlmutter, "Fast exact multiplication by the Hessian", Neural Computation 6, 1994).
 */
export class Tangent<Ref> {
  readonly #block: Block<Ref>;
  readonly #store: Store<Ref>;
  readonly #direction: Ref;
  readonly #packed: readonly Ref[];
  /** Derivatives along the direction of what the layers put out, and of the sums of their hidden units. */
  readonly #outputs: readonly Matrix<Ref>[];
  readonly #sums: readonly Ref[];
  /** Derivative by what a layer puts out, and that of it along the direction: two of each, taken in turns. */
  readonly #deltas: readonly (readonly [Ref, Ref])[];
  /** Second derivatives of the loss by pairs of scores, and how its first derivatives move. */
  readonly #pairs: Ref;
  readonly #moved: Ref;

  constructor(block: Block<Ref>, store: Store<Ref>, workspace: Workspace<Ref>, rows: number) {
    const { layers, hidden } = block;
    const { units } = layers.at(-1)!;
    this.#pairs = workspace.allocate(((units * (units + 1)) / 2) * rows);
    this.#moved = workspace.allocate(units * rows);
    this.#block = block;
    this.#store = store;
    this.#direction = workspace.allocate(layers.at(-1)!.end);
    this.#packed = layers.map(({ inputs, units }) => workspace.allocate(Math.ceil(units / 4) * 4 * (1 + inputs)));
    this.#outputs = layers.map((layer) => block.matrix(layer));
    this.#sums = hidden.map((matrix) => block.vector(matrix));
    const longest = { stride: Math.max(1, ...hidden.map(({ stride }) => stride)) };
    this.#deltas = [0, 1].map(() => [block.vector(longest), block.vector(longest)] as const);
  }

  load(direction: Float64Array): void {
    this.#store.view(this.#direction, direction.length).set(direction);
    this.#block.layers.forEach(({ inputs, units, begin, end }, l) => {
      const rows = this.#store.slice(this.#direction, begin, end);
      this.#block.kernels.packLayer(inputs, units, rows, this.#packed[l]!);
    });
  }

  /** After the block's own, with order 2. */
  forward(rows: number, x: Matrix<Ref>): void {
    const { layers, kernels } = this.#block;
    layers.forEach(({ inputs, units }, l) => {
      const a = this.#block.inputOf(l, x);
      const { ref, stride } = this.#outputs[l]!;
      if (l > 0) {
        const along = this.#outputs[l - 1]!;
        const packed = this.#block.packedOf(l);
        kernels.layerForward(rows, inputs, units, along.ref, along.stride, packed, 0, 0, ref, stride, null);
      }
      kernels.layerForward(rows, inputs, units, a.ref, a.stride, this.#packed[l]!, 1, l > 0 ? 1 : 0, ref, stride, null);
      if (l === layers.length - 1) return;
      const n = rows * stride;
      this.#store.view(this.#sums[l]!, n).set(this.#store.view(ref, n));
      kernels.multiply(n, ref, this.#block.slopesOf(l), ref);
    });
  }

  /**
   * How the derivatives by the scores move: Σ_l h(k, l)·(how score l moves), l ascending, where `curvature` writes h for
   * pairs of scores as losses do.
   */
  throughLoss(rows: number, curvature: (pairs: Ref) => void): void {
    curvature(this.#pairs);
    const { ref, stride: K } = this.#outputs.at(-1)!;
    const h = this.#store.view(this.#pairs, ((K * (K + 1)) / 2) * rows);
    const scores = this.#store.view(ref, rows * K);
    const out = this.#store.view(this.#moved, rows * K);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < K; k++) {
        let sum = 0;
        for (let l = 0; l < K; l++) {
          const pair = k >= l ? (k * (k + 1)) / 2 + l : (l * (l + 1)) / 2 + k;
          sum += h[pair * rows + i] * scores[i * K + l];
        }
        out[i * K + k] = sum;
      }
    }
  }

  /** From the derivatives by the scores, after the forward pass and the loss: the node of Hessian times direction. */
  backward(rows: number, x: Matrix<Ref>, residuals: Ref, node: Ref): void {
    const { layers, kernels, scratch } = this.#block;
    const store = this.#store;
    const { stride: last } = this.#outputs.at(-1)!;
    let delta: Matrix<Ref> = { ref: residuals, stride: last };
    let along: Matrix<Ref> = { ref: this.#moved, stride: last };
    for (let l = layers.length - 1; l >= 0; l--) {
      const { inputs, units, begin, end } = layers[l]!;
      const a = this.#block.inputOf(l, x);
      const out = store.slice(node, begin, end);
      kernels.layerGradient(rows, inputs, units, along.ref, along.stride, a.ref, a.stride, 0, out, scratch);
      if (l === 0) return;
      const stride = a.stride;
      const before = this.#outputs[l - 1]!;
      kernels.layerGradient(rows, inputs, units, delta.ref, delta.stride, before.ref, before.stride, 1, out, scratch);
      const [next, nextAlong] = this.#deltas[l & 1]!;
      const weights = this.#block.parametersOf(l);
      const turned = store.slice(this.#direction, begin, end);
      kernels.layerBackward(rows, inputs, units, delta.ref, delta.stride, weights, 0, next, stride, scratch);
      kernels.layerBackward(rows, inputs, units, along.ref, along.stride, weights, 0, nextAlong, stride, scratch);
      kernels.layerBackward(rows, inputs, units, delta.ref, delta.stride, turned, 1, nextAlong, stride, scratch);
      this.#bend(rows * stride, l - 1, next, nextAlong);
      delta = { ref: next, stride };
      along = { ref: nextAlong, stride };
    }
  }

  /** Takes both derivatives through the activation of hidden layer `l`. */
  #bend(n: number, l: number, delta: Ref, along: Ref): void {
    const view = (ref: Ref): Float64Array => this.#store.view(ref, n);
    const d = view(delta);
    const r = view(along);
    const slopes = view(this.#block.slopesOf(l));
    const curvatures = view(this.#block.curvaturesOf(l));
    const sums = view(this.#sums[l]!);
    for (let i = 0; i < n; i++) {
      r[i] = r[i] * slopes[i] + d[i] * (curvatures[i] * sums[i]);
      d[i] *= slopes[i];
    }
  }
}
