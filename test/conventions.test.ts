/**
 * What established systems do differently, and what this library does: statement by statement. Conventions that other tests
 * hold (existence, errors of inference, rank, draws, special functions) are not said again.
 */
import { describe, expect, test } from "vitest";
import {
  type Fit,
  dataset,
  crossEntropy,
  distributions,
  erm,
  exp,
  generalizedLinearModel,
  inference,
  likelihoods,
  linearRegression,
  linearSVM,
  logSoftmax,
  logSumExp,
  logisticRegression,
  logit,
  losses,
  map,
  metrics,
  mle,
  models,
  objective,
  optimizers,
  penalties,
  poissonRegression,
  priors,
  quantileRegression,
  regularizationPath,
  sigmoid,
  softmax,
  softmaxRegression,
  softplus,
} from "../src/index.js";
import { bits, draws, expectBits, preciseSum, within } from "./support.js";

const source = draws(901);
const rows = 40;
const x = Array.from({ length: rows }, () => Array.from(source.normal(2)));
const y = x.map(([a, b]) => 1 + a - 0.5 * b + 0.3 * source.normal(1)[0]);
const c = x.map(([a, b]) => (a - b + 2 * source.normal(1)[0] > 0 ? 1 : 0));
const k = x.map(([a], i) => (i % 4) * Math.ceil(Math.exp(a)));
const three = x.map((_, i) => ((i * 7) % 5) % 3);
const data = dataset(x, c);
const { bernoulli, gaussian } = likelihoods;
const bce = losses.binaryCrossEntropy();

