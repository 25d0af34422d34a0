import { describe, expect, test } from "vitest";
import {
  type Fit,
  type Likelihood,
  type Prior,
  backend,
  dataset,
  distributions,
  erm,
  fitFromJSON,
  fitter,
  generalizedLinearModel,
  inference,
  likelihoods,
  linearRegression,
  map,
  minimize,
  mle,
  models,
  objective,
  online,
  penalties,
  priors,
  regularizationPath,
  resume,
  selectPrior,
  verify,
} from "../../src/index.js";
import { bits, draws, expectBits, fixture, preciseSum, within } from "../support.js";

type Named = { readonly name: string } & Readonly<Record<string, number>>;
interface Case {
  readonly name: string;
  readonly likelihood: keyof typeof parameters;
  readonly x: number[][];
  readonly y: number[];
  readonly weights?: number[];
  readonly df?: number;
  readonly level?: number;
  readonly prior: { sd: number; mean?: number; intercept?: { sd: number } } | null;
  readonly nuPrior: Named | null;
  readonly intercept: number;
  readonly coefficients: number[];
  readonly value: number;
  readonly logJoint: number;
}

const { cases } = fixture<{ cases: Case[] }>("fits/joint_modes.json");
const parameters = {
  ...({ gaussian: "sd", gamma: "shape", negativeBinomial: "dispersion", studentT: "scale" } as const),
  ...({ laplace: "scale", asymmetricLaplace: "scale" } as const),
};

function distributionOf({ name, ...options }: Named): distributions.Distribution {
  const { mu, sigma, ...others } = options as { mu?: number; sigma?: number };
  const given = mu === undefined ? others : { meanLog: mu, sdLog: sigma };
  return (distributions[name as "halfCauchy"] as (options: object) => distributions.Distribution)(given);
}

/** What the likelihood knows beside the parameter. */
const known = ({ df, level }: Case): object => ({
  ...(df !== undefined && { df }),
  ...(level !== undefined && { level }),
});

function likelihoodOf(one: Case): Likelihood {
  const { likelihood, nuPrior } = one;
  const parameter = parameters[likelihood];
  const prior = nuPrior === null ? {} : { [`${parameter}Prior`]: distributionOf(nuPrior) };
  const make = likelihoods[likelihood] as (options: object) => Likelihood;
  return make({ ...known(one), [parameter]: "estimate", ...prior });
}

const priorOf = ({ prior }: Case): Prior => (prior === null ? priors.flat() : priors.normal(prior));
const valueOf = (fit: Fit, { likelihood }: Case): number => fit[parameters[likelihood]]!;

describe.each(cases.map((one) => [one.name, one] as const))("the joint mode: %s", (_, one) => {
  const { x, y, weights } = one;
  const data = dataset(x, y, weights ? { weights } : {});
  const likelihood = likelihoodOf(one);
  const prior = priorOf(one);
  const fit = map({ data, likelihood, prior });

  test("is the one that others find", () => {
    within(valueOf(fit, one), one.value, 2e-12 * one.value);
    within(fit.intercept, one.intercept, 1e-11);
    fit.coefficients.forEach((value, j) => within(value, one.coefficients[j], 1e-11));
    expect(fit.status).toBe("stationary");
    expect(fit.converged).toBe(true);
    expect(fit.reason).toMatch(/at a mode of their joint density; the search from above and from below ends here/);
    expect(fit.prior).toContain(parameters[one.likelihood]);
  });

  test("has that density, all constants included, and less on either side", () => {
    const flat = one.nuPrior === null ? 0 : (distributionOf(one.nuPrior).logDensity(one.value) as number);
    const { prior: given } = one;
    const own =
      given === null
        ? 0
        : prior.logDensity(fit.coefficients, given.intercept === undefined ? {} : { intercept: fit.intercept });
    within(fit.logLikelihood! + own + flat, one.logJoint, 1e-11 * Math.abs(one.logJoint));
  });

  test("of all rows by generalizedLinearModel is the same bits, also in slices, stored and on both backends", () => {
    const options = { likelihood, prior, ...(weights && { weights }) };
    const bitsOf = (made: Fit): string => bits(made.coefficients, made.intercept, valueOf(made, one), made.objective);
    const before = backend.name;
    for (const name of ["typescript", before === "wasm" ? "auto" : "typescript"] as const) {
      backend.use(name);
      try {
        expectBits(bitsOf(generalizedLinearModel(x, y, options)), bitsOf(fit));
        const job = fitter(generalizedLinearModel, x, y, options);
        for (let i = 0; i < 40; i++) job.step({ units: 1 });
        const again = resume(JSON.stringify(job), { x, y, likelihood, ...(weights && { weights }) });
        while (!again.step({ units: 7 }));
        expectBits(bitsOf(again.result), bitsOf(fit));
      } finally {
        backend.use(before);
      }
    }
  });

  test("its coefficients are the map at that value, and verify finds them to be", () => {
    const make = likelihoods[one.likelihood] as (options: object) => Likelihood;
    const held = make({ ...known(one), [parameters[one.likelihood]]: valueOf(fit, one) });
    const alone = map({ data, likelihood: held, prior });
    alone.coefficients.forEach((value, j) => within(value, fit.coefficients[j], 1e-11));
    expect(verify(fit, data, { likelihood: held }).optimal).toBe(true);
  });
});

