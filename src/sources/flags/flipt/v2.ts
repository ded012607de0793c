/**
 * Version 2 of Flipt's API: flags are resources of an environment and namespace. A flag is written whole, as it was read but for what
 * is to change, with the revision of the environment as the lock.
 */
import * as v from 'valibot';
import { NotMeasured } from '../../source.js';
import { Refused } from '../control.js';
import { rawAt, rawWith } from '../raw.js';
import { mostStates } from '../state.js';
import {
  type Api,
  type Client,
  type Found,
  notOurs,
  type Plan,
  plainThreshold,
  tooMany,
  type Wanted,
} from './client.js';
import { type FliptFlag, type payloadForm, resourceForm, resourcesForm } from './shapes.js';

interface Raw {
  /** The payload as it was answered. */
  readonly payload: string;
  readonly revision: string;
}

/** `rollouts`: as they were written; null: there was no such field. */
const undoForm = v.strictObject({ api: v.literal('v2'), enabled: v.boolean(), rollouts: v.nullable(v.string()) });

const typeUrl = 'flipt.core.Flag';

export class V2 implements Api<Raw> {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  #namespace(kind: 'namespaces' | 'resources', ...more: string[]): string {
    const { environment, config } = this.#client;
    const base = ['v2', 'environments', environment, 'namespaces', config.namespace];
    return this.#client.url(kind === 'resources' ? [...base, 'resources', ...more] : base);
  }

  urlOf(key: string): string {
    return this.#namespace('resources', typeUrl, key);
  }

  async read(key: string, signal: AbortSignal): Promise<Found<Raw> | undefined> {
    const found = await this.#client.get(resourceForm, this.urlOf(key), signal);
    if (!found) {
      const { environment, config } = this.#client;
      const what = `namespace ${config.namespace} in the environment ${environment}`;
      await this.#client.mustHave(this.#namespace('namespaces'), what, signal);
      return undefined;
    }
    const { resource, revision } = found.answer;
    const payload = rawAt(found.text, ['resource', 'payload']);
    if (resource.payload.key !== key || payload === undefined) {
      throw new NotMeasured('bad-answer', `${this.#client.config.url} answered for another flag`);
    }
    return { flag: flagOf(resource.payload, revision), raw: { payload, revision } };
  }

  async list(fits: (key: string) => boolean, signal: AbortSignal): Promise<readonly FliptFlag[]> {
    const url = this.#namespace('resources', typeUrl);
    const found = await this.#client.get(resourcesForm, url, signal);
    if (!found) {
      const { environment, config } = this.#client;
      const message = `${config.url} knows no namespace ${config.namespace} in the environment ${environment} (404)`;
      throw new NotMeasured('not-found', message, { permanent: true });
    }
    const { resources, revision } = found.answer;
    const matching = resources.filter(({ payload }) => fits(payload.key));
    if (matching.length > mostStates) throw tooMany(matching.length, mostStates);
    return matching.map(({ payload }) => flagOf(payload, revision ?? null));
  }

  undo({ flag, raw }: Found<Raw>): unknown {
    return { api: 'v2', enabled: flag.enabled, rollouts: rawAt(raw.payload, ['rollouts']) ?? null };
  }

  plan(found: Found<Raw>, wanted: Wanted): Plan | undefined {
    const { key } = found.flag;
    const { payload, revision } = found.raw;
    const changed = this.#changed(found, wanted);
    if (changed === payload) return undefined;
    const url = this.#namespace('resources');
    const body = `{"key":${JSON.stringify(key)},"payload":${changed},"revision":${JSON.stringify(revision)}}`;
    return {
      words: `PUT ${new URL(url).pathname} (${key})`,
      send: async (signal) => this.#client.write({ method: 'PUT', url, body }, signal),
    };
  }

  #changed({ flag, raw }: Found<Raw>, wanted: Wanted): string {
    const { payload } = raw;
    switch (wanted.to) {
      case 'off': {
        let text = withEnabled(payload, flag, false);
        if (flag.type !== 'BOOLEAN_FLAG_TYPE') return text;
        // They are asked before `enabled` is.
        flag.rollouts.forEach(({ threshold, segment }, i) => {
          if (threshold?.value) text = rawWith(text, ['rollouts', i, 'threshold', 'value'], 'false');
          if (segment?.value) text = rawWith(text, ['rollouts', i, 'segment', 'value'], 'false');
        });
        return text;
      }
      case 'rollout': {
        const there = plainThreshold(flag, wanted.percent);
        const text = withEnabled(payload, flag, false);
        if (there === 0) {
          const threshold = { type: 'THRESHOLD_ROLLOUT_TYPE', threshold: { percentage: wanted.percent, value: true } };
          return rawWith(text, ['rollouts'], JSON.stringify([threshold]));
        }
        const { percentage, value } = flag.rollouts[0]?.threshold ?? {};
        const at = ['rollouts', 0, 'threshold'] as const;
        const on = value === true ? text : rawWith(text, [...at, 'value'], 'true');
        return percentage === wanted.percent ? on : rawWith(on, [...at, 'percentage'], String(wanted.percent));
      }
      case 'restore': {
        const undo = v.safeParse(undoForm, wanted.undo);
        if (!undo.success) throw notOurs(flag.key);
        const { enabled, rollouts } = undo.output;
        const text = withEnabled(payload, flag, enabled);
        const now = rawAt(payload, ['rollouts']) ?? null;
        if (flag.type !== 'BOOLEAN_FLAG_TYPE' || rollouts === now) return text;
        if (!fitTogether(now, rollouts)) {
          throw new Refused(
            'too-complex',
            `${flag.key} cannot be put back as it was: its rollouts are others now`,
            'set it by hand; the record has its state',
          );
        }
        return rawWith(text, ['rollouts'], rollouts ?? '[]');
      }
    }
  }
}

const withEnabled = (payload: string, { enabled }: FliptFlag, wanted: boolean): string =>
  enabled === wanted ? payload : rawWith(payload, ['enabled'], String(wanted));

/** Whether one came from the other by a kill or a rollout: the same but for values and percentages, or one plain threshold beside none. */
function fitTogether(a: string | null, b: string | null): boolean {
  const [left, right] = [a, b].map((text) => JSON.parse(text ?? '[]') as readonly Readonly<Record<string, unknown>>[]);
  if (!left || !right) return false;
  const isNone = (x: typeof left): boolean => x.length === 0;
  const isPlain = (x: typeof left): boolean => x.length === 1 && !!x[0]?.threshold;
  if ((isNone(left) && isPlain(right)) || (isPlain(left) && isNone(right))) return true;
  const essence = (x: typeof left): string =>
    JSON.stringify(x, (name, value: unknown) => (name === 'value' || name === 'percentage' ? undefined : value));
  return essence(left) === essence(right);
}

function flagOf(payload: v.InferOutput<typeof payloadForm>, version: string | null): FliptFlag {
  const { key, type, enabled, variants, rules, rollouts, defaultVariant } = payload;
  return {
    key,
    type,
    enabled,
    variants: (variants ?? []).map((variant) => variant.key),
    defaultVariant: defaultVariant ? defaultVariant : null,
    rollouts: rollouts ?? [],
    rules: rules ?? [],
    version: version === '' ? null : version,
  };
}
