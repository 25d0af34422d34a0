/** 2^-52: the distance from 1 to the next double. */
export const EPSILON = 2.220446049250313e-16;

/** π to double precision. */
export const PI = 3.141592653589793;

/** 2π to double precision. */
export const TWO_PI = 6.283185307179586;

/** How far the sum of a distribution may be from 1. */
export const SUM_TOLERANCE = 1e-6;

/** ln 2 to double precision. */
export const LN2 = 0.6931471805599453;