describe("losses", () => {
  const of = (loss: losses.Loss, z: number, t: number): number => loss.value([z], [t]);

  test.each([
    ["half of a square", of(losses.squaredError(), 3, 1), 2],
    ["the metric is a whole square", metrics.meanSquaredError([3], [1]), 4],
    ["so is Brier's", of(losses.brier(), 0, 1), 0.25],
    ["Huber within δ", of(losses.huber({ delta: 2 }), 1, 0), 0.5],
    ["Huber beyond δ: δ(|r| − δ/2)", of(losses.huber({ delta: 2 }), 5, 0), 8],
    ["squared hinge without a half", of(losses.squaredHinge(), -1, 1), 4],
  ])("%s", (_, got, want) => within(got, want, 1e-15));

  test("softmax cross-entropy keeps its digits where one class is nearly certain", () => {
    const loss = losses.softmaxCrossEntropy({ classes: 2 });
    within(loss.value([0, 40], [1]), 4.248354255291589e-18, 1e-33);
    within(loss.value([0, 30], [1]), 9.357622968839737e-14, 1e-28);
  });

  test("penalties: λ/2·‖θ‖², λ‖θ‖₁, and both", () => {
    const nought = dataset([[0, 0]], [0]);
    const at = (penalty: penalties.Penalty): number =>
      objective({
        ...{ data: nought, model: models.linear({ intercept: false }), loss: losses.squaredError(), penalty },
      }).value([-3, 1]);
    expect([penalties.l2(2), penalties.l1(2), penalties.elasticNet({ l1: 1, l2: 2 })].map(at)).toEqual([10, 8, 14]);
    // λ(α‖w‖₁ + (1 − α)/2·‖w‖²), as paths have it.
    const path = regularizationPath(x, y, { loss: losses.squaredError(), values: [0.3], alpha: 0.25 });
    const own = linearRegression(x, y, { penalty: penalties.elasticNet({ l1: 0.3 * 0.25, l2: 0.3 * 0.75 }) });
    own.coefficients.forEach((b, j) => within(path.fits[0].coefficients[j], b, 1e-9));
  });

  test("what has no base measure has no likelihood; shares and Tweedie between 1 and 2 have no density", () => {
    const none = [
      ...[losses.hinge(), losses.squaredHinge(), losses.modifiedHuber(), losses.exponential(), losses.brier()],
      ...[losses.focal({ gamma: 2 }), losses.softmaxCrossEntropy({ classes: 2, labelSmoothing: 0.1 })],
      losses.softmaxCrossEntropy({ classes: 2, classWeights: [1, 2] }),
    ];
    expect(none.map(({ likelihood }) => likelihood)).toEqual(none.map(() => null));
    const some = [losses.logCosh(), losses.huber({ delta: 1 }), losses.quantile({ level: 0.2 })];
    expect(some.map(({ likelihood }) => likelihood!.name)).toEqual(["logCosh", "huber", "asymmetricLaplace"]);
    const tweedie = likelihoods.tweedie({ power: 1.5, dispersion: 1 });
    expect(() => tweedie.logDensity([0], [1])).toThrow(/"power" expected .* no other has a closed form/);
    const positive = y.map((v) => Math.max(0, v));
    const spent = generalizedLinearModel(x, positive, { likelihood: likelihoods.tweedie({ power: 1.5 }) });
    const made = inference(spent, dataset(x, positive), { loss: losses.tweedie({ power: 1.5 }) });
    expect([made.aic, made.refused["aic"]]).toEqual([null, "There is no log-likelihood."]);
    const shares = c.map((v) => 0.2 + 0.6 * v);
    const fit = generalizedLinearModel(x, shares, { likelihood: bernoulli() });
    const table = inference(fit, dataset(x, shares));
    expect([fit.status, table.aic, table.rows[1].standardError]).toEqual(["converged", null, null]);
    expect(table.refused["standardErrors"]).toMatch(/ask for a sandwich/);
    expect(inference(fit, dataset(x, shares), { sandwich: "HC0" }).rows[1].standardError).toBeGreaterThan(0);
  });

  test("softmax of all −Infinity, or with +Infinity; log-sum-exp of these and of nothing", () => {
    for (const row of [
      [-Infinity, -Infinity],
      [1, Infinity],
    ]) {
      expect([...softmax(row), ...logSoftmax(row)]).toEqual([NaN, NaN, NaN, NaN]);
    }
    expect([logSumExp([-Infinity, -Infinity]), logSumExp([1, Infinity]), logSumExp([])]).toEqual([
      ...[-Infinity, Infinity, -Infinity],
    ]);
  });

  test("values never throw in scores and primitives; they do in data, targets and weights, with the place", () => {
    expect(logit([0, 1, -0.1, 1.1, NaN])).toEqual(Float64Array.of(-Infinity, Infinity, NaN, NaN, NaN));
    expect(bce.each([NaN, Infinity, -Infinity], [1, 1, 1])).toEqual(Float64Array.of(NaN, 0, Infinity));
    const bad: readonly (readonly [() => unknown, RegExp])[] = [
      [() => dataset([[1, 2], [3, NaN]], [1, 2]), /"X" expected a finite number, got NaN at row 1, column 1/], // prettier-ignore
      [() => losses.squaredError().value([1, 2], [1, Infinity]), /"targets" .* got Infinity at row 1/],
      [() => losses.squaredError().value([1, 2], [1, 2], { weights: [1, NaN] }), /"weights" .* got NaN at row 1/],
      [() => losses.squaredError().value([1, 2], [1, 2], { weights: [1, -1] }), /"weights" .* >= 0, got -1 at row 1/],
    ];
    for (const [call, message] of bad) expect(call).toThrow(message);
    expect([exp(-740), sigmoid(-740), softplus(-740)]).toEqual([4.2e-322, 4.2e-322, 4.2e-322]);
  });

  test("cross-entropy at probabilities of 0 and 1 is 0 or ∞, never clamped", () => {
    expect([crossEntropy([0, 1], [1, 0]), crossEntropy([1, 0], [1, 0])]).toEqual([Infinity, 0]);
    expect(metrics.logLoss([1, 0], [0, 1])).toBe(Infinity);
    expect(losses.probabilityCrossEntropy().each([1, 0, 1], [0, 0, 1])).toEqual(Float64Array.of(Infinity, 0, 0));
    expect(() => crossEntropy([0.5, 0.5], [0.5, 0.500002])).toThrow(/"q" expected a sum of 1/);
    expect(crossEntropy([0.5, 0.5], [0.5, 0.5000005])).toBeGreaterThan(0.69);
  });

  test("rows of weight 0 are skipped, whatever they cost; no weight at all is refused, the sum of nothing is 0", () => {
    expect(losses.squaredError().value([NaN, 1], [0, 0], { weights: [0, 1] })).toBe(0.5);
    expect(bce.value([-Infinity, 0], [1, 0], { weights: [0, 1] })).toBe(bce.value([0], [0]));
    expect(() => losses.squaredError().value([1], [0], { weights: [0] })).toThrow(RangeError);
    expect(() => losses.squaredError().value([], [])).toThrow(/"scores" expected at least one row/);
    expect(losses.squaredError().value([], [], { reduction: "sum" })).toBe(0);
  });

  test("a mean divides by Σ wᵢ·c of the class over kept rows; of distributions by Σ wᵢ", () => {
    const z = [0, 1, 2, 0, 1, -1];
    const each = losses.softmaxCrossEntropy({ classes: 2 }).each(z, [1, 0, 1]);
    const weighted = losses.softmaxCrossEntropy({ classes: 2, classWeights: [1, 3], ignoredIndex: -1 });
    within(weighted.value(z, [1, 0, -1], { weights: [2, 1, 5] }), (6 * each[0] + each[1]) / 7, 1e-15);
    const [zero, one] = losses.softmaxCrossEntropy({ classes: 2 }).each([0, 1, 0, 1], [0, 1]);
    const soft = losses.softmaxCrossEntropy({ classes: 2, classWeights: [1, 3] });
    within(soft.value([0, 1], [0.5, 0.5], { weights: [4] }), 0.5 * zero + 0.5 * 3 * one, 1e-15);
  });

  test("the derivative at a kink is 0", () => {
    for (const [loss, z, t] of [
      [losses.absoluteError(), 1, 1],
      [losses.hinge(), 1, 1],
      [losses.hinge(), -1, 0],
      [losses.quantile({ level: 0.3 }), 1, 1],
    ] as const) {
      expect(Math.abs(loss.gradient([z], [t])[0])).toBe(0);
    }
  });

  test("classes: sorted, the last positive, given or all there; {0, 1} or {−1, 1} but no mix; p ≥ ½ is 1", () => {
    expect(losses.hinge().value([1, 2], [0, 1])).toBe(losses.hinge().value([1, 2], [-1, 1]));
    expect(() => losses.hinge().value([1, 2, 3], [0, -1, 1])).toThrow(/"targets" expected 0 or 1.*got -1 at row 1/);
    const [four, six] = [[[0], [1], [2], [0.5]], [[0], [1], [2], [3], [1], [0]]]; // prettier-ignore
    expect(softmaxRegression(six, [10, 9, 2, 10, 9, 2]).classes).toEqual([2, 9, 10]);
    expect(logisticRegression(four, ["b", "B", "b", "B"]).classes).toEqual(["B", "b"]);
    expect(logisticRegression(four, ["a", "b", "a", "b"], { classes: ["b", "a"] }).classes).toEqual(["b", "a"]);
    expect(() => softmaxRegression(four, ["a", "b", "a", "b"], { classes: ["a", "b", "c"] })).toThrow(/"y" .* also c/);
    const even = logisticRegression([[0], [1], [0], [1]], [0, 0, 1, 1]);
    expect([even.predictProbabilities([[0]])[0], even.predict([[0]])[0]]).toEqual([0.5, 1]);
  });
});

