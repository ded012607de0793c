/** What is asked of a Flipt server in both of its APIs. */
import * as v from 'valibot';
import { authFields, authorization } from '../../../net/auth/basic.js';
import { described, filled, httpUrl } from '../../../policy/fields.js';
import { NotMeasured, type SourceContext } from '../../source.js';
import { type Change, change, read, shaped } from '../api.js';
import { Refused } from '../control.js';
import type { FliptFlag } from './shapes.js';

const fields = v.strictObject({
  url: described(httpUrl, 'Address of the server; `/api/…` is added to it.'),
  api: described(v.optional(v.picklist(['v2', 'v1']), 'v2'), 'Version of its management API. Default: `v2`.'),
  environment: described(v.optional(filled), 'Key of the environment, with `api: v2` only. Default: `default`.'),
  namespace: described(v.optional(filled, 'default'), 'Key of the namespace.'),
  token: authFields.token,
});
export const schema = v.pipe(
  fields,
  v.check((c) => c.api === 'v2' || c.environment === undefined, 'no `environment` with `api: v1`, which has none'),
);
export type Config = v.InferOutput<typeof fields>;

const needs = 'the permission to read flags';
const writes = 'the permission to change flags';

/** A flag, and what is needed to change it. */
export interface Found<Raw> {
  readonly flag: FliptFlag;
  readonly raw: Raw;
}

/** One of the two APIs. */
export interface Api<Raw> {
  /** @returns undefined where the namespace is there, and has no such flag */
  read(key: string, signal: AbortSignal): Promise<Found<Raw> | undefined>;
  /** All flags of the namespace for whose names `fits` holds. @throws {NotMeasured} `too-large` */
  list(fits: (key: string) => boolean, signal: AbortSignal): Promise<readonly FliptFlag[]>;
  urlOf(key: string): string;
  /** What a flag is to become; undefined: it is so already. */
  plan(found: Found<Raw>, wanted: Wanted): Plan | undefined;
  /** Plain JSON for the record, from which `plan` restores. */
  undo(found: Found<Raw>): unknown;
}

export type Wanted =
  | { readonly to: 'off' }
  | { readonly to: 'rollout'; readonly percent: number }
  | { readonly to: 'restore'; readonly undo: unknown };

export interface Plan {
  readonly words: string;
  /** Refuses where somebody changed the flag since it was read. */
  send(signal: AbortSignal): Promise<void>;
}

export class Client {
  readonly config: Config;
  readonly context: SourceContext;

  constructor(config: Config, context: SourceContext) {
    this.config = config;
    this.context = context;
  }

  get environment(): string {
    return this.config.environment ?? 'default';
  }

  get #headers(): Readonly<Record<string, string>> {
    return authorization({ token: this.config.token });
  }

  url(parts: readonly string[], query: Readonly<Record<string, string>> = {}): string {
    const search = new URLSearchParams(query).toString();
    return `${this.config.url}/api/${parts.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
  }

  /** The answer and its text; undefined on 404. */
  async get<S extends v.GenericSchema>(
    form: S,
    url: string,
    signal: AbortSignal,
  ): Promise<{ answer: v.InferOutput<S>; text: string } | undefined> {
    const response = await read(this.context, { url, headers: this.#headers, needs }, signal);
    return response && { answer: shaped(form, response, url), text: response.text };
  }

  /** After a 404 for a flag: it is the flag only where its namespace is there. */
  async mustHave(url: string, what: string, signal: AbortSignal): Promise<void> {
    const found = await this.get(v.looseObject({}), url, signal);
    if (found) return;
    throw new NotMeasured('not-found', `${this.config.url} knows no ${what} (404)`, { permanent: true });
  }

  async write(request: Pick<Change, 'url' | 'method' | 'body'>, signal: AbortSignal): Promise<void> {
    const refusal = ({ status }: { readonly status: number }): Refused | undefined =>
      status === 405
        ? new Refused(
            'read-only',
            'this Flipt takes no changes (405)',
            'change the flag in the repository it is read from',
          )
        : undefined;
    await change(this.context, { ...request, headers: this.#headers, needs: writes, refusal }, signal);
  }
}

export const tooMany = (found: number, most: number): NotMeasured =>
  new NotMeasured('too-large', `${found} flags match: ask for at most ${most}`, { permanent: true });

export const notOurs = (key: string): Refused =>
  new Refused('refused', `what the record keeps of ${key} is not from this API of Flipt`, 'set it by hand');

/** What a rollout in percent can be made on: the flag's rollouts are one threshold that serves true, or none. */
export function plainThreshold({ key, type, rollouts }: FliptFlag, percent: number): number {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
    throw new Refused('too-complex', `Flipt takes whole percents, not ${percent} %`, 'use whole percents in `steps`');
  }
  const [only, ...more] = rollouts;
  const plain = more.length === 0 && (only === undefined || only.threshold?.value === true || isZero(only.threshold));
  if (type === 'BOOLEAN_FLAG_TYPE' && plain) return rollouts.length;
  throw new Refused(
    'too-complex',
    type === 'BOOLEAN_FLAG_TYPE'
      ? `${key} has more than one plain threshold, so no percentage says who gets it`
      : `${key} serves variants, so no percentage says who gets it`,
    'leave it a boolean flag with no rollout, or with one threshold that serves true',
  );
}

/** As a kill leaves it. */
const isZero = (threshold: { readonly value: boolean } | null | undefined): boolean => threshold?.value === false;
