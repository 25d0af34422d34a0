import { checkChoice, checkNumber, checkOptions, fail, toFloat64 } from "../check.js";
import { sizeOf, type Layout } from "../priors/terms.js";
import { ACTIVATIONS, type ActivationName, rectifies } from "./activations.js";
import { type Initialization, initialParameters } from "./initialParameters.js";
import { makeNetwork } from "./mlpEvaluation.js";
import { makeRowScorer } from "./mlpRow.js";
import type { Model } from "./model.js";

/** Options of a network. */
export interface MlpOptions {
  /** Units of each hidden layer, integers ≥ 1, from the side of the features. */
  readonly hidden: readonly number[];
  /** What hidden units do; `"tanh"` if not given. */
  readonly activation?: ActivationName;
  /** How first weights are spread; `"he"` for activations that rectify (relu and its kin), else `"glorot"`. */
  readonly initialization?: Initialization;
  /** Seed of the first weights, 0 .. 2⁵³ − 1; 0 if not given. */
  readonly seed?: number;
}

/** The shape of what a network is to be applied to. */
export interface NetworkShape {
  /** Features in a row. */
  readonly columns: number;
  /** Scores in a row: 1, or the number of classes. */
  readonly outputs: number;
  /** Another seed than that of the network. */
  readonly seed?: number;
}

/** A multilayer perceptron: a {@link Model} with hidden layers. */
export interface Network extends Model {
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** What hidden units do. */
  readonly activation: ActivationName;
  /** How first weights are spread. */
  readonly initialization: Initialization;
  /** Seed of the first weights. */
  readonly seed: number;
  /** Length of θ for this shape. Throws a TypeError or RangeError for what are no counts ≥ 1. */
  size(shape: Omit<NetworkShape, "seed">): number;
  /**
   * First parameters for this shape, where fits start: weights uniform in ±√(3·variance), variance 2/(inputs + units)
   * ("glorot") or 2/inputs ("he"), biases 0. Throws a TypeError or RangeError for what are no counts ≥ 1.
   */
  initial(shape: NetworkShape): Float64Array;
}

/** Parameters that fit in memory many times over. */
const MOST_PARAMETERS = 100_000_000;

/**
 * A multilayer perceptron: scores = affine ∘ activation ∘ affine ∘ ... of the features, a non-linear {@link Model} for
 * any loss or likelihood.
 *
 * Layer l: z = W·a + b, a = activation(z) but for the last layer, whose z are the scores (+ offset), [rows × outputs]. θ:
 * [units × (1 + inputs)] per layer, each row [bias, weights], from the side of the features. Priors and penalties act
 * on the weights; biases are free unless the prior names the intercept. Not convex: hidden units can be permuted, θ = 0
 * is a saddle, and a fit ends in a stationary point that depends on where it started. Of up to 64 scores its objective
 * offers Hessian times vector, for `optimizers.newtonCG` and `diagnostics`.
 *
 * Activations: `tanh`, `sigmoid`, `relu`, `leakyRelu` (slope 0.01 below 0), `gelu` = z·Φ(z), `geluTanh` = its
 * approximation ½z(1 + tanh(√(2/π)(z + 0.044715z³))), `silu` = z·σ(z), `softplus`, `identity`; relu'(0) = 0.
 *
 * @param options - `hidden`: units of each hidden layer; `activation` (`"tanh"`); `initialization`: `"glorot"` or `"he"`;
 *   `seed` (0).
 * @returns The model, frozen.
 * @throws TypeError or RangeError for other options.
 * @see Rumelhart, Hinton & Williams, "Learning representations by back-propagating errors", Nature 323 (1986)
 * @see Glorot & Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010
 * @see He, Zhang, Ren & Sun, "Delving deep into rectifiers", ICCV 2015
 * @see Hendrycks & Gimpel, "Gaussian error linear units", arXiv:1606.08415 (2016)
 * @example
 * const xor = dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]);
 * const model = models.mlp({ hidden: [4], activation: "tanh" });
 * const target = objective({ data: xor, model, loss: losses.binaryCrossEntropy() });
 * target.size; // → 17
 * minimize(target, { maxIterations: 100 }).value < 0.01; // → true
 */
export function mlp(options: MlpOptions): Network {
  checkOptions("options", options, ["hidden", "activation", "initialization", "seed"]);
  const hidden = readHidden(options?.hidden);
  const { activation = "tanh", initialization, seed = 0 } = options;
  checkChoice("activation", activation, ACTIVATIONS);
  const scheme =
    initialization === undefined
      ? rectifies(activation)
        ? "he"
        : "glorot"
      : checkChoice("initialization", initialization, ["glorot", "he"]);
  checkSeed(seed);
  const layoutOf = (shape: NetworkShape, more: readonly string[] = []): Layout => {
    checkOptions("shape", shape, ["columns", "outputs", ...more]);
    const features = checkCount("columns", shape?.columns);
    return checkedLayout({ outputs: checkCount("outputs", shape.outputs), features, intercept: true, hidden });
  };
  return Object.freeze<Network>({
    name: "mlp",
    hidden,
    activation,
    initialization: scheme,
    seed,
    size: (shape) => sizeOf(layoutOf(shape)),
    initial(shape) {
      const layout = layoutOf(shape, ["seed"]);
      return initialParameters(layout, scheme, shape.seed === undefined ? seed : checkSeed(shape.seed));
    },
    bind: (data, outputs, kernels) => {
      const layout = checkedLayout({ outputs, features: data.columns, intercept: true, hidden });
      return makeNetwork(data, layout, activation, kernels);
    },
    start: (columns, outputs) => initialParameters(layoutOf({ columns, outputs }), scheme, seed),
    scorer: (columns, outputs, parameters) => makeRowScorer(layoutOf({ columns, outputs }), activation, parameters),
    toJSON: () => ({
      version: 1,
      type: "model",
      name: "mlp",
      options: { hidden: [...hidden], activation, initialization: scheme, seed },
    }),
  });
}

function checkSeed(seed: unknown): number {
  return checkNumber("seed", seed, { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true });
}

function checkCount(argument: string, value: unknown): number {
  return checkNumber(argument, value, { min: 1, integer: true });
}

function checkedLayout(layout: Layout): Layout {
  const size = sizeOf(layout);
  if (size > MOST_PARAMETERS) fail("range", "hidden", `at most ${MOST_PARAMETERS} parameters`, size);
  return layout;
}

function readHidden(hidden: unknown): readonly number[] {
  const units = Array.from(toFloat64("hidden", hidden));
  units.forEach((value, row) => {
    if (!(Number.isSafeInteger(value) && value >= 1)) fail("range", "hidden", "an integer >= 1", value, { row });
  });
  if (units.length > 100) fail("range", "hidden", "at most 100 layers", units.length);
  return Object.freeze(units);
}
