import { fail } from "../check.js";
import type { Loss } from "../losses/loss.js";
import type { Domain } from "../losses/domains.js";
import type { Random } from "../random.js";
import { type Likelihood, makeLikelihood } from "./likelihood.js";
import { type Link, inverseLinkOf } from "./link.js";

/** A likelihood of one score and one target a row: functions of these, of φ and, where rows differ, of the row. */
export interface PointwiseLikelihood {
  readonly name: string;
  readonly loss: Loss;
  /** φ (default 1); null where it is to be estimated. */
  readonly dispersion?: number | null;
  readonly link: Link;
  /** Which targets have a density (default all that the loss takes). */
  readonly support?: Domain;
  /** How many rows there are, where they differ. */
  readonly rows?: number;
  /** −log density − ℓ/φ (default 0). */
  readonly constant?: (target: number, dispersion: number, row: number) => number;
  /** The expected target (default the inverse link). */
  readonly mean?: (score: number, row: number) => number;
  readonly variance: (score: number, dispersion: number, row: number) => number;
  readonly draw: (score: number, dispersion: number, random: Random, row: number) => number;
  readonly estimate?: Likelihood["estimate"];
}

/** Makes a likelihood of its functions of one row. */
export function pointwiseLikelihood(record: PointwiseLikelihood): Likelihood {
  const { name, loss, dispersion = 1, link, support, constant, variance, draw, estimate } = record;
  const mean = record.mean ?? inverseLinkOf(link)!;
  const each = (scores: Float64Array, f: (score: number, row: number) => number): Float64Array => {
    if (record.rows !== undefined && scores.length !== record.rows)
      fail("range", "scores", `${record.rows} numbers, as there are rows`, scores);
    return scores.map(f);
  };
  return makeLikelihood({
    name,
    loss,
    dispersion,
    link,
    support(targets, rows) {
      if (record.rows !== undefined && rows !== record.rows)
        fail("range", "targets", `${record.rows} numbers, as there are rows`, targets);
      if (targets.length !== rows) fail("range", "targets", `one number per row, ${rows}`, targets);
      support?.(targets);
    },
    constant: (targets, _rows, phi) => targets.map((y, row) => constant?.(y, phi, row) ?? 0),
    mean: (scores) => each(scores, mean),
    variance: (scores, phi) => each(scores, (z, row) => variance(z, phi, row)),
    sample: (scores, phi, random) => each(scores, (z, row) => draw(z, phi, random, row)),
    ...(estimate && { estimate }),
  });
}
