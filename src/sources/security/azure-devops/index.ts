/** Source `azure-devops-security`: the alerts of GitHub Advanced Security for Azure DevOps. */
import * as v from 'valibot';
import { azureFields } from '../../../net/auth/azure.js';
import { described, filled, httpUrl, oneOrMore, secret } from '../../../policy/fields.js';
import { defineSource } from '../../source.js';
import { type About, gather } from '../scans.js';
import { Client } from './client.js';
import { onBranch } from './list.js';
import { alertTypes, type Reading, readAlerts } from './read.js';
import { organizationOf, pageOf, refOf, targetOf } from './target.js';

const types = oneOrMore(v.picklist(alertTypes));

const schema = v.strictObject({
  organization: described(
    v.optional(
      v.pipe(
        filled,
        v.check(
          (text) => organizationOf(text) !== undefined,
          'the name of an organization of Azure DevOps Services, or its URL such as https://dev.azure.com/acme',
        ),
        v.transform((text) => organizationOf(text) ?? text),
      ),
    ),
    'Name or URL of the organization. Default: that of the pipeline.',
  ),
  project: described(v.optional(filled), 'Name or id of the project. Default: that of the pipeline.'),
  repository: described(v.optional(filled), 'Name or id of the repository. Default: that of the pipeline.'),
  ref: described(
    v.optional(filled),
    'The branch that was released: `main` or `refs/heads/main`. Default: that of the pipeline.',
  ),
  alerts: described(
    v.optional(types, [...alertTypes]),
    'Which alerts are read. Each type must have been scanned for. Default: `code`, `dependency` and `secret`.',
  ),
  unbound: described(
    v.optional(v.union([v.boolean(), types]), false),
    'Types of alerts (`true`: all) that are evidence also where Advanced Security cannot say which commit was scanned. Without it they are none.',
  ),
  pipelines: described(
    v.optional(oneOrMore(filled)),
    'Names or ids of the pipelines whose scans must be of the released commit. Default: all that have found something on the branch.',
  ),
  'sign-in': azureFields['sign-in'],
  tenant: azureFields.tenant,
  client: azureFields.client,
  'client-secret': azureFields['client-secret'],
  token: described(
    v.optional(secret),
    'A personal access token with the scope Advanced Security (read), or an access token of Microsoft Entra for Azure DevOps.',
  ),
  authority: azureFields.authority,
  url: described(v.optional(httpUrl, 'https://advsec.dev.azure.com'), 'Base URL of the API.'),
});

export const azureDevopsSecuritySource = defineSource({
  type: 'azure-devops-security',
  families: ['security'],
  schema,
  open(config, context) {
    const { alerts, unbound, pipelines } = config;
    const reading: Reading = {
      types: [...new Set(alerts)],
      unbound: unbound === true ? alertTypes : unbound === false ? [] : unbound,
      pipelines,
    };
    return {
      security(question, signal) {
        const target = targetOf(config, context.identity.env);
        const client = new Client({ ...config, cloud: 'public' }, target, context);
        const about: About = {
          subject: `Advanced Security alerts (${reading.types.join(', ')}) of ${target.name}`,
          query: target.name,
          link: pageOf(target),
          settled: false,
          async baseline({ ref }, sink) {
            if (ref === undefined) throw new Error('`baseline` of this source is a branch: `{ ref: main }`');
            const base = refOf(ref);
            if (base === target.ref) throw new Error(`\`baseline.ref\` is ${base}, the branch that was released`);
            const { alerts: known, refused } = await onBranch(client, base, signal);
            if (refused) throw new Error(refused.message);
            const run = sink.begin({
              ...empty,
              file: `${target.organization}/${target.project}/${target.repository} ${base}`,
            });
            // Secrets are of no branch, so none of them can be older than another.
            for (const { type, active, result } of known) if (active && type !== 'secret') run.add(result);
          },
        };
        return gather(question, context, signal, about, (sink) =>
          readAlerts(client, reading, question.commit, sink, signal),
        );
      },
    };
  },
});

const empty = {
  tool: 'Advanced Security',
  categories: [],
  sha256: null,
  revision: null,
  ended: null,
  execution: 'unknown',
  rules: null,
} as const;
