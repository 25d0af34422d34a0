// Back-propagation beside central differences, layer by layer; and why a squared error through a sigmoid learns slowly
// where it is most wrong.
import { dataset, losses, models, objective, random } from "surprisal";

const HIDDEN = [5, 4, 3];
const dice = random(1);
const X = Array.from({ length: 30 }, () => [2 * dice.uniform() - 1, 2 * dice.uniform() - 1]);
const y = X.map(([a, b]) => (a * b > 0 ? 1 : 0));
const data = dataset(X, y);

const model = models.mlp({ hidden: HIDDEN, activation: "tanh", seed: 1 });
const target = objective({ data, model, loss: losses.binaryCrossEntropy() });
const theta = model.initial({ columns: 2, outputs: 1 });

/** θ holds layer after layer, each [units × (1 + inputs)], from the side of the features. */
function layers() {
  const sizes = [2, ...HIDDEN, 1];
  let end = 0;
  return sizes.slice(1).map((units, l) => {
    const begin = end;
    end += units * (1 + sizes[l]);
    return { name: `${sizes[l]} -> ${units}`, begin, end };
  });
}

/** (F(θ + h·e_j) − F(θ − h·e_j))/2h: two passes forward for every parameter. Back-propagation takes one, and one back. */
function byDifferences(h) {
  return theta.map((value, j) => {
    const at = (moved) => target.value(theta.with(j, moved));
    return (at(value + h) - at(value - h)) / (2 * h);
  });
}

const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const show = (value) => value.toExponential(1).padStart(9);

const gradient = target.gradient(theta);
const steps = [1e-1, 1e-3, 1e-5, 1e-7, 1e-9];
const differences = steps.map(byDifferences);
console.log(`${theta.length} parameters; largest slope of a layer, and how far central differences are from it:`);
console.log("layer   ", "    slope", ...steps.map((h) => `h = ${h}`.padStart(9)));
for (const { name, begin, end } of layers()) {
  const own = gradient.slice(begin, end);
  const apart = differences.map((other) => largest(own.map((slope, j) => slope - other[begin + j])) / largest(own));
  console.log(name.padEnd(8), show(largest(own)), ...apart.map(show));
}
const best = Math.min(...differences.map((other) => largest(gradient.map((slope, j) => slope - other[j]))));
console.log(
  `back-propagation ${best < 1e-9 ? "agrees" : "DISAGREES"}: the best differences are ${best.toExponential(0)} away`,
);

// The same network, ever surer of the wrong answer: its last bias is moved away from what is right for all rows.
console.log("\nall rows are of class 1; the network says P(1):");
console.log("P(1)     ", "  slope of the first layer by cross-entropy, and by squared error through the sigmoid");
const sure = dataset(X, new Float64Array(X.length).fill(1));
const entropy = objective({ data: sure, model, loss: losses.binaryCrossEntropy() });
const squared = objective({ data: sure, model, loss: losses.brier() });
const [{ end }] = layers();
const bias = layers().at(-1).begin;
for (const score of [0, -2, -4, -8, -16]) {
  const at = theta.with(bias, score);
  const [a, b] = [entropy, squared].map((one) => largest(one.gradient(at).subarray(0, end)));
  console.log((1 / (1 + Math.exp(-score))).toExponential(1).padEnd(9), show(a), show(b));
}
