import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import {
  crossValidate,
  dataset,
  likelihoods,
  logisticRegression,
  losses,
  optimizers,
  penalties,
  random,
  softmaxRegression,
} from "../../src/index.js";
import { workerPool } from "../../src/parallel/index.js";
import { WorkerPool } from "../../src/parallel/pool.js";
import { bundled, made, poolOf, worker } from "./worker.js";

const numbers = random(5);
const rows = 800;
const X = Array.from({ length: rows }, () => [numbers.uniform(), numbers.uniform(), numbers.uniform()]);
const y = X.map(([a, b]) => (a! + b! + numbers.uniform() > 1.5 ? 1 : 0));
const options = { penalty: penalties.l2(1e-3) };
const fields = (argument: string, more: object = {}): unknown => expect.objectContaining({ argument, ...more });

describe("workers", () => {
  it("hold their rows only, and are asked for sums", async () => {
    const sent: { task: string; arguments: { blocks?: { x: Float64Array }[] } }[][] = [];
    const pool = new WorkerPool(
      2,
      () => {
        const one = worker();
        const own: (typeof sent)[number] = [];
        sent.push(own);
        const post = one.postMessage.bind(one);
        one.postMessage = (message: never, transfer?: never) => {
          own.push(structuredClone(message));
          post(message, transfer);
        };
        return one;
      },
      0,
    );
    const fit = await pool.fit(logisticRegression, X, y, options);
    expect(JSON.stringify(fit)).toBe(JSON.stringify(logisticRegression(X, y, options)));
    const held = sent.map((messages) => {
      const tasks = messages.map(({ task }) => task);
      expect(tasks.filter((task) => task === "rows")).toHaveLength(1);
      expect(tasks.filter((task) => task === "evaluate").length).toBeGreaterThan(2);
      expect(tasks.slice(-2)).toEqual(["drop", "drop"]);
      const { blocks } = messages.find(({ task }) => task === "rows")!.arguments;
      return blocks!.reduce((sum, { x }) => sum + x.length / 3, 0);
    });
    expect(held.reduce((a, b) => a + b)).toBe(rows);
    expect(Math.max(...held)).toBeLessThan(rows * 0.6);
    pool.close();
  });

  it("that end fail what they were doing, with a reason; the pool then makes others", async () => {
    for (const least of [0, Infinity]) {
      const pool = poolOf(2, least);
      const before = made.length;
      const doomed = pool.crossValidate(softmaxRegression, X, y, options, { folds: 4 });
      const lone = pool.fit(logisticRegression, X, y, options);
      const settled = Promise.allSettled([doomed, lone]);
      const first = made.slice(before);
      expect(first.length).toBe(2);
      await Promise.all(first.map((one) => one.terminate()));
      await settled;
      await expect(doomed).rejects.toThrow(/^A worker of the pool ended: /);
      // Shared by all workers the fit ends with them; whole, it was waiting and is done by another.
      if (least === 0) await expect(lone).rejects.toThrow(/^A worker of the pool ended: /);
      else expect(JSON.stringify(await lone)).toBe(JSON.stringify(logisticRegression(X, y, options)));
      const again = await pool.crossValidate(softmaxRegression, X, y, options, { folds: 4 });
      expect(again.mean).toBe(crossValidate(softmaxRegression, X, y, options, { folds: 4 }).mean);
      expect(made.length).toBe(before + 4);
    }
  });

  it("whose script is not there say so", async () => {
    const pool = workerPool({ size: 1, worker: () => new Worker("/nowhere/worker.mjs") });
    await expect(pool.fit(logisticRegression, X, y)).rejects.toThrow(/ended: .*nowhere/);
    pool.close();
  });

  it("are all gone after close, which fails what is under way and all that comes after", async () => {
    const pool = poolOf(3);
    const before = made.length;
    const running = pool.crossValidate(logisticRegression, X, y, options);
    running.catch(() => {});
    const exits = made.slice(before).map((one) => new Promise((resolve) => one.once("exit", resolve)));
    expect(exits).toHaveLength(3);
    pool.close();
    pool.close();
    await expect(running).rejects.toThrow("The pool was closed before this was done.");
    await Promise.all(exits);
    await expect(pool.fit(logisticRegression, X, y)).rejects.toThrow("This pool is closed");
    await expect(pool.crossValidate(logisticRegression, X, y)).rejects.toThrow("This pool is closed");
  });

  it("of Node's own making run whatever flags the program has, and let it end while they are idle", async () => {
    const folder = await bundled();
    const script = `
      import { logisticRegression, workerPool } from ${JSON.stringify(pathToFileURL(join(folder, "library.js")).href)};
      const fit = await workerPool({ size: 2 }).fit(logisticRegression, [[1], [2], [3], [4]], [0, 1, 0, 1]);
      console.log(fit.status);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
      env: {},
    });
    let said = "";
    child.stdout.on("data", (text: Buffer) => (said += text.toString()));
    const code = await new Promise((resolve) => child.on("close", resolve));
    rmSync(folder, { recursive: true });
    expect([code, said]).toEqual([0, "converged\n"]);
  });
});

describe("aborting", () => {
  it.each([0, Infinity])("ends a fit with its status (%s)", async (least) => {
    const pool = poolOf(2, least);
    const controller = new AbortController();
    // Steps so short that it cannot end before the abort arrives.
    const optimizer = optimizers.gradientDescent({ step: 1e-6 });
    const slow = { columns: 3, tolerance: 1e-300, maxIterations: 1e6, optimizer };
    const running = pool.fit(
      logisticRegression,
      Float64Array.from(X.flat()),
      y,
      {
        ...slow,
        onProgress: ({ iteration }) => {
          if (iteration === 3) controller.abort();
        },
      },
      { signal: controller.signal },
    );
    const fit = await running;
    expect(fit.status).toBe("aborted");
    expect(fit.iterations).toBeGreaterThanOrEqual(3);
  });

  it("ends a minimisation before its first step", async () => {
    const spec = { data: dataset(X, y), likelihood: likelihoods.bernoulli() };
    const result = await poolOf(2, 0).minimize(spec, {}, { signal: AbortSignal.abort() });
    expect(result.status).toBe("aborted");
  });

  it("rejects what has no result before its end, and leaves the workers to others", async () => {
    const pool = poolOf(2);
    const reason = new Error("enough");
    for (const call of [
      (signal: AbortSignal) => pool.crossValidate(logisticRegression, X, y, options, {}, { signal }),
      (signal: AbortSignal) => pool.regularizationPath(X, y, { likelihood: likelihoods.bernoulli() }, { signal }),
      (signal: AbortSignal) => pool.selectPenalty(X, y, { likelihood: likelihoods.bernoulli() }, { signal }),
    ]) {
      await expect(call(AbortSignal.abort(reason))).rejects.toBe(reason);
      const controller = new AbortController();
      const running = call(controller.signal);
      setTimeout(() => controller.abort(reason), 2);
      await expect(running).rejects.toBe(reason);
    }
    const fit = await pool.fit(logisticRegression, X, y, options);
    expect(JSON.stringify(fit)).toBe(JSON.stringify(logisticRegression(X, y, options)));
  });
});

describe("bad arguments", () => {
  const pool = poolOf(2);

  it("of the pool are refused by name", () => {
    expect(() => workerPool({ size: 0 })).toThrow(fields("size"));
    expect(() => workerPool({ size: 1.5 })).toThrow(fields("size"));
    expect(() => workerPool({ size: "2" as never })).toThrow(fields("size"));
    expect(() => workerPool({ worker: 3 as never })).toThrow(fields("worker"));
    expect(() => workerPool({ workers: 3 } as never)).toThrow(fields("options"));
    expect(() => workerPool(null as never)).toThrow(TypeError);
  });

  it("of a factory that makes no worker too", async () => {
    for (const broken of [() => null, () => ({}), () => ({ postMessage() {}, terminate() {} })]) {
      const none = workerPool({ size: 1, worker: broken as never });
      await expect(none.fit(logisticRegression, X, y)).rejects.toEqual(fields("worker"));
      await expect(none.crossValidate(logisticRegression, X, y)).rejects.toEqual(fields("worker"));
    }
  });

  it("reject with the class, the message and the fields of the function alone", async () => {
    const hole = X.map((row, i) => (i === 5 ? [0, NaN, 1] : row));
    for (const least of [0, Infinity]) {
      const both = poolOf(2, least);
      for (const [x, labels, given] of [
        [hole, y, {}],
        [X, y.slice(1), {}],
        [X, y, { weights: X.map((_, i) => (i === 3 ? -1 : 1)) }],
        [X, y, { prior: 3 }],
        [X, y, { tolerance: -1 }],
        [X, y, { nothing: 1 }],
        [X, y.map(() => 1), {}],
        [7, y, {}],
        [X, null, {}],
      ] as const) {
        const alone = (() => {
          try {
            logisticRegression(x as never, labels as never, given as never);
          } catch (error) {
            return error as Error & { argument: string; row?: number; column?: number };
          }
          throw new Error("not refused");
        })();
        const { argument, row, column, message } = alone;
        const expected = expect.objectContaining({
          argument,
          message,
          ...(row !== undefined && { row }),
          ...(column !== undefined && { column }),
        }) as Error;
        const call = both.fit(logisticRegression, x as never, labels as never, given as never);
        await expect(call).rejects.toEqual(expected);
        await expect(call).rejects.toBeInstanceOf(alone.constructor);
      }
    }
  });

  it("of a fold reject with the error of the first fold that fails", async () => {
    const labels = y.map((label, i) => (i < 3 ? "rare" : label ? "a" : "b"));
    const folds = y.map((_, i) => (i < 3 ? 2 : i % 5));
    const call = () => crossValidate(softmaxRegression, X, labels, { classes: ["a", "b", "rare"] }, { folds });
    let alone: Error | null = null;
    try {
      call();
    } catch (error) {
      alone = error as Error;
    }
    const together = pool.crossValidate(softmaxRegression, X, labels, { classes: ["a", "b", "rare"] }, { folds });
    await expect(together).rejects.toThrow(alone!.message);
    await expect(together).rejects.toEqual(fields("y"));
  });

  it("that hold functions of one's own are refused in a sentence", async () => {
    const own = losses.custom({ name: "own", value: () => 0, gradient: () => 0, curvature: () => 0 });
    const said = { expected: expect.stringMatching("cannot be sent to a worker") as string };
    await expect(pool.minimize({ data: dataset(X, y), loss: own })).rejects.toEqual(fields("loss", said));
    await expect(pool.regularizationPath(X, y, { loss: own })).rejects.toEqual(fields("loss", said));
    await expect(pool.selectPenalty(X, y, { loss: own })).rejects.toEqual(fields("loss", said));
    const optimizer = { ...optimizers.lbfgs(), name: "mine" };
    await expect(pool.fit(logisticRegression, X, y, { optimizer })).rejects.toEqual(fields("optimizer", said));
    await expect(pool.crossValidate(logisticRegression, X, y, { optimizer })).rejects.toEqual(
      fields("optimizer", said),
    );
  });

  it("of a call are refused by name", async () => {
    await expect(pool.fit(logisticRegression, X, y, {}, { signal: 3 as never })).rejects.toEqual(fields("signal"));
    await expect(pool.fit(logisticRegression, X, y, {}, { stop: 3 } as never)).rejects.toEqual(fields("call"));
    await expect(pool.fit((() => 0) as never, X, y)).rejects.toEqual(fields("estimator"));
    await expect(pool.crossValidate(null as never, X, y)).rejects.toEqual(fields("estimator"));
    await expect(pool.fit(logisticRegression, X, y, 3 as never)).rejects.toEqual(fields("options"));
    await expect(pool.minimize(null as never)).rejects.toEqual(fields("spec"));
  });
});
