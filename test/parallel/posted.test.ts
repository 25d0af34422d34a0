import { describe, expect, it } from "vitest";
import { likelihoods, losses, optimizers, priors, penalties } from "../../src/index.js";
import type { Likelihood, Loss } from "../../src/index.js";
import { lossOfRows, postOptions, readLoss, readOptions, tryPostLoss } from "../../src/parallel/posted.js";

const made: Readonly<Record<string, readonly Loss[]>> = {
  absoluteError: [losses.absoluteError()],
  binaryCrossEntropy: [losses.binaryCrossEntropy(), losses.binaryCrossEntropy({ positiveWeight: 2.5 })],
  binomial: [losses.binomial({ trials: 5 }), losses.binomial({ trials: [5, 3, 2] })],
  brier: [losses.brier()],
  complementaryLogLog: [losses.complementaryLogLog()],
  exponential: [losses.exponential()],
  focal: [losses.focal({ gamma: 2 }), losses.focal({ gamma: 1, alpha: 0.25 })],
  gamma: [losses.gamma()],
  gaussian: [losses.gaussian({ variance: 3 })],
  gaussianMeanVariance: [losses.gaussianMeanVariance()],
  hinge: [losses.hinge()],
  huber: [losses.huber({ delta: 1.345 })],
  logCosh: [losses.logCosh()],
  modifiedHuber: [losses.modifiedHuber()],
  multiLabelCrossEntropy: [
    losses.multiLabelCrossEntropy({ labels: 3 }),
    losses.multiLabelCrossEntropy({ labels: 2, positiveWeights: [1, 3] }),
  ],
  negativeBinomial: [losses.negativeBinomial({ dispersion: 0.7 })],
  ordinal: [losses.ordinal({ classes: 4, thresholds: [-1, 0.5, 2] })],
  poisson: [losses.poisson(), losses.poisson({ exposure: 2 }), losses.poisson({ exposure: [1, 2, 3] })],
  probabilityCrossEntropy: [losses.probabilityCrossEntropy(), losses.probabilityCrossEntropy({ clamp: 1e-7 })],
  probit: [losses.probit()],
  quantile: [losses.quantile({ level: 0.3 })],
  softmaxCrossEntropy: [
    losses.softmaxCrossEntropy({ classes: 3 }),
    losses.softmaxCrossEntropy({ classes: 3, labelSmoothing: 0.1, ignoredIndex: -1, classWeights: [1, 2, 0.5] }),
  ],
  squaredError: [losses.squaredError()],
  squaredHinge: [losses.squaredHinge()],
  studentT: [losses.studentT({ df: 4, scale: 2 })],
  tweedie: [losses.tweedie({ power: 1.5 })],
};

/** All that a loss says of itself, and what it costs. */
function seenOf(loss: Loss): unknown {
  const { name, classes, traits, separable, options } = loss;
  return { name, classes, traits, separable, options, posted: tryPostLoss(loss) };
}

describe("losses on their way", () => {
  it("are all tried here but those of one's own", () => {
    expect([...Object.keys(made), "custom"].sort()).toEqual(Object.keys(losses).sort());
  });

  it.each(Object.entries(made))("%s arrives as it was", (_, all) => {
    for (const loss of all) {
      const posted = tryPostLoss(loss);
      expect(posted).not.toBeNull();
      expect(seenOf(readLoss(structuredClone(posted!)))).toEqual(seenOf(loss));
    }
  });

  it("one of another scale does not pass for its name", () => {
    const posted = tryPostLoss(losses.huber({ delta: 1 }))!;
    expect(() => readLoss({ ...posted, options: { delta: 0.3 } })).toThrow(RangeError);
  });

  it("numbers by row are cut like the rows", () => {
    const posted = tryPostLoss(losses.poisson({ exposure: [1, 2, 3] }))!;
    expect(readLoss(lossOfRows(posted, 1, 3)).value([0, 0], [1, 1], { reduction: "sum" })).toBe(5);
  });
});

