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
export async function compareContenders(contenders: Contender[], rounds: number, atOnce = 1): Promise<Outcome[]> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (const contender of contenders) await timeContender(contender, atOnce);
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of shuffle(contenders))
      times.get(contender.name)?.push(await timeContender(contender, atOnce));
  }
  return summarizeTimes(times);
}

/**
 * @param times of each contender in microseconds, one for each round; the first is what the others are compared with.
 */
export function summarizeTimes(times: Map<string, number[]>): Outcome[] {
  const [base = []] = times.values();
  return [...times].map(([name, own]) => {
    const ratios = own.map((time, round) => time / (base[round] ?? Number.NaN));
    return {
      name,
      figure: findQuantile(own, 0.5),
      ratio: findQuantile(ratios, 0.5),
      quartiles: [findQuantile(ratios, 0.25), findQuantile(ratios, 0.75)],
    };
  });
}

async function timeContender({ run, operations: each = 1 }: Contender, atOnce: number): Promise<number> {
  const start = performance.now();
  const end = start + slice;
  let operations = 0;
  const work = async () => {
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
  await Promise.all(Array.from({ length: atOnce }, work));
  return ((performance.now() - start) * 1_000) / operations;
}

export function shuffle<Item>(items: Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);
}

function findQuantile(values: number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}
