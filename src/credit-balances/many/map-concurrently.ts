/**
 * Maps items, so many at a time, and yields what comes of them, if anything, in the order of completion. No more are
 * read than there are results to be read: those that are mapped and those that wait count alike.
 *
 * @throws what `items` or `map` throws, as soon as it does.
 */
export async function* mapConcurrently<Item, Result extends object>(
  items: AsyncIterator<Item, void, undefined>,
  concurrency: number,
  map: (item: Item) => Promise<Result | undefined>,
): AsyncGenerator<Result, void, undefined> {
  const results: Result[] = [];
  let open = 0;
  let isReading = false;
  let isOver = false;
  let fault: { error: unknown } | undefined;
  let wake = () => {};

  async function read(): Promise<void> {
    isReading = true;
    try {
      const { done, value } = await items.next();
      if (done) isOver = true;
      else void work(value);
    } catch (error) {
      fault ??= { error };
    }
    isReading = false;
    wake();
  }
  async function work(item: Item): Promise<void> {
    open += 1;
    try {
      const result = await map(item);
      if (result !== undefined) results.push(result);
    } catch (error) {
      fault ??= { error };
    }
    open -= 1;
    wake();
  }

  for (;;) {
    if (fault !== undefined) throw fault.error;
    if (!isReading && !isOver && open + results.length < concurrency) void read();
    const [result] = results.splice(0, 1);
    if (result !== undefined) yield result;
    else if (isOver && open === 0) return;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}
