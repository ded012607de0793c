/** AWS AppConfig as its API reference of 2019-10-09 has it: one application, environment and profile. It checks the signatures too. */
import { expect } from 'vitest';
import { wrongSignature } from '../support/aws.js';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type FlagServer, type Obstacle, type Situation, theFlag } from './harness.js';

export interface Deployment {
  number: number;
  version: string;
  state: string;
  percent: number;
  profile?: string;
}

export interface Data {
  /** Contents of the versions, the first is 1. */
  versions: string[];
  /** Oldest first. */
  deployments: Deployment[];
}

const application = '/applications/abc1234';
const profile = `${application}/configurationprofiles/prof123`;
const environment = `${application}/environments/prod123`;

/** As the console writes it, with a number that JavaScript would round, and a field that nobody here knows. */
export const content = (value: string | undefined, more = ''): string => `{
  "version": "1",
  "flags": { ${value === undefined ? '' : `"${theFlag}": { "name": "New checkout", "_createdAt": "2026-11-01T10:00:00.000Z" }, `}"other": { "name": "Other" } },
  "values": {
    ${value === undefined ? '' : `"${theFlag}": ${value},\n    `}"other": { "enabled": true, "limit": 12345678901234567890, "ratio": 1.10 }
  }${more}
}
`;

const values: Partial<Record<Situation, string>> = {
  off: '{ "enabled": false, "_updatedAt": "2026-11-02T10:00:00.000Z" }',
  rules: `{ "_variants": [
      { "name": "beta", "enabled": true, "rule": "(eq $plan \\"beta\\")", "attributeValues": { "limit": 10.50 } },
      { "name": "default", "enabled": false } ] }`,
};

const json = (body: unknown, status = 200): Answer => ({ status, body });
const refusal = (status: number, code: string, Message: string): Answer => ({
  status,
  headers: { 'x-amzn-errortype': code },
  body: { Message },
});

export class AppConfigServer implements FlagServer {
  data: Data;
  /** What a deployment is as soon as it is started. */
  started = { state: 'COMPLETE', percent: 100 };
  /** Of one page. */
  pageSize = 2;
  readonly #obstacle: Obstacle | undefined;

  constructor(situation: Situation, obstacle?: Obstacle) {
    this.#obstacle = obstacle;
    const own = situation === 'missing' ? undefined : (values[situation] ?? '{ "enabled": true }');
    // The newest version is not what is deployed, and others deploy profiles of their own.
    this.data = {
      versions: [content(undefined), content(own), content('{ "enabled": true, "draft": 1 }')],
      deployments: [
        { number: 1, version: '1', state: 'COMPLETE', percent: 100 },
        ...(situation === 'elsewhere' ? [] : [{ number: 2, version: '2', state: 'COMPLETE', percent: 100 }]),
        { number: 3, version: '3', state: 'ROLLED_BACK', percent: 0 },
        { number: 4, version: '9', state: 'COMPLETE', percent: 100, profile: 'twin123' },
      ],
    };
    if (situation === 'elsewhere')
      this.data.deployments = this.data.deployments.filter((one) => one.profile || one.number === 3);
    if (situation === 'missing') this.data.versions = [content(undefined), content(undefined)];
  }

