/** The same API as for a component, see `application-insights.contract.ts`. */
import { expect } from 'vitest';
import {
  component,
  denied,
  errors,
  queryOf,
  result,
  signalConditions,
  tooLarge,
  type Way,
} from './application-insights.contract.js';
import { type Answer, type Contract, fromPage, type Responder, type Times } from './harness.js';

const path = '/v1/workspaces/99999999-8888-7777-6666-555555555555/query';

const ofApp = new RegExp(`_ResourceId =~ '${component}'`);

const columns = [
  ['value', 'long'],
  ['events', 'long'],
  ['newest', 'datetime'],
] as const;

/** A query of the policy that says itself how new its rows are. */
function logConditions(): Omit<Contract, 'what' | 'source' | 'gate'> {
  const way: Way = { path, reads: 'ContainerLogV2' };
  const answer =
    (make: (times: Times) => Answer): Responder =>
    (request, times) => {
      expect(queryOf(request, way, times)).not.toContain('extend part');
      return make(times);
    };
  const rows = (make: (times: Times) => readonly unknown[], beside: object = {}): Responder =>
    answer((times) => result(columns, [make(times)], beside));
  const time = ({ now }: Times, seconds: number): string => new Date(now - seconds * 1000).toISOString();
  const good = (times: Times): unknown[] => ['0', 5000, time(times, 121)];
  return {
    good: rows(good),
    bad: rows((times) => [6, 5000, time(times, 121)]),
    empty: {
      'one row of nothing': rows(() => [0, 0, null]),
      'no row': answer(() => result(columns, [])),
      '204': answer(() => ({ status: 204, body: '' })),
      'the table is unknown': answer(() => ({
        status: 400,
        body: {
          error: {
            message: 'The request had some invalid properties',
            code: 'BadArgumentError',
            innererror: {
              code: 'SemanticError',
              message: 'A semantic error occurred.',
              innererror: {
                code: 'SEM0100',
                message: "'where' operator: Failed to resolve table or column expression named 'ContainerLogV2'",
              },
            },
          },
        },
      })),
    },
    partial: {
      'a table and an error': rows(good, tooLarge),
      'a denied table': rows(good, denied([], ['ContainerLogV2'])),
    },
    stale: { 'older than max-age': rows((times) => [0, 5000, time(times, 120 + 301)]) },
    unauthorised: { 'no role': answer(() => errors.insufficient), '401': answer(() => errors.missing) },
  };
}

export const contracts: readonly Contract[] = [
  {
    what: 'own query',
    ...fromPage('log-analytics', 'errors in the container log', 'endpoint'),
    ...logConditions(),
  },
  {
    what: 'failure rate of one app',
    ...fromPage('log-analytics', 'failure rate', 'endpoint'),
    ...signalConditions({ path, reads: 'AppRequests' }, { good: '0.002', bad: 0.2, none: 'NaN' }, [ofApp]),
  },
  {
    what: 'exceptions of one app',
    ...fromPage('log-analytics', 'exceptions', 'endpoint'),
    ...signalConditions({ path, reads: 'AppRequests' }, { good: 2, bad: 4, none: 0 }, [/AppExceptions/, ofApp], false),
  },
];
