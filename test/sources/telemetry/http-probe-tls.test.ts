/** The certificate of a slot, over TLS. The one of the stand-ins lives for a year. */
import { expect, it } from 'vitest';
import { bindGates } from '../../../src/commands/bind.js';
import { loadPolicy } from '../../../src/policy/load.js';
import { runRound } from '../../../src/train/round.js';
import { fromPage } from '../../contract/harness.js';
import { sourceContext } from '../../support/context.js';
import { reply, standIn } from '../../support/server.js';

it.each([
  [{}, 'healthy'],
  [{ threshold: '>= 90000 h' }, 'unhealthy'],
])('read as the page of the documentation says, with %j', async (change, state) => {
  const server = await standIn((_, response) => reply(response, 200, {}), { tls: true });
  const { source, gate } = fromPage('http-probe', 'certificate');
  const gates = [{ name: 'certificate', source: source(server.url), ...gate, ...change }];
  const text = JSON.stringify({ version: 1, gates });
  const { policy, problems } = await loadPolicy({ text, overrides: [], facts: {}, env: {}, observe: false });
  if (!policy) throw new Error(JSON.stringify(problems));
  const context = sourceContext();
  const now = context.clock.now();
  const [outcome] = await runRound(
    bindGates(policy, context),
    { now, deployedAt: now - 600_000, settledAt: now - 500_000 },
    { timeoutMs: 10_000, cancel: new AbortController().signal },
    context.clock,
  );
  expect(outcome?.reading).toMatchObject({ state });
});
