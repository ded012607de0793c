/** Notification `webhook`: a CloudEvent, signed as Standard Webhooks, for whatever heals or tells others. */
import * as v from 'valibot';
import { described, httpUrl, secret } from '../../policy/fields.js';
import { defineAnnotation } from '../reaction.js';
import { deliver } from './deliver.js';
import { messageOf, within } from './message.js';
import { whenField } from './notification.js';

/** What Azure's event handlers take. */
const mostBytes = 256 * 1024;

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

const schema = v.strictObject({
  url: described(
    v.pipe(
      httpUrl,
      v.check((url) => {
        const { protocol, hostname } = new URL(url);
        return protocol === 'https:' || loopback.test(hostname);
      }, 'an https URL'),
    ),
    'Where the event is posted to. Put it into the environment where it holds a key.',
  ),
  secret: described(
    v.optional(v.pipe(secret, v.regex(/^whsec_[A-Za-z0-9+/=]{16,}$/, '`whsec_` and the key in base64'))),
    'Signs the event: the headers `webhook-id`, `webhook-timestamp`, `webhook-signature` of Standard Webhooks.',
  ),
  when: whenField(['stop', 'continue', 'observed', 'cancelled']),
});

/** `v1,` and the HMAC-SHA256 in base64. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export function signature(key: string, id: string, timestamp: string, body: string): string {
  const bytes = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
  const { createHmac } = process.getBuiltinModule('node:crypto');
  return `v1,${createHmac('sha256', bytes).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

export const webhookNotification = defineAnnotation<typeof schema, undefined>({
  type: 'webhook',
  schema,
  open(config, _connection, context) {
    return {
      target: new URL(config.url).host,
      async end(event, decision, signal) {
        const id = process.getBuiltinModule('node:crypto').randomUUID();
        // CloudEvents 1.0, structured mode: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
        const body = JSON.stringify({
          specversion: '1.0',
          id,
          source: event.run ?? '/signalbox',
          type: 'signalbox.decision.v1',
          subject: event.subject,
          time: event.at,
          datacontenttype: 'application/json',
          data: within(messageOf(event, decision), mostBytes),
        });
        const timestamp = String(Math.floor(context.clock.now() / 1000));
        const signed =
          config.secret === undefined ? {} : { 'webhook-signature': signature(config.secret, id, timestamp, body) };
        const headers = {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          ...signed,
        };
        await deliver(context, { url: config.url, headers, body, repeatable: true }, signal);
        return `${decision.decision} posted as event ${id}`;
      },
    };
  },
});
