import { type Part, entry } from "../entry.js";
import { distributions } from "../inputs.js";

/** Entropies of distributions, in every base and by every option. */
export const information: Part = function* (library) {
  const { random, entropy, crossEntropy, klDivergence, jensenShannonDivergence } = library;
  const generator = random(4);
  for (const length of [2, 3, 10, 1000, 5000]) {
    const p = distributions(generator, 1, length);
    const q = distributions(generator, 1, length).map((value, i) => (value + p[i]) / 2);
    const bases = [entropy(p), entropy(p, { base: 2 }), entropy(q, { base: 10 })];
    yield entry(`entropy of ${length}`, "entropy(p)", ...bases);
    const crossed = [crossEntropy(p, q), crossEntropy(q, p), crossEntropy(p, q, { normalize: true })];
    yield entry(`crossEntropy of ${length}`, "crossEntropy(p, q)", ...crossed);
    const divergences = [klDivergence(p, q), klDivergence(q, p), klDivergence(p, p)];
    yield entry(`klDivergence of ${length}`, "klDivergence(p, q)", ...divergences);
    const between = [jensenShannonDivergence(p, q), jensenShannonDivergence(q, p, { base: 2 })];
    yield entry(`jensenShannonDivergence of ${length}`, "jensenShannonDivergence(p, q)", ...between);
    yield entry(`entropyGradient of ${length}`, "entropyGradient(p)", library.entropyGradient(p));
    for (const name of ["crossEntropy", "klDivergence", "jensenShannonDivergence"] as const) {
      const gradients = library[`${name}Gradient`](p, q);
      yield entry(`${name}Gradient of ${length}`, `${name}Gradient(p, q)`, gradients.p, gradients.q);
    }
  }
};
