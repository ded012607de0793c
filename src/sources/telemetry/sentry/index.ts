/** Source `sentry`: release health, and new issues of a release. */
import * as v from 'valibot';
import { described, filled, httpUrl, secret, whole } from '../../../policy/fields.js';
import { adviceOn, defineSource } from '../../source.js';
import { settleField } from '../fields.js';
import { Client } from './client.js';
import { askIssues, releaseOf } from './issues.js';
import { askSessions, sessionSignals } from './sessions.js';

const schema = v.strictObject({
  url: described(v.optional(httpUrl, 'https://sentry.io'), 'Base URL of Sentry.'),
  organization: described(filled, 'Slug of the organization.'),
  project: described(filled, 'Slug of the project.'),
  'project-id': described(v.optional(whole(1)), 'Id of the project, a number: sessions are counted by it.'),
  environment: described(v.optional(filled), 'Only what comes from this environment.'),
  token: described(secret, 'Auth token with the scopes org:read, project:releases and event:read.'),
  settle: settleField('sessions', '1m'),
});

export const sentrySource = defineSource({
  type: 'sentry',
  families: ['telemetry', 'alerts'],
  schema,
  signals: sessionSignals,
  settleMs: (config) => config.settle,
  open(config, context) {
    const client = new Client(config, context);
    return {
      telemetry: (question, signal) => askSessions(client, question, signal),
      alerts: (question, signal) => askIssues(client, question, signal),
    };
  },
  lint(question) {
    if (question.family !== 'alerts') return [];
    return adviceOn(() => releaseOf(question.match));
  },
});
