import { type FileHandle, open } from 'node:fs/promises';
import { exitCodes, Failure } from '../exit.js';
import { toOneLine } from '../text.js';
import type { FileFormat } from './formats.js';
import { readResults } from './read-results.js';
import type { Totals } from './totals.js';

/** A file of whole lines, whatever happens to the process or to the disk; what a second process adds stays there. */
export interface OutFile {
  /** The customers who were in it before. */
  done: ReadonlySet<string>;
  /** Resolves when the lines are with the system, which keeps them when this process is killed. */
  write(lines: string): Promise<void>;
  /** Resolves when the file is on the disk. @throws {Failure} another process wrote to it too. */
  close(): Promise<void>;
}

/**
 * Creates a file for the results, or goes on with one: a customer whose lines are not whole is taken out of it.
 *
 * @param totals get what is in it.
 * @throws {Failure} it exists and is not to be gone on with, is not of this format, or cannot be written.
 */
export async function openOutFile(
  path: string,
  { format, resume, totals }: { format: FileFormat; resume: boolean; totals: Totals },
): Promise<OutFile> {
  const name = toOneLine(path);
  const fail = (error: unknown, exitCode: number) =>
    error instanceof Failure ? error : new Failure(`${name} cannot be written: ${(error as Error).message}`, exitCode);
  let file: FileHandle | undefined;
  try {
    const opened = await openForWriting(path, resume);
    file = opened;
    let { size: end } = await opened.stat();
    const assertOwn = async () => {
      if ((await opened.stat()).size === end) return;
      throw new Failure(`${name} was changed by another process, such as a second run with it.`, exitCodes.failed);
    };
    const { done, length } = await readResults(opened, { name, format, totals });
    await assertOwn();
    if (length < end) await opened.truncate(length);
    end = length;
    const write = async (lines: string) => {
      await assertOwn();
      const bytes = Buffer.from(lines);
      try {
        for (let from = 0; from < bytes.length; ) {
          from += (await opened.write(bytes, from, bytes.length - from)).bytesWritten;
        }
        end += bytes.length;
      } catch (error) {
        // A full disk takes a part of it.
        await opened.truncate(end).catch(() => undefined);
        throw fail(error, exitCodes.failed);
      }
    };
    if (length === 0) await write(format.head);
    return {
      done,
      write,
      async close() {
        try {
          await opened.sync();
          await assertOwn();
        } finally {
          await opened.close();
        }
      },
    };
  } catch (error) {
    await file?.close();
    throw fail(error, exitCodes.usage);
  }

  async function openForWriting(path: string, resume: boolean): Promise<FileHandle> {
    const isThere = (error: NodeJS.ErrnoException) => error.code === 'EEXIST';
    const opened = await open(path, 'ax+').catch((error: NodeJS.ErrnoException) => {
      if (!isThere(error)) throw error;
      if (!resume) throw new Failure(`${name} exists. To go on with it, add --resume.`, exitCodes.usage);
      return open(path, 'a+');
    });
    if ((await opened.stat()).isFile()) return opened;
    await opened.close();
    throw new Failure(`${name} is not a file.`, exitCodes.usage);
  }
}
