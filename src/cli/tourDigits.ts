import { log, priors, random, softmaxRegression, type Fit } from "../index.js";
import { type Print, formatNumber, formatPairs, formatShare, indent, wrap } from "./format.js";
import { readFeatures } from "./features.js";
import { withProgress } from "./progress.js";
import { numberColumn, readTable } from "./table.js";

const SEED = 1;
const SIDE = 8;
const INK = " .:-=+*#%@";
const BAR = 30;

interface Digits {
  readonly names: readonly string[];
  readonly images: number[][];
  readonly labels: number[];
}

/** Softmax regression of handwritten digits, judged on images it has not seen. */
export function digits(path: string, print: Print): void {
  const table = readTable(path);
  const names = table.header.filter((name) => name !== "target");
  const { x, rows } = readFeatures(table, names);
  const images = Array.from({ length: rows }, (_, i) => [...x.subarray(i * names.length, (i + 1) * names.length)]);
  const labels = [...numberColumn(table, "target")];
  const { train, test } = split({ names, images, labels });
  const prior = priors.normal({ sd: 1 });

  print(`4  Ten classes: softmaxRegression(images, labels, { prior })`, "");
  const fit = withProgress("fitting digits", (onProgress) =>
    softmaxRegression(train.images, train.labels, { names, prior, standardize: true, onProgress }),
  );
  const predicted = fit.predict(test.images);
  const right = test.labels.filter((label, i) => predicted[i] === label).length;
  const costs = surprisals(fit, test);
  print(
    formatPairs([
      ["fitted to", `${train.labels.length} images of ${SIDE} x ${SIDE} pixels, drawn by random(${SEED})`],
      ["status", `${fit.status} after ${fit.iterations} iterations`],
      ["held out", `${formatShare(right, test.labels.length)} of the other images read right`],
      [
        "surprisal",
        `${formatNumber(mean(costs))} nats an image; guessing would cost ${formatNumber(log(fit.classes!.length))}`,
      ],
    ]),
    "",
  );
  const worst = costs.indexOf(Math.max(...costs));
  print(
    wrap(
      `The image that surprised it most: a ${test.labels[worst]} that it gave a probability of ${formatNumber(probability(fit, test, worst))}, ${formatNumber(costs[worst])} nats.`,
    ),
    "",
    indent(beside(picture(test.images[worst]), bars(fit, test.images[worst])).join("\n")),
    "",
  );
}

/** Four fifths to fit, one fifth to judge by, in a random order of fixed seed. */
function split({ names, images, labels }: Digits): { train: Digits; test: Digits } {
  const order = [...random(SEED).permutation(labels.length)];
  const cut = Math.floor(labels.length / 5);
  const part = (rows: number[]): Digits => ({
    names,
    images: rows.map((i) => images[i]),
    labels: rows.map((i) => labels[i]),
  });
  return { test: part(order.slice(0, cut)), train: part(order.slice(cut)) };
}

/** -log p of the true label of each image. */
function surprisals(fit: Fit, data: Digits): number[] {
  return data.labels.map((_, i) => -log(probability(fit, data, i)));
}

function probability(fit: Fit, { images, labels }: Digits, row: number): number {
  return fit.predictProbabilities([images[row]])[fit.classes!.indexOf(labels[row])];
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function picture(image: readonly number[]): string[] {
  const most = Math.max(...image);
  const ink = (value: number): string => INK[Math.trunc((value / most) * (INK.length - 1) + 0.5)].repeat(2);
  return Array.from({ length: SIDE }, (_, row) =>
    image
      .slice(row * SIDE, (row + 1) * SIDE)
      .map(ink)
      .join(""),
  );
}

function bars(fit: Fit, image: number[]): string[] {
  const probabilities = fit.predictProbabilities([image]);
  return fit.classes!.map((label, k) => {
    const p = probabilities[k];
    return `${label} ${p.toFixed(3)} ${"█".repeat(Math.trunc(p * BAR + 0.5))}`;
  });
}

/** Two columns of lines, the shorter one centred. */
function beside(left: readonly string[], right: readonly string[]): string[] {
  const above = Math.floor((right.length - left.length) / 2);
  return right.map((line, i) => `${(left[i - above] ?? "").padEnd(2 * SIDE)}    ${line}`);
}
