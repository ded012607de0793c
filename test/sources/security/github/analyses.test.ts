/** Which analyses are needed of a commit, and what their alerts add. */
import { describe, expect, it } from 'vitest';
import { githubCodeScanningSource } from '../../../../src/sources/security/github/code-scanning.js';
import { failureOf } from '../../../support/entra.js';
import { type Answers, ask, type Json, measured, otherSha, sha, talliesOf } from './support.js';

const from = Date.parse('2026-11-23T09:00:00Z');
let id = 100;
const analysis = (change: Json = {}): Json => {
  id += 1;
  return {
    id,
    commit_sha: sha,
    category: '/language:javascript',
    analysis_key: '.github/workflows/codeql.yml:analyze',
    environment: '{}',
    error: '',
    warning: '',
    created_at: new Date(from + id * 1000).toISOString(),
    results_count: 1,
    tool: { name: 'CodeQL', guid: null, version: '2.23.0' },
    ...change,
  };
};
const result = (change: Json = {}): Json => ({
  ruleId: 'js/sql-injection',
  level: 'error',
  message: { text: 'This query depends on a value of a user.' },
  properties: { 'github/alertNumber': 7, 'github/alertUrl': '<api>/code-scanning/alerts/7' },
  ...change,
});
const logOf = (results: readonly Json[], tool = 'CodeQL'): Json => ({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: tool } }, results }],
});
const alert = (change: Json = {}): Json => ({
  number: 7,
  created_at: '2026-11-01T00:00:00Z',
  html_url: 'https://github.com/acme/checkout/security/code-scanning/7',
  state: 'open',
  rule: { id: 'js/sql-injection', security_severity_level: null },
  ...change,
});

interface Given {
  readonly analyses: readonly unknown[];
  /** By the id of the analysis; default: one result. */
  readonly logs?: Readonly<Record<number, unknown>>;
  readonly alerts?: readonly unknown[];
}
const answers =
  ({ analyses, logs = {}, alerts = [] }: Given): Answers =>
  (path, query, { headers }) => {
    const api = `http://${headers.host}/api/v3/repos/acme/checkout`;
    if (path === '/code-scanning/analyses') {
      const size = Number(query.get('per_page'));
      const page = Number(query.get('page') ?? 1);
      const rest = analyses.length > page * size;
      const next = `<${api}${path}?per_page=${size}&page=${page + 1}>; rel="next"`;
      return { ...(rest ? { headers: { link: next } } : {}), body: analyses.slice((page - 1) * size, page * size) };
    }
    if (path === '/code-scanning/alerts') {
      const state = query.get('state');
      return { body: alerts.filter((one) => (one as Json)?.state === state || !(one as Json)?.state) };
    }
    const [, number] = /^\/code-scanning\/analyses\/(\d+)$/.exec(path) ?? [];
    const log = logs[Number(number)] ?? logOf([result()]);
    return { body: (typeof log === 'string' ? log : JSON.stringify(log)).replaceAll('<api>', api) };
  };

const scanned = (given: Given, more: Parameters<typeof ask>[2] = {}) =>
  measured(githubCodeScanningSource, answers(given), {
    commit: sha,
    ...more,
    config: { ref: 'refs/heads/main', ...more.config },
  });
const codesOf = ({ problems }: Awaited<ReturnType<typeof scanned>>) => problems.map(({ code }) => code);

