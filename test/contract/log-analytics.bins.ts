/** The same API as for a component, see `application-insights.bins.ts`. */
import { ownRows } from './application-insights.bins.js';
import { arms, type BinsContract, onPage } from './bins.js';

export const bins: readonly BinsContract[] = [
  {
    ...onPage('log-analytics', 'errors in the log, canary against stable', 'endpoint'),
    answer: ownRows('track', 'TimeGenerated', { staging: 'canary', production: 'stable' }, (query) =>
      query.includes('countif('),
    ),
    expected: arms({ track: 'canary' }, { track: 'stable' }),
  },
];
