/** Notification `webhook`: a CloudEvent, signed as Standard Webhooks, for whatever heals or tells others. */
import * as v from 'valibot';
import { webhookHeaders, webhookSecret } from '../../net/auth/webhook-signature.js';
import { described, httpUrl } from '../../policy/fields.js';
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
    v.optional(webhookSecret),
    'Signs the event: the headers `webhook-id`, `webhook-timestamp`, `webhook-signature` of Standard Webhooks.',
  ),
  when: whenField(['stop', 'continue', 'observed', 'cancelled']),
});

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
        const headers = {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          ...webhookHeaders(config.secret, { id, now: context.clock.now(), body }),
        };
        await deliver(context, { url: config.url, headers, body, repeatable: true }, signal);
        return `${decision.decision} posted as event ${id}`;
      },
    };
  },
});
