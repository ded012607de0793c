/** Shapes as in `azure-monitor.contract.ts`; a point is named by the begin of its interval, and Azure fills minutes with zeros. */
import { expect } from 'vitest';
import { apart, type BinsContract, minute, onPage } from './bins.js';

export const bins: readonly BinsContract[] = [
  {
    ...onPage('azure-monitor', 'failed requests, canary against stable', 'management'),
    answer({ path }, { from, to }) {
      const query = Object.fromEntries(new URL(path, 'http://azure').searchParams);
      expect(query).toMatchObject({
        interval: 'PT1M',
        timespan: `${new Date(from).toISOString()}/${new Date(to).toISOString()}`,
      });
      const canary = query.$filter?.includes('checkout-canary');
      // What nobody did is filled with zeros, of both metrics; a minute of the canary without a failure is zero too, or has no point.
      const all = canary ? [10, 0, 30] : [100, 200, undefined];
      const failed = canary ? [1, 0, undefined] : [4, 5, 0];
      const value = (query.metricnames ?? '').split(',').map((name) => ({
        name: { value: name },
        errorCode: 'Success',
        timeseries: [
          {
            metadatavalues: [],
            data: (name === 'requests/failed' ? failed : all).map((count, i) => ({
              timeStamp: new Date(from + i * minute).toISOString(),
              ...(count === undefined ? {} : { count }),
            })),
          },
        ],
      }));
      return { body: { interval: 'PT1M', value } };
    },
    expected: apart,
    wrong: {
      'another granularity': () => ({ body: { interval: 'PT5M', value: [] } }),
      'zeros alone': ({ path }, { from }) => {
        const names = new URL(path, 'http://azure').searchParams.get('metricnames')?.split(',') ?? [];
        const data = [0, 1, 2].map((i) => ({ timeStamp: new Date(from + i * minute).toISOString(), count: 0 }));
        const value = names.map((name) => ({ name: { value: name }, timeseries: [{ metadatavalues: [], data }] }));
        return { body: { interval: 'PT1M', value } };
      },
    },
  },
];
