import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fitFromJSON, random } from "../../src/index.js";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const example = (name: string): string => fileURLToPath(new URL(`../../examples/data/${name}.csv`, import.meta.url));

let directory: string;
beforeAll(() => {
  expect(existsSync(cli), "dist/cli.js is made by npm run build").toBe(true);
  directory = mkdtempSync(join(tmpdir(), "surprisal-cli-"));
  for (const [name, content] of Object.entries(tables())) write(name, content);
});
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, content: string): void {
  writeFileSync(join(directory, name), content);
}

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function run(...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: directory, encoding: "utf8" });
  return { code: status, out: stdout, error: stderr };
}

/** A run that must succeed and say nothing on stderr. */
function succeed(...args: string[]): string {
  const { code, out, error } = run(...args);
  expect(error).toBe("");
  expect(code).toBe(0);
  return out;
}

/** A run that must be refused with one line, print nothing and leave the directory as it was. */
function refuse(...args: string[]): string {
  const before = readdirSync(directory);
  const { code, out, error } = run(...args);
  expect(out).toBe("");
  expect(code).toBe(1);
  expect(error).toMatch(/^error: [^\n]*\n$/);
  expect(readdirSync(directory)).toEqual(before);
  return error.slice("error: ".length, -1);
}

/** Small tables of two overlapping classes, three named ones, and numbers. */
function tables(): Record<string, string> {
  const generator = random(7);
  const rows = Array.from({ length: 60 }, () => {
    const [a, b] = [generator.uniform(), generator.uniform()];
    const noise = generator.uniform() - 0.5;
    const kind = ["ant", "bee", "cat"][Math.min(2, Math.floor(3 * (a + 0.4 * noise + 0.1)))]!;
    return [a, b, a + 0.6 * noise > 0.5 ? 1 : 0, kind, 1 + 2 * a - b + noise, generator.integer(3)];
  });
  const text = ["a,b,won,kind,height,w", ...rows.map((row) => row.join())].join("\n");
  return {
    "t.csv": `${text}\n`,
    "crlf.csv": `\ufeff${text.replaceAll("\n", "\r\n")}\r\n`,
    "apart.csv": "x,junk,y\n1,0,no\n2,1,no\n3,0,yes\n4,1,yes\n",
  };
}

