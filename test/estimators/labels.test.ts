import { describe, expect, test } from "vitest";
import { type Label, logisticRegression, priors, softmaxRegression } from "../../src/index.js";
import { bits, draws, expectBits } from "../support.js";

const source = draws(111);
const rows = 60;
const x = source.normal(rows);
const two = Array.from(x, (value) => (value + source.normal(1)[0] > 0 ? 1 : 0));
const three = Array.from(source.classes(rows, 3));
const options = { columns: 1 };
const want = logisticRegression(x, two, options);

const kinds: [string, [Label, Label]][] = [
  ["numbers", [0, 1]],
  ["−1 and 1", [-1, 1]],
  ["numbers by size, not by text", [9, 10]],
  ["strings", ["no", "yes"]],
  ["strings by code unit", ["Z", "a"]],
  ["booleans", [false, true]],
];

describe.each(kinds)("%s", (_, classes) => {
  const y = two.map((k) => classes[k]);

  test("the last is the positive one", () => {
    const fit = logisticRegression(x, y, options);
    expect(fit.classes).toEqual(classes);
    expectBits(bits(fit.coefficients, fit.intercept), bits(want.coefficients, want.intercept));
    expect(new Set(fit.predict([[-5], [5]]))).toEqual(new Set(classes));
    expect(fit.predict([[-5], [5]])).toEqual(classes);
  });

  test("`classes` turns them round", () => {
    const turned = [classes[1], classes[0]];
    const fit = logisticRegression(x, y, { ...options, classes: turned });
    expect(fit.classes).toEqual(turned);
    expect(fit.coefficients[0]).toBeCloseTo(-want.coefficients[0], 12);
    expect(fit.predict([[-5], [5]])).toEqual(classes);
  });

  test("softmax takes the same", () => {
    const fit = softmaxRegression(x, y, options);
    expect(fit.classes).toEqual(classes);
    expect(fit.predict([[-5], [5]])).toEqual(classes);
  });
});

test("typed arrays are numbers", () => {
  const fit = logisticRegression(x, Uint8Array.from(two), options);
  expect(fit.classes).toEqual([0, 1]);
  expectBits(bits(fit.coefficients), bits(want.coefficients));
});

test("−0 and 0 are one class", () => {
  const fit = logisticRegression(
    x,
    two.map((k, i) => (k === 0 && i % 2 === 0 ? -0 : k)),
    options,
  );
  expect(fit.classes).toEqual([0, 1]);
  expect(Object.is(fit.classes![0], 0)).toBe(true);
});

test("softmax orders its rows by class", () => {
  const names = ["setosa", "versicolor", "virginica"];
  const prior = priors.normal({ sd: 2 });
  const a = softmaxRegression(x, three, { ...options, prior });
  const b = softmaxRegression(
    x,
    three.map((k) => names[k]),
    { ...options, prior },
  );
  expect(b.classes).toEqual(names);
  expectBits(bits(b.coefficients, b.intercepts), bits(a.coefficients, a.intercepts));
  const turned = softmaxRegression(x, three, { ...options, prior, classes: [2, 0, 1] });
  [2, 0, 1].forEach((k, i) => expect(turned.coefficients[i]).toBeCloseTo(a.coefficients[k], 10));
});

describe("what is refused", () => {
  test("classes that are not there, or labels that are no class", () => {
    expect(() => logisticRegression(x, two, { ...options, classes: [0, 1, 2] })).toThrow(/also 2/);
    expect(() => softmaxRegression(x, three, { ...options, classes: [0, 1, 2, 3] })).toThrow(
      /every class at least once, also 3/,
    );
    const at = three.indexOf(2);
    expect(() => softmaxRegression(x, three, { ...options, classes: [0, 1] })).toThrow(
      new RegExp(`got 2 at row ${at}$`),
    );
    expect(() => softmaxRegression(x, three, { ...options, classes: [0, 1, 1, 2] })).toThrow(/all differ/);
    expect(() => softmaxRegression(x, three, { ...options, classes: "012" as never })).toThrow(TypeError);
  });

  test("one class, or three in a binary fit", () => {
    expect(() => logisticRegression(x, three, options)).toThrow(/labels of two classes, got "?3 classes/);
    expect(() =>
      logisticRegression(
        x,
        two.map(() => 1),
        options,
      ),
    ).toThrow(RangeError);
    expect(() =>
      softmaxRegression(
        x,
        two.map(() => "a"),
        options,
      ),
    ).toThrow(/at least two classes/);
  });

  test("mixtures, and what can be no label", () => {
    const spoil = (value: unknown): never => two.map((k, i) => (i === 7 ? value : k)) as never;
    for (const bad of ["1", true, null, undefined, {}, 1n]) {
      expect(() => logisticRegression(x, spoil(bad), options)).toThrow(TypeError);
    }
    expect(() => logisticRegression(x, spoil("1"), options)).toThrow(/"y".*at row 7/);
    for (const bad of [NaN, Infinity]) {
      expect(() => logisticRegression(x, spoil(bad), options)).toThrow(/"y" expected a finite number.*at row 7/);
    }
    for (const y of [undefined, null, "0101", 3, {}]) {
      expect(() => logisticRegression(x, y as never, options)).toThrow(TypeError);
    }
    expect(() => logisticRegression(x, two.slice(1), options)).toThrow(RangeError);
    expect(() => logisticRegression(x, [], options)).toThrow(RangeError);
  });
});
