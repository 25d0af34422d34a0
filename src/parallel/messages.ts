import type { PostedError } from "./errors.js";

/** What a worker is asked; one that is `quiet` has no answer. */
export interface Ask {
  readonly surprisal: "ask";
  readonly id: number;
  readonly task: string;
  readonly arguments: unknown;
  readonly quiet: boolean;
}

/** What it says: progress any number of times, then what came out or what went wrong. */
export interface Answer {
  readonly surprisal: "answer";
  readonly id: number;
  readonly progress?: unknown;
  readonly value?: unknown;
  readonly error?: PostedError;
}

/** True for a message of this library: others may use the same worker. */
export function isMessage<T extends Ask | Answer>(message: unknown, kind: T["surprisal"]): message is T {
  return typeof message === "object" && message !== null && (message as Partial<T>).surprisal === kind;
}

/** The buffers of typed arrays in a value, to be moved instead of copied. */
export function buffersOf(value: unknown, found: Set<ArrayBufferLike> = new Set()): ArrayBufferLike[] {
  if (ArrayBuffer.isView(value)) found.add(value.buffer);
  else if (Array.isArray(value)) {
    if (typeof value[0] === "object") for (const part of value) buffersOf(part, found);
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return [...found];
}
