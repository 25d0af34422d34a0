import type { LayerKernels } from "../backend/kernels.js";
import { layerKernelsIn } from "../backend/layerKernels.js";
import type { Store } from "../backend/store.js";
import type { Layer } from "../priors/terms.js";
import { type ActivationName, activate, activateIn } from "./activations.js";
import type { Workspace } from "./workspace.js";

/** A matrix somewhere in memory: its rows lie `stride` numbers apart. */
export interface Matrix<Ref> {
  readonly ref: Ref;
  readonly stride: number;
}

/** Numbers from one row of hidden units to the next: no multiple of 16, so that rows do not share cache sets. */
function strideOf(units: number): number {
  const even = units + (units & 1);
  return even % 16 === 0 ? even + 4 : even;
}

/** Rows of a leaf on their way through the layers and back. Padding between rows holds numbers that nobody reads. */
export class Block<Ref> {
  readonly layers: readonly Layer[];
  readonly kernels: LayerKernels<Ref>;
  readonly #store: Store<Ref>;
  readonly #workspace: Workspace<Ref>;
  readonly #activation: ActivationName;
  readonly #rows: number;
  readonly #parameters: Ref;
  readonly #packed: readonly Ref[];
  /** What each layer puts out, the last one scores; slopes and curvatures of the hidden ones. */
  readonly #outputs: readonly Matrix<Ref>[];
  readonly #slopes: readonly Ref[];
  #curvatures: readonly Ref[] | null = null;
  readonly #deltas: readonly [Ref, Ref];
  /** Which features of each row are not 0. */
  readonly #lists: Ref;
  /** What products that go back pack. */
  readonly scratch: Ref;

  constructor(
    layers: readonly Layer[],
    activation: ActivationName,
    rows: number,
    store: Store<Ref>,
    workspace: Workspace<Ref>,
  ) {
    this.layers = layers;
    this.kernels = layerKernelsIn(store);
    this.#store = store;
    this.#workspace = workspace;
    this.#activation = activation;
    this.#rows = rows;
    this.#parameters = workspace.allocate(layers.at(-1)!.end);
    this.#packed = layers.map(({ inputs, units }) => workspace.allocate(Math.ceil(units / 4) * 4 * (1 + inputs)));
    this.#outputs = layers.map((layer) => this.matrix(layer));
    this.#slopes = this.hidden.map((matrix) => this.vector(matrix));
    this.#lists = workspace.allocate(rows * (1 + layers[0]!.inputs));
    this.scratch = workspace.allocate(5 * Math.max(rows, ...layers.map(({ units }) => units)));
    const longest = Math.max(layers[0]!.inputs, ...this.hidden.map(({ stride }) => stride));
    this.#deltas = [this.vector({ stride: longest }), this.vector({ stride: longest })];
  }

  /** Room for what a layer puts out; scores lie without gaps, as losses take them. */
  matrix(layer: Layer): Matrix<Ref> {
    const stride = layer === this.layers.at(-1) ? layer.units : strideOf(layer.units);
    return { ref: this.vector({ stride }), stride };
  }

  /** Room for rows of this stride, cleared. */
  vector({ stride }: { readonly stride: number }): Ref {
    const ref = this.#workspace.allocate(this.#rows * stride);
    this.#store.view(ref, this.#rows * stride).fill(0);
    return ref;
  }

  get scores(): Matrix<Ref> {
    return this.#outputs.at(-1)!;
  }

  get hidden(): readonly Matrix<Ref>[] {
    return this.#outputs.slice(0, -1);
  }

  slopesOf(layer: number): Ref {
    return this.#slopes[layer]!;
  }

  /** Second derivatives of hidden layer `layer`; there after `forward(..., 2)`. */
  curvaturesOf(layer: number): Ref {
    return this.#curvatures![layer]!;
  }

  /** What goes into layer `layer`. */
  inputOf(layer: number, x: Matrix<Ref>): Matrix<Ref> {
    return layer === 0 ? x : this.#outputs[layer - 1]!;
  }

  /** The parameters of layer `layer`. */
  parametersOf(layer: number): Ref {
    const { begin, end } = this.layers[layer]!;
    return this.#store.slice(this.#parameters, begin, end);
  }

  packedOf(layer: number): Ref {
    return this.#packed[layer]!;
  }

  /** Takes θ for what follows. */
  load(parameters: Float64Array): void {
    this.#store.view(this.#parameters, parameters.length).set(parameters);
    this.layers.forEach(({ inputs, units }, l) => {
      this.kernels.packLayer(inputs, units, this.parametersOf(l), this.#packed[l]!);
    });
  }

  /** Scores of rows; also slopes of the hidden units for order 1, and their curvatures for order 2. */
  forward(rows: number, x: Matrix<Ref>, order: number): void {
    if (order === 2) this.#curvatures ??= this.hidden.map((matrix) => this.vector(matrix));
    this.layers.forEach(({ inputs, units }, l) => {
      const from = this.inputOf(l, x);
      const { ref, stride } = this.#outputs[l]!;
      const lists = l === 0 ? this.#lists : null;
      this.kernels.layerForward(rows, inputs, units, from.ref, from.stride, this.#packed[l]!, 1, 0, ref, stride, lists);
      if (l === this.layers.length - 1) return;
      const n = rows * stride;
      const slopes = order > 0 ? this.#slopes[l]! : null;
      if (order < 2) activateIn(this.#activation, this.#store, this.kernels, n, ref, slopes);
      else {
        const view = (other: Ref): Float64Array => this.#store.view(other, n);
        activate(this.#activation, view(ref), view(slopes!), view(this.#curvatures![l]!));
      }
    });
  }

  /**
   * From the derivatives by the scores: those by θ to `node` unless that is null, and, if wanted, those by the inputs to
   * a matrix of this block. To be called after `forward` with order ≥ 1.
   */
  backward(rows: number, x: Matrix<Ref>, residuals: Ref, node: Ref | null, wanted: boolean): Matrix<Ref> | null {
    let delta: Matrix<Ref> = { ref: residuals, stride: this.scores.stride };
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const { inputs, units, begin, end } = this.layers[l]!;
      const from = this.inputOf(l, x);
      if (node !== null) {
        const out = this.#store.slice(node, begin, end);
        this.kernels.layerGradient(
          rows,
          inputs,
          units,
          delta.ref,
          delta.stride,
          from.ref,
          from.stride,
          0,
          out,
          this.scratch,
        );
      }
      if (l === 0 && !wanted) return null;
      const next = { ref: this.#deltas[l & 1]!, stride: l === 0 ? inputs : from.stride };
      const parameters = this.parametersOf(l);
      this.kernels.layerBackward(
        rows,
        inputs,
        units,
        delta.ref,
        delta.stride,
        parameters,
        0,
        next.ref,
        next.stride,
        this.scratch,
      );
      if (l > 0) this.kernels.multiply(rows * next.stride, next.ref, this.#slopes[l - 1]!, next.ref);
      delta = next;
    }
    return delta;
  }
}