  #summary({ number, version, state, percent }: Deployment) {
    return {
      DeploymentNumber: number,
      ConfigurationName: 'flags',
      ConfigurationVersion: version,
      State: state,
      PercentageComplete: percent,
      StartedAt: `2026-11-20T10:0${number % 10}:00.123Z`,
      ...(state === 'COMPLETE' ? { CompletedAt: `2026-11-20T11:0${number % 10}:00Z` } : {}),
    };
  }

  respond(request: Received): Answer {
    const { method, path, headers, body } = request;
    const key = { secret: 'a-secret-AWS_KEY' };
    const keyOf = (id: string) => (id === 'AKIDEXAMPLE' ? key : undefined);
    const expected = { keyOf, region: 'eu-central-1', service: 'appconfig', now: Date.now() };
    expect(wrongSignature(request, expected)).toBeUndefined();
    const { pathname, searchParams } = new URL(path, 'http://appconfig');
    const versions = `${profile}/hostedconfigurationversions`;
    const deployments = `${environment}/deployments`;
    if (method === 'GET') return this.#read(pathname, searchParams, versions, deployments);
    expect(method).toBe('POST');
    if (this.#obstacle === 'write-forbidden') {
      return refusal(403, 'AccessDeniedException', 'User is not authorized to perform appconfig:StartDeployment');
    }
    if (pathname === versions) {
      expect(headers['content-type']).toBe('application/json');
      expect(headers.description).toMatch(/^[\x20-\x7e]+$/);
      // Somebody else writes a version at the same time.
      if (this.#obstacle === 'changed-in-between')
        this.data.versions.push(content('{ "enabled": true, "somebody": 1 }'));
      if (headers['latest-version-number'] !== String(this.data.versions.length)) {
        return refusal(409, 'ConflictException', 'The latest version number does not match');
      }
      expect(() => JSON.parse(body) as unknown).not.toThrow();
      this.data.versions.push(body);
      return { status: 201, headers: { 'version-number': String(this.data.versions.length) }, body };
    }
    expect(pathname).toBe(deployments);
    const { ConfigurationProfileId, ConfigurationVersion, DeploymentStrategyId, Description } = JSON.parse(
      body,
    ) as Record<string, string>;
    expect([ConfigurationProfileId, DeploymentStrategyId]).toEqual(['prof123', 'AppConfig.AllAtOnce']);
    expect(Description).toMatch(/Signalbox/);
    const number = Math.max(...this.data.deployments.map((one) => one.number)) + 1;
    const made = { number, version: ConfigurationVersion ?? '', ...this.started };
    this.data.deployments.push(made);
    return json({ ...this.#summary(made), ConfigurationProfileId: 'prof123' }, 201);
  }

  #read(pathname: string, query: URLSearchParams, versions: string, deployments: string): Answer {
    if (pathname === profile) {
      return json({
        ApplicationId: 'abc1234',
        Id: 'prof123',
        Name: 'flags',
        LocationUri: 'hosted',
        Type: 'AWS.AppConfig.FeatureFlags',
      });
    }
    if (pathname === versions) {
      expect(query.get('max_results')).toBe('1');
      const latest = this.data.versions.length;
      return json({ Items: latest === 0 ? [] : [{ ApplicationId: 'abc1234', VersionNumber: latest }] });
    }
    if (pathname.startsWith(`${versions}/`)) {
      const number = pathname.slice(versions.length + 1);
      const found = this.data.versions[Number(number) - 1];
      if (found === undefined) return refusal(404, 'ResourceNotFoundException', 'no such version');
      return { headers: { 'content-type': 'application/json', 'version-number': number }, body: found };
    }
    if (pathname === deployments) {
      expect(query.get('max_results')).toBe('50');
      const newestFirst = [...this.data.deployments].reverse().map((one) => this.#summary(one));
      const from = Number(query.get('next_token') ?? 0);
      const next = from + this.pageSize;
      const more = next < newestFirst.length ? { NextToken: String(next) } : {};
      return json({ Items: newestFirst.slice(from, next), ...more });
    }
    const found = this.data.deployments.find((one) => pathname === `${deployments}/${one.number}`);
    if (!found) return refusal(404, 'ResourceNotFoundException', 'no such deployment');
    return json({ ...this.#summary(found), ConfigurationProfileId: found.profile ?? 'prof123' });
  }
}

/** What is deployed. */
const lasting = (data: unknown): unknown => {
  const { versions, deployments } = data as Data;
  const newest = deployments.findLast(({ state, profile: of }) => state === 'COMPLETE' && of === undefined);
  return newest && versions[Number(newest.version) - 1];
};

export const source = (url: string): Readonly<Record<string, unknown>> => ({
  type: 'aws-appconfig',
  region: 'eu-central-1',
  'access-key-id': 'AKIDEXAMPLE',
  'secret-access-key': '${env.AWS_KEY}',
  endpoint: url,
  application: 'abc1234',
  environment: 'prod123',
  profile: 'prof123',
});

export const providers: readonly FlagProvider[] = [
  {
    type: 'aws-appconfig',
    source,
    start: (situation, obstacle) => new AppConfigServer(situation, obstacle),
    lasting,
    lacks: {
      'a-quarter': 'who lacks the value that is hashed gets the default, so that a split is from 0 to 25 %',
      'off-serves-on': 'what is off says so',
      archived: 'AppConfig has no archive',
      approval: 'AppConfig asks for none',
    },
  },
];
