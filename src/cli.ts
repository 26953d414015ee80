#!/usr/bin/env node
import { run } from './cli/program.js';

// A reader that has seen enough, `| head` for instance, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await run(process.argv.slice(2));
