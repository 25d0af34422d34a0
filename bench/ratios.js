// The ratios in what benchmarks write as JSON, whichever of them wrote it.

/** @typedef {{ work: string, peer: string, copies: string, ratio: number, from: number | null, to: number | null, ours: number | null, aim: number | null }} Ratio */

const row = (work, peer, ratio, more = {}) => ({
  ...{ work, peer, ratio, copies: "", from: null, to: null, ours: null, aim: null },
  ...more,
});

/** bench:native, bench:peers: medians by turns, with the middle half of the ratios. */
function ofPeers({ name, copies, ours, peers, aims = {} }) {
  return Object.entries(peers).map(([peer, { ratio, from = null, to = null, detail }]) => {
    const aim = aims[peer.split(" ")[0]] ?? null;
    return row(name, detail === undefined ? peer : `${peer} (${detail})`, ratio, { copies, ours, from, to, aim });
  });
}

/** bench: nanoseconds per element of every backend, and of the plain loop. */
function ofKernel({ name, copies, elements, nanoseconds, spread = {} }) {
  const ours = nanoseconds.auto ?? nanoseconds.typescript;
  const { from = null, to = null } = spread;
  const more = { copies, from, to, ours: (ours * elements) / 1e6 };
  return [row(`${name}, ${elements}`, "plain loop", nanoseconds.plain / ours, more)];
}

/** bench: milliseconds that a process takes beyond a bare one, and how many it may. */
function ofStart({ name, milliseconds, from, to, aim }) {
  return [row(name, `${aim} ms`, aim / milliseconds, { from: aim / to, to: aim / from, ours: milliseconds, aim: 1 })];
}

/** bench:roofline: a pass as a fraction of what reading X alone takes. */
function ofReading({ rows, columns, pass, megabytes, ratio, from, to }) {
  const more = {
    copies: "parameters in, gradient out",
    ours: megabytes / pass,
    from,
    to,
    aim: columns >= 64 ? 0.85 : null,
  };
  return [row(`loss and gradient, ${rows} x ${columns}`, "a plain sum of X", ratio, more)];
}

/** bench:parallel: seconds of one thread and of several. */
function ofWorkers([name, { alone, together, ratio = alone / together, from = null, to = null }], workers) {
  return [row(name, `one thread (of ${workers})`, ratio, { ours: 1000 * together, from, to })];
}

/**
 * All ratios of one file's content: how many times as fast as a peer. Throws where there are none.
 *
 * @returns {Ratio[]}
 */
export function ratiosOf(json, file) {
  const { results, workers } = json;
  const found = Array.isArray(results)
    ? results.flatMap((one) => {
        if (one.peers !== undefined) return ofPeers(one);
        if (one.nanoseconds !== undefined) return ofKernel(one);
        if (one.megabytes !== undefined) return ofReading(one);
        return one.milliseconds !== undefined ? ofStart(one) : [];
      })
    : Object.entries(results ?? {}).flatMap((one) => ofWorkers(one, workers));
  if (found.length === 0) throw new Error(`${file} holds no ratios`);
  return found;
}

/** Share by which a repeat may differ. */
export const REPEAT = 0.25;

/** Ratios that two runs of the same benchmark have in common, with how far they are apart; those beyond REPEAT are `far`. */
export function compareRuns(now, before) {
  const key = ({ work, peer }) => `${work}\n${peer}`;
  const old = new Map(before.map((one) => [key(one), one]));
  return now.flatMap((one) => {
    const other = old.get(key(one));
    if (other === undefined) return [];
    const change = one.ratio / other.ratio;
    return [{ ...one, before: other.ratio, change, far: Math.max(change, 1 / change) > 1 + REPEAT }];
  });
}
