/** Shapes as in `cloudwatch.contract.ts`; a point is named by the begin of its period, and there is none where nothing happened. */
import { expect } from 'vitest';
import { apart, type BinsContract, minute, onPage } from './bins.js';

interface Body {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly MetricStat: {
      readonly Period: number;
      readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { Value: string }[] };
    };
  }[];
}

type Points = readonly (readonly [minutes: number, value: number])[];

const all: Readonly<Record<string, Points>> = {
  green: [
    [2, 30],
    [0, 10],
  ],
  blue: [
    [1, 200],
    [0, 100],
  ],
};
/** The minute of green without a failure has no point. */
const failed: Readonly<Record<string, Points>> = {
  green: [[0, 1]],
  blue: [
    [1, 5],
    [0, 4],
  ],
};

export const bins: readonly BinsContract[] = [
  {
    ...onPage('cloudwatch', 'errors, green against blue', 'endpoint'),
    answer({ body }, { from, to }) {
      const { StartTime, EndTime, MetricDataQueries } = JSON.parse(body) as Body;
      expect([StartTime, EndTime]).toEqual([from / 1000, to / 1000]);
      const MetricDataResults = MetricDataQueries.map(({ Id, MetricStat: { Period, Metric } }) => {
        expect(Period).toBe(60);
        const group = Metric.Dimensions.some(({ Value }) => Value.includes('/green/')) ? 'green' : 'blue';
        const points = (Metric.MetricName === 'RequestCount' ? all : failed)[group] ?? [];
        return {
          Id,
          Label: Metric.MetricName,
          Timestamps: points.map(([m]) => (from + m * minute) / 1000),
          Values: points.map(([, value]) => value),
          StatusCode: 'Complete',
        };
      });
      return { body: { Messages: [], MetricDataResults } };
    },
    expected: Object.fromEntries(
      Object.entries(apart).map(([role, series]) => {
        const label = role.includes('failures') ? 'HTTPCode_Target_5XX_Count' : 'RequestCount';
        return [role, series.map(({ bins: own }) => ({ labels: { label }, bins: own }))];
      }),
    ),
  },
];
