// Times in one process run, by turns, so that what else the machine does meets all alike.

/** Milliseconds of one call, and what it gave. */
function time(task) {
  const start = performance.now();
  const value = task();
  return { ms: performance.now() - start, value };
}

/** Calls in one sample: a sample lasts some milliseconds. */
function repeatsFor(task) {
  let repeats = 1;
  for (;;) {
    const { ms } = time(() => repeat(task, repeats));
    if (ms > 5 || repeats >= 1 << 16) return repeats;
    repeats *= 2;
  }
}

function repeat(task, repeats) {
  let value;
  for (let i = 0; i < repeats; i++) value = task();
  return value;
}

/** Something that can be measured: `sample()` gives milliseconds per call, `value` what came out. */
export function local(task) {
  const first = time(task);
  if (first.ms > 10_000) return { value: first.value, sample: () => first.ms }; // once is enough
  if (first.ms > 1000) return { value: first.value, sample: () => time(task).ms };
  for (let i = 0; i < 3; i++) task();
  const repeats = repeatsFor(task);
  return {
    value: task(),
    sample: () => time(() => repeat(task, repeats)).ms / repeats,
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/**
 * Rounds of one sample of ours and one of each peer's: medians in milliseconds, and per peer the median of the ratios
 * peer/ours with the range that holds the middle half of them.
 */
export async function compare(ours, peers, { rounds, seconds }) {
  const samples = { ours: [], ...Object.fromEntries(Object.keys(peers).map((name) => [name, []])) };
  const until = performance.now() + 1000 * seconds;
  for (let round = 0; round < rounds && (round < 3 || performance.now() < until); round++) {
    samples.ours.push(await ours.sample());
    for (const [name, peer] of Object.entries(peers)) samples[name].push(await peer.sample());
  }
  const result = { ours: median(samples.ours), rounds: samples.ours.length, peers: {} };
  for (const name of Object.keys(peers)) {
    const ratios = samples[name].map((ms, i) => ms / samples.ours[i]).sort((a, b) => a - b);
    const at = (share) => ratios[Math.min(ratios.length - 1, Math.floor(share * ratios.length))];
    result.peers[name] = { ms: median(samples[name]), ratio: at(0.5), from: at(0.25), to: at(0.75) };
  }
  return result;
}
