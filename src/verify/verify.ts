import { checkOptions } from "../check.js";
import { type Mode, backend, checkMode, currentMode, inMode } from "../backend/select.js";
import { Job, type Work } from "../job.js";
import type { Entry } from "./entry.js";
import { expected } from "./expected.js";
import { library } from "./library.js";
import { Hashes, entries, hashOfHashes } from "./suite.js";

/** An entry of the suite whose bits are not the stored ones. */
export interface HashDifference {
  /** Name of the entry. */
  readonly name: string;
  /** The hash of what was computed here; null if nothing was. */
  readonly got: string | null;
  /** The hash that this version of the library must give; null if it knows no such entry. */
  readonly expected: string | null;
}

/** What a device computed, as plain JSON. */
export interface Report {
  /** All of it was computed, and every bit is right. */
  readonly matches: boolean;
  /** False after an abort. */
  readonly complete: boolean;
  /** One hash of all entries, with their names. */
  readonly hash: string;
  /** The hash that this version of the library must give. */
  readonly expected: string;
  /** The backend that large work ran on. */
  readonly backend: "wasm" | "typescript";
  /** Entries computed. */
  readonly count: number;
  /** Entries in all. */
  readonly total: number;
  /** In the order of the suite, which goes from the bottom up: the first is the nearest to the cause. */
  readonly differences: readonly HashDifference[];
}

/** Told once per entry. */
export interface VerifyProgress {
  /** Entries computed so far. */
  readonly count: number;
  /** Entries in all. */
  readonly total: number;
}

/** Options of a verification. */
export interface VerifyOptions {
  /** As in `backend.use`, for this run alone; what is chosen there if not given. */
  readonly backend?: "auto" | "wasm" | "typescript";
}

/**
 * Computes the whole suite here and compares every bit with what this version gives everywhere: primitives over 10⁵
 * numbers with edges, losses, objectives, fits, random numbers. Takes seconds; {@link verifier} does the same in
 * slices.
 *
 * @param options - `backend`: for this run alone.
 * @returns The report: what matches, and the first difference from the bottom up.
 * @throws TypeError for the backend "wasm" where there is none, or another thing; RangeError for another word.
 * @example
 * verify().matches; // → true
 */
export function verify(options: VerifyOptions = {}): Report {
  const job = verifier(options);
  job.step({ units: Infinity });
  return job.result;
}

/**
 * The same as a job, so that a page stays responsive: `await verifier().run()`. A unit is one entry of the suite;
 * the longest, fits of 40000 rows, take some tenths of a second on the twin: in a worker not even they hold up a page.
 *
 * @param options - `backend`: for this run alone.
 * @returns The job; aborted, its report says that it is not complete.
 * @throws TypeError for the backend "wasm" where there is none, or another thing; RangeError for another word.
 * @example
 * const job = verifier();
 * job.step({ units: 3 }); // → false
 * job.abort();
 * job.result.complete; // → false
 * job.result.differences; // → []
 */
export function verifier(options: VerifyOptions = {}): Job<Report, VerifyProgress> {
  return new Job(new Verification(readMode(options)));
}

/** The choice of backend in the options, or null. */
export function readMode(options: VerifyOptions): Mode | null {
  checkOptions("options", options, ["backend"]);
  return options.backend === undefined ? null : checkMode("backend", options.backend);
}

class Verification implements Work<Report, VerifyProgress> {
  readonly #mode: Mode;
  readonly #backend: "wasm" | "typescript";
  readonly #entries: Iterator<Entry, void> = entries(library);
  readonly #hashes = new Hashes();
  readonly #total = Object.keys(expected).length;
  #end: "computed" | "aborted" | null = null;
  onProgress: ((progress: VerifyProgress) => void) | null = null;

  constructor(mode: Mode | null) {
    this.#mode = mode ?? currentMode();
    this.#backend = inMode(this.#mode, () => backend.name);
  }

  get done(): boolean {
    return this.#end !== null;
  }

  advance(units: number): boolean {
    for (let unit = 0; unit < units && !this.done; unit++) {
      const { done, value } = inMode(this.#mode, () => this.#entries.next());
      if (done === true) {
        this.#end = "computed";
        break;
      }
      this.#hashes.add(value);
      this.onProgress?.({ count: this.#hashes.count, total: this.#total });
    }
    return this.done;
  }

  abort(): void {
    this.#end ??= "aborted";
  }

  result(): Report {
    const got = this.#hashes.all;
    const complete = this.#end === "computed";
    const names = complete ? new Set([...Object.keys(expected), ...Object.keys(got)]) : Object.keys(got);
    const differences = [...names]
      .map((name) => ({ name, got: got[name] ?? null, expected: expected[name] ?? null }))
      .filter((each) => each.got !== each.expected);
    return {
      matches: complete && differences.length === 0,
      complete,
      hash: hashOfHashes(got),
      expected: hashOfHashes(expected),
      backend: this.#backend,
      count: this.#hashes.count,
      total: this.#total,
      differences,
    };
  }

  /** The report so far. A run cannot be resumed: it begins again. */
  toJSON(): Report {
    return this.result();
  }
}
