import { describe, expect, it } from 'vitest';
import { type LoadOptions, loadPolicy } from '../../src/policy/load.js';

const load = (text: string | undefined, change: Partial<LoadOptions> = {}) =>
  loadPolicy({
    ...(text === undefined ? {} : { text, file: 'signalbox.yml' }),
    overrides: [],
    facts: {},
    env: {},
    observe: false,
    ...change,
  });

const good = `version: 1
service: checkout
sources:
  prometheus: { type: prometheus, url: "https://prom.example.com/", token: "\${env.PROM_TOKEN}" }
gates:
  - name: error rate
    type: telemetry
    source: prometheus
    query: errors{version="\${release.version}"}
    threshold: "< 1%"
`;
const env = { PROM_TOKEN: 'a-long-token', PROM_URL: 'https://prom.example.com' };

const problems = async (text: string, change: Partial<LoadOptions> = {}) =>
  (await load(text, { env, ...change })).problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.message}`);

describe('loadPolicy', () => {
  it('gives a policy with its defaults filled in, and the secrets to mask', async () => {
    const loaded = await load(good, { env, facts: { version: '1.2.3', sha: 'abc' } });
    expect(loaded.problems).toEqual([]);
    expect(loaded.secrets).toEqual(['a-long-token']);
    expect(loaded.policy).toMatchObject({
      service: 'checkout',
      release: { version: '1.2.3', sha: 'abc' },
      sources: { prometheus: { type: 'prometheus', url: 'https://prom.example.com', token: 'a-long-token' } },
      evaluation: {
        warmup: 120_000,
        every: 60_000,
        steady: 300_000,
        deadline: 1_800_000,
        'error-budget': 600_000,
        'round-timeout': 30_000,
        'false-stop-rate': 0.05,
      },
      gates: [
        {
          name: 'error rate',
          enforce: 'block',
          'on-missing': 'hold',
          'unhealthy-after': 2,
          query: 'errors{version="1.2.3"}',
        },
      ],
    });
  });

  it('needs no steady time when nothing is watched', async () => {
    const text = `version: 1
gates:
  - { name: scans, type: security, source: { type: sarif, files: "*.sarif" } }
`;
    expect((await load(text)).policy?.evaluation).toMatchObject({ warmup: 0, steady: 0 });
  });

  it('names all mistakes at once, each with its place, what was expected and the nearest right word', async () => {
    const text = `version: 2
sevice: checkout
evaluation: { warmup: 5 minutes, evry: 1m, stedy: 5m }
sources:
  prom: { type: promethius, url: "https://prom.example.com" }
  flags: { type: ofrep, url: "ftp://flags.example.com" }
gates:
  - name: a
    type: telemtry
    source: prom
  - name: b
    type: telemetry
    source: flags
    query: up
    threshold: under 1%
    enforce: blok
    reduce: 7
  - type: flags
    source: flags
