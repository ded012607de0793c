/** Annotation `sentry`: a deploy of the release, once the train continues. */
import * as v from 'valibot';
import { described, filled } from '../../policy/fields.js';
import { oneLine } from '../../sources/text.js';
import { defineAnnotation } from '../reaction.js';
import { strange, write } from '../write.js';

const schema = v.strictObject({
  release: described(
    v.optional(filled),
    'The release as Sentry knows it, such as `checkout@${release.version}`. Default: the version that is released.',
  ),
  projects: described(v.optional(v.array(filled)), 'Slugs of projects. Default: all those of the release.'),
});

interface Connection {
  readonly url: string;
  readonly organization: string;
  readonly environment?: string | undefined;
  readonly token: string;
}

/** https://docs.sentry.io/api/releases/create-a-deploy/ */
const answerShape = v.object({ id: v.union([v.string(), v.number()]) });

export const sentryAnnotation = defineAnnotation<typeof schema, Connection>({
  type: 'sentry',
  sourceType: 'sentry',
  schema,
  open(config, connection, context) {
    const { origin } = new URL(connection.url);
    return {
      target: `${origin} ${connection.organization}`,
      async end(event, { decision }, signal) {
        if (decision !== 'continue') return undefined;
        const release = config.release ?? event.version;
        if (release === undefined) throw new Error('expected the input `version`, or `release` in the annotation');
        const environment = event.environment ?? connection.environment;
        if (environment === undefined) throw new Error('expected the input `environment`: Sentry keeps deploys by it');
        const path = ['organizations', connection.organization, 'releases', release, 'deploys'].map(encodeURIComponent);
        const body = {
          environment,
          name: oneLine(event.words, 64),
          ...(event.run === undefined ? {} : { url: event.run }),
          dateStarted: event.deployedAt,
          dateFinished: event.at,
          ...(config.projects === undefined ? {} : { projects: config.projects }),
        };
        const request = {
          url: `${connection.url}/api/0/${path.join('/')}/`,
          method: 'POST',
          headers: { authorization: `Bearer ${connection.token}` },
          body,
          once: true,
          needs: 'a token with the scope org:ci or project:releases',
        } as const;
        const answer = await write(context, request, signal).catch((error: unknown) => {
          if ((error as { code?: unknown }).code !== 'not-found') throw error;
          throw new Error(`${origin} knows no release \`${release}\` of ${connection.organization}; create it before`);
        });
        const parsed = v.safeParse(answerShape, answer);
        if (!parsed.success) throw strange(origin);
        return `deploy ${parsed.output.id} of ${release}`;
      },
    };
  },
});