test("inference is at the value that was found, and claims nothing of maximum likelihood", () => {
  const source = draws(403);
  const x = Array.from({ length: 30 }, () => Array.from(source.normal(2)));
  const y = x.map(([a, b]) => 1 + a - 0.5 * b + 0.3 * source.normal(1)[0]);
  const data = dataset(x, y);
  const sdPrior = distributions.halfCauchy({ scale: 1 });
  const prior = priors.normal({ sd: 1, intercept: { sd: 1 } });
  const fit = map({ data, likelihood: likelihoods.gaussian({ sd: "estimate", sdPrior }), prior });
  expect(fit.statement.joint).toBe("sd halfCauchy(scale 1)");
  const again = fitFromJSON(JSON.stringify(fit.toJSON()));
  expect(again.statement).toEqual(fit.statement);
  const table = inference(again, data);
  const known = map({ data, likelihood: likelihoods.gaussian({ sd: fit.sd! }), prior });
  const theirs = inference(known, data);
  table.rows.forEach((row, j) => within(row.standardError!, theirs.rows[j].standardError!, 1e-10));
  expect([table.aic, table.logEvidence]).toEqual([null, null]);
  expect(theirs.logEvidence).not.toBeNull();
  const flat = map({ data, likelihood: likelihoods.gaussian({ sd: "estimate", sdPrior }), prior: priors.flat() });
  expect(inference(flat, data).refused["aic"]).toMatch(/mode of a joint density \(sd halfCauchy\(scale 1\)\)/);
  const counts = x.map((_, i) => (i * i) % 11);
  const rows = dataset(x, counts);
  const held = map({ data: rows, likelihood: likelihoods.negativeBinomial({ dispersion: "estimate" }), prior });
  expect(inference(held, rows).theta).toBeNull();
  const free = mle({ data: rows, likelihood: likelihoods.negativeBinomial({ dispersion: "estimate" }) });
  expect(inference(free, rows).theta).not.toBeNull();
  expect(inference(free, rows).aic).not.toBeNull();
});

