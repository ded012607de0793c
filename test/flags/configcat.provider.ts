/** ConfigCat's Public Management API in its published shapes (version 2 of configs): the paths that are used. */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type Obstacle, type Situation, theFlag } from './harness.js';

interface Value {
  boolValue?: boolean | null;
  stringValue?: string | null;
  intValue?: number | null;
  doubleValue?: number | null;
  predefinedVariationId?: string | null;
}

export interface Rule {
  conditions: object[];
  percentageOptions: { percentage: number; value: Value }[];
  value?: Value | null;
}

export interface Formula {
  lastVersionId: string;
  defaultValue: Value;
  targetingRules: Rule[];
  setting: {
    settingId: number;
    key: string;
    name: string;
    settingType: string;
    order: number;
    predefinedVariations: { predefinedVariationId: string; name: string; value: Value }[];
  };
  updatedAt: string;
  percentageEvaluationAttribute: string | null;
  lastUpdaterUserEmail: string;
  lastUpdaterUserFullName: string;
}

export const bool = (boolValue: boolean): Value => ({
  boolValue,
  stringValue: null,
  intValue: null,
  doubleValue: null,
  predefinedVariationId: null,
});

export const split = (percentage: number): Rule => ({
  conditions: [],
  percentageOptions: [
    { percentage, value: bool(true) },
    { percentage: 100 - percentage, value: bool(false) },
  ],
  value: null,
});

export const user = (comparisonAttribute: string, comparator: string, ...listed: string[]) => ({
  userCondition: {
    comparisonAttribute,
    comparator,
    comparisonValue: {
      stringValue: null,
      doubleValue: null,
      listValue: listed.map((value) => ({ value, hint: null })),
    },
  },
  segmentCondition: null,
  prerequisiteFlagCondition: null,
});

export const rule = (value: boolean, ...conditions: object[]): Rule => ({
  conditions,
  percentageOptions: [],
  value: bool(value),
});

export const formula = (change: Partial<Formula> = {}, setting: Partial<Formula['setting']> = {}): Formula => ({
  lastVersionId: '3fa85f64-0001',
  defaultValue: bool(false),
  targetingRules: [],
  updatedAt: '2026-11-20T10:00:00.000Z',
  percentageEvaluationAttribute: null,
  lastUpdaterUserEmail: 'robin@example.com',
  lastUpdaterUserFullName: 'Robin',
  ...change,
  setting: {
    settingId: 17,
    key: theFlag,
    name: 'New checkout',
    settingType: 'boolean',
    order: 0,
    predefinedVariations: [],
    ...setting,
  },
});

const situationOf: Readonly<Record<Situation, () => Formula[]>> = {
  off: () => [formula()],
  on: () => [formula({ defaultValue: bool(true) })],
  'a-quarter': () => [formula({ targetingRules: [split(25)] })],
  rules: () => [formula({ targetingRules: [rule(true, user('Email', 'textEndsWithAnyOf', '@example.com'))] })],
  'off-serves-on': () => [],
  archived: () => [],
  missing: () => [],
  elsewhere: () => [],
};

export class ConfigCatServer {
  data: { formulas: Formula[]; readOnly: boolean; approveRequired: boolean; canBypassApproval: boolean };
  readonly #obstacle: Obstacle | undefined;
  #versions = 1;

  constructor(situation: Situation, obstacle?: Obstacle) {
    this.data = {
      formulas: situationOf[situation](),
      readOnly: false,
      approveRequired: obstacle === 'approval',
      canBypassApproval: false,
    };
    this.#obstacle = obstacle;
  }

  respond({ method, path, headers, body }: Received): Answer {
    const basic = Buffer.from('robot:a-secret-CONFIGCAT_PASSWORD').toString('base64');
    expect(headers.authorization).toBe(`Basic ${basic}`);
    const { pathname, searchParams } = new URL(path, 'http://configcat');
    const { formulas, ...rights } = this.data;
    if (pathname === '/v2/configs/c-1/environments/e-1/values') {
      expect(method).toBe('GET');
      return {
        body: {
          config: { configId: 'c-1', evaluationVersion: 'v2' },
          environment: { environmentId: 'e-1', name: 'Production' },
          settingFormulas: structuredClone(formulas),
          reasonRequired: true,
          ...rights,
        },
      };
    }
    const [, id] = /^\/v2\/environments\/e-1\/settings\/(\d+)\/value$/.exec(pathname) ?? [];
    expect(id).toBeDefined();
    expect(method).toBe('PATCH');
    const found = formulas.find(({ setting }) => String(setting.settingId) === id);
    if (!found) return { status: 404, body: '' };
    expect(searchParams.get('reason')).toBeTruthy();
    expect(searchParams.get('bypassApproval')).toBe(rights.approveRequired ? 'true' : null);
    if (this.#obstacle === 'changed-in-between') found.lastVersionId += '-x';
    if (this.#obstacle === 'write-forbidden') return { status: 403, body: { message: 'Forbidden' } };
    if (searchParams.get('latestVersionId') !== found.lastVersionId)
      return { status: 409, body: { message: 'Conflict' } };
    for (const { op, path: to, value } of JSON.parse(body) as { op: string; path: string; value: unknown }[]) {
      expect(op).toBe('replace');
      expect(to).toMatch(/^\/(?:defaultValue|targetingRules)/);
      const keys = to.split('/').slice(1);
      const last = keys.pop() ?? '';
      let at = found as unknown as Record<string, unknown>;
      for (const key of keys) {
        expect(at).toHaveProperty([key]);
        at = at[key] as Record<string, unknown>;
      }
      expect(at).toHaveProperty([last]);
      at[last] = filled(value);
    }
    for (const { percentageOptions } of found.targetingRules) {
      const sum = percentageOptions.reduce((total, { percentage }) => total + percentage, 0);
      expect(percentageOptions.length === 0 || sum === 100).toBe(true);
    }
    this.#versions += 1;
    found.lastVersionId = `3fa85f64-${this.#versions}`;
    found.updatedAt = new Date(Date.parse(found.updatedAt) + 1000).toISOString();
    return { body: found };
  }
}

/** Fields that are left out are null in answers. */
function filled(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, x: unknown) =>
    (key === 'value' || key === '') && typeof x === 'object' && x !== null && 'boolValue' in x
      ? { ...bool(true), ...x }
      : x,
  ) as unknown;
}

/** Versions and times go on. */
const lasting = (data: unknown): unknown =>
  JSON.parse(
    JSON.stringify(data, (key, value: unknown) => (['lastVersionId', 'updatedAt'].includes(key) ? '' : value)),
  );

export const providers: readonly FlagProvider[] = [
  {
    type: 'configcat',
    source: (url) => ({
      type: 'configcat',
      url,
      config: 'c-1',
      environment: 'e-1',
      username: 'robot',
      password: '${env.CONFIGCAT_PASSWORD}',
    }),
    start: (situation, obstacle) => new ConfigCatServer(situation, obstacle),
    lasting,
    lacks: {
      'off-serves-on': 'a flag has no switch: off is a value',
      archived: 'flags are not archived, they are deleted',
      elsewhere: 'every flag of a config is in every environment',
    },
  },
];
