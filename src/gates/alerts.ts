/**
 * Gate `alerts`: no alert of the system's own rules may fire. That there are enabled rules which cover the scope is proven first,
 * since no rules, a misspelt filter and a quiet system look the same.
 */
import * as v from 'valibot';
import { plural } from '../judge/number.js';
import {
  healthy,
  insufficient,
  isProof,
  type Proof,
  proveMeasured,
  type Reading,
  unhealthy,
} from '../judge/reading.js';
import { described, duration, filled, formatDuration, oneOrMore, whole } from '../policy/fields.js';
import type { Alert, Alerts } from '../record/evidence.js';
import type { AlertsQuestion } from '../sources/source.js';
import { globForm } from '../sources/text.js';
import { defineGate, type Gate, type Moment } from './gate.js';

const schema = v.strictObject({
  match: described(
    v.optional(filled),
    "Which rules or monitors count, in the source's own language (see its page). Default: all that the source's configuration covers.",
  ),
  ignore: described(
    v.optional(oneOrMore(filled)),
    'Names of alerts that do not count, such as one that is known to be noisy; `*` stands for any characters. They are still reported.',
  ),
  'min-rules': described(
    v.optional(whole(1), 1),
    'How many enabled rules must cover the scope; with fewer the evidence is insufficient.',
  ),
  older: described(
    v.optional(v.picklist(['hold', 'stop', 'ignore']), 'hold'),
    'What an alert does that fires since before the deployment: `hold` (it hides what this release does, so nothing is proven while it burns), `stop` (as if this release had caused it), or `ignore` (it is only reported).',
  ),
  'max-age': described(
    v.optional(duration, '5m'),
    'How long ago the rules may have been evaluated, where the source says.',
  ),
});

type Config = v.InferOutput<typeof schema>;

const role = 'alerts';

/** `Noisy*` as a test of a whole name. */
function named(patterns: readonly string[]): (name: string) => boolean {
  const forms = patterns.map((p) => new RegExp(globForm(p), 'su'));
  return (name) => forms.some((form) => form.test(name));
}

const shown = 5;

function listed(alerts: readonly Alert[], now: number): string {
  const names = alerts
    .slice(0, shown)
    .map(({ name, subject, severity, since }) =>
      [
        name,
        severity === null ? '' : ` (${severity})`,
        subject === '' ? '' : ` on ${subject}`,
        since === null ? '' : `, for ${formatDuration(now - Date.parse(since))}`,
      ].join(''),
    );
  return alerts.length > shown ? `${names.join('; ')}; and ${alerts.length - shown} more` : names.join('; ');
}

function judge(config: Config, proof: Proof<Alerts>, moment: Moment): Reading {
  const evidence = proof.measured.get(role);
  if (evidence === undefined) return insufficient('no-data', 'nothing was measured');
  const { alerts, counts, rules, newest, subject } = evidence;
  if (rules < config['min-rules']) {
    return insufficient(
      'too-few-rules',
      `${plural(rules, 'enabled rule')} of at least ${config['min-rules']}: ${subject}`,
    );
  }
  if (newest !== null && moment.now - Date.parse(newest) > config['max-age']) {
    return insufficient(
      'stale',
      `the rules were last evaluated ${formatDuration(moment.now - Date.parse(newest))} ago, more than ${formatDuration(config['max-age'])}`,
    );
  }
  const ignored = named(config.ignore ?? []);
  const counting = alerts.filter((a) => !ignored(a.name));
  const firing = counting.filter((a) => a.state === 'firing');
  // Nobody knows since when: it counts as this release's, since the other way round it would be waved through.
  const older = firing.filter((a) => a.since !== null && Date.parse(a.since) < moment.deployedAt);
  const guilty = config.older === 'stop' ? firing : firing.filter((a) => !older.includes(a));
  const details = { value: guilty.length, shown: plural(guilty.length, 'alert'), threshold: 'none' };
  if (guilty.length > 0) {
    return unhealthy(
      proof,
      'alerts-firing',
      `${plural(guilty.length, 'alert')} firing: ${listed(guilty, moment.now)}`,
      details,
    );
  }
  // The list is cut at a number, and what was cut off could be anything.
  const cut = counts.firing + counts.unknown + counts.muted - alerts.length;
  if (cut > 0) {
    return insufficient(
      'too-many-alerts',
      `${alerts.length + cut} alerts, of which only ${alerts.length} could be read: narrow \`match\``,
    );
  }
  if (older.length > 0 && config.older === 'hold') {
    const reason = `${plural(older.length, 'alert')} firing since before the deployment, which hides what this release does: ${listed(older, moment.now)}`;
    return insufficient('older-alerts', reason);
  }
  const unknown = counting.filter((a) => a.state === 'unknown');
  if (unknown.length > 0) {
    return insufficient(
      'rules-without-data',
      `${plural(unknown.length, 'rule')} without data: ${listed(unknown, moment.now)}`,
    );
  }
  const muted = counting.filter((a) => a.state === 'muted');
  if (muted.length >= rules) {
    return insufficient('all-muted', `all ${plural(rules, 'rule')} muted: ${listed(muted, moment.now)}`);
  }
  const besides = [
    muted.length > 0 ? `${muted.length} muted` : '',
    older.length > 0 ? `${older.length} older, ignored` : '',
    alerts.length > counting.length ? `${alerts.length - counting.length} ignored by name` : '',
  ].filter((part) => part !== '');
  const also = besides.length === 0 ? '' : ` (${besides.join(', ')})`;
  return healthy(proof, 'no-alerts', `none of ${plural(rules, 'enabled rule')} fires${also}`, details);
}

export const alertsGate = defineGate({
  type: 'alerts',
  family: 'alerts',
  schema,
  bind(config): Gate<'alerts'> {
    const question = (moment: Moment): AlertsQuestion => ({
      family: 'alerts',
      ...(config.match === undefined ? {} : { match: config.match }),
      deployedAt: moment.deployedAt,
    });
    return {
      questions: (moment) => new Map([[role, question(moment)]]),
      judge(answers, moment) {
        const proof = proveMeasured<Alerts>([role], answers);
        return isProof(proof) ? judge(config, proof, moment) : proof;
      },
    };
  },
});
