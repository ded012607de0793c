/** How a service answered our own requests, as evidence: a line for each endpoint. */
import type { PhrasingContent } from 'mdast';
import { plural } from '../judge/number.js';
import type { Probes } from '../record/evidence.js';
import type { ProbedEndpoint, ProbedSide } from '../record/probes.js';
import { code, prose, text } from './markdown.js';

type Side = 'idle' | 'live';

const sumOf = ({ endpoints }: Probes, side: Side): { failed: number; sent: number } =>
  endpoints.reduce(
    (sum, { [side]: own }) => ({ failed: sum.failed + (own?.failed ?? 0), sent: sum.sent + (own?.sent ?? 0) }),
    { failed: 0, sent: 0 },
  );

/** `idle side 1 of 20 requests failed, live side 0 of 20`. */
export function probesWords(m: Probes): string {
  const [idle, live] = [sumOf(m, 'idle'), sumOf(m, 'live')];
  const compared = m.endpoints.some((endpoint) => endpoint.live !== undefined);
  const other = compared ? `, live side ${live.failed} of ${live.sent}` : ', no live side to compare with';
  return `idle side ${idle.failed} of ${plural(idle.sent, 'request')} failed${other}`;
}

/** One line for each endpoint and side, with how long good answers took and how the others failed. */
export const probeLines = (m: Probes): PhrasingContent[][] =>
  m.endpoints.flatMap((endpoint) =>
    (['idle', 'live'] as const).flatMap((name) => {
      const side = endpoint[name];
      return side === undefined ? [] : [line(m, endpoint, name, side)];
    }),
  );

function line(m: Probes, { name }: ProbedEndpoint, of: Side, side: ProbedSide): PhrasingContent[] {
  const { sent, failed, reasons } = side;
  return [
    ...code(name, 150),
    text(` on the ${of} side: ${failed} of ${plural(sent, 'request')} failed${durationWords(m, side)}`),
    ...reasons.flatMap(({ why, count }) => [text('; '), ...prose(why, 200), text(` (${count})`)]),
  ];
}

/** `, half within 50 ms`: of good answers, as fine as the bounds are. */
function durationWords({ bounds }: Probes, { durations }: ProbedSide): string {
  const all = durations.reduce((sum, n) => sum + n, 0);
  let below = 0;
  const at = durations.findIndex((n) => {
    below += n;
    return 2 * below >= all;
  });
  if (all === 0) return '';
  const bound = bounds[at];
  return bound === undefined ? `, half took longer than ${bounds.at(-1)} ms` : `, half within ${bound} ms`;
}
