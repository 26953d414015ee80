#!/usr/bin/env node
import { waitForStop } from './cli/stop.js';

const args = process.argv.slice(2);
// Before the commands are loaded: in its first moments too, the mock ends with the code that its help names.
if (args[0] === 'mock') waitForStop();

const [{ handleOutputErrors }, { run }] = await Promise.all([import('./cli/pipes.js'), import('./cli/program.js')]);
handleOutputErrors();
process.exitCode = await run(args);
