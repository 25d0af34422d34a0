// What every program does with a command from the runner; "#verify" is the build under test.
import { inspect, verify } from "#verify";

/** A report of the whole suite, or the bits of one entry of it. */
export function task({ backend, name }) {
  const options = backend === undefined ? {} : { backend };
  return name === undefined ? verify(options) : inspect(name, options);
}
