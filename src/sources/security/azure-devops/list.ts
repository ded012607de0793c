/** The lists of alerts. */
import type { Problem } from '../result.js';
import { type Alert, readAlert } from './alert.js';
import type { Client, Query } from './client.js';

/** What was listed; the bodies of the alerts are gone by now. */
export interface Listed {
  readonly alerts: readonly Alert[];
  /** When, milliseconds since the epoch by the clock of the service. */
  readonly at: number;
  /** Items that are no alerts. */
  readonly malformed: number;
  readonly refused?: Problem;
}

/** `Other` are secrets that a pattern only takes for one; by default they are left out. */
const confidence: Query = [
  ['criteria.confidenceLevels', 'high'],
  ['criteria.confidenceLevels', 'other'],
];

async function listed(client: Client, query: Query, signal: AbortSignal): Promise<Listed> {
  const { target } = client;
  const alerts: Alert[] = [];
  let malformed = 0;
  // Without `criteria.states` alerts in all of them come, also in those that nobody has heard of yet.
  const answer = await client.list(
    ['alert', 'repositories', target.repository, 'alerts'],
    [['orderBy', 'id'], ...confidence, ...query],
    '7.2-preview.1',
    signal,
    (raw) => {
      const alert = readAlert(raw, target);
      if (alert) alerts.push(alert);
      else malformed += 1;
    },
  );
  return 'refused' in answer
    ? { alerts, malformed, at: Number.NaN, refused: { ...answer.refused, file: target.name } }
    : { alerts, malformed, at: answer.got };
}

/** All alerts of the branch, of whatever type. Those of secrets are of no branch, and are listed on their own. */
export const onBranch = (client: Client, ref: string, signal: AbortSignal): Promise<Listed> =>
  listed(
    client,
    [
      ['criteria.ref', ref],
      ['criteria.onlyDefaultBranch', 'false'],
    ],
    signal,
  );
export const ofSecrets = (client: Client, signal: AbortSignal): Promise<Listed> =>
  listed(
    client,
    [
      ['criteria.alertType', 'secret'],
      ['criteria.onlyDefaultBranch', 'false'],
    ],
    signal,
  );