`;
    const all = await problems(text);
    for (const part of [
      ':1:10 expected',
      ':2:1 unknown key `sevice`; did you mean `service`?',
      ':3:23 expected a duration such as 90s, 5m or 1h30m, found `5 minutes`',
      ':3:34 unknown key `evry`; did you mean `every`?',
      ':3:44 unknown key `stedy`; did you mean `steady`?',
      ':5:17 expected',
      'found `promethius`; did you mean `prometheus`?',
      ':6:30 expected an http or https URL',
      ':9:11 expected',
      'found `telemtry`; did you mean `telemetry`?',
      ':15:16 expected a threshold such as',
      ':16:14 expected `observe`, `warn` or `block`, found `blok`; did you mean `block`?',
      ':17:13 expected',
      ':18:5 `name` is missing',
      ':18:5 `expect` is missing',
    ]) {
      expect(all.filter((p) => p.includes(part))).toHaveLength(1);
    }
  });

  it.each<[string, string, RegExp]>([
    ['no YAML', 'version: 1\ngates: [\n', /:\d+:\d+ this is not YAML/],
    ['a duplicate key', 'version: 1\nservice: a\nservice: b\ngates: []\n', /:3:1 this is not YAML.*unique/],
    ['a text', 'hello', /:1:1 expected a policy, a map/],
    ['nothing', '', /:1:1 expected a policy/],
    ['no gates', 'version: 1\ngates: []\n', /:2:8 expected at least one gate/],
    [
      'an unknown source',
      good.replace('source: prometheus', 'source: prometeus'),
      /:8:13 there is no source `prometeus` .*did you mean `prometheus`\?/,
    ],
    [
      'a source of the wrong family',
      good.replace(
        'type: prometheus, url: "https://prom.example.com/", token',
        'type: ofrep, url: "https://prom.example.com/", token',
      ),
      /:8:13 a telemetry gate cannot ask a source of type `ofrep`; expected one of .*prometheus/,
    ],
    [
      'a literal secret',
      good.replace('${env.PROM_TOKEN}', 'abc123'),
      /:4:\d+ a secret does not belong into a policy; write `\$\{env.NAME\}`/,
    ],
    [
      'an unset variable',
      good.replace('PROM_TOKEN', 'PROM_TOKN'),
      /:4:\d+ the environment variable `PROM_TOKN` is not set; did you mean `PROM_TOKEN`\?/,
    ],
    [
      'a gate with the same name',
      `${good}${good.slice(good.indexOf('  - name'))}`,
      /:11:11 `error rate` is the name of gate 1 already/,
    ],
    ['nothing that blocks', `${good}    enforce: warn\n`, /:6:3 no gate blocks/],
    [
      'a deadline that is too short',
      `${good}evaluation: { steady: 40m }\n`,
      /expected more than warm-up and steady time together \(42m\), found 30m/,
    ],
    ['an interval of nothing', `${good}evaluation: { every: 0s }\n`, /:11:22 expected at least 1s/],
    ['a credential in a URL', good.replace('https://', 'https://me:pw@'), /without a user name or password/],
  ])('refuses %s', async (_, text, message) => {
    expect((await problems(text, { facts: { version: '1' } })).join('\n')).toMatch(message);
  });

  describe('of canary gates', () => {
    const canary = (name: string, more = ''): string => `  - name: ${name}
    type: canary
    source: prometheus
    failures: failures
    total: total
    arms: { by: version, canary: new }
${more}`;
    const withCanaries = (gates: string, evaluation = ''): string =>
      `version: 1
