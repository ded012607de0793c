/** Shapes: https://learn.microsoft.com/rest/api/resourcehealth/availability-statuses/get-by-resource. */
import { expect } from 'vitest';
import { type Contract, fromPage, type Responder, type Times } from './harness.js';

const group = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop/providers';
const ids = {
  app: `${group}/Microsoft.Web/sites/checkout`,
  database: `${group}/Microsoft.Sql/servers/shop/databases/orders`,
};
const rest = '/providers/Microsoft.ResourceHealth/availabilityStatuses/current';

const minutesAgo = ({ now }: Times, minutes: number): string => new Date(now - minutes * 60_000).toISOString();

/** @param change of the database; the app is well */
const health =
  (change: (times: Times) => object = () => ({}), instead?: { status: number; body: unknown }): Responder =>
  (request, times) => {
    expect(request.method).toBe('GET');
    expect(request.headers.authorization).toBe('Bearer a-secret-ARM_TOKEN');
    const { pathname, searchParams } = new URL(request.path, 'http://azure');
    expect(Object.fromEntries(searchParams)).toEqual({ 'api-version': '2025-05-01' });
    const path = decodeURIComponent(pathname);
    const name = (['app', 'database'] as const).find((one) => path === ids[one] + rest);
    expect(name).toBeDefined();
    if (name === 'database' && instead) return instead;
    const properties = {
      availabilityState: 'Available',
      title: 'Available',
      summary: "There aren't any known Azure platform problems affecting it",
      reasonType: '',
      occuredTime: minutesAgo(times, 6000),
      reportedTime: minutesAgo(times, 2),
      reasonChronicity: 'Persistent',
      ...(name === 'database' ? change(times) : {}),
    };
    return { body: { id: path, name: 'current', type: 'Microsoft.ResourceHealth/AvailabilityStatuses', properties } };
  };

const ill = (availabilityState: string) =>
  health(() => ({ availabilityState, title: availabilityState, reasonType: 'Unplanned' }));

export const contracts: readonly Contract[] = [
  {
    what: 'resources',
    ...fromPage('azure-resource-health', 'Azure is well', 'management'),
    good: health(),
    bad: { unavailable: ill('Unavailable'), degraded: ill('Degraded') },
    empty: { unknown: ill('Unknown'), 'no state': health(() => ({ availabilityState: null })) },
    partial: {
      'a word that is new': ill('Fabulous'),
      'one is not there': health(undefined, {
        status: 404,
        body: { error: { code: 'ResourceNotFound', message: 'no' } },
      }),
      'one may not be read': health(undefined, { status: 403, body: { error: { code: 'AuthorizationFailed' } } }),
      'one has no shape': health(undefined, { status: 200, body: {} }),
    },
    stale: {
      'last checked long ago': health((times) => ({ reportedTime: minutesAgo(times, 31) })),
      'ill, long ago': health((times) => ({ availabilityState: 'Unavailable', reportedTime: minutesAgo(times, 31) })),
      'nobody knows when': health(() => ({ reportedTime: null })),
    },
  },
];
