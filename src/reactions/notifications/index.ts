/** Every kind of notification, by its `type` in the policy. */
import { githubCommitStatusNotification } from './github-commit-status.js';
import { githubDispatchNotification } from './github-dispatch.js';
import { githubIssueNotification } from './github-issue.js';
import type { NotificationType } from './notification.js';
import { slackNotification } from './slack.js';
import { teamsNotification } from './teams.js';
import { webhookNotification } from './webhook.js';

export const notificationTypes: readonly NotificationType[] = [
  githubCommitStatusNotification,
  githubDispatchNotification,
  githubIssueNotification,
  slackNotification,
  teamsNotification,
  webhookNotification,
];

export const notificationTypeOf = (type: string | undefined): NotificationType | undefined =>
  notificationTypes.find((t) => t.type === type);
