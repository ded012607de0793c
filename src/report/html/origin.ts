/** What an auditor asks for: the policy as it was in force, and where everything comes from. */
import { formatDuration } from '../../policy/fields.js';
import { safeLink } from '../plain.js';
import type { View } from '../view.js';
import { type Child, h, lines, type Markup } from './markup.js';
import { anchor } from './tree.js';

const mostPolicy = 400_000;

export function originSection({ record, evaluation }: View): Markup {
  const { policy, tool, host, release, reactions = [] } = record;
  const run = safeLink(host.run ?? undefined);
  const code = (value: string | null): Child => (value === null ? null : h`<code>${value}</code>`);
  const times = Object.entries(evaluation).map(([name, ms]) => `${name} ${formatDuration(ms)}`);
  const rows: readonly (readonly [string, Child])[] = [
    ['Policy', policy.file === null ? 'inline' : code(policy.file)],
    ['SHA-256 of the policy', code(policy.sha256)],
    ['Times', times.length === 0 ? null : times.join(', ')],
    ['Record', record.digest === undefined ? null : h`digest <code>${record.digest}</code>`],
    ['Repository', host.repository],
    ['Branch or tag', code(host.ref)],
    ['Commit', code(release.sha)],
    ['Run', run === undefined ? null : anchor(run, run)],
    ['Started by', host.actor],
    ['Began', record.began],
    ['Ended', record.ended],
    ['Made by', `${tool.name} ${tool.version}`],
  ];
  return h`<section id="origin" aria-labelledby="origin-title"><h2 id="origin-title">Policy and origin</h2>
<dl class="facts">${rows
    .filter(([, value]) => value !== null)
    .map(([name, value]) => h`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${
  reactions.length > 0 &&
  h`<h3>What was done beside the decision</h3><ul>${reactions.map(
    ({ type, target, ok, detail, at }) =>
      h`<li>${ok ? '✓' : '✗'} <code>${type}</code> ${target}${!ok && ', NOT done'}: ${detail} <span class="small">${at}</span></li>`,
  )}</ul>`
}
${
  policy.effective !== null &&
  policy.effective !== undefined &&
  h`<details class="fold"><summary>The policy as it was in force, with its defaults</summary>
<pre tabindex="0"><code>${lines(JSON.stringify(policy.effective, null, 2), mostPolicy)}</code></pre></details>`
}
</section>`;
}
