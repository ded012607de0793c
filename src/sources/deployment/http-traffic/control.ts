/** Moves traffic by one signed request. */

import { webhookHeaders } from '../../../net/auth/webhook-signature.js';
import { serverWords } from '../../../net/errors.js';
import type { HttpResponse } from '../../../net/http.js';
import { change } from '../../flags/api.js';
import { changedMeanwhile, Refused } from '../../flags/control.js';
import { credentialHeaders, credentialOf, inHeader, inJson, lowerCase } from '../../request.js';
import type { TrafficControl } from '../control.js';
import { type Config, macro, type WriteConfig } from './config.js';
import type { Client, Lock } from './read.js';

type Weights = Readonly<Record<string, number>>;

interface Values {
  /** Percent by target, of all of them. */
  readonly weights: Weights;
  readonly note: string;
  readonly lock: string | number | undefined;
}

export function controlOf(client: Client, written: WriteConfig): TrafficControl {
  const { config, subject } = client;
  return {
    subject,
    ...(config.rest === undefined ? {} : { rest: config.rest }),
    async read(signal) {
      const { weights, busy, lock } = await client.read(signal);
      return { weights: Object.fromEntries(weights), lock, ...(busy === undefined ? {} : { busy }) };
    },
    async write(weights, before, note, signal) {
      const all = allOf(weights, before.weights, subject);
      // As `read` gave it.
      const { etag, lock } = (before.lock ?? {}) as Lock;
      await send(client, written, { weights: all, note, lock }, etag, signal);
    },
  };
}

/** Who is not named gets 0, said in so many words. @throws {Refused} for a target that is not there */
function allOf(weights: Weights, known: Weights, subject: string): Weights {
  const missing = Object.keys(weights).find((name) => !Object.hasOwn(known, name) && (weights[name] ?? 0) > 0);
  if (missing !== undefined) {
    const what = `${subject} has no target ${missing} (it has ${Object.keys(known).join(', ')})`;
    throw new Refused('refused', what, 'check its name, and that it is set up there');
  }
  return Object.fromEntries(
    Object.keys(known).map((name) => [name, Object.hasOwn(weights, name) ? (weights[name] ?? 0) : 0]),
  );
}

async function send(
  { config, context, subject }: Client,
  request: WriteConfig,
  values: Values,
  etag: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const url = fill(request.url ?? config.read.url, values, encodeURIComponent);
  const body = bodyOf(request, values);
  const id = process.getBuiltinModule('node:crypto').randomUUID();
  const own = Object.entries(lowerCase(request.headers)).map(([name, text]) => [name, fill(text, values, inHeader)]);
  const headers = {
    ...(etag === undefined ? {} : { 'if-match': etag }),
    ...Object.fromEntries(own),
    ...webhookHeaders(config.secret, { id, now: context.clock.now(), body }),
    ...credentialHeaders(config, url),
  };
  await change(
    context,
    {
      url,
      method: request.method,
      headers,
      body,
      needs: 'permission to move the traffic',
      // One that was lost may have been taken, and would then be refused for its lock.
      once: true,
      refusal: (response) => refusalOf(response, new URL(url).origin, subject, config),
    },
    signal,
  );
}

function bodyOf({ body }: WriteConfig, values: Values): string {
  if (body !== undefined) return fill(body, values, inJson);
  const { weights, note, lock } = values;
  return JSON.stringify({ weights, note, ...(lock === undefined ? {} : { lock }) });
}

/** @throws {Refused} where it asks for the weight of a target that is not there */
const fill = (text: string, { weights, note, lock }: Values, quote: (text: string) => string): string =>
  text.replace(macro, (_, target: string | undefined, name: string | undefined) => {
    if (target === undefined) {
      if (name !== 'weights') return quote(name === 'note' ? note : String(lock ?? ''));
      const json = JSON.stringify(weights);
      return quote === inJson ? json : quote(json);
    }
    if (Object.hasOwn(weights, target)) return String(weights[target]);
    throw new Refused('refused', `there is no target ${target}, as \`$__weight{${target}}\` says`, 'check its name');
  });

function refusalOf(response: HttpResponse, origin: string, subject: string, config: Config): Refused {
  const { status } = response;
  if (status === 409 || status === 412) return changedMeanwhile(`the traffic of ${subject}`, origin);
  const said = `(${status})${serverWords(response.text, credentialOf(config))}`;
  switch (status) {
    case 401:
      return new Refused(
        'permission',
        `${origin} does not accept the credential or the signature ${said}`,
        'give this source a token and a secret that are valid',
      );
    case 403:
      return new Refused(
        'permission',
        `${origin} does not allow traffic to be moved ${said}`,
        'give its credential permission to move the traffic',
      );
    case 423:
      return new Refused('locked', `${origin} has locked the traffic ${said}`, 'unlock it');
    default:
      return new Refused(
        'refused',
        `${origin} does not take the weights ${said}`,
        'see its words, and what it expects to be sent',
      );
  }
}
