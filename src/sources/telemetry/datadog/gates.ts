/**
 * Source `datadog-gates`: Datadog's own Deployment Gates as evidence
 * (https://docs.datadoghq.com/api/latest/deployment-gates/). An evaluation takes minutes; it is begun in one round and read in later ones.
 */
import * as v from 'valibot';
import { described, duration } from '../../../policy/fields.js';
import type { Alert, Alerts } from '../../../record/evidence.js';
import { iso } from '../../../train/clock.js';
import { adviceOn, defineSource, NotMeasured, type Unnamed } from '../../source.js';
import { oneLine } from '../../text.js';
import { Client, clientFields } from './client.js';

const schema = v.strictObject({
  ...clientFields,
  renew: described(
    v.optional(duration, '2m'),
    'How old a result may be before another evaluation is begun. At most `max-age` of the gate.',
  ),
});

const begun = v.object({
  data: v.object({ attributes: v.object({ evaluation_id: v.pipe(v.string(), v.nonEmpty()) }) }),
});
const rule = v.object({
  name: v.optional(v.string(), 'a rule'),
  status: v.string(),
  reason: v.optional(v.nullable(v.string())),
  dry_run: v.optional(v.nullable(v.boolean())),
});
const result = v.object({
  data: v.object({
    attributes: v.object({
      gate_status: v.string(),
      dry_run: v.optional(v.nullable(v.boolean())),
      evaluation_url: v.optional(v.nullable(v.string())),
      rules: v.optional(v.nullable(v.array(rule))),
    }),
  }),
});

const attributeNames = ['env', 'service', 'identifier', 'version'] as const;

/** `env:production service:checkout identifier:default version:1.2.3`. */
function parseScope(match: string | undefined): Record<string, string> {
  const given = Object.fromEntries(
    (match ?? '')
      .trim()
      .split(/\s+/)
      .map((word) => /^([a-z]+):(\S+)$/.exec(word)?.slice(1) ?? ['', word]),
  );
  const stray = Object.keys(given).find((key) => !(attributeNames as readonly string[]).includes(key));
  if (stray !== undefined || given.env === undefined || given.service === undefined) {
    const message = `expected \`match\` such as \`env:production service:checkout\` (and \`identifier:\`, \`version:\`), found \`${match ?? ''}\``;
    throw new NotMeasured('bad-query', message, { permanent: true });
  }
  return given;
}

const needs = 'the permission deployment_gates_evaluate';

interface Evaluation {
  readonly id: string;
  /** When its result was seen first, milliseconds since the epoch; undefined: it is under way. */
  ended?: number;
}

class Gates {
  readonly #client: Client;
  readonly #renewMs: number;
  /** The last evaluation of each scope. */
  readonly #evaluations = new Map<string, Evaluation>();

  constructor(client: Client, renewMs: number) {
    this.#client = client;
    this.#renewMs = renewMs;
  }

  async ask(match: string | undefined, signal: AbortSignal): Promise<Unnamed<Alerts>> {
    const scope = parseScope(match);
    const key = JSON.stringify(scope);
    const known = this.#evaluations.get(key);
    const evaluation = known ?? (await this.#begin(scope, signal));
    this.#evaluations.set(key, evaluation);
    const path = `/api/v2/deployments/gates/evaluation/${encodeURIComponent(evaluation.id)}`;
    const json = await this.#client.send({ path, needs, maybe: true }, signal);
    const measured = this.#read(json, evaluation, match ?? '');
    // One that has ended, and is getting old, makes room for the next round's.
    if (evaluation.ended !== undefined && this.#client.now() - evaluation.ended >= this.#renewMs) {
      this.#evaluations.delete(key);
    }
    return measured;
  }

  async #begin(scope: Record<string, string>, signal: AbortSignal): Promise<Evaluation> {
    const body = { data: { type: 'deployment_gates_evaluation_request', attributes: scope } };
    const json = await this.#client.send(
      { path: '/api/v2/deployments/gates/evaluation', body, needs, once: true },
      signal,
    );
    const parsed = v.safeParse(begun, json);
    if (!parsed.success) throw this.#client.strange('evaluation of a gate');
    return { id: parsed.output.data.attributes.evaluation_id };
  }

  #read(json: unknown, evaluation: Evaluation, match: string): Unnamed<Alerts> {
    const measured = (change: Partial<Unnamed<Alerts>>): Unnamed<Alerts> => ({
      kind: 'alerts',
      subject: `the deployment gate of ${oneLine(match, 120)} in Datadog`,
      query: match,
      at: iso(this.#client.now()),
      seen: 0,
      rules: 0,
      notes: [],
      partial: false,
      newest: evaluation.ended === undefined ? null : iso(evaluation.ended),
      counts: { firing: 0, unknown: 0, muted: 0 },
      alerts: [],
      ...change,
    });
    // Asked too soon, it is not known yet.
    if (json === undefined) return measured({ partial: true, notes: ['the evaluation is not known yet'] });
    const parsed = v.safeParse(result, json);
    if (!parsed.success) throw this.#client.strange('result of a gate');
    const { gate_status: status, dry_run: dry, evaluation_url: link, rules } = parsed.output.data.attributes;
    if (status === 'in_progress') return measured({ partial: true, notes: ['the evaluation is under way'] });
    if (status !== 'pass' && status !== 'fail') {
      throw new NotMeasured('bad-answer', `Datadog says \`${oneLine(status, 40)}\` of the gate, expected pass or fail`);
    }
    evaluation.ended ??= this.#client.now();
    const all = rules ?? [];
    const alerts = all.flatMap(({ name, status: said, reason, dry_run: dryRule }): Alert[] => {
      // A dry run answers pass whatever it finds.
      const state = said === 'fail' ? 'firing' : said !== 'pass' || dryRule || dry ? 'unknown' : undefined;
      const subject = oneLine(reason ?? (dryRule || dry ? 'dry run, which always passes' : said), 160);
      return state === undefined ? [] : [{ name: oneLine(name, 120), state, severity: null, since: null, subject }];
    });
    // The gate failed, whatever its rules say.
    if (status === 'fail' && !alerts.some((a) => a.state === 'firing')) {
      alerts.push({ name: 'the gate', state: 'firing', severity: null, since: null, subject: 'it failed' });
    }
    const count = (state: Alert['state']) => alerts.filter((a) => a.state === state).length;
    // A gate that failed has spoken, even if it names no rule.
    const known = Math.max(all.length, alerts.length);
    return measured({
      ...(link ? { link } : {}),
      seen: known,
      rules: known,
      counts: { firing: count('firing'), unknown: count('unknown'), muted: 0 },
      alerts: alerts.slice(0, 50),
    });
  }
}

export const datadogGatesSource = defineSource({
  type: 'datadog-gates',
  families: ['alerts'],
  schema,
  open(config, context) {
    const gates = new Gates(new Client(config, context), config.renew);
    return { alerts: ({ match }, signal) => gates.ask(match, signal) };
  },
  lint: ({ match }) => adviceOn(() => parseScope(match)),
});