describe("priors, penalties, nuisance parameters", () => {
  test("λ = φ/(Wτ²), λ₁ = φ/(Wb); weights times 7 leave ERM, and move MAP as 7 times the data", () => {
    const scale = { totalWeight: 10, dispersion: 3 };
    expect(priors.normal({ sd: 2 }).penalty(scale).lambda).toBe(3 / 40);
    expect(priors.laplace({ scale: 2 }).penalty(scale).lambda).toBe(3 / 20);
    const seven = dataset(x, c, { weights: new Float64Array(rows).fill(7) });
    const penalty = penalties.l2(0.1);
    const [once, often] = [data, seven].map((rowsOf) => erm({ data: rowsOf, loss: bce, penalty }).coefficients);
    once.forEach((b, j) => within(often[j], b, 1e-14));
    const prior = priors.normal({ sd: 1 });
    const posterior = map({ data: seven, likelihood: bernoulli(), prior }).coefficients;
    const wider = map({ data, likelihood: bernoulli(), prior: priors.normal({ sd: Math.sqrt(7) }) }).coefficients;
    wider.forEach((b, j) => within(posterior[j], b, 1e-12));
  });

  test("an unknown sd: ERM's coefficients, RSS/W, and RSS/(W − p) in inference; beside a prior it must be known", () => {
    const noisy = dataset(x, y);
    const [best, risk] = [
      mle({ data: noisy, likelihood: gaussian() }),
      erm({ data: noisy, loss: losses.squaredError() }),
    ];
    expectBits(bits(best.coefficients, best.intercept), bits(risk.coefficients, risk.intercept));
    const rss = preciseSum(best.scores(x).map((z, i) => (z - y[i]) ** 2));
    within(best.sd! ** 2, rss / rows, 1e-15);
    within(inference(best, noisy).dispersion!, rss / (rows - 3), 1e-15);
    const prior = priors.normal({ sd: 1 });
    const positive = dataset(x, y.map(Math.exp));
    for (const call of [
      () => map({ data: noisy, likelihood: gaussian(), prior }),
      () => map({ data: positive, likelihood: likelihoods.gamma(), prior }),
      () => map({ data: dataset(x, k), likelihood: likelihoods.negativeBinomial(), prior }),
    ]) {
      expect(call).toThrow(/"likelihood" expected .*"estimate"/);
      expect(call).toThrow(RangeError);
    }
  });

  test("standardized columns: weighted, ddof 0; the prior acts per standard deviation, coefficients come back raw", () => {
    const weights = x.map((_, i) => 1 + (i % 3));
    const W = preciseSum(weights);
    const moments = [0, 1].map((j) => {
      const mean = preciseSum(x.map((row, i) => weights[i] * row[j])) / W;
      return { mean, sd: Math.sqrt(preciseSum(x.map((row, i) => weights[i] * (row[j] - mean) ** 2)) / W) };
    });
    const options = { weights, penalty: penalties.l2(0.5) };
    const own = linearRegression(x, y, { ...options, standardize: true });
    const byHand = linearRegression(
      x.map((row) => row.map((v, j) => (v - moments[j].mean) / moments[j].sd)),
      y,
      options,
    );
    own.coefficients.forEach((b, j) => within(b, byHand.coefficients[j] / moments[j].sd, 1e-14));
    within(
      own.intercept,
      byHand.intercept - preciseSum(moments.map(({ mean }, j) => own.coefficients[j] * mean)),
      1e-14,
    );
  });

  test("multinomial: against the first class or one named; under L2 all classes, intercepts summing to 0; K = 2", () => {
    const plain = softmaxRegression(x, three);
    expect([...plain.coefficients.slice(0, 2), plain.intercepts[0]]).toEqual([0, 0, 0]);
    const other = softmaxRegression(x, three, { reference: 1 });
    expect([...other.coefficients.slice(2, 4), other.intercepts[1]]).toEqual([0, 0, 0]);
    within(other.intercepts[2] - other.intercepts[0], plain.intercepts[2], 1e-12);
    const held = softmaxRegression(x, three, { penalty: penalties.l2(0.1) });
    within(preciseSum(held.intercepts), 0, 1e-15);
    const [two, one] = [
      softmaxRegression(x, c, { penalty: penalties.l2(0.2) }),
      logisticRegression(x, c, { penalty: penalties.l2(0.1) }),
    ];
    one.coefficients.forEach((b, j) => within(two.coefficients[2 + j] - two.coefficients[j], b, 1e-12));
  });

  test("negative binomial: Var = μ + αμ², θ = 1/α printed too, errors at θ held", () => {
    within(likelihoods.negativeBinomial({ dispersion: 0.5 }).variance([Math.log(2)])[0], 4, 1e-14);
    const fit = generalizedLinearModel(x, k, { likelihood: likelihoods.negativeBinomial() });
    const counts = dataset(x, k);
    const made = inference(fit, counts);
    within(made.theta!.value * fit.dispersion!, 1, 1e-15);
    expect(String(made)).toMatch(/theta/);
    const known = likelihoods.negativeBinomial({ dispersion: fit.dispersion! });
    const held = inference(generalizedLinearModel(x, k, { likelihood: known }), counts, { likelihood: known });
    made.rows.forEach((row, j) => within(row.standardError!, held.rows[j].standardError!, 1e-10));
  });
});

