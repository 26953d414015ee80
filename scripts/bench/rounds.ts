/** One of those that are compared. */
export interface Contender {
  name: string;
  /** One operation; it throws where the answer is not the right one. */
  run(): unknown;
  /** Where `run` does several at a time: how many. */
  operations?: number;
}

export interface Outcome {
  name: string;
  /** The median over all rounds, in microseconds for one operation; bytes in a row of sizes. */
  figure: number;
  /** The median of the ratios to the first contender of the same round, and their quartiles; none where it is exact. */
  ratio: number;
  quartiles?: [number, number];
}

/** Long enough that the clock's own grain does not count, in milliseconds. */
const slice = 60;

/**
 * Times contenders in turns, in another order each round: what else the machine does then meets all alike.
 *
 * @param atOnce how many operations of a contender are open at a time.
 */
export async function compare(contenders: Contender[], rounds: number, atOnce = 1): Promise<Outcome[]> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (const contender of contenders) await timed(contender, atOnce);
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of shuffled(contenders)) times.get(contender.name)?.push(await timed(contender, atOnce));
  }
  return outcomes(times);
}

/**
 * @param times of each contender in microseconds, one for each round; the first is what the others are compared with.
 */
export function outcomes(times: Map<string, number[]>): Outcome[] {
  const [base = []] = times.values();
  return [...times].map(([name, own]) => {
    const ratios = own.map((time, round) => time / (base[round] ?? Number.NaN));
    return {
      name,
      figure: quantile(own, 0.5),
      ratio: quantile(ratios, 0.5),
      quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    };
  });
}

async function timed({ run, operations: each = 1 }: Contender, atOnce: number): Promise<number> {
  const start = performance.now();
  const end = start + slice;
  let operations = 0;
  const worker = async () => {
    // The clock is read ever less often: reading it takes as long as a short operation. Of many at once none may run on
    // while the others have ended.
    for (let batch = 1; performance.now() < end; batch *= atOnce === 1 ? 2 : 1) {
      for (let count = 0; count < batch; count += 1) {
        const result = run();
        // What is not async must not be slowed down by being awaited.
        if (result instanceof Promise) await result;
      }
      operations += batch * each;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return ((performance.now() - start) * 1_000) / operations;
}

export function shuffled<Item>(items: Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}
