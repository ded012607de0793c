import { createHttp } from '../../src/net/http.js';
import type { SourceContext } from '../../src/sources/source.js';
import { systemClock } from '../../src/train/clock.js';

/** What a source may use, with quick retries and a platform that vouches with nothing. */
export function sourceContext(change: Partial<SourceContext> = {}): SourceContext {
  const clock = change.clock ?? systemClock;
  return {
    clock,
    http: createHttp({ clock, env: {}, firstRetryMs: 1 }),
    workspace: '.',
    identity: { env: {}, secret: () => {} },
    ...change,
  };
}
