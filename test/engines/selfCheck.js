// Shows that the judge can fail: it must see one flipped bit, another backend, another place, and what is missing.
import { judge } from "./judge.js";

const name = "exp of 7 numbers";

function flip(bits) {
  return bits.slice(0, 15) + (parseInt(bits[15], 16) ^ 1).toString(16);
}

/** Problems of the judge itself: none. */
export async function selfCheck(report, own) {
  const { backend } = report;
  const variant = { expected: backend };
  const right = { result: { ...report, matches: true, hash: own.hash, differences: [] }, facts: { worker: false } };
  const inspected = own.inspect(name, { backend });
  const values = inspected.values.map((bits, i) => (i === 4 ? flip(bits) : bits));
  const broken = { ...right.result, matches: false, hash: "0", differences: [{ name, got: "0", expected: "1" }] };
  const missing = { ...broken, differences: [{ name, got: null, expected: "1" }] };
  const again = async () => ({ result: { ...inspected, values } });
  const cases = [
    [right, variant, null],
    [{ ...right, result: broken }, variant, `value 4, x = ${inspected.inputs[0].bits[4]}`],
    [{ ...right, result: broken }, variant, `got ${values[4]} `],
    [{ ...right, result: broken }, variant, `expected ${inspected.values[4]} `],
    [{ ...right, result: missing }, variant, "was not computed"],
    [{ ...right, result: { ...right.result, matches: false } }, variant, "is incomplete"],
    [{ ...right, result: { ...right.result, hash: "0" } }, variant, "is incomplete"],
    [right, { expected: backend === "wasm" ? "typescript" : "wasm" }, "instead of"],
    [right, { ...variant, worker: true }, "worker is false"],
    [{ error: "out of memory" }, variant, "out of memory"],
  ];
  const wrong = [];
  for (const [answer, asked, expected] of cases) {
    const problem = await judge({ variant: asked, answer, again, own });
    const fits = expected === null ? problem === null : problem?.includes(expected);
    if (!fits) wrong.push(`the judge says ${problem} instead of ${expected}`);
  }
  return wrong;
}