describe("weights and inference", () => {
  const whole = x.map((_, i) => 1 + (i % 3));
  const at = (weights: number[], weightsAre?: "frequency" | "precision" | "sampling") => {
    const rowsOf = dataset(x, y, { weights });
    const fit = linearRegression(x, y, { weights });
    return { fit, made: inference(fit, rowsOf, weightsAre === undefined ? {} : { weightsAre }) };
  };

  test("frequency is n = Σw, precision n = rows, sampling only a sandwich; others must be told which", () => {
    const [frequency, precision, sampling] = [at(whole).made, at(whole, "precision").made, at(whole, "sampling").made];
    expect(frequency.weightsAre).toBe("frequency");
    const W = preciseSum(whole);
    const ratio = frequency.rows[1].standardError! / precision.rows[1].standardError!;
    within(ratio, Math.sqrt((rows - 3) / (W - 3)), 1e-13);
    expect([sampling.aic, sampling.logLikelihood]).toEqual([null, null]);
    expect(sampling.rows[1].standardError).toBeGreaterThan(0);
    // Rows that come w times.
    const again = whole.flatMap((w, i) => Array.from({ length: w }, () => i));
    const repeated = [again.map((i) => x[i]), again.map((i) => y[i])] as const;
    const long = inference(linearRegression(...repeated), dataset(...repeated));
    within(frequency.aic!, long.aic!, 1e-10);
    within(frequency.rows[1].standardError!, long.rows[1].standardError!, 1e-13);
    // R: −½·n·(ln 2πσ² + 1) + ½Σ ln w.
    const { fit } = at(whole);
    const rss = preciseSum(fit.scores(x).map((z, i) => whole[i] * (z - y[i]) ** 2));
    const log = -0.5 * rows * (Math.log((2 * Math.PI * rss) / rows) + 1) + 0.5 * preciseSum(whole.map(Math.log));
    within(precision.aic!, 2 * 4 - 2 * log, 1e-11);
    const { made, fit: other } = at(whole.map((w) => w + 0.5));
    expect([other.status, made.aic, made.rows[1].standardError]).toEqual(["converged", null, null]);
    expect(made.refused["standardErrors"]).toMatch(/weightsAre: "frequency".*"precision".*"sampling"/);
  });

  test("AIC and BIC count the dispersion; penalised fits have effective degrees of freedom and no p-values", () => {
    const fit = linearRegression(x, y);
    const made = inference(fit, dataset(x, y));
    within(made.aic!, 2 * 4 - 2 * fit.logLikelihood!, 1e-12);
    within(made.bic!, 4 * Math.log(rows) - 2 * fit.logLikelihood!, 1e-12);
    const held = inference(logisticRegression(x, c, { prior: priors.normal({ sd: 1 }) }), data);
    expect([held.aic, held.rows[1].pValue]).toEqual([null, null]);
    const target = objective({ data, likelihood: bernoulli() });
    const H = target.hessian(
      Float64Array.of(
        ...((f: Fit) => [f.intercept, ...f.coefficients])(
          logisticRegression(x, c, { prior: priors.normal({ sd: 1 }) }),
        ),
      ),
    );
    // tr H(H + Λ)⁻¹ = p − tr Λ(H + Λ)⁻¹, the inverse by its adjugate.
    const [a, b, d, e, f, g] = H.map((h) => rows * h);
    const M = [[a, b, e], [b, d + 1, f], [e, f, g + 1]]; // prettier-ignore
    const determinant =
      M[0][0] * (M[1][1] * M[2][2] - M[1][2] * M[2][1]) -
      M[0][1] * (M[1][0] * M[2][2] - M[1][2] * M[2][0]) +
      M[0][2] * (M[1][0] * M[2][1] - M[1][1] * M[2][0]);
    const inverse = [M[0][0] * M[2][2] - M[0][2] * M[2][0], M[0][0] * M[1][1] - M[0][1] * M[1][0]];
    within(held.effectiveDegreesOfFreedom!, 3 - preciseSum(inverse) / determinant, 1e-11);
    const sparse = logisticRegression(x, c, { penalty: penalties.l1(0.05) });
    const few = inference(sparse, data);
    const nonzeros = sparse.coefficients.filter((v) => v !== 0).length;
    expect(few.effectiveDegreesOfFreedom).toBe(nonzeros + 1);
    expect([few.aic, few.rows[1].pValue, few.rows[1].standardError]).toEqual([null, null, null]);
  });

  test("the log evidence is null, with the reason, unless every prior is proper", () => {
    const of = (prior: priors.Prior) => inference(logisticRegression(x, c, { prior }), data);
    const free = of(priors.normal({ sd: 1 }));
    expect([free.logEvidence, free.refused["logEvidence"]]).toEqual([null, expect.stringMatching(/intercept is free/)]);
    expect(of(priors.normal({ sd: 1, intercept: { sd: 1 } })).logEvidence).toBeLessThan(0);
  });
});

