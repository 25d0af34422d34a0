// The page stays free while a worker fits; what comes back is plain JSON, and becomes a fit again.
import { fitFromJSON, random } from "surprisal";

const output = document.querySelector("output");

// 50,000 rows of two columns: the label depends on their sum, and on luck.
const rows = 50_000;
const numbers = random(1);
const X = Float64Array.from({ length: 2 * rows }, () => numbers.uniform());
const y = Uint8Array.from({ length: rows }, (_, i) => Number(X[2 * i] + X[2 * i + 1] > 2 * numbers.uniform()));

const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

worker.onmessage = ({ data: { progress, fit: json } }) => {
  if (progress) {
    output.textContent = `iteration ${progress.iteration}: ${progress.value.toFixed(6)} nats a row`;
    return;
  }
  const fit = fitFromJSON(json);
  const chances = fit.predictProbabilities([
    [0.2, 0.2],
    [0.9, 0.9],
  ]);
  output.textContent = `${fit.status}: ${chances[0].toFixed(2)} at (0.2, 0.2), ${chances[1].toFixed(2)} at (0.9, 0.9)`;
};
worker.onerror = ({ message }) => (output.textContent = `the worker failed: ${message}`);

// The arrays move to the worker, they are not copied.
worker.postMessage({ X, y, columns: 2 }, [X.buffer, y.buffer]);
