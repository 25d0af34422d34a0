import { describe, expect, it } from "vitest";
import { bernoulli, categorical, gaussian, poisson } from "../../src/likelihoods/index.js";
import { backend, dataset, fitFromJSON, logisticRegression, losses, models, objective } from "../../src/index.js";
import { type OnlineOptions, online } from "../../src/online/online.js";
import { adagrad, adam, ftrl, lbfgs, sgd } from "../../src/optimizers/index.js";
import { l1, l2 } from "../../src/penalties/index.js";
import { random } from "../../src/random.js";

const names = ["a", "b"];
const generator = random(1);
const X = Array.from({ length: 400 }, () => [2 * generator.uniform() - 1, 2 * generator.uniform() - 1]);
const labels = X.map(([a, b]) => (generator.uniform() < 1 / (1 + Math.exp(-1 - 3 * a! + 2 * b!)) ? "yes" : "no"));
const classes = ["no", "yes"];
const fresh = () => online({ names, likelihood: bernoulli(), classes, optimizer: adagrad({ learningRate: 0.5 }) });

describe("online", () => {
  it("learns row by row what a fit finds", () => {
    const model = fresh();
    for (let pass = 0; pass < 20; pass++) X.forEach((row, i) => model.update([row], [labels[i]!]));
    const fit = logisticRegression(X, labels);
    const [intercept, a, b] = model.parameters;
    expect(Math.abs(intercept! - fit.intercept)).toBeLessThan(0.3);
    expect(Math.abs(a! - fit.coefficients[0]!)).toBeLessThan(0.4);
    expect(Math.abs(b! - fit.coefficients[1]!)).toBeLessThan(0.4);
    expect(model.rows).toBe(20 * 400);
  });

  it("an update is one step on the mean loss of its rows plus the penalty", () => {
    const model = online({
      names,
      likelihood: bernoulli(),
      classes,
      penalty: l2(0.1),
      optimizer: sgd({ learningRate: 0.5 }),
    });
    const [before, weights] = [model.parameters, [1, 2, 0.5]];
    model.update(X.slice(0, 3), labels.slice(0, 3), { weights });
    const at = model.parameters;
    const y = labels.map((label) => (label === "yes" ? 1 : 0));
    const target = (from: number, options: object) =>
      objective({
        data: dataset(X.slice(from, from + 3), y.slice(from, from + 3), options),
        loss: bernoulli().loss,
        penalty: l2(0.1),
      });
    const first = target(0, { weights }).gradient(before);
    expect(at).toEqual(before.map((p, j) => p - 0.5 * first[j]!));
    const second = target(3, {});
    expect(model.update(X.slice(3, 6), labels.slice(3, 6))).toBe(second.value(at));
    expect(model.parameters).toEqual(at.map((p, j) => p - 0.5 * second.gradient(at)[j]!));
  });

  it("takes numbers, counts and several classes", () => {
    const line = online({ names, likelihood: gaussian({ sd: 1 }), optimizer: adam({ learningRate: 0.02 }) });
    const counts = online({ names, likelihood: poisson(), optimizer: adam({ learningRate: 0.02 }) });
    const three = online({
      names,
      likelihood: categorical({ classes: 3 }),
      classes: [10, 20, 30],
      optimizer: adam({ learningRate: 0.05 }),
    });
    for (let pass = 0; pass < 5; pass++) {
      for (let i = 0; i < 400; i += 4) {
        const rows = X.slice(i, i + 4);
        line.update(
          rows,
          rows.map(([a, b]) => 1 + a! - 2 * b!),
        );
        counts.update(
          rows,
          rows.map(([a]) => (a! > 0 ? 3 : 1)),
        );
        three.update(
          rows,
          rows.map(([a]) => (a! < -0.3 ? 10 : a! > 0.3 ? 30 : 20)),
        );
      }
    }
    [1, 1, -2].forEach((truth, j) => expect(line.parameters[j]).toBeCloseTo(truth, 2));
    const means = counts.predictInto(Float64Array.of(0.5, 0, -0.5, 0), new Float64Array(2));
    expect(means[0]).toBeGreaterThan(2);
    expect(means[1]).toBeLessThan(2);
    const p = three.predictInto(Float64Array.of(-0.9, 0), new Float64Array(3));
    expect(p[0]).toBeGreaterThan(0.6);
    expect(p[0]! + p[1]! + p[2]!).toBeCloseTo(1, 15);
  });

  it("ftrl keeps parameters exactly 0, and others refuse an L1 penalty", () => {
    const options = { names: ["a", "b", "noise"], likelihood: gaussian({ sd: 1 }), penalty: l1(0.2) };
    const model = online({ ...options, optimizer: ftrl({ alpha: 1 }) });
    const draw = random(9);
    for (const [a, b] of X) model.update([[a!, b!, draw.uniform() - 0.5]], [3 * a!]);
    expect(model.parameters[3]).toBe(0);
    expect(model.parameters[1]).toBeGreaterThan(1);
    expect(() => online({ ...options, optimizer: sgd() })).toThrow('"optimizer" expected one that takes an L1 penalty');
  });

  it("stored and restored goes on with the same bits, on the other backend", () => {
    const whole = fresh();
    const first = fresh();
    X.slice(0, 50).forEach((row, i) => [whole, first].forEach((model) => model.update([row], [labels[i]!])));
    const before = backend.name;
    backend.use(before === "wasm" ? "typescript" : "auto");
    try {
      const from = JSON.stringify(first);
      const again = online({
        names,
        likelihood: bernoulli(),
        classes,
        optimizer: adagrad({ learningRate: 0.5 }),
        from,
      });
      X.slice(50, 90).forEach((row, i) => [whole, again].forEach((model) => model.update([row], [labels[50 + i]!])));
      expect(again.parameters).toEqual(whole.parameters);
      expect(again.rows).toBe(90);
    } finally {
      backend.use(before);
    }
  });

  it("predictInto writes the bits of predictProbabilities, without garbage", () => {
    const model = fresh();
    model.update(X, labels);
    const { parameters } = model;
    const fit = logisticRegression(X, labels);
    const json = JSON.parse(JSON.stringify(fit)) as Record<string, unknown>;
    json["coefficients"] = [...parameters.slice(1)];
    json["intercepts"] = [parameters[0]];
    const same = fitFromJSON(json);
    expect(model.predictInto(Float64Array.from(X.flat()), new Float64Array(400))).toEqual(same.predictProbabilities(X));
    expect(model.scores(X)).toEqual(same.scores(X));
  });

  it.each([
    [
      "a label that is no class",
      () => fresh().update([[1, 2]], ["maybe"]),
      '"y" expected one of the classes no, yes, got "maybe" at row 0',
    ],
    ["other columns", () => fresh().update([[1, 2, 3]], ["yes"]), '"X" expected 2 columns'],
    [
      "too few labels",
      () =>
        fresh().update(
          [
            [1, 2],
            [3, 4],
          ],
          ["yes"],
        ),
      '"y" expected 2 labels, as X has rows',
    ],
    ["NaN", () => fresh().update([[1, NaN]], ["yes"]), '"X" expected a finite number'],
    ["a weight below 0", () => fresh().update([[1, 2]], ["yes"], { weights: [-1] }), '"weights" expected'],
    [
      "batches",
      () => online({ names, likelihood: bernoulli(), optimizer: sgd({ batchSize: 2 }) }),
      '"optimizer" expected a stochastic optimizer without batchSize',
    ],
    [
      "epochs",
      () => online({ names, likelihood: bernoulli(), optimizer: sgd({ epochs: 2 }) }),
      'got "one with epochs"',
    ],
    [
      "another optimiser",
      () => online({ names, likelihood: bernoulli(), optimizer: lbfgs() as never }),
      '"optimizer" expected a stochastic',
    ],
    [
      "too few classes",
      () => online({ names, likelihood: bernoulli(), classes: ["a"] }),
      '"classes" expected an array of 2 labels',
    ],
    [
      "two columns of one name",
      () => online({ names: ["a", "a"], likelihood: bernoulli() }),
      '"names" expected strings that all differ',
    ],
    [
      "classes of numbers",
      () => online({ names, likelihood: poisson(), classes: ["a"] }),
      '"classes" expected nothing',
    ],
    [
      "a short output",
      () => fresh().predictInto(new Float64Array(4), new Float64Array(1)),
      '"out" expected a Float64Array of length 2',
    ],
    [
      "a ragged row",
      () => fresh().predictInto(new Float64Array(3), new Float64Array(1)),
      '"x" expected rows of 2 numbers',
    ],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(message);
  });

  it("an update that explodes leaves the model as it was", () => {
    const model = online({ names, likelihood: gaussian({ sd: 1 }), optimizer: sgd({ learningRate: 1e300 }) });
    model.update([[1e-5, 0]], [1e-5]);
    const before = model.parameters;
    expect(() => model.update([[1e300, 1e300]], [1e300])).toThrow(/"X" expected rows whose/);
    expect(model.parameters).toEqual(before);
    expect(model.rows).toBe(1);
  });

  it.each([
    ["names", ["b", "a"]],
    ["optimizer", "adam"],
    ["rows", -1],
    ["state", {}],
    ["version", 2],
    ["type", "fit"],
  ])("refuses a stored %s %o by name", (key, value) => {
    const from = { ...(fresh().toJSON() as object), [key]: value };
    const call = (): unknown =>
      online({ names, likelihood: bernoulli(), classes, optimizer: adagrad({ learningRate: 0.5 }), from });
    expect(call).toThrow(new RegExp(`json\\.${key}`));
  });

  it("refuses a stored state that is not finite", () => {
    const from = JSON.parse(JSON.stringify(fresh())) as { state: { current: unknown[] } };
    from.state.current[1] = "NaN";
    const call = (): unknown =>
      online({ names, likelihood: bernoulli(), classes, optimizer: adagrad({ learningRate: 0.5 }), from });
    expect(call).toThrow(/json\.state\.current/);
  });

  const subjects = (optimizer = sgd({ learningRate: 0.05 })) =>
    [
      ["hinge", { loss: losses.hinge(), classes }],
      ["squared hinge", { loss: losses.squaredHinge(), classes }],
      ["quantile", { loss: losses.quantile({ level: 0.3 }) }],
      ["huber", { loss: losses.huber({ delta: 0.5 }) }],
      ["without intercept", { likelihood: bernoulli(), classes, model: models.linear({ intercept: false }) }],
      ["softmax", { likelihood: categorical({ classes: 2 }), classes }],
      ["network", { likelihood: bernoulli(), classes, model: models.mlp({ hidden: [5, 3], activation: "relu" }) }],
      ["network of numbers", { loss: losses.squaredError(), model: models.mlp({ hidden: [4] }) }],
    ].map(([name, options]) => [name, { names, penalty: l2(0.01), optimizer, ...(options as object) }] as const);

  it.each(subjects())("of a loss or model (%s) steps by the gradient of its objective", (_, given) => {
    const options = given as unknown as OnlineOptions;
    const model = online(options);
    const loss = options.loss ?? options.likelihood!.loss;
    const y = labels.map((label) => (label === "yes" ? 1 : 0));
    const feed = options.classes === undefined ? y : labels;
    for (let i = 0; i < 20; i += 5) {
      const before = model.parameters;
      const target = objective({
        data: dataset(X.slice(i, i + 5), y.slice(i, i + 5)),
        loss,
        penalty: l2(0.01),
        ...(options.model && { model: options.model }),
      });
      if (i === 0 && options.model?.name === "mlp") expect(before).toEqual(target.initial!());
      const value = model.update(X.slice(i, i + 5), feed.slice(i, i + 5));
      expect(value).toBe(target.value(before));
      const slope = target.gradient(before);
      expect(model.parameters).toEqual(before.map((p, j) => p - 0.05 * slope[j]!));
      expect(model.scores(X.slice(i, i + 5))).toEqual(target.bound.scores(model.parameters));
    }
    const again = online({ ...options, from: JSON.stringify(model) });
    for (const one of [model, again]) one.update(X.slice(20, 25), feed.slice(20, 25));
    expect(again.parameters).toEqual(model.parameters);
    const out = model.predictInto(new Float64Array(X.slice(0, 3).flat()), new Float64Array(3 * loss.classes));
    expect(model.predict(X.slice(0, 3))).toHaveLength(3);
    expect(out.every(Number.isFinite)).toBe(true);
  });

  it.each(subjects())(
    "updates of any sizes and weights, refused ones between, leave the bits of a fresh objective (%s)",
    (_, given) => {
      const options = given as unknown as OnlineOptions;
      const model = online(options);
      const loss = options.loss ?? options.likelihood!.loss;
      const y = labels.map((label) => (label === "yes" ? 1 : 0));
      const feed = options.classes === undefined ? y : labels;
      const sizes = [1, 3, 1, 7, 2, 4, 1, 66, 3, 1, 5, 130, 1];
      let from = 0;
      sizes.forEach((n, k) => {
        const [x, at] = [X.slice(from, from + n), model.parameters];
        const weights = k % 3 === 1 ? { weights: x.map((_row, i) => (i % 2) + 0.5) } : {};
        const target = objective({
          data: dataset(x, y.slice(from, from + n), weights),
          loss,
          penalty: l2(0.01),
          ...(options.model && { model: options.model }),
        });
        expect(() => model.update([[1, NaN]], [feed[0]!])).toThrow(/"X"/);
        expect(() => model.update(x, feed.slice(from, from + n), { weights: x.map(() => 0) })).toThrow(/"weights"/);
        expect(model.update(x, feed.slice(from, from + n), weights)).toBe(target.value(at));
        const slope = target.gradient(at);
        expect(model.parameters).toEqual(at.map((p, j) => p - 0.05 * slope[j]!));
        from += n;
      });
    },
  );

  it("refuses targets outside the domain of the loss, NaN and the wrong number of them, and goes on", () => {
    const model = online({ names, likelihood: poisson() });
    model.update([[1, 2]], [3]);
    const before = model.parameters;
    expect(() => model.update([[1, 2]], [-1])).toThrow(/row 0/);
    expect(() => model.update([[1, 2]], [NaN])).toThrow(/"y" expected a finite number/);
    expect(() => model.update([[1, 2]], [])).toThrow(/"y"/);
    expect(() => model.update([[1, 2]], [1, 2])).toThrow(/targets|"y"/);
    expect(model.parameters).toEqual(before);
    expect(model.rows).toBe(1);
  });

  it("a network learns XOR row by row, a support vector machine a line", () => {
    const net = online({
      names,
      likelihood: bernoulli(),
      classes: ["same", "different"],
      model: models.mlp({ hidden: [8], seed: 1 }),
      optimizer: adam({ learningRate: 0.05 }),
    });
    const corners = [
      [0, 0, "same"],
      [0, 1, "different"],
      [1, 0, "different"],
      [1, 1, "same"],
    ] as const;
    for (let pass = 0; pass < 300; pass++) for (const [a, b, label] of corners) net.update([[a, b]], [label]);
    expect(net.predict(corners.map(([a, b]) => [a, b]))).toEqual(corners.map(([, , label]) => label));
    const machine = online({ names, loss: losses.hinge(), classes, optimizer: adagrad({ learningRate: 0.5 }) });
    const clear = X.map(([a, b]) => (1 + 3 * a! - 2 * b! > 0 ? "yes" : "no"));
    for (let pass = 0; pass < 10; pass++) X.forEach((row, i) => machine.update([row], [clear[i]!]));
    const right = machine.predict(X).filter((label, i) => label === clear[i]).length;
    expect(right).toBeGreaterThan(380);
  });

  it("goes on from a fit", () => {
    const fit = logisticRegression(X, labels);
    const model = online({ names, likelihood: bernoulli(), classes, start: [fit.intercept, ...fit.coefficients] });
    expect(model.scores(X.slice(0, 4))).toEqual(fit.scores(X.slice(0, 4)));
    expect(() => online({ names, likelihood: bernoulli(), start: [1] })).toThrow(/"start"/);
    expect(() => online({ names, likelihood: bernoulli(), start: [1, NaN, 0] })).toThrow(/"start"/);
  });

  it("reports the step at which it explodes, and keeps the last good parameters", () => {
    for (const model of [models.linear(), models.mlp({ hidden: [3], activation: "relu" })]) {
      const wild = online({ names, loss: losses.squaredError(), model, optimizer: sgd({ learningRate: 1e200 }) });
      let kept = wild.parameters;
      const explode = () => {
        for (let i = 0; i < 10; i++) {
          kept = wild.parameters;
          wild.update(X.slice(0, 5), [1, 2, 3, 4, 5]);
        }
      };
      expect(explode).toThrow(/"X" expected rows whose (loss is finite|step stays finite) at step [1-9]/);
      expect(wild.parameters).toEqual(kept);
      expect(kept.every(Number.isFinite)).toBe(true);
    }
  });

  it.each([
    ["labels unseen before", () => fresh().update([[1, 2]], ["perhaps"]), /one of the classes no, yes.*row 0/],
    ["another width", () => fresh().update([[1, 2, 3]], ["no"]), /"X"/],
    ["a likelihood and a loss", () => online({ names, likelihood: bernoulli(), loss: losses.hinge() }), /"loss"/],
    ["neither", () => online({ names }), /"likelihood"/],
    ["what is no loss", () => online({ names, loss: {} as never }), /"loss"/],
    ["what is no model", () => online({ names, loss: losses.hinge(), model: {} as never }), /"model"/],
    ["three classes of one score", () => online({ names, loss: losses.hinge(), classes: [1, 2, 3] }), /"classes"/],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});