describe("existence", () => {
  const six = [[0], [1], [2], [3], [4], [5]];
  const ones = [1, 1, 1, 1, 1, 1];
  const zeros = [0, 0, 0, 0, 0, 0];
  const prior = priors.normal({ sd: 1 });

  test.each<[string, () => { status: string }, string]>([
    ["all > 0", () => logisticRegression(six, [0, 0, 0, 1, 1, 1]), "separated"],
    ["ties", () => logisticRegression([[0], [1], [2], [2], [3], [4]], [0, 0, 0, 1, 1, 1]), "quasi-separated"],
    ["rows of weight 0 do not count", () => logisticRegression(six, [0, 0, 1, 0, 1, 1], { weights: [1, 1, 0, 1, 1, 1] }), "separated"], // prettier-ignore
    ["shares need xδ = 0", () => generalizedLinearModel(six, [0, 0, 0.5, 0.5, 1, 1], { likelihood: bernoulli() }), "converged"], // prettier-ignore
    ["collinearity is no separation", () => logisticRegression(six.map(([a]) => [a, 2 * a]), [0, 1, 0, 1, 0, 1]), "rank-deficient"], // prettier-ignore
    ["several classes", () => softmaxRegression(six, [0, 0, 1, 1, 2, 2]), "separated"],
    ["counts of 0 on one side", () => poissonRegression([[0], [0], [1], [1]], [2, 1, 0, 0]), "quasi-separated"],
    ["one class, though L2 holds the slope", () => map({ data: dataset(six, ones), likelihood: bernoulli(), prior }), "separated"], // prettier-ignore
    ["all counts 0, under L2 too", () => poissonRegression(six, zeros, { prior }), "separated"],
    ["RSS = 0", () => linearRegression(six, [0, 1, 2, 3, 4, 5]), "boundary"],
    [
      "constant gamma targets",
      () => generalizedLinearModel(six, ones, { likelihood: likelihoods.gamma() }),
      "boundary",
    ],
    ["counts that vary too little", () => generalizedLinearModel(six, ones, { likelihood: likelihoods.negativeBinomial() }), "boundary"], // prettier-ignore
    ["tails lighter than a normal's", () => distributions.studentT.fit([1, 2, 3, 4, 5, 6, 7, 8]), "boundary"],
  ])("%s", (_, fit, status) => {
    expect(fit().status).toBe(status);
  });

  test("a separated fit keeps finite coefficients; its summary refuses and names remedies", () => {
    const fit = logisticRegression(six, [0, 0, 0, 1, 1, 1]);
    expect(Number.isFinite(fit.coefficients[0])).toBe(true);
    expect(() => fit.summary()).toThrow(/priors\.normal, priors\.cauchy.*firth.*penalties\.l2/);
  });
});

