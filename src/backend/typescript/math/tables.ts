/**
 * The tables of the elementary functions, made at load by + − × ÷ alone, so that they are the same everywhere.
 *
 * @module
 */

/** {tail, base} for j = 0..127: 2^(j/128) = base·(1 + tail), to 2^-100. */
export const expTable: Float64Array = /*#__PURE__*/ makeExpTable();

/**
 * {c, 1/c, head, tail}: log(c) = head + tail to 2^-72, head a multiple of 2^-42. First, for log1p on [0, 1], c = 1 + i/128
 * for i = 0..128, with i/128 in place of c and entry 1 the same as entry 0. Then, for log, 128 entries from 0.71 to 1.41:
 * c = (182 + i)/256 below 1, (54 + i)/128 above, and c = 1 for i = 73..75.
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

/**
 * {head, tail} of log(m/first) for m = first..last, summing log((m + 1)/m) = 2(s + s³/3 + s⁵/5 + ...), s = 1/(2m + 1),
 * with the heads on a grid of 2^-42.
 */
function logRatios(first: number, last: number): Float64Array {
  const ratios = new Float64Array(2 * (last - first) + 2);
  const grid = 1536;
  for (let m = first, i = 0; m < last; m++, i += 2) {
    const odd = 2 * m + 1;
    const s = 1 / odd;
    const top = s + grid - grid;
    const rest = (1 - top * odd) / odd;
    const square = s * s;
    const series = rest + s * square * (1 / 3 + square * (0.2 + square * (1 / 7 + square * (1 / 9))));
    const tail = ratios[i + 1] + 2 * series;
    const carry = tail + grid - grid;
    ratios[i + 2] = ratios[i] + 2 * top + carry;
    ratios[i + 3] = tail - carry;
  }
  return ratios;
}

function makeLog1pTable(): Float64Array {
  const table = new Float64Array(1028);
  const above = logRatios(128, 256);
  const below = logRatios(182, 256);
  for (let i = 0; i <= 128; i++) {
    table.set(i === 1 ? [0, 1, 0, 0] : [i / 128, 128 / (128 + i), above[2 * i], above[2 * i + 1]], 4 * i);
  }
  for (let i = 0; i < 128; i++) {
    let entry = [1, 1, 0, 0];
    if (i < 73) entry = [(182 + i) / 256, 256 / (182 + i), below[2 * i] - below[148], below[2 * i + 1] - below[149]];
    if (i > 75) entry = [(54 + i) / 128, 128 / (54 + i), above[2 * i - 148], above[2 * i - 147]];
    table.set(entry, 516 + 4 * i);
  }
  return table;
}

function makePowersOfTwo(): Float64Array {
  const table = new Float64Array(2098);
  table[0] = 5e-324;
  for (let i = 1; i < 2098; i++) table[i] = 2 * table[i - 1];
  return table;
}
