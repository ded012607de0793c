/** Asking sources for alerts, and alert rules as Prometheus gives them. */
import * as v from 'valibot';
import type { Alerts } from '../../src/record/evidence.js';
import type { SourceType } from '../../src/sources/source.js';
import { sourceContext } from './context.js';

/** Opens the source and asks it once. */
export async function askAlerts(type: SourceType, config: object, match?: string): Promise<Omit<Alerts, 'source'>> {
  const question = { family: 'alerts', deployedAt: 0, ...(match === undefined ? {} : { match }) } as const;
  const source = type.open(v.parse(type.schema, config), sourceContext());
  return source.alerts(question, AbortSignal.timeout(5000));
}

/** One that is well. */
export const rule = (name: string, change: object = {}) => ({
  name,
  type: 'alerting',
  state: 'inactive',
  health: 'ok',
  labels: { service: 'checkout' },
  lastEvaluation: '2026-11-23T09:59:50.123456789Z',
  alerts: [],
  ...change,
});

/** The answer of the rules API. */
export const rulesAnswer = (rules: readonly object[]) => ({
  status: 'success',
  data: { groups: [{ name: 'g', rules }] },
});