sources: { prometheus: { type: prometheus, url: "https://prom.example.com" } }
${evaluation}gates:
${gates}`;
    const ratesOf = async (text: string) => (await load(text)).policy?.gates.map((gate) => gate['false-stop-rate']);

    it('divides the rate of false stops among those that share it', async () => {
      expect(await ratesOf(withCanaries(canary('a')))).toEqual([0.05]);
      expect(await ratesOf(withCanaries(canary('a') + canary('b')))).toEqual([0.025, 0.025]);
      const own = '    false-stop-rate: 1%\n';
      const mixed = await ratesOf(withCanaries(canary('a', own) + canary('b') + canary('c')));
      expect(mixed?.[0]).toBe(0.01);
      for (const rate of mixed?.slice(1) ?? []) expect(rate).toBeCloseTo(0.02, 12);
      const strict = 'evaluation: { false-stop-rate: 1% }\n';
      expect(await ratesOf(withCanaries(canary('a') + canary('b'), strict))).toEqual([0.005, 0.005]);
      const watching = '    enforce: warn\n';
      expect(await ratesOf(withCanaries(canary('a') + canary('b', watching)))).toEqual([0.05, 0.05]);
    });

    it('refuses rates that come to more than that of the train', async () => {
      const own = '    false-stop-rate: 4%\n';
      expect((await problems(withCanaries(canary('a', own) + canary('b', own)))).join()).toMatch(
        /the gates together may stop 8 % of good releases; expected at most 5 %/,
      );
    });

    it('gives the step the time that the longest of them takes', async () => {
      const { policy } = await load(withCanaries(canary('a', '    window: 2h\n')));
      expect(policy?.evaluation.deadline).toBe((2 + 120 + 5 + 5) * 60_000);
      const short = withCanaries(canary('a'), 'evaluation: { deadline: 40m }\n');
      expect((await problems(short)).join()).toMatch(
        /expected at least 1h7m, since `a` watches for 1h after the warm-up; found 40m/,
      );
    });

    it('refuses a source that gives no counts over time', async () => {
      const text = withCanaries(canary('a')).replace(
        'type: prometheus, url: "https://prom.example.com"',
        'type: http-json, url: "https://api.example.com"',
      );
      expect((await problems(text)).join()).toMatch(
        /`http-json` does not give counts for each bin of time; expected one of .*prometheus/,
      );
    });
  });

  it('survives hostile documents', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`),
    ].join('\n');
    expect((await problems(bomb)).join()).toMatch(/cannot be read|unknown key/);
    expect((await problems('version: 1\n__proto__: { polluted: true }\ngates: []\n')).join()).toMatch(
      /unknown key `__proto__`/,
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((await problems(`${'['.repeat(5000)}`)).length).toBeGreaterThan(0);
    expect((await problems(`version: 1 # ${'x'.repeat(1_000_001)}`)).join()).toMatch(/the limit is/);
  });

  it('never shows a secret that it complains about', async () => {
    const text = good.replace('token: "${env.PROM_TOKEN}"', 'token: ["${env.PROM_TOKEN}"]');
    expect((await problems(text, { facts: { version: '1' } })).join()).not.toContain('a-long-token');
  });

  it('tells a check what a run would have to set, without calling it wrong', async () => {
    const loaded = await load(good, { lenient: true });
    expect(loaded.problems).toEqual([]);
    expect(loaded.unset.map((p) => `${p.line}: ${p.message}`)).toEqual([
      '4: the environment variable `PROM_TOKEN` is not set',
      '9: `release.version` is not known in this run: give it as an input or under `release`',
    ]);
  });

  it('lets inputs go over the policy, and names the input when it is wrong', async () => {
    const steady = { path: ['evaluation', 'steady'], value: '7m', input: 'steady' };
    const version = { path: ['release', 'version'], value: '9', input: 'release-version' };
    const loaded = await load(good, { env, overrides: [steady, version] });
    expect(loaded.policy).toMatchObject({ evaluation: { steady: 420_000 }, gates: [{ query: 'errors{version="9"}' }] });
    const wrong = await load(good, { env, overrides: [version, { ...steady, value: '7 min' }] });
    expect(wrong.problems).toEqual([
      { message: 'input `steady`: expected a duration such as 90s, 5m or 1h30m, found `7 min`' },
    ]);
  });

  it('refuses a deadline that the platform would not let the job reach', async () => {
    const loaded = await load(good, { env, facts: { version: '1' }, longestJobMs: 30 * 60_000 });
    expect(loaded.problems[0]?.message).toMatch(
      /expected at most 25m, since the platform ends the job after 30m; found 30m/,
    );
  });

  it('lets a train outlive its job where that parks', async () => {
    const parks = `${good}evaluation: { on-hold: park }\n`;
    const loaded = await load(parks, { env, facts: { version: '1' }, longestJobMs: 30 * 60_000 });
    expect(loaded.problems).toEqual([]);
    expect(loaded.policy?.evaluation['park-after']).toBe(30_000);
  });

  it('needs no gate that blocks when the whole policy only observes', async () => {
    expect(
      (await load(`${good}    enforce: warn\n`, { env, facts: { version: '1' }, observe: true })).problems,
    ).toEqual([]);
  });
});