describe("fit", () => {
  test("two classes", () => {
    const out = succeed("fit", "t.csv", "--target", "won", "--features", "a,b", "--out", "two.json");
    expect(out).toContain('bernoulli ("won" has 2 distinct values); models P(won = 1)');
    expect(out).toContain("t.csv: 60 rows, 2 features");
    expect(out).toContain("flat: maximum likelihood");
    expect(out).toMatch(/log-likelihood {2}-\d+\.\d+ nats/);
    expect(out).toMatch(/accuracy +\d+\.\d % \(\d+ of 60\)/);
    expect(out).toMatch(/status +converged after \d+ iterations/);
    expect(out).toMatch(/\(intercept\) +-?\d/);
    expect(out).toContain("model written to two.json");
    const fit = fitFromJSON(JSON.parse(readFileSync(join(directory, "two.json"), "utf8")));
    expect(fit.names).toEqual(["a", "b"]);
    expect(fit.classes).toEqual([0, 1]);
    expect(fit.converged).toBe(true);
    expect(out).toContain(Number(fit.coefficients[0]).toPrecision(5));
    expect(out).toMatch(/coefficient +std\. error/);
    expect(out).toContain("Errors: expected information");
  });

  test("named classes", () => {
    const out = succeed("fit", "t.csv", "--target", "kind", "--features", "a,b", "--prior", "normal:sd=2");
    expect(out).toContain('categorical ("kind" has 3 distinct labels)');
    expect(out).toContain("normal(sd 2): maximum a posteriori");
    expect(out).toMatch(/class ant +class bee +class cat/);
  });

  test("numbers, and a prior once the noise is known", () => {
    const free = succeed("fit", "t.csv", "--target", "height", "--features", "a,b");
    expect(free).toContain('gaussian ("height" holds numbers, 60 of them distinct)');
    expect(free).toMatch(/noise sd +0\.\d+/);
    expect(free).not.toContain("accuracy");
    const options = ["--likelihood", "gaussian:sd=0.3", "--prior", "normal:sd=1"];
    expect(succeed("fit", "t.csv", "--target", "height", "--features", "a,b", ...options)).toMatch(/noise sd +0\.3\n/);
    expect(refuse("fit", "t.csv", "--target", "height", "--features", "a,b", "--prior", "normal:sd=1")).toMatch(
      /needs the noise to be known: --likelihood gaussian:sd=<number>/,
    );
  });

  test("the likelihood asked for", () => {
    const out = succeed("fit", "t.csv", "--target", "won", "--features", "a,b", "--likelihood", "gaussian");
    expect(out).toContain("gaussian (as asked)");
  });

  test("a byte order mark and CRLF change nothing", () => {
    const args = ["--target", "won", "--features", "a,b"];
    const body = (out: string): string => out.slice(out.indexOf("likelihood"));
    expect(body(succeed("fit", "crlf.csv", ...args))).toBe(body(succeed("fit", "t.csv", ...args)));
  });

  test("weights", () => {
    const args = ["fit", "t.csv", "--target", "won", "--features", "a,b"];
    const out = succeed(...args, "--weights", "w", "--out", "weighted.json");
    expect(out).toContain('weighted by "w"');
    const rows = readFileSync(join(directory, "t.csv"), "utf8").trim().split("\n").slice(1);
    const total = rows.reduce((sum, row) => sum + Number(row.split(",").at(-1)), 0);
    const { totalWeight } = JSON.parse(readFileSync(join(directory, "weighted.json"), "utf8")) as {
      totalWeight: number;
    };
    expect(totalWeight).toBe(total);
  });

  test("the same command gives the same bytes", () => {
    const args = ["fit", "t.csv", "--target", "kind", "--features", "a,b", "--prior", "normal:sd=1", "--standardize"];
    succeed(...args, "--out", "first.json");
    succeed(...args, "--out", "second.json");
    const [first, second] = ["first.json", "second.json"].map((name) => readFileSync(join(directory, name), "utf8"));
    expect(second).toBe(first);
  });

  test("classes that a line separates: said plainly, with the direction and the remedy", () => {
    const out = succeed("fit", "apart.csv", "--target", "y");
    expect(out).toMatch(/status +separated/);
    expect(out.replaceAll(/\s+/g, " ")).toContain("no maximum-likelihood estimate exists");
    expect(out).toMatch(/witness +per sd of the column/);
    expect(out).toMatch(/\n {2}x +1\.0000\n/);
    expect(out).toContain("--prior normal:sd=1 --standardize");
    expect(out).not.toContain("(intercept)");
    expect(out).not.toContain("log-likelihood");
    expect(succeed("fit", "apart.csv", "--target", "y", "--prior", "normal:sd=1", "--standardize")).toContain(
      "converged",
    );
  });

  test("many coefficients: the largest, and how to get all", () => {
    const names = Array.from({ length: 50 }, (_, j) => `x${j}`);
    const generator = random(3);
    const rows = Array.from({ length: 200 }, () => [...names, "y"].map(() => generator.uniform().toFixed(3)).join());
    write("wide.csv", `${[...names, "y"].join()}\n${rows.join("\n")}\n`);
    const out = succeed("fit", "wide.csv", "--target", "y");
    expect(out).toContain("The 20 largest of 51 coefficients; --out model.json writes them all.");
    expect(out.match(/^ {2}(x\d+|\(intercept\)) /gm)).toHaveLength(20);
  });

  test("shipped data", () => {
    expect(succeed("fit", example("iris"), "--target", "target")).toContain("quasi-separated");
    const longley = succeed("fit", example("longley"), "--target", "Employed");
    // As R's lm prints them.
    expect(longley).toMatch(/\(intercept\) +-3482\.3 +890\.42\n/);
    expect(longley).toMatch(/Year +1\.8292 +0\.45548\n/);
    expect(succeed("fit", example("diabetes"), "--target", "target")).toMatch(/\(intercept\) +-334\.57 +67\.4/);
  });
});

