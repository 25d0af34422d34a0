/**
 * The tables of the elementary functions, made at load by + − × ÷ alone, so that they are the same everywhere.
 *
 * @module
 */

/** {tail, base} for j = 0..127: 2^(j/128) = base·(1 + tail), to 2^-100. */
export const expTable: Float64Array = /*#__PURE__*/ makeExpTable();

/**
 * {i/128, 1/(1 + i/128), head, tail} for i = 0..128: log(1 + i/128) = head + tail to 2^-72, head a multiple of 2^-42.
 * Entry 1 repeats entry 0.
 */
export const log1pTable: Float64Array = /*#__PURE__*/ makeLog1pTable();

/** 2^(i − 1074) for i = 0..2097: multiplying by one is exact unless it overflows or underflows. */
export const powersOfTwo: Float64Array = /*#__PURE__*/ makePowersOfTwo();

/** Powers of 2^(1/128) one after the other, as unevaluated sums of two doubles (T. J. Dekker, Numer. Math. 18, 1971). */
function makeExpTable(): Float64Array {
  const table = new Float64Array(256);
  const splitter = 134217729;
  const factor = 1.0054299011128027;
  const factorTail = 9.499186535455032e-17;
  const factorTop = factor * splitter - (factor * splitter - factor);
  const factorRest = factor - factorTop;
  let base = 1;
  let rest = 0;
  for (let j = 0; j < 256; j += 2) {
    table[j] = rest / base;
    table[j + 1] = base;
    const baseTop = base * splitter - (base * splitter - base);
    const baseRest = base - baseTop;
    const product = base * factor;
    const error = baseTop * factorTop - product + baseTop * factorRest + baseRest * factorTop + baseRest * factorRest;
    const correction = error + (base * factorTail + rest * factor);
    base = product + correction;
    rest = product - base + correction;
  }
  return table;
}

/** Sums log((m + 1)/m) = 2(s + s³/3 + s⁵/5 + ...), s = 1/(2m + 1), with the heads on a grid of 2^-42. */
function makeLog1pTable(): Float64Array {
  const table = new Float64Array(516);
  const grid = 1536;
  let head = 0;
  let tail = 0;
  for (let i = 0; i <= 128; i++) {
    table.set(i === 1 ? [0, 1, 0, 0] : [i / 128, 128 / (128 + i), head, tail], 4 * i);
    const odd = 257 + 2 * i;
    const s = 1 / odd;
    const top = s + grid - grid;
    const rest = (1 - top * odd) / odd;
    const square = s * s;
    const series = rest + s * square * (1 / 3 + square * (0.2 + square * (1 / 7 + square * (1 / 9))));
    const sum = tail + 2 * series;
    const carry = sum + grid - grid;
    head += 2 * top + carry;
    tail = sum - carry;
  }
  return table;
}

function makePowersOfTwo(): Float64Array {
  const table = new Float64Array(2098);
  table[0] = 5e-324;
  for (let i = 1; i < 2098; i++) table[i] = 2 * table[i - 1];
  return table;
}
