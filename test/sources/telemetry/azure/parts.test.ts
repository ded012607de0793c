import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceQuery, mayRead, readsOf, weigh } from '../../../../src/sources/telemetry/azure/parts.js';
import { complaints } from './kusto.js';

const window = { from: Date.parse('2026-11-23T09:53:00Z'), to: Date.parse('2026-11-23T09:58:00Z') };

/** `table | stage | stage`, one text for each part. */
const parts = (query: string): string[] =>
  readsOf(query).parts.map(({ table, stages }) => [table, ...stages].join(' | '));

describe('readsOf', () => {
  it.each([
    ['requests | count', ['requests']],
    ['requests', ['requests']],
    [
      "requests | where cloud_RoleName == 'checkout' and success == false | summarize failed = sum(itemCount)",
      ["requests | where cloud_RoleName == 'checkout'"],
    ],
    ['requests | where success == false or resultCode == 500 | count', ['requests']],
    [
      "requests | where cloud_RoleName == 'a' or cloud_RoleName == 'b' | count",
      ["requests | where cloud_RoleName == 'a' or cloud_RoleName == 'b'"],
    ],
    ["requests | where cloud_RoleName == 'a' or success == false | count", ['requests']],
    [
      "requests | extend env = tostring(customDimensions['env']) | where env == 'prod' | where tolower(success) == 'false' | count",
      ["requests | extend env = tostring(customDimensions['env']) | where env == 'prod'"],
    ],
    [
      "requests | extend bad = success == 'False', slow = duration > 500 | where bad or slow | count",
      ["requests | extend bad = success == 'False', slow = duration > 500"],
    ],
    [
      "AppRequests // | where AppRoleName == 'no'\n| where AppRoleName == 'yes | or no' | summarize p95 = percentile(DurationMs, 95)",
      ["AppRequests | where AppRoleName == 'yes | or no'"],
    ],
    [
      "let role = 'x'; let failed = toscalar(requests | where cloud_RoleName == role | where success == 'False' | count); requests | where cloud_RoleName == role | count | extend failed",
      ['requests | where cloud_RoleName == role'],
    ],
    [
      "let r = requests | where cloud_RoleName == 'x'; r | where success == 'False' | count",
      ["requests | where cloud_RoleName == 'x'"],
    ],
    [
      "union requests, dependencies | where cloud_RoleName == 'x' | count",
      ["requests | where cloud_RoleName == 'x'", "dependencies | where cloud_RoleName == 'x'"],
    ],
    [
      "union withsource = t (requests | where name == 'a'), (dependencies | summarize n = count()), customEvents | where cloud_RoleName == 'x' | count",
      [
        "customEvents | where cloud_RoleName == 'x'",
        "requests | where name == 'a' | where cloud_RoleName == 'x'",
        'dependencies',
      ],
    ],
    [
      "requests | where cloud_RoleName == 'x' | join kind=leftouter (exceptions | where type == 'y') on operation_Id | count",
      ["requests | where cloud_RoleName == 'x'", "exceptions | where type == 'y'"],
    ],
    ['requests | join kind=inner dependencies on operation_Id | count', ['requests', 'dependencies']],
    [
      "requests | where operation_Id in ((exceptions | where type == 'y' | distinct operation_Id)) | count",
      [
        "requests | where operation_Id in ((exceptions | where type == 'y' | distinct operation_Id))",
        "exceptions | where type == 'y'",
      ],
    ],
    [
      "app('other').requests | where cloud_RoleName == 'x' | count",
      ["app('other').requests | where cloud_RoleName == 'x'"],
    ],
    [
      'ContainerLogV2 | where PodName has "checkout" | where LogLevel == "error" | count',
      ['ContainerLogV2 | where PodName has "checkout" | where LogLevel == "error"'],
    ],
    ['print 1', []],
    ['range x from 1 to 3 step 1 | count', []],
    ['datatable(a:long)[1, 2] | summarize sum(a)', []],
    ['', []],
    ['| where x', []],
    ['requests | where ((((', ['requests | where ((((']],
  ])('%s', (query, expected) => expect(parts(query)).toEqual(expected));

  it('never fails, and keeps no condition that it was not given', () => {
    const piece = fc.constantFrom(
      ...'requests;exceptions;|;where;extend;a;=;==;and;or;(;);union;join;on;let;success;,'.split(';'),
      ';',
      "'",
      '"',
      '//',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const query = pieces.join(' ');
        for (const { table, stages } of readsOf(query).parts) {
          expect(query).toContain(table);
          for (const stage of stages) expect(stage).not.toMatch(/^where .*\bsuccess\b(?!.*['"/])/);
        }
      }),
    );
  });

  it('makes a query that counts the rows of each part, which the analyser accepts', () => {
    const queries = [
      "requests | where cloud_RoleName == 'checkout' and success == false | summarize failed = sum(itemCount)",
      "let role = 'x'; let ok = (s: string) { tolower(s) == 'true' }; requests | where cloud_RoleName == role | where ok(success) | join (exceptions | where type has 'y') on operation_Id | count",
      "union requests, (dependencies | where target == 'db') | extend v = application_Version | where v == '1' | count",
      'AppRequests | where DurationMs > 500 | count',
      'ContainerLogV2 | where PodName has "checkout" | count',
    ];
    for (const query of queries) {
      expect(complaints(query), query).toEqual([]);
      const evidence = evidenceQuery(readsOf(query), window);
      expect(complaints(evidence), evidence).toEqual([]);
    }
    expect(evidenceQuery(readsOf(queries[0] ?? ''), window)).toBe(
      [
        'union',
        '  (requests',
        '    | where timestamp >= datetime(2026-11-23T09:53:00.000Z) and timestamp < datetime(2026-11-23T09:58:00.000Z)',
        "    | where cloud_RoleName == 'checkout'",
        '    | summarize rows = count(), newest = max(timestamp)',
        '    | extend part = 0)',
      ].join('\n'),
    );
  });
});

describe('weigh', () => {
  const [requests, exceptions, traces] = ['requests', 'exceptions', 'traces'].map((table) => ({ table, stages: [] }));
  const count = (part: number, rows: number, newest: number | undefined) => ({ part, rows, newest });
  const list = (...given: (typeof requests)[]) => given.flatMap((x) => (x ? [x] : []));

  it('is as new as the table furthest behind', () =>
    expect(weigh(list(requests, traces), [count(1, 5, 300), count(0, 2, 200)])).toEqual({
      rows: 7,
      newest: 200,
      empty: [],
    }));
  it('proves nothing while a table is empty, or was not counted', () => {
    const nothing = { rows: 0, newest: undefined, empty: ['traces'] };
    expect(weigh(list(requests, traces), [count(0, 2, 200), count(1, 0, undefined)])).toEqual(nothing);
    expect(weigh(list(requests, traces), [count(0, 2, 200)])).toEqual(nothing);
  });
  it('does not need exceptions beside requests', () => {
    expect(weigh(list(requests, exceptions), [count(0, 2, 200), count(1, 0, undefined)]).rows).toBe(2);
    expect(weigh(list(requests, exceptions), [count(0, 0, undefined), count(1, 3, 300)]).rows).toBe(0);
    expect(weigh(list(exceptions), [count(0, 3, 300)]).rows).toBe(3);
  });
});

describe('mayRead', () => {
  it.each([
    ['requests | count', 'AppRequests', true],
    ['AppRequests | count', 'apprequests', true],
    ['requests | count', 'SecurityEvent', false],
    ['union * | count', 'SecurityEvent', true],
    ['search "x"', 'SecurityEvent', true],
    ['MyFunction() | count', 'SecurityEvent', true],
  ])('%s, %s: %s', (query, table, expected) => expect(mayRead(query, table)).toBe(expected));
});
