import { mkdtemp, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { flag as flagSchema } from '../../../src/record/evidence.js';
import { flagdSource } from '../../../src/sources/flags/flagd/index.js';
import type { SourceContext } from '../../../src/sources/source.js';
import { SimulatedClock } from '../../support/clock.js';

let ws: string;
beforeEach(async () => {
  ws = await realpath(await mkdtemp(path.join(tmpdir(), 'flagd-')));
});

const variants = { on: true, off: false };
const enabled = (more: object = {}) => ({ state: 'ENABLED', variants, defaultVariant: 'off', ...more });
const put = (content: unknown, name = 'flags.json'): Promise<void> =>
  writeFile(path.join(ws, name), typeof content === 'string' ? content : JSON.stringify(content));

async function ask(flag: string, context: Record<string, unknown> = { targetingKey: 'u' }, file = 'flags.json') {
  const source = flagdSource.open({ file }, { clock: new SimulatedClock(), workspace: ws } as unknown as SourceContext);
  const answer = await source.flags({ family: 'flags', ask: 'served', flag, context }, new AbortController().signal);
  return v.parse(flagSchema, JSON.parse(JSON.stringify({ ...answer, source: 'flags' })));
}
const refusal = (file?: string) =>
  ask('x', undefined, file).then(
    () => 'no refusal',
    (e: unknown) => e,
  );

describe('source flagd', () => {
  it('proves for everyone what has no rules', async () => {
    for (const targeting of [undefined, null, {}]) {
      await put({ flags: { x: enabled({ targeting }) } });
      expect(await ask('x')).toMatchObject({
        seen: 1,
        exists: true,
        enabled: true,
        value: false,
        variant: 'off',
        reason: 'STATIC',
        scope: 'everyone',
      });
    }
  });

  it('evaluates rules for the one context only', async () => {
    const targeting = { if: [{ ends_with: [{ var: 'email' }, '@x.example'] }, 'on', null] };
    await put({ flags: { x: enabled({ targeting }) } });
    expect(await ask('x', { targetingKey: 'u', email: 'a@x.example' })).toMatchObject({
      value: true,
      reason: 'TARGETING_MATCH',
      scope: 'context',
    });
    expect(await ask('x')).toMatchObject({ value: false, reason: 'DEFAULT', scope: 'context' });
  });

  it('gives a percentage its share, and shared rules their meaning', async () => {
    const fractional = {
      fractional: [
        ['on', 25],
        ['off', 75],
      ],
    };
    await put({ $evaluators: { quarter: fractional }, flags: { x: enabled({ targeting: { $ref: 'quarter' } }) } });
    const served = await Promise.all(Array.from({ length: 200 }, (_, i) => ask('x', { targetingKey: `user-${i}` })));
    const on = served.filter((s) => s.value === true).length;
    expect(on).toBeGreaterThan(30);
    expect(on).toBeLessThan(70);
    expect(served.every((s) => s.scope === 'context')).toBe(true);
  });

  it('serves nothing when disabled, whatever the default variant says', async () => {
    await put({ flags: { x: enabled({ state: 'DISABLED', defaultVariant: 'on' }) } });
    expect(await ask('x')).toMatchObject({
      exists: true,
      enabled: false,
      value: null,
      variant: null,
      reason: 'DISABLED',
      scope: 'everyone',
    });
  });

  it('serves nothing without a default variant', async () => {
    await put({ flags: { x: enabled({ defaultVariant: null }) } });
    expect(await ask('x')).toMatchObject({ enabled: true, value: null, variant: null, reason: 'DEFAULT' });
  });

  it('reads the list form and values of all types', async () => {
    const flags = [
      { key: 'text', ...enabled({ variants: { off: 'blue' } }) },
      { key: 'map', ...enabled({ variants: { off: { a: [1] } } }) },
      { key: 'zero', ...enabled({ variants: { off: 0 } }) },
    ];
    await put({ flags });
    expect((await ask('text')).value).toBe('blue');
    expect((await ask('map')).value).toEqual({ a: [1] });
    expect((await ask('zero')).value).toBe(0);
  });

  it('knows no flag but those of the file, and proves nothing by that', async () => {
    await put({ flags: { 'new-checkout': enabled() } });
    for (const flag of ['new-chekout', 'constructor', '__proto__', 'toString']) {
      expect(await ask(flag)).toMatchObject({ exists: false, seen: 0, value: null, enabled: null });
    }
    expect((await ask('new-chekout')).notes).toEqual(['did you mean new-checkout?']);
  });

  it('reads the file anew each time', async () => {
    await put({ flags: { x: enabled() } });
    expect((await ask('x')).value).toBe(false);
    await put({ flags: { x: enabled({ defaultVariant: 'on' }) } });
    expect((await ask('x')).value).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no map', '[]'],
    ['null', 'null'],
    ['no flags', '{}'],
    ['flags of a wrong type', '{"flags":"x"}'],
    ['a flag that is none', '{"flags":{"x":null}}'],
    ['no state', { flags: { x: { variants } } }],
    ['a state in lower case', { flags: { x: enabled({ state: 'enabled' }) } }],
    ['no variants', { flags: { x: { state: 'ENABLED' } } }],
    ['another flag that is invalid', { flags: { x: enabled(), y: { state: 'ON', variants } } }],
    ['a default that is no variant', { flags: { x: enabled({ defaultVariant: 'blue' }) } }],
    ['a list entry without a key', { flags: [enabled()] }],
    [
      'a key twice',
      {
        flags: [
          { key: 'x', ...enabled() },
          { key: 'x', ...enabled({ defaultVariant: 'on' }) },
        ],
      },
    ],
  ])('does not take for a definition: %s', async (_, content) => {
    await put(content);
    expect(await refusal()).toMatchObject({
      name: 'NotMeasured',
      code: 'bad-definition',
      permanent: true,
      message: expect.stringContaining('flags.json'),
    });
  });

  it('does not take a variant that does not exist for one', async () => {
    await put({ flags: { x: enabled({ targeting: { if: [true, 'blue'] } }) } });
    expect(await refusal()).toMatchObject({ code: 'evaluation-failed', message: expect.stringContaining('blue') });
  });

  it('says when there is no such file, or none inside the workspace', async () => {
    expect(await refusal()).toMatchObject({
      code: 'no-file',
      permanent: true,
      message: expect.stringContaining('flags.json'),
    });
    expect(await refusal('../flags.json')).toMatchObject({ code: 'outside-workspace', permanent: true });
    await symlink('/etc/hostname', path.join(ws, 'link.json'));
    expect(await refusal('link.json')).toMatchObject({ code: 'outside-workspace' });
    expect(await refusal('.')).toMatchObject({ code: 'unreadable' });
  });

  it('prints nothing, and runs no code from the file', async () => {
    await put({ flags: { x: enabled() } });
    await ask('x'); // loading the evaluator runs a line of its own
    const print = (['log', 'info', 'warn', 'error', 'debug'] as const).map((m) =>
      vi.spyOn(console, m).mockReturnValue(),
    );
    const compile = vi.spyOn(globalThis, 'eval');
    await put({
      flags: {
        x: enabled({
          targeting: {
            fractional: [
              ['on', 25],
              ['off', 75],
            ],
          },
        }),
      },
    });
    const { value, notes } = await ask('x', {});
    expect({ value, notes }).toEqual({ value: false, notes: [expect.stringContaining('targetingKey')] });
    for (const spy of print) expect(spy).not.toHaveBeenCalled();
    expect(compile).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});
