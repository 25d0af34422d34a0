import type { Binding, LayerKernels } from "../backend/kernels.js";
import type { Store } from "../backend/store.js";
import { expFlushedOne } from "../backend/typescript/math/exp.js";
import { sigmoid as sigmoids, sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { softplusOne } from "../backend/typescript/math/softplus.js";
import { tanh as tanhs, tanhOne } from "../backend/typescript/math/tanh.js";
import { normalCdfOne } from "../special/normalCdf.js";

/** What a unit makes of its sum z, with two derivatives; `a` is its own value at z. */
interface Activation {
  readonly value: (z: number) => number;
  readonly slope: (z: number, a: number) => number;
  readonly curvature: (z: number, a: number) => number;
  /** Variance of a weight that keeps the scale of what passes through: 2/inputs, or 2/(inputs + units) if false. */
  readonly rectifies: boolean;
  /** Value and slope by kernels: of sums where they lie. Without it the functions above run there, on a view. */
  readonly kernels?: Kernelled;
}

/** How kernels do it: those of {@link LayerKernels}, after one that takes values where there is such a one. */
type Kernelled = <Ref>(store: Store<Ref>, layers: LayerKernels<Ref>, n: number, z: Ref, slopes: Ref | null) => void;

/** Values by one kernel, then slopes from the values. */
function valuesFirst(values: Binding<"tanh" | "sigmoid">, slopesOf: "tanhSlopes" | "sigmoidSlopes"): Kernelled {
  return (store, layers, n, z, slopes) => {
    store.bind(values)(n, z, z);
    if (slopes !== null) layers[slopesOf](n, z, slopes);
  };
}

/** Slope of `leakyRelu` below 0. */
const LEAK = 0.01;
/** √(2/π) and 1/√(2π). */
const ROOT_TWO_OVER_PI = 0.7978845608028654;
const ROOT_HALF_OVER_PI = 0.3989422804014327;
const CUBIC = 0.044715;

/** Density of the standard normal distribution; 0 beyond |x| = 37. */
function normalDensity(x: number): number {
  return ROOT_HALF_OVER_PI * expFlushedOne(-0.5 * (x * x));
}

/** tanh(√(2/π)(z + 0.044715 z³)). */
function innerTanh(z: number): number {
  return tanhOne(ROOT_TWO_OVER_PI * (z + CUBIC * (z * z * z)));
}

const identity: Activation = { value: (z) => z, slope: () => 1, curvature: () => 0, rectifies: false };

const tanh: Activation = {
  value: tanhOne,
  slope: (_, a) => 1 - a * a,
  curvature: (_, a) => -2 * a * (1 - a * a),
  rectifies: false,
  kernels: /*#__PURE__*/ valuesFirst({ name: "tanh", twin: tanhs }, "tanhSlopes"),
};

const sigmoid: Activation = {
  value: sigmoidOne,
  slope: (_, a) => a * (1 - a),
  curvature: (_, a) => a * (1 - a) * (1 - 2 * a),
  rectifies: false,
  kernels: /*#__PURE__*/ valuesFirst({ name: "sigmoid", twin: sigmoids }, "sigmoidSlopes"),
};

/** The last alternative is NaN. */
const relu: Activation = {
  value: (z) => (z > 0 ? z : z <= 0 ? 0 : z),
  slope: (z) => (z > 0 ? 1 : z <= 0 ? 0 : z),
  curvature: () => 0,
  rectifies: true,
  kernels: (_, layers, n, z, slopes) => layers.rectify(n, 0, z, slopes),
};

const leakyRelu: Activation = {
  value: (z) => (z > 0 ? z : LEAK * z),
  slope: (z) => (z > 0 ? 1 : LEAK),
  curvature: () => 0,
  rectifies: true,
  kernels: (_, layers, n, z, slopes) => layers.rectify(n, LEAK, z, slopes),
};

const gelu: Activation = {
  value: (z) => z * normalCdfOne(z),
  slope: (z) => normalCdfOne(z) + z * normalDensity(z),
  curvature: (z) => normalDensity(z) * (2 - z * z),
  rectifies: true,
};

const geluTanh: Activation = {
  value: (z) => 0.5 * z * (1 + innerTanh(z)),
  slope(z) {
    const t = innerTanh(z);
    const slope = ROOT_TWO_OVER_PI * (1 + 3 * CUBIC * (z * z));
    return 0.5 * (1 + t) + 0.5 * z * ((1 - t * t) * slope);
  },
  curvature(z) {
    const t = innerTanh(z);
    const slope = ROOT_TWO_OVER_PI * (1 + 3 * CUBIC * (z * z));
    const bend = ROOT_TWO_OVER_PI * (6 * CUBIC * z);
    return (1 - t * t) * (slope + 0.5 * z * (bend - 2 * t * (slope * slope)));
  },
  rectifies: true,
};

const silu: Activation = {
  value: (z) => z * sigmoidOne(z),
  slope(z) {
    const p = sigmoidOne(z);
    return p * (1 + z * (1 - p));
  },
  curvature(z) {
    const p = sigmoidOne(z);
    return p * (1 - p) * (2 + z * (1 - 2 * p));
  },
  rectifies: true,
};

const softplus: Activation = {
  value: softplusOne,
  slope: (z) => sigmoidOne(z),
  curvature(z) {
    const p = sigmoidOne(z);
    return p * (1 - p);
  },
  rectifies: true,
};

const activations = { tanh, relu, leakyRelu, sigmoid, gelu, geluTanh, silu, softplus, identity };

/** What the hidden units of a network do. */
export type ActivationName = keyof typeof activations;

export const ACTIVATIONS = /*#__PURE__*/ Object.keys(activations) as readonly ActivationName[];

/** Whether the activation passes only what is positive, more or less: decides the scale of first weights. */
export function rectifies(name: ActivationName): boolean {
  return activations[name].rectifies;
}

/** z ← its activation; slopes and curvatures are written where wanted. All of one length. */
export function activate(
  name: ActivationName,
  z: Float64Array,
  slopes: Float64Array | null,
  curvatures: Float64Array | null,
): void {
  const { value, slope, curvature } = activations[name];
  for (let i = 0; i < z.length; i++) {
    const sum = z[i];
    const a = value(sum);
    if (slopes !== null) slopes[i] = slope(sum, a);
    if (curvatures !== null) curvatures[i] = curvature(sum, a);
    z[i] = a;
  }
}

/** The same of sums in some memory, without curvatures: by kernels where there are some. n is even, or there is room. */
export function activateIn<Ref>(
  name: ActivationName,
  store: Store<Ref>,
  layers: LayerKernels<Ref>,
  n: number,
  z: Ref,
  slopes: Ref | null,
): void {
  const { kernels } = activations[name];
  if (kernels !== undefined) kernels(store, layers, n, z, slopes);
  else activate(name, store.view(z, n), slopes === null ? null : store.view(slopes, n), null);
}