describe("a parameter to be estimated", () => {
  const source = draws(401);
  const x = Array.from({ length: 20 }, () => Array.from(source.normal(2)));
  const y = x.map(([a, b]) => 1 + a - 0.5 * b + 0.3 * source.normal(1)[0]);
  const data = dataset(x, y);
  const prior = priors.normal({ sd: 1 });
  const estimate = likelihoods.gaussian({ sd: "estimate" });

  test("beside flat priors is maximum likelihood, the same bits", () => {
    const [one, two] = [mle({ data, likelihood: estimate }), mle({ data, likelihood: likelihoods.gaussian() })];
    expectBits(
      bits(one.coefficients, one.sd!, one.logLikelihood!),
      bits(two.coefficients, two.sd!, two.logLikelihood!),
    );
    expect(one.status).toBe("converged");
    const [three, four] = [estimate, likelihoods.gaussian()].map((likelihood) =>
      generalizedLinearModel(x, y, { likelihood }),
    );
    expectBits(bits(three.coefficients, three.sd!), bits(four.coefficients, four.sd!));
    const positive = y.map(Math.exp);
    const [five, six] = [likelihoods.gamma({ shape: "estimate" }), likelihoods.gamma()].map((likelihood) =>
      generalizedLinearModel(x, positive, { likelihood }),
    );
    expectBits(bits(five.coefficients, five.shape!), bits(six.coefficients, six.shape!));
  });

  test("of least absolute deviations and quantiles beside flat priors is the mean loss", () => {
    for (const [estimate, at] of [
      [likelihoods.laplace({ scale: "estimate" }), (scale: number) => likelihoods.laplace({ scale })],
      [
        likelihoods.asymmetricLaplace({ level: 0.3, scale: "estimate" }),
        (scale: number) => likelihoods.asymmetricLaplace({ level: 0.3, scale }),
      ],
    ] as const) {
      const risk = erm({ data, loss: estimate.loss });
      for (const fit of [mle({ data, likelihood: estimate }), generalizedLinearModel(x, y, { likelihood: estimate })]) {
        expectBits(bits(fit.coefficients, fit.intercept), bits(risk.coefficients, risk.intercept));
        within(fit.scale!, estimate.loss.value(fit.scores(x), y), 1e-15);
        const logDensity = (scale: number): number => preciseSum(at(scale).logDensity(fit.scores(x), y));
        within(fit.logLikelihood!, logDensity(fit.scale!), 1e-12);
        for (const scale of [0.99 * fit.scale!, 1.01 * fit.scale!]) {
          expect(logDensity(scale)).toBeLessThan(fit.logLikelihood!);
        }
        expect(fitFromJSON(JSON.stringify(fit)).scale).toBe(fit.scale);
      }
      const exact = dataset(
        x,
        x.map(([a, b]) => 1 + a - 0.5 * b),
      );
      expect(mle({ data: exact, likelihood: estimate })).toMatchObject({ status: "boundary" });
      expect(map({ data: exact, likelihood: estimate, prior: priors.flat() }).status).toBe("unbounded");
      const wide = map({ data, likelihood: estimate, prior: priors.normal({ sd: 1e6 }) });
      within(wide.scale!, mle({ data, likelihood: estimate }).scale!, 1e-9);
    }
    const level = { level: 0.3, scale: "estimate" } as const;
    expect(() => likelihoods.asymmetricLaplace(level).mean([1])).toThrow(/"likelihood" expected a known scale/);
    expect(() => likelihoods.laplace({ scale: "guess" as never })).toThrow(
      /"scale" expected a number > 0, or "estimate"/,
    );
    const scalePrior = distributions.halfCauchy({ scale: 1 });
    expect(() => likelihoods.laplace({ scale: 1, scalePrior })).toThrow(
      /"scalePrior" expected nothing unless scale is/,
    );
  });

  test("by linearRegression is that of map, bit for bit, stored too", () => {
    const sdPrior = distributions.halfCauchy({ scale: 1 });
    const noise = { sd: "estimate", sdPrior, prior } as const;
    const likelihood = likelihoods.gaussian({ sd: "estimate", sdPrior });
    const [one, two] = [linearRegression(x, y, noise), map({ data, likelihood, prior })];
    const bitsOf = (fit: Fit): string => bits(fit.coefficients, fit.intercept, fit.sd!, fit.logLikelihood!);
    expectBits(bitsOf(one), bitsOf(two));
    expect(one.statement.joint).toBe("sd halfCauchy(scale 1)");
    const job = fitter(linearRegression, x, y, noise);
    for (let i = 0; i < 25; i++) job.step({ units: 1 });
    const again = resume(JSON.stringify(job), { x, y, sdPrior });
    while (!again.step({ units: 7 }));
    expectBits(bitsOf(again.result), bitsOf(one));
    // Beside flat priors it is least squares.
    const [three, four] = [linearRegression(x, y, { sd: "estimate" }), linearRegression(x, y)];
    expectBits(bitsOf(three), bitsOf(four));
    expect(() => linearRegression(x, y, { sd: "estimate", penalty: penalties.l2(1) })).toThrow(/"penalty" expected/);
    expect(() => linearRegression(x, y, { sd: 1, sdPrior })).toThrow(
      /"sdPrior" expected nothing unless sd is "estimate"/,
    );
    expect(() => linearRegression(x, y, { sd: "known" as never })).toThrow(/"sd" expected a number > 0, or "estimate"/);
  });

  test("of counts beside flat priors is maximum likelihood too", () => {
    const counts = [2, 0, 5, 12, 3, 30];
    const rows = [[0], [1], [2], [3], [4], [5]];
    const plain = generalizedLinearModel(rows, counts, { likelihood: likelihoods.negativeBinomial() });
    const likelihood = likelihoods.negativeBinomial({ dispersion: "estimate" });
    for (const fit of [
      generalizedLinearModel(rows, counts, { likelihood }),
      mle({ data: dataset(rows, counts), likelihood }),
    ]) {
      within(fit.dispersion!, plain.dispersion!, 1e-13);
      within(fit.coefficients[0], plain.coefficients[0], 1e-12);
    }
  });

  test("comes to maximum likelihood as the data are repeated, and as the prior widens", () => {
    const best = mle({ data, likelihood: likelihoods.gaussian() });
    const often = dataset(x, y, { weights: new Float64Array(20).fill(1e7) });
    const sdPrior = distributions.halfCauchy({ scale: 1 });
    const repeated = map({ data: often, likelihood: likelihoods.gaussian({ sd: "estimate", sdPrior }), prior });
    within(repeated.sd!, best.sd!, 1e-7);
    repeated.coefficients.forEach((b, j) => within(b, best.coefficients[j], 1e-7));
    const wide = map({ data, likelihood: estimate, prior: priors.normal({ sd: 1e6 }) });
    within(wide.sd!, best.sd!, 1e-10);
  });

  test("is no ridge with a known λ: the prior stays in units of the coefficients", () => {
    const fit = map({ data, likelihood: estimate, prior });
    const penalty = prior.penalty({ totalWeight: 20, dispersion: fit.sd! * fit.sd! });
    const ridge = erm({ data, loss: likelihoods.gaussian().loss, penalty });
    ridge.coefficients.forEach((b, j) => within(b, fit.coefficients[j], 1e-12));
    // In other units of y the mode is another one.
    const scaled = map({
      data: dataset(
        x,
        y.map((v) => 10 * v),
      ),
      likelihood: estimate,
      prior,
    });
    expect(Math.abs(scaled.coefficients[0] - 10 * fit.coefficients[0])).toBeGreaterThan(1e-3);
  });

  test("may have two modes: the higher one is given, and the other named", () => {
    // One coefficient, a narrow prior: much noise and a small coefficient, or little noise and a large one.
    const rows = Array.from({ length: 8 }, (_, i) => [i - 3.5]);
    const targets = rows.map(([v], i) => v + (i % 2 === 0 ? 0.01 : -0.01));
    const narrow = priors.normal({ sd: 0.15 });
    const fit = map({ data: dataset(rows, targets), likelihood: estimate, prior: narrow });
    expect(fit.status).toBe("stationary");
    expect(fit.reason).toMatch(/has another mode, not as high, at sd [\d.]+/);
    const other = Number(/at sd (\d[\d.e-]*\d)/.exec(fit.reason)![1]);
    const costAt = (sd: number): number => {
      const target = objective({
        data: dataset(rows, targets),
        likelihood: likelihoods.gaussian({ sd }),
        prior: narrow,
      });
      return minimize(target).value * 8 + target.constant();
    };
    for (const sd of [fit.sd!, other]) {
      expect(costAt(sd)).toBeLessThan(costAt(sd * 1.01));
      expect(costAt(sd)).toBeLessThan(costAt(sd * 0.99));
    }
    expect(costAt(fit.sd!)).toBeLessThan(costAt(other));
  });

  test("under an L1 prior, within bounds, on standardized columns and with an offset", () => {
    const offset = source.normal(20);
    const options = { likelihood: estimate, prior: priors.laplace({ scale: 0.1 }), offset, standardize: true };
    const fit = generalizedLinearModel(x, y, options);
    const at = (sd: number): Fit =>
      generalizedLinearModel(x, y, { ...options, likelihood: likelihoods.gaussian({ sd }) });
    const same = at(fit.sd!);
    expect(fit.coefficients.map((b, j) => Math.abs(b - same.coefficients[j])).every((d) => d < 1e-9)).toBe(true);
    const scores = fit.scores(x, { offset });
    within(fit.sd!, Math.sqrt(y.reduce((sum, v, i) => sum + (v - scores[i]) ** 2, 0) / 20), 1e-11);
    const bounded = generalizedLinearModel(x, y, { likelihood: estimate, prior, bounds: { lower: 0 } });
    expect(bounded.coefficients[1]).toBe(0);
    expect(bounded.status).toBe("stationary");
  });

  test("where residuals can vanish there is no mode, unless its prior forbids it", () => {
    const rows = [
      [1, 2, 0],
      [0, 1, 1],
      [2, 0, 1],
    ];
    const targets = [1, 2, 4];
    const fit = map({ data: dataset(rows, targets), likelihood: estimate, prior });
    expect(fit.status).toBe("unbounded");
    expect(fit.reason).toMatch(
      /rises without bound as the sd goes to 0. Give the sd, or a sdPrior that vanishes faster/,
    );
    expect(() => fit.summary()).toThrow(/There is no optimum/);
    const weak = likelihoods.gaussian({ sd: "estimate", sdPrior: distributions.gamma({ shape: 3.9, rate: 1 }) });
    expect(map({ data: dataset(rows, targets), likelihood: weak, prior }).status).toBe("unbounded");
    const strong = likelihoods.gaussian({ sd: "estimate", sdPrior: distributions.gamma({ shape: 4.5, rate: 1 }) });
    expect(map({ data: dataset(rows, targets), likelihood: strong, prior }).status).toBe("stationary");
    const constant = map({
      data: dataset([[1], [2], [3]], [2, 2, 2]),
      likelihood: likelihoods.gamma({ shape: "estimate" }),
      prior,
    });
    expect(constant.status).toBe("unbounded");
    expect(constant.reason).toMatch(/as the shape goes to infinity/);
  });

  test("counts that vary no more than Poisson ones have their mode at dispersion 0", () => {
    const rows = Array.from({ length: 12 }, (_, i) => [i / 6]);
    const counts = rows.map(([v]) => Math.round(Math.exp(1 + v / 2)));
    const spec = { data: dataset(rows, counts), prior };
    const fit = map({ ...spec, likelihood: likelihoods.negativeBinomial({ dispersion: "estimate" }) });
    expect(fit.status).toBe("boundary");
    expect(fit.dispersion).toBe(0);
    const poisson = map({ ...spec, likelihood: likelihoods.poisson() });
    within(fit.coefficients[0], poisson.coefficients[0], 1e-13);
    const away = distributions.logNormal({ meanLog: 0, sdLog: 1 });
    const held = map({
      ...spec,
      likelihood: likelihoods.negativeBinomial({ dispersion: "estimate", dispersionPrior: away }),
    });
    expect(held.status).toBe("stationary");
    expect(held.dispersion).toBeGreaterThan(0.01);
    const spike = distributions.gamma({ shape: 0.5, rate: 1 });
    const none = map({
      ...spec,
      likelihood: likelihoods.negativeBinomial({ dispersion: "estimate", dispersionPrior: spike }),
    });
    expect(none.status).toBe("unbounded");
  });

  test("a job that is ended early says so", () => {
    const job = fitter(generalizedLinearModel, x, y, { likelihood: estimate, prior });
    job.step({ units: 2 });
    job.abort();
    expect(job.result.status).toBe("aborted");
  });

  test("what is refused, by name", () => {
    const sdPrior = distributions.halfCauchy({ scale: 1 });
    const { gaussian, gamma, negativeBinomial, studentT, bernoulli } = likelihoods;
    const held = gaussian({ sd: "estimate", sdPrior });
    const refusals: [() => unknown, RegExp][] = [
      [() => gaussian({ sd: "guess" as never }), /"sd" expected a number > 0, or "estimate", got "guess"/],
      [() => gaussian({ sd: 1, sdPrior }), /"sdPrior" expected nothing unless sd is "estimate"/],
      [() => gaussian({ sdPrior }), /"sdPrior" expected nothing unless/],
      [() => gaussian({ sd: "estimate", sdPrior: 1 as never }), /"sdPrior" expected a continuous distribution/],
      [() => gaussian({ sd: "estimate", sdPrior: prior as never }), /"sdPrior" expected a continuous distribution/],
      [
        () => gaussian({ sd: "estimate", sdPrior: distributions.poisson({ rate: 1 }) }),
        /"sdPrior" expected a continuous/,
      ],
      [
        () => gamma({ shape: "estimate", shapePrior: distributions.uniform() }),
        /density on all numbers > 0, got "uniform, /,
      ],
      [
        () => gamma({ shape: "estimate", shapePrior: distributions.laplace() }),
        /"shapePrior" expected a smooth density/,
      ],
      [() => negativeBinomial({ dispersion: "x" as never }), /"dispersion" expected a number > 0, or "estimate"/],
      [() => studentT({ df: 4, scale: "estimate" }).logDensity([1], [1]), /"likelihood" expected a known scale/],
      [() => studentT({ df: 0, scale: "estimate" }), /"df"/],
      [() => objective({ data, likelihood: held, prior }), /"likelihood" expected one whose sd is known: map, mle and/],
      [() => mle({ data, likelihood: held }), /"likelihood" expected no prior in maximum likelihood: state map/],
      [
        () => verify(mle({ data, likelihood: gaussian() }), data, { likelihood: held }),
        /"likelihood" expected one whose sd/,
      ],
      [() => online({ names: ["a"], likelihood: held }), /"likelihood" expected one whose sd is known/],
      [() => regularizationPath(x, y, { likelihood: held }), /"likelihood" expected one whose sd is known/],
      [() => selectPrior(x, y, { likelihood: held }), /"likelihood" expected a known dispersion/],
      [() => map({ data, likelihood: gaussian(), prior }), /gaussian\(\{ sd: "estimate" \}\) for map/],
      [
        () => map({ data: dataset(x, y.map(Math.exp)), likelihood: gamma(), prior }),
        /gamma\(\{ shape: "estimate" \}\) for map/,
      ],
      [
        () => map({ data, likelihood: held, prior, model: models.mlp({ hidden: [2] }) }),
        /"model" expected a linear one/,
      ],
      [() => map({ data, likelihood: held, prior }, { speed: 1 } as never), /"options" expected only/],
      [
        () => generalizedLinearModel(x, y, { likelihood: held, penalty: penalties.l2(1) }),
        /"penalty" expected a prior/,
      ],
      [() => generalizedLinearModel(x, y.slice(1), { likelihood: held, prior }), /"y" expected 20 rows as in X/],
      [() => linearRegression(x, y, { prior }), /"sd" expected a number beside a prior, or "estimate"/],
      [() => map({ data, likelihood: bernoulli(), prior }), /"targets"/],
    ];
    for (const [call, message] of refusals) expect(call).toThrow(message);
  });
});
