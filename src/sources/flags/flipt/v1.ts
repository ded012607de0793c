/**
 * Version 1 of Flipt's API: a flag, its rules and its rollouts are read and written one by one, and there is no lock, so that all is read
 * once more right before it is written.
 */
import pLimit from 'p-limit';
import * as v from 'valibot';
import { NotMeasured } from '../../source.js';
import type { Change } from '../api.js';
import { changedMeanwhile, Refused } from '../control.js';
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
import { type FlagV1, type FliptFlag, flagForm, flagsForm, type Rollout, rolloutsForm, rulesForm } from './shapes.js';

const undoForm = v.strictObject({
  api: v.literal('v1'),
  enabled: v.boolean(),
  rollouts: v.array(v.strictObject({ id: v.string(), value: v.boolean(), percentage: v.nullable(v.number()) })),
});

interface Step {
  readonly method: Change['method'];
  readonly url: string;
  readonly body?: unknown;
  /** Nobody more gets the flag by it. */
  readonly narrows: boolean;
}

const pageSize = 100;
const atOnce = 8;

export class V1 implements Api<FlagV1> {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  #url(...more: string[]): string {
    return this.#client.url(['v1', 'namespaces', this.#client.config.namespace, ...more]);
  }

  urlOf(key: string): string {
    return this.#url('flags', key);
  }

  #missing(): NotMeasured {
    const { url, namespace } = this.#client.config;
    return new NotMeasured('not-found', `${url} knows no namespace ${namespace} (404)`, { permanent: true });
  }

  async read(key: string, signal: AbortSignal): Promise<Found<FlagV1> | undefined> {
    const found = await this.#client.get(flagForm, this.urlOf(key), signal);
    if (!found) {
      await this.#client.mustHave(this.#url(), `namespace ${this.#client.config.namespace}`, signal);
      return undefined;
    }
    const raw = found.answer;
    if (raw.key !== key) throw new NotMeasured('bad-answer', `${this.#client.config.url} answered for another flag`);
    const isBoolean = raw.type === 'BOOLEAN_FLAG_TYPE';
    const rollouts = isBoolean ? await this.#pages(rolloutsForm, signal, 'flags', key, 'rollouts') : [];
    const rules = isBoolean ? [] : await this.#pages(rulesForm, signal, 'flags', key, 'rules');
    const byId = new Map((raw.variants ?? []).map((variant) => [variant.id, variant.key]));
    const flag: FliptFlag = {
      key,
      type: raw.type,
      enabled: raw.enabled,
      variants: [...byId.values()],
      defaultVariant: raw.defaultVariant?.key ?? null,
      rollouts,
      rules: rules.map((rule) => ({
        ...rule,
        distributions: (rule.distributions ?? []).map((one) => ({
          ...one,
          variant: byId.get(one.variantId ?? '') ?? '',
        })),
      })),
      // Nothing says that a rollout was changed.
      version: null,
    };
    return { flag, raw };
  }

  async #pages<T>(
    form: v.GenericSchema<unknown, { readonly rules: T[]; readonly nextPageToken: string }>,
    signal: AbortSignal,
    ...parts: string[]
  ): Promise<T[]> {
    const all: T[] = [];
    for await (const { rules } of this.#walk(form, parts, signal)) all.push(...rules);
    return all;
  }

  async *#walk<T extends { readonly nextPageToken: string }>(
    form: v.GenericSchema<unknown, T>,
    parts: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<T> {
    const seen = new Set<string>();
    for (let token = ''; ; ) {
      const query = { limit: String(pageSize), ...(token === '' ? {} : { pageToken: token }) };
      const url = `${this.#url(...parts)}?${new URLSearchParams(query).toString()}`;
      const page = await this.#client.get(form, url, signal);
      if (!page) throw this.#missing();
      yield page.answer;
      seen.add(token);
      token = page.answer.nextPageToken;
      if (token === '') return;
      if (seen.has(token)) throw new NotMeasured('bad-answer', `${this.#client.config.url} never ends its list`);
    }
  }

  async list(fits: (key: string) => boolean, signal: AbortSignal): Promise<readonly FliptFlag[]> {
    const keys: string[] = [];
    for await (const { flags } of this.#walk(flagsForm, ['flags'], signal)) {
      keys.push(...flags.map(({ key }) => key).filter(fits));
    }
    if (keys.length > mostStates) throw tooMany(keys.length, mostStates);
    const limit = pLimit(atOnce);
    const found = await Promise.all(keys.map((key) => limit(() => this.read(key, signal))));
    return found.flatMap((one) => (one ? [one.flag] : []));
  }

  undo({ flag }: Found<FlagV1>): unknown {
    const { enabled, rollouts } = flag;
    return { api: 'v1', enabled, rollouts: rollouts.map((one) => ({ id: one.id ?? '', ...settings(one) })) };
  }

  plan(found: Found<FlagV1>, wanted: Wanted): Plan | undefined {
    const { key } = found.flag;
    const steps = this.#steps(found, wanted).sort((a, b) => Number(b.narrows) - Number(a.narrows));
    if (steps.length === 0) return undefined;
    return {
      words: steps.map(({ method, url }) => `${method} ${new URL(url).pathname}`).join(', '),
      send: async (signal) => {
        const now = await this.read(key, signal);
        if (!now || JSON.stringify(now) !== JSON.stringify(found)) throw changedMeanwhile(key, 'Flipt');
        for (const { method, url, body } of steps) await this.#client.write({ method, url, body }, signal);
      },
    };
  }

  #steps({ flag, raw }: Found<FlagV1>, wanted: Wanted): Step[] {
    const { key, rollouts, type } = flag;
    switch (wanted.to) {
      case 'off':
        return [
          ...this.#toggle(flag, raw, false),
          ...(type === 'BOOLEAN_FLAG_TYPE' ? rollouts.flatMap((one) => this.#set(key, one, { value: false })) : []),
        ];
      case 'rollout': {
        plainThreshold(flag, wanted.percent);
        const off = this.#toggle(flag, raw, false);
        const threshold = { percentage: wanted.percent, value: true };
        const [only] = rollouts;
        if (only) return [...off, ...this.#set(key, only, threshold)];
        const url = this.#url('flags', key, 'rollouts');
        return [...off, { method: 'POST', url, body: { rank: 1, threshold }, narrows: false }];
      }
      case 'restore': {
        const undo = v.safeParse(undoForm, wanted.undo);
        if (!undo.success) throw notOurs(key);
        const were = new Map(undo.output.rollouts.map((one) => [one.id, one]));
        const gone = undo.output.rollouts.some(({ id }) => !rollouts.some((one) => one.id === id));
        const added = rollouts.filter(({ id }) => !were.has(id ?? ''));
        // One that is taken away may have kept others from the flag.
        if (gone || added.some(({ threshold }) => !threshold) || added.length > 1) {
          throw new Refused(
            'too-complex',
            `${key} cannot be put back as it was: its rollouts are others now`,
            'set it by hand; the record has its state',
          );
        }
        const back = rollouts.flatMap((one) => {
          const was = were.get(one.id ?? '');
          return was ? this.#set(key, one, was) : [];
        });
        const removed = added.map(
          ({ id, threshold }): Step => ({
            method: 'DELETE',
            url: this.#url('flags', key, 'rollouts', id ?? ''),
            narrows: threshold?.value === true,
          }),
        );
        return [...removed, ...back, ...this.#toggle(flag, raw, undo.output.enabled)];
      }
    }
  }

  /** All fields are written: one that is left out is emptied. */
  #toggle(
    { key, enabled }: FliptFlag,
    { name, description, defaultVariant, metadata }: FlagV1,
    wanted: boolean,
  ): Step[] {
    if (enabled === wanted) return [];
    const body = {
      key,
      name,
      description,
      enabled: wanted,
      ...(defaultVariant ? { defaultVariantId: defaultVariant.id } : {}),
      ...(metadata === undefined || metadata === null ? {} : { metadata }),
    };
    return [{ method: 'PUT', url: this.urlOf(key), body, narrows: !wanted }];
  }

  #set(key: string, rollout: Rollout, wanted: { value: boolean; percentage?: number | null }): Step[] {
    const now = settings(rollout);
    const percentage = wanted.percentage ?? now.percentage;
    if (now.value === wanted.value && now.percentage === percentage) return [];
    const { id = '', threshold, segment } = rollout;
    const { description } = rollout as { readonly description?: unknown };
    const part = threshold
      ? { threshold: { percentage, value: wanted.value } }
      : { segment: segmentWith(segment, wanted.value) };
    const url = this.#url('flags', key, 'rollouts', id);
    const body = { ...(typeof description === 'string' ? { description } : {}), ...part };
    const isLess = wanted.value ? now.value && (percentage ?? 0) <= (now.percentage ?? 0) : now.value;
    return [{ method: 'PUT', url, body, narrows: isLess }];
  }
}

/** Only fields that this version has. */
const segmentWith = (segment: Rollout['segment'], value: boolean) => ({
  ...(segment?.segmentKey ? { segmentKey: segment.segmentKey } : {}),
  ...((segment?.segmentKeys ?? []).length > 0 ? { segmentKeys: segment?.segmentKeys } : {}),
  segmentOperator: segment?.segmentOperator,
  value,
});

const settings = ({ threshold, segment }: Rollout) => ({
  value: (threshold ?? segment)?.value ?? false,
  percentage: threshold?.percentage ?? null,
});
