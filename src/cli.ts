#!/usr/bin/env node
import { ignoreClosedPipes } from './cli/pipes.js';
import { run } from './cli/program.js';

ignoreClosedPipes();
process.exitCode = await run(process.argv.slice(2));
