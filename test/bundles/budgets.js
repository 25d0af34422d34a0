// What a bundle may weigh: bytes gzipped, the sum over its files.

/** Of an app that only adds up in log space, and of one that only fits a logistic regression. */
const bundled = { one: 16_200, fit: 41_500 };

/** By tool, where it differs. */
const special = {};

export const budgets = (tool) => special[tool] ?? bundled;

/** What an import that nothing uses may add to a bundle, minified. */
export const unusedBytes = 200;

/** Texts that only fits hold: they tell whether a bundle without a fit brings one. */
export const fitTexts = ["drop the columns that tell the classes apart", "labels of two classes"];
