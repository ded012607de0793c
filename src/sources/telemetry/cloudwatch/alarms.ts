/** Alarms (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html). */
import * as v from 'valibot';
import type { Alert, Alerts } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { NotMeasured, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { firingFirst, tally } from '../tally.js';
import { type Cloudwatch, millis, notCloudwatch } from './client.js';
import { type AlarmMatch, parseAlarmMatch } from './match.js';

const maxPages = 50;

const maybe = <S extends v.GenericSchema>(schema: S) => v.optional(v.nullable(schema));
const text = maybe(v.string());
const common = {
  AlarmName: v.string(),
  StateValue: v.string(),
  StateUpdatedTimestamp: maybe(v.number()),
  StateTransitionedTimestamp: maybe(v.number()),
};
const dimensions = maybe(v.array(v.object({ Name: v.string(), Value: v.string() })));
const metric = v.object({ Namespace: text, MetricName: text, Dimensions: dimensions });
const metricAlarm = v.object({
  ...common,
  ...metric.entries,
  Metrics: maybe(v.array(v.object({ MetricStat: maybe(v.object({ Metric: metric })), Expression: text }))),
  /** Beside the state: why it is not to be relied on. */
  EvaluationState: text,
});
const compositeAlarm = v.object({ ...common, AlarmRule: text, ActionsSuppressedBy: text });
const pageForm = v.object({
  MetricAlarms: maybe(v.array(metricAlarm)),
  CompositeAlarms: maybe(v.array(compositeAlarm)),
  NextToken: text,
});

type MetricAlarm = v.InferOutput<typeof metricAlarm>;
type CompositeAlarm = v.InferOutput<typeof compositeAlarm>;

/** Lists the alarms that count, with their states. */
export async function askAlarms(
  client: Cloudwatch,
  matchText: string | undefined,
  signal: AbortSignal,
): Promise<Unnamed<Alerts>> {
  const match = parseAlarmMatch(matchText);
  const { alarms, cut } = await list(client, match, signal);
  const counting = alarms.filter(
    ({ AlarmName }) => match.parts.length === 0 || match.parts.some((p) => p.fits(AlarmName)),
  );
  const absent = match.parts.filter((part) => !counting.some(({ AlarmName }) => part.fits(AlarmName)));
  const alerts = counting.flatMap((alarm) => alertOf(alarm, client));
  const notes = [
    ...(counting.length > 0 ? absent.map((part) => `no alarm is named \`${oneLine(part.text, 80)}\``) : []),
    ...(cut ? ['there are more alarms than are read: narrow `match`'] : []),
  ];
  const named = matchText === undefined ? '' : ` named ${oneLine(matchText, 120)}`;
  return {
    kind: 'alerts',
    subject: `${counting.length} alarms${named} in ${client.region}`,
    query: `alarms${named} in ${client.region}`,
    link: `${client.pages}alarmsV2:`,
    at: iso(client.now()),
    seen: counting.length,
    rules: counting.length,
    notes,
    partial: notes.length > 0,
    newest: null,
    ...tally(alerts, firingFirst),
  };
}

async function list(
  client: Cloudwatch,
  { ask }: AlarmMatch,
  signal: AbortSignal,
): Promise<{ alarms: (MetricAlarm | CompositeAlarm)[]; cut: boolean }> {
  // Composite alarms are left out unless they are asked for.
  const input = { ...ask, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 };
  const alarms: (MetricAlarm | CompositeAlarm)[] = [];
  const tokens = new Set<string>();
  let token: string | undefined;
  do {
    const json = await client.call(
      'DescribeAlarms',
      { ...input, ...(token === undefined ? {} : { NextToken: token }) },
      signal,
    );
    const parsed = v.safeParse(pageForm, json);
    // Neither list is not a page of DescribeAlarms without alarms, but something else.
    if (!parsed.success || !(parsed.output.MetricAlarms || parsed.output.CompositeAlarms))
      throw notCloudwatch(client.origin);
    alarms.push(...(parsed.output.MetricAlarms ?? []), ...(parsed.output.CompositeAlarms ?? []));
    token = parsed.output.NextToken || undefined;
    if (token !== undefined && tokens.has(token)) {
      throw new NotMeasured('bad-answer', `${client.origin} gives the same page again`);
    }
    if (token !== undefined) tokens.add(token);
  } while (token !== undefined && tokens.size < maxPages);
  return { alarms, cut: token !== undefined };
}

function stateOf(alarm: MetricAlarm | CompositeAlarm): Alert['state'] | undefined {
  if (alarm.StateValue === 'ALARM') {
    // Only while the suppressing alarm burns; while it is waited for nothing is silenced yet.
    return 'ActionsSuppressedBy' in alarm && alarm.ActionsSuppressedBy === 'Alarm' ? 'muted' : 'firing';
  }
  const doubtful =
    'EvaluationState' in alarm && typeof alarm.EvaluationState === 'string' && alarm.EvaluationState !== '';
  return alarm.StateValue === 'OK' && !doubtful ? undefined : 'unknown';
}

/** @returns nothing for one that is well */
function alertOf(alarm: MetricAlarm | CompositeAlarm, { pages }: Cloudwatch): Alert[] {
  const state = stateOf(alarm);
  if (state === undefined) return [];
  const since = millis(alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp);
  return [
    {
      name: oneLine(alarm.AlarmName, 120),
      state,
      severity: null,
      since: since === undefined ? null : iso(since),
      // The alarm's description is free text, so it says less.
      subject: oneLine('AlarmRule' in alarm ? (alarm.AlarmRule ?? '') : subjectOf(alarm as MetricAlarm), 160),
      link: `${pages}alarmsV2:alarm/${encodeURIComponent(alarm.AlarmName)}`,
    },
  ];
}

function subjectOf({ Metrics, ...own }: MetricAlarm): string {
  const read = (Metrics ?? []).flatMap(({ MetricStat, Expression }) =>
    MetricStat ? [MetricStat.Metric] : /^\s*SELECT\s/i.test(Expression ?? '') ? [{ MetricName: Expression }] : [],
  );
  const metrics: readonly v.InferOutput<typeof metric>[] = read.length > 0 ? read : [own];
  return metrics
    .map(({ Namespace, MetricName, Dimensions }) =>
      [Namespace, MetricName, ...(Dimensions ?? []).map(({ Name, Value }) => `${Name}=${Value}`)]
        .filter(Boolean)
        .join(' '),
    )
    .join('; ');
}