describe('the analyses of a commit', () => {
  it('are one of each tool and category, the newest', async () => {
    const [js, python, trivy] = [
      analysis(),
      analysis({ category: '/language:python' }),
      analysis({ tool: { name: 'Trivy' } }),
    ];
    const again = analysis();
    const found = await scanned({ analyses: [js, python, trivy, again] });
    expect(found.runs).toHaveLength(3);
    expect(found.received.filter(({ path }) => path.endsWith(`/${js.id as number}`))).toEqual([]);
    expect(found.runs.every(({ revision }) => revision === sha)).toBe(true);
  });

  it('are told apart however long their categories are', async () => {
    const long = `.github/workflows/scan-everything.yml:analyze/package:${'services/payments/'.repeat(6)}`;
    const [bad, clean] = [analysis({ category: `${long}a` }), analysis({ category: `${long}b`, results_count: 0 })];
    const found = await scanned({ analyses: [bad, clean], logs: { [clean.id as number]: logOf([]) } });
    expect(talliesOf(found)).toEqual(['1 counted STANDS high']);
    expect(found.runs).toHaveLength(2);
  });

  it('are told apart by what ran them where they have no category', async () => {
    const bad = analysis({ category: undefined, environment: '{"language":"python"}' });
    const clean = analysis({ category: undefined, environment: '{"language":"go"}', results_count: 0 });
    const found = await scanned({ analyses: [bad, clean], logs: { [clean.id as number]: logOf([]) } });
    expect(found.runs).toHaveLength(2);
    expect(talliesOf(found)).toEqual(['1 counted STANDS high']);
  });

  it('are named by the beginning of the commit too', async () => {
    const found = await scanned({ analyses: [analysis()] }, { commit: sha.slice(0, 7).toUpperCase() });
    expect(codesOf(found)).toEqual([]);
    expect(found.runs).toHaveLength(1);
  });

  it('are looked for until none is left, when there are very many of them', async () => {
    const many = Array.from({ length: 400 }, (_, i) => analysis({ category: `c${i}`, results_count: 0 })).toReversed();
    const logs = Object.fromEntries(many.map((one) => [one.id, logOf([])]));
    expect((await scanned({ analyses: many, logs })).runs).toHaveLength(400);
  });

  it('are not looked for in the whole history', async () => {
    const old = Array.from({ length: 900 }, () => analysis({ commit_sha: otherSha })).toReversed();
    const found = await scanned({ analyses: [analysis(), ...old] });
    expect(found.received.filter(({ path }) => path.includes('/analyses?'))).toHaveLength(3);
  });

  it('are the newest of the ref where no commit is asked for, and it says so', async () => {
    const server = answers({ analyses: [analysis({ commit_sha: otherSha }), analysis({ tool: { name: 'Trivy' } })] });
    const found = await measured(githubCodeScanningSource, server, { config: { ref: 'main' } });
    expect(found.runs.map(({ revision }) => revision)).toEqual([sha, otherSha]);
    expect(found.notes).toContain('no commit is asked for, so the newest analyses of refs/heads/main count');
    expect(found.problems).toEqual([]);
  });
});

describe('an analysis', () => {
  const one = (change: Json, log: unknown = logOf([result()])) => {
    const only = analysis(change);
    return scanned({ analyses: [only], logs: { [only.id as number]: log } });
  };

  it.each([
    ['that GitHub could not process', { error: 'rule id is missing' }, ['ANALYSIS_ERROR']],
    ['with an error that is no text', { error: { message: 'x' } }, ['ANALYSIS_ERROR']],
    ['that GitHub dropped something of', { warning: '12 results were ignored' }, ['ANALYSIS_INCOMPLETE']],
    ['with a warning that is no text', { warning: 7 }, ['ANALYSIS_INCOMPLETE']],
    ['that holds less than it counted', { results_count: 2 }, ['TRUNCATED']],
    ['that does not say how much it counted', { results_count: null }, ['TRUNCATED']],
    ['without either', { error: null, warning: undefined }, []],
  ])('%s', async (_, change, codes) => {
    expect(codesOf(await one(change))).toEqual(codes);
  });

  it('with as many results as GitHub keeps is not whole', async () => {
    const full = Array.from({ length: 5000 }, (_, i) => result({ ruleId: `r${i}`, level: 'note', properties: {} }));
    expect(codesOf(await one({ results_count: 5000 }, logOf(full)))).toEqual(['TRUNCATED']);
    expect(codesOf(await one({ results_count: 4999 }, logOf(full.slice(1))))).toEqual([]);
  });

  it.each([
    ['no SARIF', '"gone"', 'NOT_SARIF'],
    ['no JSON', 'gone', 'UNREADABLE'],
    ['cut off', '{"version": "2.1.0", "runs": [{"tool"', 'UNREADABLE'],
    [
      'with its results elsewhere',
      {
        ...logOf([]),
        runs: [
          {
            tool: { driver: { name: 'CodeQL' } },
            externalPropertyFileReferences: { results: [{ location: { uri: 'r.json' } }] },
          },
        ],
      },
      'EXTERNAL_RESULTS',
    ],
  ])('whose SARIF is %s', async (_, log, code) => {
    expect(codesOf(await one({}, log))).toContain(code);
  });

  it('keeps what people and servers write out of the way', async () => {
    const text = 'failed\n::error::x token=abcdefghij0123456789 ##vso[task.complete]';
    const { problems } = await one({ error: text });
    expect(JSON.stringify(problems)).not.toMatch(/\\n|abcdefghij/);
  });
});

