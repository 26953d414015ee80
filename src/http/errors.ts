/** The call itself is wrong; nothing was sent. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What was wrong, by its name; undefined where it was none of the options or arguments. */
  readonly option: string | undefined;

  constructor(message: string, { option, cause }: { option?: string; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.option = option;
  }
}
