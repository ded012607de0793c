/** A service that speaks OFREP, specification 0.3.0 (https://github.com/open-feature/protocol/blob/main/service/openapi.yaml). */
import { expect } from 'vitest';
import type { Received } from '../support/server.js';
import { type Answer, type FlagProvider, type FlagServer, type Situation, theFlag } from './harness.js';

const answers: Partial<Record<Situation, Answer>> = {
  off: { body: { key: theFlag, value: false, variant: 'off', reason: 'STATIC', metadata: {} } },
  on: { body: { key: theFlag, value: true, variant: 'on', reason: 'STATIC', metadata: {} } },
  missing: { status: 404, body: { key: theFlag, errorCode: 'FLAG_NOT_FOUND', errorDetails: 'not found' } },
};

function start(situation: Situation): FlagServer {
  return {
    data: situation,
    respond({ method, path, headers, body }: Received): Answer {
      expect(method).toBe('POST');
      expect(path).toBe(`/ofrep/v1/evaluate/flags/${theFlag}`);
      expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-api-key': 'a-secret-OFREP_KEY' });
      expect(JSON.parse(body)).toEqual({ context: { targetingKey: 'signalbox' } });
      return answers[situation] ?? { status: 500 };
    },
  };
}

const evaluates = 'a service tells what it serves, not how a flag is set up';

export const providers: readonly FlagProvider[] = [
  {
    type: 'ofrep',
    source: (url) => ({ type: 'ofrep', url, 'api-key': '${env.OFREP_KEY}' }),
    start,
    isWrite: () => false,
    lacks: {
      'a-quarter': 'only estimated',
      rules: evaluates,
      'off-serves-on': evaluates,
      archived: evaluates,
      elsewhere: evaluates,
    },
  },
];
