/**
 * What a person would like to know before trusting a minimum, as numbers and as a sentence.
 *
 * @module
 */
export { type Conditioning, conditioning } from "./conditioning.js";
export { type Convexity, convexity } from "./convexity.js";
export { type ConvexityAlong, convexityAlong } from "./convexityAlong.js";
export { type FindMinimaOptions, type Minima, type Minimum, findMinima } from "./findMinima.js";
export { type Saturation, saturation } from "./saturation.js";
