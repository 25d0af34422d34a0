import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { didYouMean } from "../../src/cli/errors.js";
import { featureNames, readFeatures, readWeights, spreads } from "../../src/cli/features.js";
import { readText, writeWhole } from "../../src/cli/files.js";
import { formatCell, formatNumber, wrap } from "../../src/cli/format.js";
import { columnIndex, numberColumn, parseNumber, readTable, textColumn, type Table } from "../../src/cli/table.js";
import { readTarget } from "../../src/cli/target.js";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "surprisal-table-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

function file(content: string | Uint8Array): string {
  const path = join(directory, "t.csv");
  writeFileSync(path, content);
  return path;
}

const table = (content: string | Uint8Array): Table => readTable(file(content));

/** The message without the directory. */
function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect((error as Error).name).toBe("UserError");
    return (error as Error).message.replaceAll(join(directory, "/"), "");
  }
  throw new Error("nothing was refused");
}

describe("reading", () => {
  test("a plain file", () => {
    const { header, rows } = table("a,b\n1,x\n2,y\n");
    expect(header).toEqual(["a", "b"]);
    expect(rows).toEqual([
      ["1", "x"],
      ["2", "y"],
    ]);
  });

  test.each([
    ["byte order mark, CRLF", "\ufeffa,b\r\n1,x\r\n2,y\r\n"],
    ["old Mac line ends", "a,b\r1,x\r2,y"],
    ["mixed line ends and blank lines", "a,b\n1,x\r\n\r\n   \n2,y"],
    ["spaces around cells", " a , b \n 1 , x\n2 ,y "],
    ["quoted cells", '"a","b"\n"1","x"\n2,"y"\n'],
  ])("%s", (_, content) => {
    const read = table(content);
    expect(read.header).toEqual(["a", "b"]);
    expect([...numberColumn(read, "a")]).toEqual([1, 2]);
    expect(textColumn(read, "b")).toEqual(["x", "y"]);
  });

  test("quotes, commas and line breaks inside cells", () => {
    const read = table('a,"b ""c"", d"\n1,"x\ny"\n2,"p,q"\n');
    expect(read.header[1]).toBe('b "c", d');
    expect(read.rows.map((row) => row[1])).toEqual(["x\ny", "p,q"]);
  });

  test("a row as long as a book", () => {
    const names = Array.from({ length: 40_000 }, (_, j) => `column${j}`);
    expect(table(`${names.join()}\n${names.map(() => "1").join()}\n`).header.length).toBe(40_000);
  });

  test.each([
    ["", "t.csv is empty"],
    ["\n \n", "t.csv is empty"],
    ["a,b\n", "t.csv has a header and no rows"],
    ["a,b,a\n1,2,3\n", 't.csv has two columns named "a"'],
    ["a,b\n1,2\n\n3\n", "t.csv, line 4: 1 cell where the header has 2"],
    ["a,b\r\n1,2\r\n3,4,5\r\n", "t.csv, line 3: 3 cells where the header has 2"],
    ['a,b\n"x\ny",2\n"p\nq"\n', "t.csv, line 4: 1 cell where the header has 2"],
    ['a,b\n1,"2\n3,4\n', "t.csv ends inside a quoted cell"],
    ['a,b\n1,2\n3,"4"5\n', 't.csv, line 3: a quote (") in the wrong place'],
    ["a,b\n1,\u00002\n", "t.csv is not a text file"],
  ])("refuses %j", (content, message) => {
    expect(refusal(() => table(content))).toBe(message);
  });

  test("refuses what is no UTF-8 text", () => {
    expect(refusal(() => table(Uint8Array.of(0x61, 0x2c, 0xff, 0x0a)))).toBe("t.csv is not UTF-8 text");
    expect(refusal(() => table(Buffer.from("\ufeffa,b\n1,2", "utf16le")))).toBe(
      "t.csv is UTF-16 text; save it as UTF-8",
    );
  });

  test("refuses what is no file", () => {
    expect(refusal(() => readTable(join(directory, "none.csv")))).toBe(
      "cannot read none.csv: no such file or directory",
    );
    expect(refusal(() => readTable(directory))).toMatch(/^cannot read .*: it is a directory$/);
  });
});