describe("predict", () => {
  const parse = (text: string): string[][] =>
    text
      .trim()
      .split("\n")
      .map((line) => line.split(","));

  test.each([
    ["won", "prediction,probability 0,probability 1"],
    ["kind", "prediction,probability ant,probability bee,probability cat"],
    ["height", "prediction"],
  ])("%s: what the fit predicts, exactly", (target, header) => {
    const prior = target === "height" ? "flat" : "normal:sd=1";
    succeed("fit", "t.csv", "--target", target, "--features", "b,a", "--prior", prior, "--out", `${target}.json`);
    const out = succeed("predict", `${target}.json`, "t.csv");
    expect(out.split("\n")[0]).toBe(header);
    expect(succeed("predict", `${target}.json`, "t.csv", "--out", "p.csv")).toBe("60 predictions written to p.csv\n");
    expect(readFileSync(join(directory, "p.csv"), "utf8")).toBe(out);

    const fit = fitFromJSON(JSON.parse(readFileSync(join(directory, `${target}.json`), "utf8")));
    const table = parse(readFileSync(join(directory, "t.csv"), "utf8")).slice(1);
    const x = table.map(([a, b]) => [Number(b), Number(a)]);
    expect(
      parse(out)
        .slice(1)
        .map(([label]) => label),
    ).toEqual(Array.from(fit.predict(x), String));
    if (fit.classes === null) return;
    const given = parse(out).slice(1);
    const probabilities = fit.predictProbabilities(x);
    given.forEach((row, i) => {
      const values = row.slice(1).map(Number);
      expect(values.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 14);
      if (target === "kind") expect(values).toEqual([...probabilities.subarray(3 * i, 3 * i + 3)]);
      else expect(values[1]).toBe(probabilities[i]);
    });
  });

  test("labels that need quotes", () => {
    write("odd.csv", 'x,y\n1,"a ""b"""\n2,"c, d"\n3,"a ""b"""\n4,"c, d"\n');
    succeed("fit", "odd.csv", "--target", "y", "--prior", "normal:sd=1", "--out", "odd.json");
    const [header, first] = succeed("predict", "odd.json", "odd.csv").split("\n");
    expect(header).toBe('prediction,"probability a ""b""","probability c, d"');
    expect(first).toMatch(/^"a ""b""",0\.\d+,0\.\d+$/);
  });

  test("a fit that did not converge is noted on stderr", () => {
    succeed("fit", "apart.csv", "--target", "y", "--out", "apart.json");
    const { code, out, error } = run("predict", "apart.json", "apart.csv");
    expect(code).toBe(0);
    expect(error).toMatch(/^note: the fit in apart\.json is separated: /);
    expect(
      out
        .split("\n")
        .slice(1, 5)
        .map((line) => line.split(",")[0]),
    ).toEqual(["no", "no", "yes", "yes"]);
  });

  test("what is refused", () => {
    succeed("fit", "t.csv", "--target", "won", "--features", "a,b", "--out", "m.json");
    write("short.csv", "a,bb\n1,2\n");
    write("broken.json", "{");
    write("other.json", '{"version":1,"type":"random"}');
    expect(refuse("predict", "m.json", "short.csv")).toBe('short.csv has no column "b"; did you mean "bb"?');
    expect(refuse("predict", "none.json", "t.csv")).toBe("cannot read none.json: no such file or directory");
    expect(refuse("predict", "broken.json", "t.csv")).toMatch(/^broken\.json is not JSON/);
    expect(refuse("predict", "other.json", "t.csv")).toMatch(/^other\.json is not a model .*json/);
    expect(refuse("predict", "t.csv", "t.csv")).toMatch(/^t\.csv is not JSON/);
    expect(refuse("predict", "m.json", "t.csv", "--out", "t.csv")).toBe("--out t.csv would overwrite t.csv");
    expect(refuse("predict", "m.json", "t.csv", "--out", "m.json")).toBe("--out m.json would overwrite m.json");
    expect(refuse("predict", "m.json")).toBe("missing required argument 'file.csv'");
  });
});

