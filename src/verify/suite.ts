import type { Entry, Library, Part } from "./entry.js";
import { Hash } from "./hash.js";
import { custom } from "./parts/custom.js";
import { data } from "./parts/data.js";
import { diagnostics } from "./parts/diagnostics.js";
import { distributions } from "./parts/distributions.js";
import { draws } from "./parts/draws.js";
import { elementwise } from "./parts/elementwise.js";
import { families } from "./parts/families.js";
import { firth } from "./parts/firth.js";
import { fits } from "./parts/fits.js";
import { generalizedFits } from "./parts/generalizedFits.js";
import { inference } from "./parts/inference.js";
import { information } from "./parts/information.js";
import { jobs } from "./parts/jobs.js";
import { kinks } from "./parts/kinks.js";
import { likelihoods } from "./parts/likelihoods.js";
import { losses } from "./parts/losses.js";
import { metrics } from "./parts/metrics.js";
import { minima } from "./parts/minima.js";
import { moreLosses } from "./parts/moreLosses.js";
import { networks } from "./parts/networks.js";
import { objectives } from "./parts/objectives.js";
import { ordinal } from "./parts/ordinal.js";
import { priors } from "./parts/priors.js";
import { resumed } from "./parts/resumed.js";
import { rows } from "./parts/rows.js";
import { schools } from "./parts/schools.js";
import { onlineModels } from "./parts/onlineModels.js";
import { stochastic } from "./parts/stochastic.js";
import { solvers } from "./parts/solvers.js";
import { sparseRows } from "./parts/sparseRows.js";
import { special } from "./parts/special.js";

/** What the library computes, from the bottom up: the first entry that differs is the nearest to the cause. */
const parts: readonly Part[] = [
  ...[draws, elementwise, special, rows, information, losses, moreLosses, likelihoods, families, priors, distributions],
  ...[data, objectives, minima, diagnostics, firth, schools, fits, jobs, resumed],
  ...[inference, generalizedFits, ordinal, custom, kinks, networks, stochastic, onlineModels, solvers, sparseRows],
  ...[metrics],
];

/** Every entry of the suite, computed when it is asked for. */
export function* entries(library: Library): Generator<Entry, void> {
  for (const part of parts) yield* part(library);
}

/** The hash of all values of an entry. */
export function hashOf({ values }: Entry): string {
  const hash = new Hash();
  for (const value of values) hash.add(value);
  return hash.toString();
}

/** Name → hash of the entries computed so far; a name that comes twice is an error of the suite. */
export class Hashes {
  readonly all: Record<string, string> = {};
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(entry: Entry): void {
    if (Object.hasOwn(this.all, entry.name)) throw new Error(`"${entry.name}" comes twice.`);
    this.all[entry.name] = hashOf(entry);
    this.#count++;
  }
}

/** Name → hash, in a fixed order. */
export function golden(library: Library): Record<string, string> {
  const hashes = new Hashes();
  for (const entry of entries(library)) hashes.add(entry);
  return hashes.all;
}

/** One hash of all. */
export function hashOfHashes(hashes: Readonly<Record<string, string>>): string {
  const hash = new Hash();
  for (const [name, value] of Object.entries(hashes)) hash.add(name).add(value);
  return hash.toString();
}
