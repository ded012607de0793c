import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSlos } from '../../src/policy/slo-document.js';

const example = (name: string) => readFileSync(new URL(`../../examples/slo/${name}`, import.meta.url), 'utf8');
const day = 86_400_000;

const openSlo = (spec: string) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: s }
spec:
  objectives: [{ target: 0.99 }]
${spec}`;
const source = '{ metricSource: { type: Prometheus, spec: { query: "q[{{ .window }}]" } } }';
const ratio = (metric: string) => openSlo(`  indicator: { metadata: { name: i }, spec: { ratioMetric: ${metric} } }`);

describe('readSlos', () => {
  it('reads OpenSLO with its indicator in the same file', () => {
    expect(readSlos(example('openslo.yaml'), 'openslo.yaml')).toEqual({
      problems: [],
      slos: [
        {
          name: 'checkout-availability',
          objective: 0.999,
          period: 28 * day,
          failures: 'sum(rate(http_requests_total{service="checkout",code=~"5.."}[$__range]))',
          total: 'sum(rate(http_requests_total{service="checkout"}[$__range]))',
        },
      ],
    });
  });

  it('reads a Sloth specification, and its Kubernetes resource', () => {
    const { slos, problems } = readSlos(example('sloth.yml'), 'sloth.yml');
    expect(problems).toEqual([]);
    expect(slos).toEqual([
      {
        name: 'requests-availability',
        objective: 0.999,
        failures: 'sum(rate(http_requests_total{service="checkout",code=~"(5..|429)"}[$__range]))',
        total: 'sum(rate(http_requests_total{service="checkout"}[$__range]))',
      },
    ]);
    const resource = `apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
metadata: { name: x }
spec:
  service: checkout
  slos:
    - { name: a, objective: 99, sli: { events: { errorQuery: "e[{{.window}}]", totalQuery: "t[{{.window}}]" } } }
    - { name: b, objective: 95, sli: { raw: { errorRatioQuery: "r[{{.window}}]" } } }
`;
    expect(readSlos(resource, 'k.yml').slos).toEqual([
      { name: 'a', objective: 0.99, failures: 'e[$__range]', total: 't[$__range]' },
      { name: 'b', objective: 0.95, ratio: 'r[$__range]' },
    ]);
  });

  it.each([
    [`{ good: ${source}, total: ${source} }`, { good: 'q[$__range]', total: 'q[$__range]' }],
    [`{ bad: ${source}, total: ${source} }`, { failures: 'q[$__range]', total: 'q[$__range]' }],
    [`{ raw: ${source}, rawType: success }`, { ratio: 'q[$__range]', 'ratio-of': 'successes' }],
    [`{ raw: ${source}, rawType: failure }`, { ratio: 'q[$__range]', 'ratio-of': 'failures' }],
  ])('reads the ratio %s', (metric, expected) => {
    expect(readSlos(ratio(metric), 'x').slos).toEqual([{ name: 's', objective: 0.99, ...expected }]);
  });

  it('takes an indicator that stands further down, and lets documents of other kinds be', () => {
    const { slos, problems } = readSlos(
      [
        'apiVersion: openslo/v1\nkind: Service\nmetadata: { name: c }\nspec: {}\n',
        openSlo('  indicatorRef: i\n'),
        `apiVersion: openslo/v1\nkind: SLI\nmetadata: { name: i }\nspec: { ratioMetric: { bad: ${source}, total: ${source} } }\n`,
      ].join('---\n'),
      'x',
    );
    expect(problems).toEqual([]);
    expect(slos).toHaveLength(1);
  });

  it.each<[string, string, string, number]>([
    ['another version', 'apiVersion: openslo/v1alpha\nkind: SLO\n', 'found `openslo/v1alpha SLO`', 1],
    ['no SLO', '', 'there is no SLO in it', 0],
    ['a list', '- a\n', 'expected an OpenSLO document', 1],
    ['no YAML', 'a: [\n', 'this is not YAML', 0],
    [
      'a plugin',
      'version: prometheus/v1\nservice: x\nslos:\n  - { name: a, objective: 99, sli: { plugin: { id: p } } }\n',
      'plugin',
      4,
    ],
    [
      'an objective of 100',
      'version: prometheus/v1\nservice: x\nslos:\n  - name: a\n    objective: 100\n    sli: { raw: { error_ratio_query: q } }\n',
      'between 0 and 100',
      5,
    ],
    ['an unknown indicator', openSlo('  indicatorRef: nope\n'), 'there is no SLI `nope`', 6],
    [
      'a month',
      `${ratio(`{ bad: ${source}, total: ${source} }`)}\n  timeWindow: [{ duration: 1M, isRolling: true }]\n`,
      'a duration such as',
      7,
    ],
    [
      'time slices',
      `${ratio(`{ bad: ${source}, total: ${source} }`)}\n  budgetingMethod: Timeslices\n`,
      '`Occurrences`',
      7,
    ],
    ['good and bad', ratio(`{ good: ${source}, bad: ${source}, total: ${source} }`), 'either `good` or `bad`', 6],
    [
      'a second document that is wrong',
      `${example('sloth.yml')}---\nkind: X\napiVersion: openslo/v1\n`,
      'expected one of',
      14,
    ],
  ])('says where %s is', (_, content, message, line) => {
    const { slos, problems } = readSlos(content, 'slo.yml');
    expect(problems.map((p) => p.message).join('; ')).toContain(message);
    expect(problems[0]?.file).toBe('slo.yml');
    if (line > 0) expect(problems[0]?.line).toBe(line);
    if (!content.includes('---')) expect(slos).toEqual([]);
  });
});
