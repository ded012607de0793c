/** All stand-ins of flag providers: the files beside this one. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FlagProvider } from './harness.js';

const folder = import.meta.dirname;

export const providers = (
  await Promise.all(
    readdirSync(folder)
      .filter((file) => file.endsWith('.provider.ts'))
      .map(async (file) => (await import(pathToFileURL(join(folder, file)).href)) as { providers: FlagProvider[] }),
  )
).flatMap((module) => module.providers);
