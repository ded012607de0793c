/** Programs that a test starts, in folders and on ports of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** What it says is heard only when `SIGNALBOX_VERBOSE` is set. */
export function start(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const heard = process.env.SIGNALBOX_VERBOSE === undefined ? 'ignore' : 'inherit';
  return spawn(command, args, { stdio: ['ignore', heard, heard], env: { ...process.env, ...env } });
}

/** Ends it at once, as a crash would. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Waits up to 30 s until `holds` does; what it throws counts as no. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 150; i += 1) {
    if (await holds().catch(() => false)) return;
    await delay(200);
  }
  throw new Error(`${what} did not become true within 30 s`);
}
