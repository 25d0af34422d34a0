// What a bundle may weigh: bytes gzipped, the sum over its files.

/** By app: only a sum in log space, only a logistic regression, and both in a worker with its page. */
export const budgets = { one: 18_000, fit: 81_000, worker: 81_000 };

/** What an import that nothing uses may add to a bundle, minified. */
export const unusedBytes = 200;

/** Texts that only fits hold: they tell whether a bundle without a fit brings one. */
export const fitTexts = [") or a penalty (penalties.l2), or drop ", "labels of two classes"];