describe("columns", () => {
  const read = (): Table => table("income,age,y\n1.5,30,yes\n2,,no\n3,NA,no\n1e999,4,yes\n");

  test("numbers, or the place where there is none", () => {
    expect(refusal(() => numberColumn(read(), "income"))).toBe(
      't.csv, line 5, column "income": "1e999" is too large for a number',
    );
    expect(refusal(() => numberColumn(read(), "age"))).toBe('t.csv, line 3, column "age": the cell is empty');
    expect(refusal(() => numberColumn(read(), "y"))).toBe('t.csv, line 2, column "y": "yes" is not a number');
    expect(refusal(() => textColumn(read(), "age"))).toBe('t.csv, line 3, column "age": the cell is empty');
  });

  test("an unknown one names the nearest, or all", () => {
    expect(refusal(() => columnIndex(read(), "incme"))).toBe('t.csv has no column "incme"; did you mean "income"?');
    expect(refusal(() => columnIndex(read(), "height"))).toBe('t.csv has no column "height" (columns: income, age, y)');
    expect(didYouMean("Y", ["y"])).toBe('; did you mean "y"?');
  });

  test("what is a number", () => {
    for (const text of ["0", "-0", "+1", "1.", ".5", "1.5e-3", "1E5", "-.5e+2"]) {
      expect(parseNumber(text)).toBe(Number(text));
    }
    for (const text of ["", ".", "e5", "0x10", "1,5", "1_000", "NaN", "Infinity", "1 2", "--1", "1e", "½"]) {
      expect(parseNumber(text)).toBeUndefined();
    }
  });

  test("features: all others, or those asked for", () => {
    const four = table("a,b,w,y\n1,2,1,0\n3,4,2,1\n");
    expect(featureNames(four, undefined, "y", "w")).toEqual(["a", "b"]);
    expect(featureNames(four, ["b", "a"], "y", "w")).toEqual(["b", "a"]);
    expect([...readFeatures(four, ["b", "a"]).x]).toEqual([2, 1, 4, 3]);
    expect(spreads(readFeatures(four, ["a", "b"]))).toEqual([1, 1]);
    expect(refusal(() => featureNames(four, ["a", "y"], "y", "w"))).toBe(
      'column "y" is the target: it cannot be a feature too',
    );
    expect(refusal(() => featureNames(four, ["w"], "y", "w"))).toBe(
      'column "w" holds the weights: it cannot be a feature too',
    );
    expect(refusal(() => featureNames(four, ["a", "a"], "y", "w"))).toBe('--features names column "a" twice');
    expect(refusal(() => featureNames(four, ["c"], "y", "w"))).toMatch(/no column "c"/);
    const one = table("y\n1\n2\n");
    expect(refusal(() => featureNames(one, undefined, "y", undefined))).toBe(
      "t.csv has no column beside the target: there are no features",
    );
    const unnamed = table(",a,y\n1,2,3\n");
    expect(refusal(() => featureNames(unnamed, undefined, "y", undefined))).toBe(
      "column 1 of t.csv has no name; name it, or choose columns by --features",
    );
    expect(featureNames(unnamed, ["a"], "y", undefined)).toEqual(["a"]);
  });

  test("weights", () => {
    expect([...readWeights(table("w\n0\n2.5\n"), "w")]).toEqual([0, 2.5]);
    expect(refusal(() => readWeights(table("w\n0\n-1\n"), "w"))).toBe('column "w" holds a negative weight: -1');
    expect(refusal(() => readWeights(table("w\n0\n0\n"), "w"))).toBe('column "w" holds no weight above 0');
  });
});

describe("the target's likelihood", () => {
  const column = (values: readonly (string | number)[]): Table => table(`y\n${values.join("\n")}\n`);
  const count = (n: number, f: (i: number) => string | number): (string | number)[] =>
    Array.from({ length: n }, (_, i) => f(i));

  test("is the one asked for, or suggested by the values", () => {
    expect(readTarget(column([3, 7, 7]), "y", undefined)).toEqual({
      name: "y",
      likelihood: "bernoulli",
      because: '"y" has 2 distinct values',
      values: [3, 7, 7],
      classes: [3, 7],
    });
    expect(readTarget(column(["b", "a"]), "y", undefined)).toMatchObject({
      likelihood: "bernoulli",
      classes: ["a", "b"],
    });
    expect(readTarget(column([10, 9, 1]), "y", undefined)).toMatchObject({
      likelihood: "categorical",
      classes: [1, 9, 10],
    });
    expect(readTarget(column(["x", "2", "y"]), "y", undefined)).toMatchObject({
      likelihood: "categorical",
      because: '"y" has 3 distinct labels',
      classes: ["2", "x", "y"],
    });
    expect(readTarget(column([1.5, 2, 3]), "y", undefined)).toMatchObject({
      likelihood: "gaussian",
      values: [1.5, 2, 3],
    });
    expect(readTarget(column(count(20, (i) => i)), "y", undefined).likelihood).toBe("categorical");
    expect(readTarget(column(count(21, (i) => i)), "y", undefined).likelihood).toBe("gaussian");
    expect(readTarget(column([0, 1]), "y", "gaussian").likelihood).toBe("gaussian");
    expect(readTarget(column([0.5, 1.5]), "y", "categorical")).toMatchObject({
      because: "as asked",
      classes: [0.5, 1.5],
    });
  });

  test("or refused", () => {
    expect(refusal(() => readTarget(column([1, 1]), "y", undefined))).toBe(
      'column "y" of t.csv holds one value only (1): nothing to explain',
    );
    expect(refusal(() => readTarget(column([0, 1, 2]), "y", "bernoulli"))).toBe(
      '--likelihood bernoulli needs two distinct values in column "y", found 3 (0, 1, 2)',
    );
    expect(refusal(() => readTarget(column(count(21, (i) => `n${i}`)), "y", undefined))).toBe(
      'column "y" has 21 distinct texts; if they are classes, say --likelihood categorical',
    );
    expect(refusal(() => readTarget(column(["a", "b"]), "y", "gaussian"))).toBe(
      't.csv, line 2, column "y": "a" is not a number',
    );
  });
});

describe("writing", () => {
  test("whole or not at all", () => {
    const path = join(directory, "out.txt");
    writeWhole(path, "one");
    writeWhole(path, "two");
    expect(readText(path)).toBe("two");
    const before = readdirSync(directory);
    expect(refusal(() => writeWhole(join(directory, "none", "out.txt"), "x"))).toBe(
      "cannot write none/out.txt: no such file or directory",
    );
    expect(refusal(() => writeWhole(directory, "x"))).toMatch(/^cannot write/);
    expect(readdirSync(directory)).toEqual(before);
  });

  test("numbers and paragraphs to read", () => {
    expect([0, 1, -2.5, 1234.567, 0.00012345, 1e20, NaN].map(formatNumber)).toEqual([
      "0",
      "1",
      "-2.5",
      "1234.6",
      "1.2345e-4",
      "1.0000e+20",
      "NaN",
    ]);
    expect([0, 1, 123456].map(formatCell)).toEqual(["0", "1.0000", "1.2346e+5"]);
    expect(wrap("one two three", 10)).toBe("  one two\n  three");
  });
});