describe("stopping", () => {
  test("L1: the duality gap is within 1e-10 of the objective, with a free intercept", () => {
    const lambda = 0.05;
    for (const [t, loss] of [
      [c, bce],
      [y, losses.squaredError()],
    ] as const) {
      const fit = erm({ data: dataset(x, t), loss, penalty: penalties.l1(lambda) });
      const r = loss.gradient(fit.scores(x), t, { reduction: "sum" });
      // A dual point: Σr = 0 for the intercept, |xⱼᵀr|/n ≤ λ by scaling.
      const mean = preciseSum(r) / rows;
      const centred = r.map((v) => v - mean);
      const most = Math.max(...[0, 1].map((j) => Math.abs(preciseSum(x.map((row, i) => row[j] * centred[i]))) / rows));
      const dual = centred.map((v) => v * Math.min(1, lambda / most));
      // −ℓ*(r): of a logistic loss the entropy of y + r, of half a square −r²/2 − r·y.
      const lower = dual.map((v, i) => {
        if (loss.name === "squaredError") return -0.5 * v * v - v * t[i];
        const p = v + t[i];
        return -(p * Math.log(p) + (1 - p) * Math.log1p(-p));
      });
      const gap = fit.objective - preciseSum(lower) / rows;
      expect(Math.abs(gap)).toBeLessThan(1e-10 * fit.objective);
    }
  });

  test("least squares name what overflows, and a target that is missing", () => {
    expect(() => linearRegression([[1], [1e308], [2]], [1, 2, 3])).toThrow(
      /"X" expected .* got 1e\+308 at row 1, column 0/,
    );
    expect(() => linearRegression([[1], [2], [4]], [1e308, -1e308, 1e308])).toThrow(/"y" expected .* do not overflow/);
    expect(() => linearRegression(x, undefined as never)).toThrow(TypeError);
  });

  test("what has kinks is solved and certified, or refused by name", () => {
    const svm = linearSVM(x, c, { penalty: penalties.l2(0.1) });
    const median = quantileRegression(x, y);
    for (const fit of [svm, median]) {
      expect(fit.status).toBe("converged");
      expect(fit.certificate).toMatchObject({ kind: "duality-gap", estimate: false });
    }
    const prior = priors.studentT({ df: 3, scale: 1 });
    const kinked = likelihoods.laplace({ scale: 1 });
    expect(() => map({ data: dataset(x, y), likelihood: kinked, prior })).toThrow(/normal, laplace or elasticNet/);
    expect(() => erm({ data, loss: losses.hinge() }, { optimizer: optimizers.lbfgs() })).toThrow(/use interiorPoint/);
    expect(() => logisticRegression(x, c, { tolerance: 0 })).toThrow(/"tolerance" expected a finite number > 0/);
  });
});