describe('what has been analysed before', () => {
  it('is needed of this commit too', async () => {
    const before = analysis({ commit_sha: otherSha, category: '/language:python' });
    const { problems } = await scanned({ analyses: [analysis(), before] });
    expect(problems).toMatchObject([{ code: 'NOT_ANALYSED', tool: 'CodeQL' }]);
    expect(problems[0]?.message).toContain('CodeQL (/language:python)');
  });

  it('is needed in all its categories where the tools are named', async () => {
    const before = analysis({ commit_sha: otherSha, category: '/language:python' });
    expect(codesOf(await scanned({ analyses: [analysis(), before] }, { config: { tools: ['codeql'] } }))).toEqual([
      'NOT_ANALYSED',
    ]);
  });

  it('is not needed when it was long ago', async () => {
    const gone = analysis({ commit_sha: '0'.repeat(40), category: '/language:python' });
    const since = Array.from({ length: 5 }, (_, i) => analysis({ commit_sha: String(i + 1).repeat(40) }));
    expect(codesOf(await scanned({ analyses: [gone, ...since, analysis()] }))).toEqual([]);
  });
});

describe('an alert', () => {
  const dismissed = { state: 'dismissed', dismissed_by: { login: 'ana' }, dismissed_reason: "won't fix" };
  const joined = (change: Json, given: Json = {}, more: Parameters<typeof scanned>[1] = {}) => {
    const only = analysis();
    return scanned(
      { analyses: [only], logs: { [only.id as number]: logOf([result(given)]) }, alerts: [alert(change)] },
      more,
    );
  };

  it('that was dismissed suppresses its result', async () => {
    const found = await joined({ ...dismissed, dismissed_comment: 'behind the gateway' });
    expect(found.findings).toMatchObject([
      { fate: 'suppressed', reason: 'EXTERNAL', told: "ana: won't fix: behind the gateway" },
    ]);
  });

  it('is found by its address in upper or lower case', async () => {
    const found = await joined(
      dismissed,
      { properties: { 'github/alertUrl': '<api>/code-scanning/alerts/7' } },
      { config: { repository: 'Acme/Checkout' } },
    );
    expect(talliesOf(found)).toEqual(['1 suppressed EXTERNAL high']);
  });

  it('shows no secret that somebody gave as the reason', async () => {
    const found = await joined({ ...dismissed, dismissed_comment: `rotated ghp_${'a1'.repeat(18)} today` });
    expect(found.findings[0]?.told).toBe("ana: won't fix: rotated *** today");
  });

  it('of nobody suppresses nothing where only some may', async () => {
    const policy = { allow: ['external'] as const, 'up-to': 'high' as const, 'reason-required': true, by: ['ana'] };
    expect(talliesOf(await joined(dismissed, {}, { triage: { suppressions: policy } }))).toEqual([
      '1 suppressed EXTERNAL high',
    ]);
    const byNobody = await joined({ ...dismissed, dismissed_by: null }, {}, { triage: { suppressions: policy } });
    expect(talliesOf(byNobody)).toEqual(['1 counted SUPPRESSION_NOT_ALLOWED high']);
  });

  it('says since when it is known, and where to look', async () => {
    const [finding] = (await joined({})).findings;
    expect(finding).toMatchObject({
      fate: 'counted',
      since: '2026-11-01T00:00:00.000Z',
      link: 'https://github.com/acme/checkout/security/code-scanning/7',
    });
  });

  it('says how bad it is where the SARIF does not', async () => {
    const rule = { security_severity_level: 'critical' };
    const [level] = (await joined({ rule })).findings;
    expect(level).toMatchObject({ severity: 'critical', why: 'security severity critical at GitHub' });
    const none = { properties: { ...(result().properties as Json), 'security-severity': '0.0' } };
    expect((await joined({ rule }, none)).findings[0]).toMatchObject({ severity: 'critical' });
    const own = { properties: { ...(result().properties as Json), 'security-severity': '8.1' } };
    expect((await joined({ rule }, own)).findings[0]).toMatchObject({ severity: 'high' });
  });

  it('that cannot be read makes the list none', async () => {
    const only = analysis();
    const { measurement } = await ask(
      githubCodeScanningSource,
      answers({ analyses: [only], alerts: [{ number: 'x' }] }),
      {
        commit: sha,
        config: { ref: 'main' },
      },
    );
    expect(await failureOf(measurement)).toMatchObject({ code: 'bad-answer' });
  });
});

it('needs a ref', async () => {
  const { measurement } = await ask(githubCodeScanningSource, answers({ analyses: [] }), { commit: sha });
  expect(await failureOf(measurement)).toMatchObject({ code: 'bad-query', permanent: true });
});

it.each([
  ['main', 'refs/heads/main'],
  ['refs/tags/v1', 'refs/tags/v1'],
  ['refs/pull/7/merge', 'refs/pull/7/merge'],
])('asks for %s as %s', async (ref, asked) => {
  const found = await scanned({ analyses: [] }, { config: { ref } });
  const [first] = found.received;
  expect(new URL(first?.path ?? '', 'http://x').searchParams.get('ref')).toBe(asked);
  expect(codesOf(found)).toEqual(['NOT_ANALYSED']);
});
