/** Sources asked in bins: a bin is where the published answer has it, a missing one is null, and who says that it can does. */
import { readdir } from 'node:fs/promises';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { sourceEntries } from '../../src/sources/index.js';
import type { TelemetryQuestion } from '../../src/sources/source.js';
import type { Signal } from '../../src/sources/telemetry/signals.js';
import { sourceContext } from '../support/context.js';
import { reply, standIn } from '../support/server.js';
import { type BinsContract, checkBins, checkWrong } from './bins.js';
import { type Contract, stillClock } from './harness.js';

const suffix = '.bins.ts';
const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith(suffix));
const bySource = await Promise.all(
  files.map(async (file) => {
    const type = file.slice(0, -suffix.length);
    // The bundler wants to see the ending.
    const { bins } = (await import(`./${type}.bins.ts`)) as { bins: readonly BinsContract[] };
    return [type, bins] as const;
  }),
);

describe.each(bySource)('%s in bins', (_, contracts) => {
  it.each(contracts.map((contract) => [contract.what, contract] as const))('%s', (_what, contract) =>
    checkBins(contract),
  );
  it.each(
    contracts.flatMap(({ wrong = {}, ...contract }) =>
      Object.entries(wrong).map(([way, answer]) => [way, contract, answer] as const),
    ),
  )('makes no numbers of %s', (_way, contract, answer) => checkWrong(contract, answer));
});

const telemetry = sourceEntries.filter(({ families }) => families.includes('telemetry'));

it('covers every source that can be asked in bins', () => {
  // Its own tests read real files.
  const covered = new Set([...bySource.map(([type]) => type), 'samples']);
  const able = telemetry.filter(({ bins }) => bins !== undefined).map(({ type }) => type);
  expect(able.toSorted()).toEqual([...covered].toSorted());
});

const each = { everyMs: 60_000, reduce: 'each' } as const;
const from = Date.parse('2026-11-23T09:50:00Z');

/** The first gate of its contract that asks for telemetry, by a query or by a signal. */
async function refusal(type: string, range: NonNullable<TelemetryQuestion['range']>): Promise<unknown> {
  const { contracts } = (await import(`./${type}.contract.ts`)) as { contracts: readonly Contract[] };
  const contract = contracts.find(({ gate }) => gate.type === 'telemetry');
  if (!contract) throw new Error(`${type} has no contract with telemetry`);
  const server = await standIn((_request, response) => reply(response, 200, {}));
  const secrets = { token: 'a', 'api-key': 'a', 'app-key': 'a', 'secret-access-key': 'a', password: 'a' };
  const { type: _, ...written } = contract.source(server.url);
  const entry = sourceEntries.find((e) => e.type === type);
  const loaded = await entry?.load();
  const config = { ...written };
  for (const [key, value] of Object.entries(secrets)) if (key in config) config[key] = value;
  const source = loaded?.open(v.parse(loaded.schema, config), sourceContext({ clock: stillClock }));
  const { query, failures, signal, where } = contract.gate as Record<string, string>;
  const asked =
    signal === undefined ? (query ?? failures ?? '') : ({ signal, where, synthetic: false } as unknown as Signal);
  const question: TelemetryQuestion = {
    family: 'telemetry',
    query: asked,
    window: { from, to: from + 180_000 },
    range,
  };
  return (source as { telemetry(q: TelemetryQuestion, s: AbortSignal): Promise<unknown> })
    .telemetry(question, AbortSignal.timeout(5000))
    .catch((error: unknown) => error);
}

it.each(telemetry.filter(({ bins }) => bins === undefined).map(({ type }) => type))(
  '%s cannot be asked in bins, and says so',
  async (type) => expect(await refusal(type, each)).toMatchObject({ code: 'bad-query', permanent: true }),
);
