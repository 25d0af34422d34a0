import { postError } from "./errors.js";
import { type Answer, type Ask, buffersOf, isMessage } from "./messages.js";
import { Tasks } from "./tasks.js";

/** The worker's end of the line. */
export interface Port {
  /** Sends a message; buffers in `transfer` are moved. */
  post(message: unknown, transfer: ArrayBufferLike[]): void;
  /** Calls back with every message. */
  listen(listener: (message: unknown) => void): void;
}

/** Answers what a pool asks of this worker. */
export function serve(port: Port): void {
  const tasks = new Tasks();
  const signals = new Map<number, { aborted: boolean }>();
  const answer = (id: number, rest: Omit<Answer, "surprisal" | "id">, transfer: ArrayBufferLike[] = []): void =>
    port.post({ surprisal: "answer", id, ...rest } satisfies Answer, transfer);
  const respond = async ({ id, task, arguments: given, quiet }: Ask): Promise<void> => {
    if (task === "abort") {
      const signal = signals.get((given as { id: number }).id);
      if (signal !== undefined) signal.aborted = true;
      return;
    }
    const signal = { aborted: false };
    signals.set(id, signal);
    try {
      const value = await tasks.run(task, given, { signal, progress: (progress) => answer(id, { progress }) });
      if (!quiet) answer(id, { value }, buffersOf(value));
    } catch (error) {
      if (!quiet) answer(id, { error: postError(error) });
    } finally {
      signals.delete(id);
    }
  };
  port.listen((message) => {
    if (isMessage<Ask>(message, "ask")) void respond(message);
  });
}
