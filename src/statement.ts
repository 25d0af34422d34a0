import type { Dataset } from "./dataset.js";
import { Fingerprint } from "./fingerprint.js";
import type { Loss } from "./losses/loss.js";
import type { BoundModel } from "./models/model.js";
import type { Terms } from "./priors/terms.js";

/** What an objective is stated with. */
interface Statement {
  readonly data: Dataset;
  readonly loss: Loss;
  readonly bound: BoundModel;
  readonly terms: Terms;
  readonly dispersion: number;
  readonly totalWeight: number;
}

/** Scores at which a statement's hash looks at the loss. */
const PROBES = [0.75, -1.25, 0.5, 2.125];

/** A hash of loss, model, prior and dispersion: of what they do with a few rows and parameters. */
export function fingerprintOfStatement({ data, loss, bound, terms, dispersion, totalWeight }: Statement): string {
  const { layout } = bound;
  const { width, loss: kernel, targets = data.targets! } = loss.kernels(data.rows, data.targets!);
  const node = new Float64Array(2);
  const each = Float64Array.from({ length: Math.min(data.rows, PROBES.length) }, (_, i) => {
    const scores = Float64Array.from({ length: loss.classes }, (_, k) => PROBES[(i + k) % PROBES.length] + k / 8);
    const y = targets.subarray(i * width, (i + 1) * width);
    kernel.twin(1, loss.classes, 0, scores, y, Float64Array.of(1), null, 1, node);
    return node[0];
  });
  const { smooth } = terms;
  const tails = terms.mean.map((_, j) => smooth?.[j]?.value(PROBES[j % PROBES.length]) ?? 0);
  return new Fingerprint()
    .text(loss.name)
    .numbers(Float64Array.of(layout.outputs, layout.features, Number(layout.intercept), dispersion, totalWeight))
    .numbers(Float64Array.from(layout.hidden ?? (layout.thresholds === undefined ? [] : [layout.thresholds])))
    .text(bound.activation ?? "")
    .numbers(each)
    .numbers(terms.precision)
    .numbers(terms.rate)
    .numbers(terms.mean)
    .numbers(tails)
    .toString();
}
