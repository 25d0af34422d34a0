const registry =
  typeof FinalizationRegistry === "undefined"
    ? null
    : /*#__PURE__*/ new FinalizationRegistry<() => void>((release) => release());

/** Calls `release`, which must not hold the object, after the object is garbage-collected; `token` can call it off. */
export function whenCollected(object: object, release: () => void, token?: object): void {
  registry?.register(object, release, token);
}

/** Calls off what was registered under the token. */
export function callOff(token: object): void {
  registry?.unregister(token);
}
