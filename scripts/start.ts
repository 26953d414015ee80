// `npm start`: serves the mock until it is stopped, and says how to call it.
import { scenarios } from '../generated/scenarios.js';
import { startPrism } from './prism.ts';

const port = Number(process.env.PORT ?? 4010);
try {
  const prism = await startPrism({ port });
  const [first] = scenarios;
  const call = `curl -H 'Authorization: Bearer test' ${prism.url}/customers/${first?.customerId}/credit-balances`;
  console.log(`The mock serves the contract on ${prism.url} (Ctrl+C stops it; PORT=… takes another port).

${call}

Any other scenario by the header Prefer, for instance -H 'Prefer: code=404, example=not_found':
`);
  for (const { status, name, summary } of scenarios)
    console.log(`  code=${status}, example=${name}`.padEnd(48), summary);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void prism.close());
} catch (error) {
  const { message } = error as Error;
  console.error(/EADDRINUSE/.test(message) ? `Port ${port} is taken. Another one: PORT=4011 npm start` : message);
  process.exitCode = 2;
}
