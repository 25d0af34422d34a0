// Pictures as plain SVG, readable on light and dark pages.

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .number { text-anchor: end }
  .axis { stroke: #8c959f; stroke-width: 1 }
  .one { stroke: #57606a; stroke-width: 1.5 }
  .bar { fill: #3f7fbf } .bar.slower { fill: #c4772b }
  .spread { stroke: #24292f; stroke-width: 1.5 } .aim { stroke: #b3261e; stroke-width: 2.5 }
  .first { fill: none; stroke: #3f7fbf; stroke-width: 2.5 } .second { fill: none; stroke: #c4772b; stroke-width: 2.5 }
  .dot { fill: #c4772b } .dot.first { fill: #3f7fbf }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .axis { stroke: #6e7681 } .one { stroke: #9198a1 } .spread { stroke: #e6edf3 }
    .bar { fill: #6ea8e0 } .bar.slower { fill: #e09b57 } .aim { stroke: #ff8a80 }
    .first { stroke: #6ea8e0 } .second { stroke: #e09b57 } .dot { fill: #e09b57 } .dot.first { fill: #6ea8e0 }
  }`;

const escaped = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

function document(width, height, title, parts) {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  const head = `${open} role="img">\n<title>${escaped(title)}</title>\n<style>${STYLE}\n</style>`;
  return `${[head, ...parts].join("\n")}\n</svg>\n`;
}

const at = (value) => value.toFixed(1);
const line = (kind, x1, y1, x2, y2) =>
  `<line class="${kind}" x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"/>`;
const text = (x, y, content, kind = "") => `<text x="${at(x)}" y="${at(y)}" class="${kind}">${escaped(content)}</text>`;

const ROW = 22;
const LABEL = 430;
const PLOT = 420;

/** Ratios as bars from 1 on a logarithmic axis, the middle half as a line across their ends, aims as marks. */
export function ratioPicture(title, rows) {
  const all = rows.flatMap(({ ratio, from, to, aim }) => [ratio, from, to, aim].filter((value) => value > 0));
  const low = Math.log2(Math.min(0.5, ...all)) - 0.2;
  const high = Math.log2(Math.max(2, ...all)) + 0.4;
  const x = (ratio) => LABEL + (PLOT * (Math.log2(ratio) - low)) / (high - low);
  const bottom = 30 + ROW * rows.length;
  const ticks = [];
  for (let power = Math.ceil(low); power <= high; power++) {
    const label = power < 0 ? `1/${2 ** -power}` : String(2 ** power);
    ticks.push(line(power === 0 ? "one" : "axis", x(2 ** power), 26, x(2 ** power), bottom));
    if (high - low < 8 || power % 2 === 0) ticks.push(text(x(2 ** power) - 4 * label.length, bottom + 16, label));
  }
  const bars = rows.flatMap(({ work, peer, ratio, from, to, aim }, i) => {
    const middle = 30 + ROW * (i + 0.5);
    const [left, right] = [Math.min(x(1), x(ratio)), Math.max(x(1), x(ratio))];
    const kind = ratio < 1 ? "bar slower" : "bar";
    return [
      text(LABEL - 8, middle + 4, `${work} / ${peer}`.slice(0, 64), "number"),
      `<rect class="${kind}" x="${at(left)}" y="${at(middle - 7)}" width="${at(right - left)}" height="14"/>`,
      ...(from > 0 && to > 0 ? [line("spread", x(from), middle, x(to), middle)] : []),
      ...(aim > 0 ? [line("aim", x(aim), middle - 9, x(aim), middle + 9)] : []),
      text(LABEL + PLOT + 8, middle + 4, ratio.toPrecision(3)),
    ];
  });
  const caption = text(8, 16, `${title}: times as fast as a peer; thin line: the middle half; red: the aim`);
  return document(LABEL + PLOT + 60, bottom + 26, title, [caption, ...ticks, ...bars]);
}

/** Curves y(x) over one range, with marks where their minima are. */
export function curvePicture(title, { from, to, top, curves, caption }) {
  const [width, height, edge] = [640, 300, 36];
  const x = (value) => edge + ((width - 2 * edge) * (value - from)) / (to - from);
  const y = (value) => height - edge - ((height - 2 * edge) * value) / top;
  const paths = curves.flatMap(({ name, f, minima }, k) => {
    const points = Array.from({ length: 321 }, (_, i) => from + ((to - from) * i) / 320).filter((w) => f(w) <= top);
    const path = points.map((value, i) => `${i === 0 ? "M" : "L"}${at(x(value))} ${at(y(f(value)))}`).join("");
    const kind = k === 0 ? "first" : "second";
    const marks = minima.map(
      (value) => `<circle class="dot ${kind}" cx="${at(x(value))}" cy="${at(y(f(value)))}" r="5"/>`,
    );
    const [left, high] = [width - 250, 44 + 18 * k];
    const swatch = line(kind, left, high, left + 24, high);
    return [`<path class="${kind}" d="${path}"/>`, ...marks, swatch, text(left + 30, high + 4, name)];
  });
  const ticks = [];
  for (let value = Math.ceil(from); value <= to; value++) ticks.push(text(x(value) - 4, height - 14, String(value)));
  const axis = line("axis", edge, height - edge, width - edge, height - edge);
  return document(width, height, title, [text(8, 16, caption), axis, ...ticks, ...paths]);
}
