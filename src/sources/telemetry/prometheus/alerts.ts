/** The alert rules of a server that speaks Prometheus' rules API. */
import type { Alerts } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type Unnamed } from '../../source.js';
import { parseMatchers } from '../matchers.js';
import type { Connection } from './connection.js';
import { alertsOf, type Rules, readRules } from './rules.js';

/** A server that never comes to its last page would be asked for ever. */
const maxPages = 50;

/**
 * @param match label matchers; absent: all rules count
 * @param most alerts to list; absent: the usual number
 */
export async function askRules(
  connection: Connection,
  match: string | undefined,
  now: () => number,
  signal: AbortSignal,
  most?: number,
): Promise<Unnamed<Alerts>> {
  const matchers = match === undefined ? [] : parseMatchers(match);
  const all = await allRules(connection, signal);
  return alertsOf(all, matchers, {
    subject: match === undefined ? `on ${connection.origin}` : `match ${match} on ${connection.origin}`,
    query: match ?? 'all alert rules',
    link: `${connection.url}/alerts`,
    at: iso(now()),
    most,
  });
}

async function allRules(connection: Connection, signal: AbortSignal): Promise<Rules> {
  const rules: Rules['rules'][number][] = [];
  const warnings: string[] = [];
  let next: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const query = { type: 'alert', ...(next === undefined ? {} : { group_next_token: next }) };
    const { response, sent } = await connection.get('/api/v1/rules', query, signal);
    const read = readRules(response, connection.origin, connection.toReadRules, sent);
    rules.push(...read.rules);
    warnings.push(...read.warnings);
    if (read.next === undefined) return { rules, warnings };
    if (read.next === next) break;
    next = read.next;
  }
  throw new NotMeasured('bad-answer', `${connection.origin} gives the list of alert rules without an end`);
}