const families: readonly Likelihood[] = [
  likelihoods.asymmetricLaplace({ level: 0.3, scale: 2 }),
  likelihoods.bernoulli(),
  likelihoods.bernoulli({ link: "probit" }),
  likelihoods.bernoulli({ link: "complementaryLogLog" }),
  likelihoods.binomial({ trials: 4 }),
  likelihoods.categorical({ classes: 3 }),
  likelihoods.gamma(),
  likelihoods.gamma({ shape: 0.3 }),
  likelihoods.gaussian(),
  likelihoods.gaussian({ sd: 0.1 }),
  likelihoods.laplace({ scale: 0.7 }),
  likelihoods.negativeBinomial(),
  likelihoods.negativeBinomial({ dispersion: 0.2 }),
  likelihoods.ordinal({ classes: 3, thresholds: [0, 1] }),
  likelihoods.poisson(),
  likelihoods.poisson({ exposure: 3 }),
  likelihoods.studentT({ df: 3, scale: 2 }),
  likelihoods.tweedie({ power: 1.5 }),
  likelihoods.tweedie({ power: 3, dispersion: 0.5 }),
  losses.huber({ delta: 2 }).likelihood!,
];

describe("options on their way", () => {
  it("every likelihood is tried", () => {
    const names = new Set(families.map(({ name }) => name));
    for (const name of Object.keys(likelihoods)) if (name !== "custom") expect([...names]).toContain(name);
  });

  it.each(families.map((likelihood) => [`${likelihood.name} ${likelihood.link}`, likelihood] as const))(
    "%s arrives as it was",
    (_, likelihood) => {
      const posted = structuredClone(postOptions({ likelihood }));
      const again = readOptions(posted)["likelihood"] as Likelihood;
      const { name, link, dispersion, loss } = likelihood;
      expect(again).toMatchObject({ name, link, dispersion });
      expect(again.loss.options).toEqual(loss.options);
      expect(postOptions({ likelihood: again })).toEqual(posted);
      if (loss.classes === 1) expect(again.mean([0.3, -2])).toEqual(likelihood.mean([0.3, -2]));
    },
  );

  it("priors, penalties, optimisers and plain data arrive", () => {
    const given = {
      prior: priors.normal({ sd: [1, 2, 3] }),
      penalty: priors.laplace({ scale: 3 }).penalty({ totalWeight: 7 }),
      optimizer: optimizers.adam({ batchSize: 4, epochs: 2 }),
      weights: Float64Array.of(1, 2),
      classes: ["a", "b"],
      start: undefined,
    };
    const again = readOptions(structuredClone(postOptions(given)));
    expect(Object.keys(again)).toEqual(["prior", "penalty", "optimizer", "weights", "classes"]);
    expect(String(again["prior"])).toBe(String(given.prior));
    expect(JSON.stringify(again["penalty"])).toBe(JSON.stringify(given.penalty));
    expect(again["optimizer"]).toMatchObject({ name: "adam", options: given.optimizer.options });
    expect(again["weights"]).toEqual(given.weights);
    expect(readOptions(postOptions({ optimizer: optimizers.auto() }))).toEqual({});
    expect(JSON.stringify(readOptions(postOptions({ penalty: penalties.l1(2) }))["penalty"])).toBe(
      JSON.stringify(penalties.l1(2)),
    );
  });

  it("functions of one's own are refused by name", () => {
    const own = losses.custom({ name: "own", value: () => 0, gradient: () => 0, curvature: () => 0 });
    const poisson = likelihoods.custom({ name: "poisson", loss: losses.poisson(), constant: () => 1 });
    const optimizer = { ...optimizers.lbfgs(), name: "mine" };
    for (const [argument, options] of Object.entries({
      loss: { loss: own },
      likelihood: { likelihood: poisson },
      optimizer: { optimizer },
      metric: { metric: () => 0 },
    })) {
      expect(() => postOptions(options), argument).toThrow(
        expect.objectContaining({ argument, expected: expect.stringMatching("cannot be sent to a worker") as string }),
      );
    }
  });
});
