import { expect, test } from "vitest";

interface Ratio {
  readonly work: string;
  readonly peer: string;
  readonly ratio: number;
  readonly from: number | null;
  readonly aim: number | null;
}

const path = "../../bench/ratios.js";
const { compareRuns, ratiosOf } = (await import(path)) as {
  ratiosOf(json: object, file: string): Ratio[];
  compareRuns(now: Ratio[], before: Ratio[]): (Ratio & { readonly before: number; readonly far: boolean })[];
};

const kernels = {
  results: [
    { name: "exp", copies: "in and out", elements: 8, nanoseconds: { auto: 2, typescript: 3, plain: 5 } },
    { name: "start-up", milliseconds: 10, from: 8, to: 12, aim: 15 },
  ],
};
const peers = (ratio: number) => ({
  results: [
    {
      ...{ name: "gradient", copies: "none", ours: 1, aims: { sklearn: 2, tfjs: null } },
      peers: { sklearn: { ms: ratio, ratio, from: 0.9 * ratio, to: 1.1 * ratio }, "tfjs wasm": { ms: 4, ratio: 4 } },
    },
  ],
});

test("what every benchmark writes is read as ratios", () => {
  const [exp, start] = ratiosOf(kernels, "kernels.json");
  expect([exp.work, exp.peer, exp.ratio]).toEqual(["exp, 8", "plain loop", 2.5]);
  expect([start.ratio, start.from, start.aim]).toEqual([1.5, 1.25, 1]);
  const [own, other] = ratiosOf(peers(3), "peers.json");
  expect([own.peer, own.ratio, own.aim, other.peer, other.aim]).toEqual(["sklearn", 3, 2, "tfjs wasm", null]);
  const workers = { workers: 4, results: { folds: { alone: 3, together: 1, ratio: 2.9 } } };
  expect(ratiosOf(workers, "parallel.json")[0].ratio).toBe(2.9);
  expect(() => ratiosOf({ problems: [] }, "other.json")).toThrow("other.json holds no ratios");
});

test("two runs are compared by the ratios that they share, beyond a quarter either way", () => {
  const far = (now: number, before: number): boolean =>
    compareRuns(ratiosOf(peers(now), "a"), ratiosOf(peers(before), "b"))[0].far;
  expect([far(2, 2), far(2.5, 2), far(2.51, 2), far(2, 2.51), far(2, 2.4)]).toEqual([false, false, true, true, false]);
  expect(compareRuns(ratiosOf(peers(2), "a"), ratiosOf(kernels, "b"))).toEqual([]);
});