describe("fit refuses", () => {
  test.each([
    ["a missing file", ["none.csv", "--target", "y"], "cannot read none.csv: no such file or directory"],
    ["a directory", [".", "--target", "y"], "cannot read .: it is a directory"],
    ["no target", ["t.csv"], "say which column to explain: --target <column>"],
    ["an unknown target", ["t.csv", "--target", "wonn"], 't.csv has no column "wonn"; did you mean "won"?'],
    [
      "an unknown feature",
      ["t.csv", "--target", "won", "--features", "a,zebra"],
      't.csv has no column "zebra" (columns: a, b, won, kind, height, w)',
    ],
    [
      "the target among the features",
      ["t.csv", "--target", "won", "--features", "a,won"],
      'column "won" is the target: it cannot be a feature too',
    ],
    ["text among the features", ["t.csv", "--target", "won"], 't.csv, line 2, column "kind": "cat" is not a number'],
    [
      "the target as weights",
      ["t.csv", "--target", "won", "--weights", "won"],
      'column "won" cannot be target and weights',
    ],
    [
      "unknown weights",
      ["t.csv", "--target", "won", "--weights", "u"],
      't.csv has no column "u" (columns: a, b, won, kind, height, w)',
    ],
    [
      "text as weights",
      ["t.csv", "--target", "won", "--features", "a", "--weights", "kind"],
      't.csv, line 2, column "kind": "cat" is not a number',
    ],
    [
      "three values as Bernoulli",
      ["t.csv", "--target", "kind", "--features", "a", "--likelihood", "bernoulli"],
      '--likelihood bernoulli needs two distinct values in column "kind", found 3 (ant, bee, cat)',
    ],
    [
      "text as Gaussian",
      ["t.csv", "--target", "kind", "--features", "a", "--likelihood", "gaussian"],
      't.csv, line 2, column "kind": "cat" is not a number',
    ],
    [
      "an unknown likelihood",
      ["t.csv", "--target", "won", "--likelihood", "gausian"],
      '--likelihood gausian: expected bernoulli, categorical, gaussian; did you mean "gaussian"?',
    ],
    [
      "an sd where there is none",
      ["t.csv", "--target", "won", "--likelihood", "bernoulli:sd=1"],
      "--likelihood bernoulli:sd=1: bernoulli has no sd",
    ],
    [
      "an unknown prior",
      ["t.csv", "--target", "won", "--prior", "laplace:sd=1"],
      "--prior laplace:sd=1: expected flat, normal",
    ],
    [
      "a prior without width",
      ["t.csv", "--target", "won", "--prior", "normal"],
      "--prior normal: say how wide, as in normal:sd=1",
    ],
    [
      "a width of zero",
      ["t.csv", "--target", "won", "--prior", "normal:sd=0"],
      "--prior normal:sd=0: expected normal:sd=<number above 0>",
    ],
    [
      "a flat prior with width",
      ["t.csv", "--target", "won", "--prior", "flat:sd=1"],
      "--prior flat:sd=1: flat has no sd",
    ],
    [
      "an empty feature",
      ["t.csv", "--target", "won", "--features", "a,,b"],
      "--features a,,b: expected names separated by commas",
    ],
    [
      "a place that does not exist",
      ["t.csv", "--target", "won", "--features", "a", "--out", "no/m.json"],
      "cannot write no/m.json: there is no directory no",
    ],
    [
      "a directory to write to",
      ["t.csv", "--target", "won", "--features", "a", "--out", "."],
      "cannot write .: it is a directory",
    ],
    ["to overwrite its input", ["t.csv", "--target", "won", "--out", "./t.csv"], "--out ./t.csv would overwrite t.csv"],
    [
      "an unknown option",
      ["t.csv", "--target", "won", "--priors", "flat"],
      "unknown option '--priors' (Did you mean --prior?)",
    ],
    [
      "a second file",
      ["t.csv", "u.csv", "--target", "won"],
      "too many arguments for 'fit'. Expected 1 argument but got 2.",
    ],
    ["no file", ["--target", "won"], "missing required argument 'file.csv'"],
  ])("%s", (_, args, message) => {
    expect(refuse("fit", ...args)).toBe(message);
  });

  test.each([
    ["an empty file", "", "bad.csv is empty"],
    ["a header alone", "a,y\n", "bad.csv has a header and no rows"],
    ["two columns of one name", "a,a,y\n1,2,3\n", 'bad.csv has two columns named "a"'],
    ["a short row", "a,y\n1,2\n3\n", "bad.csv, line 3: 1 cell where the header has 2"],
    ["an empty cell", "a,y\n1,2\n,3\n", 'bad.csv, line 3, column "a": the cell is empty'],
    ["a missing target", "a,y\n1,2\n2,\n", 'bad.csv, line 3, column "y": the cell is empty'],
    ["a word", "a,y\n1,2\ntwo,3\n", 'bad.csv, line 3, column "a": "two" is not a number'],
    ["not-a-number", "a,y\nNaN,2\n2,3\n", 'bad.csv, line 2, column "a": "NaN" is not a number'],
    ["a number without end", "a,y\n1e400,2\n2,3\n", 'bad.csv, line 2, column "a": "1e400" is too large for a number'],
    ["one value to explain", "a,y\n1,2\n2,2\n", 'column "y" of bad.csv holds one value only (2): nothing to explain'],
    ["nothing to explain by", "y\n1\n2\n", "bad.csv has no column beside the target: there are no features"],
    ["an open quote", 'a,y\n"1,2\n', "bad.csv ends inside a quoted cell"],
    ["a program", "\u007fELF\u0002\u0001\u0000\u0000", "bad.csv is not a text file"],
  ])("%s", (_, content, message) => {
    write("bad.csv", content);
    expect(refuse("fit", "bad.csv", "--target", "y", "--out", "never.json")).toBe(message);
  });

  test("leaves an old model as it was", () => {
    write("kept.json", "old");
    write("bad.csv", "a,y\nx,1\n2,0\n");
    refuse("fit", "bad.csv", "--target", "y", "--out", "kept.json");
    expect(readFileSync(join(directory, "kept.json"), "utf8")).toBe("old");
  });

  test("to overwrite its input by another name", () => {
    symlinkSync("t.csv", join(directory, "link.csv"));
    expect(refuse("fit", "t.csv", "--target", "won", "--features", "a", "--out", "link.csv")).toBe(
      "--out link.csv would overwrite t.csv",
    );
  });
});

