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
 * {c − less, 1/c, head, tail} for c = m/unit, m = first..last, from entry `at` of the table on; `head` and `tail` are of
 * log(m/first): the sum of log((m + 1)/m) = 2(s + s³/3 + s⁵/5 + ...), s = 1/(2m + 1), with the heads on a grid of 2^-42.
 */
function writeLogarithms(
  table: Float64Array,
  at: number,
  first: number,
  last: number,
  unit: number,
  less: number,
): void {
  const grid = 1536;
  let head = 0;
  let tail = 0;
  for (let m = first, j = 4 * at; m <= last; m++, j += 4) {
    table[j] = m / unit - less;
    table[j + 1] = unit / m;
    table[j + 2] = head;
    table[j + 3] = tail;
    const odd = 2 * m + 1;
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
}

function makeLog1pTable(): Float64Array {
  const table = new Float64Array(1028);
  // Below 1 the sums start at 182/256 and end at 256/256, in the place of entry 74, whose logarithm is 0.
  writeLogarithms(table, 129, 182, 256, 256, 0);
  const head = table[814];
  const tail = table[815];
  for (let j = 516; j < 812; j += 4) {
    table[j + 2] -= head;
    table[j + 3] -= tail;
  }
  writeLogarithms(table, 0, 128, 256, 128, 1);
  table.copyWithin(820, 8, 216);
  for (let j = 820; j < 1028; j += 4) table[j] += 1;
  table.set([0, 1, 0, 0], 4);
  table.set([1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0], 808);
  return table;
}

function makePowersOfTwo(): Float64Array {
  const table = new Float64Array(2098);
  for (let i = 0, power = 5e-324; i < 2098; i++, power += power) table[i] = power;
  return table;
}
