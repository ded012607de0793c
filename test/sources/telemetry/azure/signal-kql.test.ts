import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globPattern, kqlString } from '../../../../src/sources/telemetry/azure/kql.js';
import { azureSignals, type Scope, signalQuery } from '../../../../src/sources/telemetry/azure/signal-kql.js';
import { names } from '../../../../src/sources/telemetry/azure/tables.js';
import { type Signal, signals, slices } from '../../../../src/sources/telemetry/signals.js';
import { columnsOf, complaints, literals } from './kusto.js';

const window = { from: Date.parse('2026-11-23T09:53:00Z'), to: Date.parse('2026-11-23T09:58:00Z') };

const scopes: readonly (readonly [string, Scope])[] = [
  ['classic', { names: names.classic, slot: { dimension: 'slot' } }],
  ['classic, slot in a column', { names: names.classic, slot: { column: 'cloud_RoleName' } }],
  ['workspace', { names: names.workspace, slot: { dimension: 'deployment.slot' }, component: '/subscriptions/s/x' }],
];

const narrowings: readonly Partial<Signal>[] = [
  {},
  { synthetic: true },
  { where: { role: 'checkout', instance: 'i1', slot: 'staging', version: '1.2.3', operation: 'GET /' } },
  { exclude: ['GET /health*', "it's (a) \\ test"] },
  ...slices.map((by) => ({ by })),
  { where: { role: 'checkout' }, exclude: ['*'], synthetic: true, by: 'version' },
];

/** In bins alone are `duration-buckets`: see bins.test.ts. */
const single = azureSignals.filter((signal) => signal !== 'duration-buckets');
const cases = scopes.flatMap(([what, scope]) => single.map((signal) => ({ what, scope, signal })));

describe('the queries of the ready-made signals', () => {
  it.each(cases)('$signal, $what', ({ signal, scope }) => {
    for (const narrowing of narrowings) {
      const asked: Signal = {
        signal,
        synthetic: false,
        ...('of' in signals[signal] ? { of: 'Order "placed"' } : {}),
        ...narrowing,
      };
      const { query } = signalQuery(asked, window, scope, window.from - 1000);
      expect(complaints(query), query).toEqual([]);
      const { value, ...columns } = columnsOf(query);
      expect(columns, query).toEqual({
        events: 'long',
        rows: 'long',
        newest: 'datetime',
        ...(narrowing.by === undefined ? {} : { slice: 'string' }),
      });
      expect(['real', 'long'], query).toContain(value);
      expect(query).not.toMatch(/\b(?:ago|now)\s*\(/);
    }
  });

  const classic: Scope = { names: names.classic, slot: { dimension: 'slot' } };
  const query = (asked: Omit<Signal, 'synthetic'> & { synthetic?: boolean }, scope = classic): string =>
    signalQuery({ synthetic: false, ...asked }, window, scope, window.from).query;
  const times = (text: string, part: string): number => text.split(part).length - 1;

  it('leave out synthetic traffic from every table, except where it is asked for or is the matter itself', () => {
    const real = 'isempty(operation_SyntheticSource)';
    expect(times(query({ signal: 'requests' }), real)).toBe(1);
    expect(times(query({ signal: 'exceptions' }), real)).toBe(2);
    expect(times(query({ signal: 'requests', synthetic: true }), real)).toBe(0);
    expect(times(query({ signal: 'availability' }), real)).toBe(0);
  });

  it('narrow every table to the app and to what is asked for', () => {
    const [, , [, workspace] = ['', classic] as const] = scopes;
    for (const signal of single) {
      const text = query({ signal, of: 'x', where: { role: 'checkout' } }, workspace);
      const tables = [...text.matchAll(/\bApp(?!Role)[A-Z]\w+\n/g)].length;
      expect(tables, text).toBeGreaterThan(0);
      expect(times(text, "_ResourceId =~ '/subscriptions/s/x'"), text).toBe(tables);
      expect(times(text, "AppRoleName == 'checkout'"), text).toBe(tables);
      expect(times(text, 'TimeGenerated < datetime('), text).toBe(tables);
    }
  });

  it('take what is new from the day before, in the whole role', () => {
    const text = query({ signal: 'new-exceptions', where: { role: 'a', version: '2' }, exclude: ['x*'] });
    const [before = '', rest = ''] = text.split(';');
    expect(before).toContain("cloud_RoleName == 'a'");
    expect(before).not.toMatch(/application_Version|matches regex|SyntheticSource/);
    expect(before).toContain(
      'timestamp >= datetime(2026-11-22T09:53:00.000Z) and timestamp < datetime(2026-11-23T09:53:00.000Z)',
    );
    expect(times(rest, "application_Version == '2'")).toBe(2);
  });

  it('are checked by an analyser that knows the columns', () => {
    expect(complaints('requests | summarize sum(itemCount)')).toEqual([]);
    expect(complaints('requests | summarize sum(ItemCount)').join()).toContain('ItemCount');
    expect(complaints('AppRequests | where cloud_RoleName == 1').join()).toContain('cloud_RoleName');
    expect(complaints('nothing | take 1').join()).toContain('nothing');
  });
});

describe('kqlString', () => {
  it('gives back any text, and nothing beside it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom("'; drop", "\\' | x", '"', '```'),
    );
    fc.assert(
      fc.property(text, (s) => {
        expect(literals(`print x = ${kqlString(s)}`)).toEqual([s]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('globPattern', () => {
  const matches = (glob: string, text: string): boolean =>
    new RegExp(globPattern(glob).replace('(?s)', ''), 's').test(text);

  it.each([
    ['GET /health*', 'GET /healthz', true],
    ['GET /health*', 'POST /GET /health', false],
    ['*/health', 'GET /health', true],
    ['*/health', 'GET /health/x', false],
    ['GET /a.b', 'GET /axb', false],
    ['GET /a.b', 'GET /a.b', true],
    ['a(b)[c]{d}^$|?+\\', 'a(b)[c]{d}^$|?+\\', true],
    ['*', 'any\nthing', true],
  ])('%s on %s: %s', (glob, text, expected) => expect(matches(glob, text)).toBe(expected));
});
