import { type Part, type Value, entry } from "../entry.js";
import { distributions, ordinary, weights as drawWeights } from "../inputs.js";

/** Every metric on predictions with ties, with weights. */
export const metrics: Part = function* (library) {
  const { metrics, random } = library;
  const generator = random(33);
  const rows = 200;
  const weights = drawWeights(generator, rows);
  const y = ordinary(generator, rows, 3);
  const predictions = y.map((value) => value + generator.uniform() - 0.4);
  const positive = y.map((value) => value * value + 0.1);
  const means = positive.map((value) => value * (0.5 + generator.uniform()));
  const p = predictions.map((value) => Math.floor(10 / (1 + value * value) + 0.5) / 10);
  const bits = Float64Array.from(p, (value) => (generator.uniform() < value ? 1 : 0));
  const several = distributions(generator, rows, 3);
  const classes = Float64Array.from(y, () => generator.integer(3));
  const guesses = Float64Array.from(classes, (k) => (generator.integer(3) === 0 ? generator.integer(3) : k));
  const name = (of: string): string => `metrics.${of}`;
  const one = (of: string, ...values: Value[]): ReturnType<typeof entry> =>
    entry(name(of), name(`${of}(...)`), ...values);

  for (const of of [
    "meanSquaredError",
    "rootMeanSquaredError",
    "meanAbsoluteError",
    "r2",
    "explainedVariance",
  ] as const) {
    yield one(of, metrics[of](predictions, y), metrics[of](predictions, y, { weights }));
  }
  yield one("medianAbsoluteError", metrics.medianAbsoluteError(predictions, y));
  yield one("maximumError", metrics.maximumError(predictions, y));
  yield one("meanAbsolutePercentageError", metrics.meanAbsolutePercentageError(predictions, y, { weights }));
  yield one("pinballLoss", metrics.pinballLoss(predictions, y, { level: 0.3, weights }));
  yield one("poissonDeviance", metrics.poissonDeviance(means, positive, { weights }));
  yield one("gammaDeviance", metrics.gammaDeviance(means, positive, { weights }));
  yield one("tweedieDeviance", metrics.tweedieDeviance(means, positive, { power: 1.3, weights }));
  const { matrix } = metrics.confusionMatrix(guesses, classes, { weights });
  yield one("confusionMatrix", matrix.flat());
  for (const name of ["accuracy", "balancedAccuracy", "matthewsCorrelation", "cohenKappa"] as const) {
    yield one(name, metrics[name](guesses, classes), metrics[name](guesses, classes, { weights }));
  }
  for (const name of ["precision", "recall", "f1"] as const) {
    const averages = (["macro", "micro", "weighted"] as const).map((average) =>
      metrics[name](guesses, classes, { average, weights }),
    );
    yield one(name, averages);
  }
  for (const name of ["logLoss", "brierScore", "expectedCalibrationError", "maximumCalibrationError"] as const) {
    yield one(name, metrics[name](p, bits, { weights }), metrics[name](several, classes, { weights }));
  }
  yield one("topAccuracy", metrics.topAccuracy(several, classes, { k: 2, weights }));
  const bins = metrics.calibrationCurve(several, classes, { weights });
  yield one(
    "calibrationCurve",
    bins.map(({ probability }) => probability),
    bins.map(({ frequency }) => frequency),
  );
  const roc = metrics.rocCurve(p, bits, { weights });
  yield one("rocCurve", roc.thresholds, roc.falsePositiveRates, roc.truePositiveRates);
  yield one("rocAuc", metrics.rocAuc(p, bits, { weights }), metrics.rocAuc(several, classes, { weights }));
  const curve = metrics.precisionRecallCurve(p, bits, { weights });
  yield one("precisionRecallCurve", curve.thresholds, curve.precisions, curve.recalls);
  yield one("averagePrecision", metrics.averagePrecision(p, bits, { weights }));
};
