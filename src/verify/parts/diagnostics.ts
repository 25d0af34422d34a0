import { type Part, entry } from "../entry.js";

/** Convexity, saturation, conditioning and the search for minima of the squared error of a sigmoid. */
export const diagnostics: Part = function* ({ dataset, diagnostics, losses, models, objective }) {
  const data = dataset([[-0.5], [-1], [1], [8]], [1, 0, 1, 0]);
  const squared = objective({ data, model: models.linear({ intercept: false }), loss: losses.brier() });
  const { smallest, largest, direction, convex } = diagnostics.convexity(squared, [-2]);
  yield entry("convexity at a point", "diagnostics.convexity(squared, [-2])", smallest, largest, direction, convex);
  const { values, slopes } = diagnostics.convexityAlong(squared, [-1], [2]);
  yield entry("convexity along a line", "diagnostics.convexityAlong(squared, [-1], [2])", values, slopes);
  const { minima, sentence } = diagnostics.findMinima(squared, { starts: 16 });
  const found = minima.flatMap(({ parameters, value, found }) => [...parameters, value, found]);
  yield entry("two minima", "diagnostics.findMinima(squared, { starts: 16 })", found, sentence);
  const { factors } = diagnostics.saturation(losses.brier(), { scores: [-10, 0, 4], targets: [1, 1, 1] });
  yield entry("saturation", "diagnostics.saturation(losses.brier(), { scores, targets })", factors);
  const columns = { a: [1, 2, 3, 4], b: [1.5, 2.9, 4.6, 6], c: [3, -2, 5, 4] };
  const linear = objective({ data: dataset(columns, [1, 3, 2, 4]), loss: losses.squaredError() });
  const { number, scaled } = diagnostics.conditioning(linear);
  yield entry("conditioning", "diagnostics.conditioning(linear)", number, scaled);
};