describe("the program", () => {
  test("version and help", () => {
    const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    expect(succeed("--version")).toBe(`${(JSON.parse(text) as { version: string }).version}\n`);
    expect(succeed("--help")).toMatch(/^Usage: surprisal/);
    expect(succeed("fit", "--help")).toContain("--target <column>");
    expect(succeed("help", "predict")).toContain("model.json");
  });

  test("an unknown command", () => {
    expect(refuse("prdict", "x")).toBe('unknown command "prdict"; did you mean "predict"?');
    expect(refuse("dance")).toBe('unknown command "dance"');
    expect(refuse("--dance")).toBe("unknown option '--dance'");
  });

  test("the tour: three schools with the same bits, and ten digits", () => {
    const out = succeed();
    expect(out).toMatch(/569 tumours, 30 measurements of their cells, 357 of them benign/);
    expect(out).toMatch(/separated: The witness separates/);
    expect(out).toMatch(/status +converged after \d+ iterations/);
    expect(out).toContain("identical: 31 of 31\n");
    expect(out.replaceAll(/identical: (\d+) of \1\b/g, "")).not.toContain("identical");
    const [, share] = /held out +(\d+\.\d) % /.exec(out)!;
    expect(Number(share)).toBeGreaterThan(94);
    expect(out.match(/^ {2}.{16} {4}\d \d\.\d{3}/gm)).toHaveLength(10);
  });
});