describe("the public surface", () => {
  const six = [[0], [1], [2], [3], [4], [5]];
  const labels = [0, 1, 0, 1, 0, 1];

  test("names that are fixed", async () => {
    const primitives = "exp log log1p expm1 tanh sigmoid logSigmoid softplus logit logSumExp softmax logSoftmax";
    const information = "entropy crossEntropy klDivergence";
    const fits =
      "linearRegression logisticRegression softmaxRegression poissonRegression generalizedLinearModel mlp mle map erm";
    const others = "dataset objective minimize minimizer fitter resume";
    const library: Record<string, unknown> = await import("../src/index.js");
    for (const name of [primitives, information, fits, others].join(" ").split(" ")) {
      expect(typeof library[name], name).toBe("function");
    }
    const groups: Record<string, string> = {
      losses:
        "binaryCrossEntropy softmaxCrossEntropy squaredError absoluteError huber logCosh quantile hinge squaredHinge brier focal poisson gamma tweedie",
      likelihoods: "bernoulli categorical gaussian laplace poisson gamma negativeBinomial studentT",
      priors: "normal laplace studentT cauchy elasticNet flat",
      penalties: "l2 l1 elasticNet",
      models: "linear mlp",
      optimizers: "gradientDescent momentum sgd adam lbfgs newton newtonCG proximalNewton auto",
      backend: "use install",
    };
    for (const [group, names] of Object.entries(groups)) {
      for (const name of names.split(" ")) {
        expect(typeof (library[group] as Record<string, unknown>)[name], `${group}.${name}`).toBe("function");
      }
    }
    expect(["wasm", "typescript"]).toContain((library["backend"] as { name: string }).name);
  });

  test("primitives write where they are told, also into their input; a number gives a number", () => {
    for (const f of [exp, sigmoid, softplus, logit, softmax, logSoftmax]) {
      const input = Float64Array.of(0.1, 0.7, 0.2);
      const want = f(input) as Float64Array;
      expect(f(input, { out: input })).toBe(input);
      expectBits(bits(input), bits(want));
    }
    expect(typeof exp(1)).toBe("number");
    expect(logSumExp([0, 0, 1, 1], { columns: 2 }).length).toBe(2);
    within(crossEntropy([0.5, 0.5], [0.5, 0.5], { base: 2 }), 1, 1e-15);
  });

  test("objectives, jobs and fits", async () => {
    const { fitter, minimizer, resume } = await import("../src/index.js");
    const table = dataset(six, labels, { names: ["dose"], weights: [1, 1, 1, 1, 1, 1], offset: new Float64Array(6) });
    const target = objective({ data: table, likelihood: bernoulli() });
    const out = new Float64Array(2);
    expect(target.gradient([0, 0], out)).toBe(out);
    expect(target.evaluate([0, 0], out, { rows: [0, 1] })).toBeGreaterThan(0);
    expect([target.size, target.constant()]).toEqual([2, 0]);
    const job = minimizer(target, {});
    expect([job.done, job.step({ units: 1 })]).toEqual([false, false]);
    while (!job.step({ budgetMs: 5 }));
    expect(job.result.status).toBe("converged");
    const plain = dataset(six, labels);
    const started = fitter(logisticRegression, six, labels, {});
    const stored = JSON.stringify(started);
    const fit = resume(stored, { data: plain });
    const result = (await fit.run({ signal: new AbortController().signal, onProgress: () => {} })) as Fit;
    const { coefficients, intercept, status, reason } = logisticRegression(six, labels);
    expectBits(bits(result.coefficients, result.intercept), bits(coefficients, intercept));
    expect([status, typeof reason]).toEqual(["converged", "string"]);
    expect([result.scores(six).length, result.predictProbabilities(six).length]).toEqual([6, 6]);
    expect([result.predict(six).length, String(result.summary()).includes("x0"), typeof result.toJSON()]).toEqual([
      6,
      true,
      "object",
    ]);
    const records = dataset(
      six.map(([dose], i) => ({ dose, id: i, sick: labels[i] })),
      { target: "sick", features: ["dose"] },
    );
    expect([records.names, records.rows]).toEqual([["dose"], 6]);
    const prior = priors.normal({ mean: 0, sd: [2] });
    const back = prior.penalty({ totalWeight: 6 }).prior({ totalWeight: 6 });
    expectBits(
      bits(map({ data: plain, likelihood: bernoulli(), prior: back }).coefficients),
      bits(map({ data: plain, likelihood: bernoulli(), prior }).coefficients),
    );
    const classes = softmaxRegression(six, [0, 1, 2, 2, 1, 0], { penalty: penalties.l2(0.1) });
    expect([classes.coefficients.length, classes.intercepts.length]).toEqual([3, 3]);
  });
});
