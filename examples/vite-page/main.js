// Fits again with every move of the slider: eight rows take well under a millisecond.
import { backend, logisticRegression, priors } from "surprisal";

const hours = [[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]];
const passed = [false, false, true, false, true, false, true, true];

const slider = document.querySelector("input");
const output = document.querySelector("output");

function show() {
  const sd = slider.valueAsNumber;
  const fit = logisticRegression(hours, passed, { prior: priors.normal({ sd }) });
  const [chance] = fit.predictProbabilities([[3]]);
  output.textContent = `sd ${sd}: after 3 hours ${(100 * chance).toFixed(1)} % pass (${fit.status}, on ${backend.name})`;
}

slider.addEventListener("input", show);
show();
