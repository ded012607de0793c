/** Notification `slack`: a message by an incoming webhook. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
import * as v from 'valibot';
import { described, secret } from '../../policy/fields.js';
import { safeLink } from '../../report/plain.js';
import { oneLine } from '../../sources/text.js';
import { defineAnnotation, outcomeOf, type ReleaseEvent } from '../reaction.js';
import { deliver } from './deliver.js';
import { whenField } from './notification.js';
import { webhookAddress } from './people.js';

const schema = v.strictObject({
  webhook: described(v.pipe(secret, webhookAddress), 'Address of the incoming webhook, from the environment.'),
  when: whenField(['stop', 'observed']),
});

/** Reasons that are shown; of more it is said how many. A message has 50 blocks at most. */
const mostReasons = 10;

const marks = { continued: '✅', observed: '👀', faulty: '🛑', undecided: '❔' } as const;

/** Slack makes nothing of it: no link, no mention, no emphasis. */
const words = (text: string, most: number) => ({ type: 'plain_text', text: oneLine(text, most) || '–', emoji: true });

/** The three characters that are markup in the text that screen readers and notifications show. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function blocksOf({ notice, subject, run }: ReleaseEvent, mark: string, headline: string): object[] {
  const section = (text: string) => ({ type: 'section', text: words(text, 2900) });
  const reasons = (notice?.gates ?? []).filter(({ reason }) => reason);
  const more = reasons.length - mostReasons;
  const address = safeLink(run);
  return [
    { type: 'header', text: words(`${mark} ${headline}`, 150) },
    section(subject),
    ...reasons.slice(0, mostReasons).map(({ name, text }) => section(`• ${name}: ${text}`)),
    ...(more > 0
      ? [
          section(
            `• and ${more} more: ${reasons
              .slice(mostReasons)
              .map(({ name }) => name)
              .join(', ')}`,
          ),
        ]
      : []),
    ...(notice?.next.slice(0, 3) ?? []).map((step) => section(`→ ${step}`)),
    ...(address === undefined
      ? []
      : [
          {
            type: 'context',
            elements: [{ type: 'mrkdwn', text: `<${encodeURI(decodeURI(address)).replaceAll('|', '%7C')}|the run>` }],
          },
        ]),
  ];
}

export const slackNotification = defineAnnotation<typeof schema, undefined>({
  type: 'slack',
  schema,
  open(config, _connection, context) {
    return {
      target: new URL(config.webhook).host,
      async end(event, decision, signal) {
        const headline = event.notice?.headline ?? event.words;
        const mark = marks[outcomeOf(decision)];
        const message = {
          text: escaped(oneLine(`${event.subject}: ${headline}`, 400)),
          blocks: blocksOf(event, mark, headline),
        };
        await deliver(context, { url: config.webhook, body: JSON.stringify(message) }, signal);
        return `${decision.decision} posted`;
      },
    };
  },
});
