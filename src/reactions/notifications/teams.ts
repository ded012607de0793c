/**
 * Notification `teams`: an Adaptive Card by a webhook of Workflows (the connectors of Office are retired).
 * https://learn.microsoft.com/power-automate/teams/send-a-message-in-teams
 */
import * as v from 'valibot';
import { described, secret } from '../../policy/fields.js';
import { safeLink } from '../../report/plain.js';
import { oneLine } from '../../sources/text.js';
import { defineAnnotation, outcomeOf, type ReleaseEvent } from '../reaction.js';
import { deliver } from './deliver.js';
import { whenField } from './notification.js';
import { webhookAddress } from './people.js';

const schema = v.strictObject({
  webhook: described(
    v.pipe(secret, webhookAddress),
    'Address of the workflow "Post to a channel when a webhook request is received", from the environment.',
  ),
  when: whenField(['stop', 'observed']),
});

const mostReasons = 10;
const colours = { continued: 'Good', observed: 'Warning', faulty: 'Attention', undecided: 'Warning' } as const;

/** Runs of text are shown as they are; in a TextBlock they would be Markdown. */
const line = (inlines: readonly object[]) => ({ type: 'RichTextBlock', inlines });
const run = (text: string, most: number, look: object = {}) => ({
  type: 'TextRun',
  text: oneLine(text, most) || '–',
  ...look,
});

function cardOf({ notice, subject, run: address }: ReleaseEvent, colour: string, headline: string): object {
  const reasons = (notice?.gates ?? []).filter(({ reason }) => reason);
  const left = reasons.slice(mostReasons).map(({ name }) => name);
  const url = safeLink(address);
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    msteams: { width: 'Full' },
    body: [
      line([run(headline, 400, { weight: 'Bolder', size: 'Large', color: colour })]),
      line([run(subject, 300, { isSubtle: true })]),
      ...reasons
        .slice(0, mostReasons)
        .map(({ name, text }) => line([run(name, 120, { weight: 'Bolder' }), run(`: ${text}`, 600)])),
      ...(left.length > 0 ? [line([run(`and ${left.length} more: ${left.join(', ')}`, 1000)])] : []),
      ...(notice?.next.slice(0, 3) ?? []).map((step) => line([run(`→ ${step}`, 400)])),
    ],
    ...(url === undefined ? {} : { actions: [{ type: 'Action.OpenUrl', title: 'Open the run', url }] }),
  };
}

export const teamsNotification = defineAnnotation<typeof schema, undefined>({
  type: 'teams',
  schema,
  open(config, _connection, context) {
    return {
      target: new URL(config.webhook).host,
      async end(event, decision, signal) {
        const headline = event.notice?.headline ?? event.words;
        const content = cardOf(event, colours[outcomeOf(decision)], headline);
        const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content };
        const body = JSON.stringify({ type: 'message', attachments: [attachment] });
        await deliver(context, { url: config.webhook, body }, signal);
        return `${decision.decision} posted`;
      },
    };
  },
});
