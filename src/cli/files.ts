import { constants } from "node:buffer";
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "./errors.js";

/** A UTF-8 text file, whole; says plainly what is wrong with a file that is none. */
export function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UserError(`cannot read ${path}: ${reasonOf(error)}`);
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new UserError(`${path} is UTF-16 text; save it as UTF-8`);
  }
  if (bytes.length > constants.MAX_STRING_LENGTH) throw new UserError(`cannot read ${path}: it is too large`);
  if (bytes.includes(0)) throw new UserError(`${path} is not a text file`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${path} is not UTF-8 text`);
  }
}

/** Refuses, before any work, a file to write that has no directory or is one of those to read. */
export function checkOut(out: string, inputs: readonly string[]): void {
  const directory = dirname(out);
  if (!existsSync(directory)) throw new UserError(`cannot write ${out}: there is no directory ${directory}`);
  const written = statSync(out, { throwIfNoEntry: false });
  if (written?.isDirectory() === true) throw new UserError(`cannot write ${out}: it is a directory`);
  for (const input of inputs) {
    const read = statSync(input, { throwIfNoEntry: false });
    if (read !== undefined && read.ino === written?.ino && read.dev === written.dev) {
      throw new UserError(`--out ${out} would overwrite ${input}`);
    }
  }
}

/** Writes a whole file or nothing: to a temporary one beside it, renamed when complete. */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UserError(`cannot write ${path}: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return "no such file or directory";
    case "EISDIR":
      return "it is a directory";
    case "ENOTDIR":
      return "part of the path is not a directory";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "ENOSPC":
      return "no space left on the device";
    case "ERR_FS_FILE_TOO_LARGE":
    case "ERR_STRING_TOO_LONG":
      return "it is too large";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
