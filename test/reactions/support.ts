import * as v from 'valibot';
import { annotationTypeOf } from '../../src/reactions/index.js';
import type { Annotation, ReleaseEvent } from '../../src/reactions/reaction.js';
import type { Decision } from '../../src/record/record.js';
import type { SourceContext } from '../../src/sources/source.js';
import { sourceContext } from '../support/context.js';

export const event = (said: string, change: Partial<ReleaseEvent> = {}): ReleaseEvent => ({
  service: 'checkout',
  version: '1.2.3',
  sha: '5f2c1e0d9b8a7f6e5d4c3b2a1908f7e6d5c4b3a2',
  environment: 'production',
  repository: 'octocat/shop',
  ref: 'refs/heads/main',
  run: 'https://github.com/octocat/shop/actions/runs/7/attempts/1',
  actor: 'octocat',
  deployedAt: '2026-11-23T09:50:00.000Z',
  began: '2026-11-23T10:00:00.000Z',
  at: '2026-11-23T10:00:30.000Z',
  observe: false,
  subject: 'checkout 1.2.3 to production',
  words: `checkout 1.2.3 to production: ${said}`,
  ...change,
});

/** When the decision came. */
export const later = '2026-11-23T10:15:00.000Z';

export const begun = event('watching');

export const ends = {
  continue: event('continue: 2 gates healthy', { at: later }),
  stop: event('stop: error rate is 4.1 %, over the limit of 1 %', { at: later }),
  observed: event('observed only: would have stopped (error rate is 4.1 %)', { at: later, observe: true }),
};

const decide = (decision: Decision['decision'], reason: Decision['reason']): Decision => ({
  decision,
  reason,
  gates: [],
  sentence: 'a sentence',
});

export const decisions = {
  continue: decide('continue', 'healthy'),
  stop: decide('stop', 'unhealthy'),
  unmeasured: decide('stop', 'not-measured'),
  observed: decide('continue', 'observed'),
};

/** Opens an annotation as the policy's schema gives its config. */
export function open(
  type: string,
  config: Readonly<Record<string, unknown>>,
  connection?: Readonly<Record<string, unknown>>,
  context: SourceContext = sourceContext(),
): Annotation {
  const kind = annotationTypeOf(type);
  if (!kind) throw new Error(`no annotation ${type}`);
  return kind.open(v.parse(kind.schema, config), connection, context);
}

export const signal = (): AbortSignal => AbortSignal.timeout(5000);
