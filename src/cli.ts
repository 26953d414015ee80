#!/usr/bin/env node
import { handleOutputErrors } from './cli/pipes.js';
import { run } from './cli/program.js';

handleOutputErrors();
process.exitCode = await run(process.argv.slice(2));
