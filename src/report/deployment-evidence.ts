/** What runs where, as evidence: a line for each target, with all that somebody needs to look again, and how settings differ. */
import type { PhrasingContent } from 'mdast';
import { plural } from '../judge/number.js';
import type { SettingsDiffer, Target } from '../record/deployments.js';
import type { Deployments } from '../record/evidence.js';
import { percentWords } from '../record/flag-words.js';
import { code, link, prose, text } from './markdown.js';
import { clockTime, listed } from './words.js';

/** `2 of 3 targets are there`. */
export function targetsWords({ targets }: Deployments): string {
  const there = targets.filter(({ exists }) => exists).length;
  return there === targets.length ? plural(there, 'target') : `${there} of ${plural(targets.length, 'target')} there`;
}

/** `staging running 1.2.3, 5 % of the traffic`: the most important of one target. */
export function targetWords({ name, exists, state, version, traffic }: Target): string {
  if (!exists) return `${name} not there`;
  const what = state === 'unknown' ? 'in an unknown state' : state;
  const share = traffic === null ? '' : `, ${percentWords(traffic)} of the traffic`;
  return `${name} ${what}${version === null ? '' : ` ${version}`}${share}`;
}

/** A line for each target, in order, and one for the settings. */
export const targetLines = ({ targets, settings, at }: Deployments): PhrasingContent[][] => [
  ...targets.map((target) => line(target, at)),
  ...(settings ? settingsLines(settings) : []),
];

const separated = (nodes: PhrasingContent[]): PhrasingContent[] => (nodes.length === 0 ? [] : [text('; '), ...nodes]);

const stateWords: Readonly<Record<Target['state'], string>> = {
  running: 'running',
  deploying: 'being changed right now',
  stopped: 'stopped',
  failed: 'failed',
  unknown: 'in a state that is not known',
};

function line(target: Target, now: string): PhrasingContent[] {
  const { name, exists, state, version, reasons, link: page } = target;
  if (!exists)
    return [...code(name, 150), text(' is not there'), ...because(reasons), ...separated(link('open it there', page))];
  return [
    ...code(name, 150),
    text(`: ${stateWords[state]}, `),
    ...(version === null ? [text('its version is not known')] : [text('version '), ...code(version, 150)]),
    text(`; ${facts(target, now).join('; ')}`),
    ...because(reasons),
    ...separated(link('open it there', page)),
  ];
}

const facts = ({ ready, health, instances, traffic, since }: Target, now: string): string[] => [
  ready === null ? 'whether it is ready is not known' : ready ? 'ready' : 'NOT ready',
  ...(instances === null ? [] : [`${instances.ready} of ${plural(instances.wanted, 'instance')} ready`]),
  ...(health === 'unknown' ? [] : [health === 'healthy' ? 'healthy' : 'NOT healthy']),
  traffic === null ? 'its traffic is not known' : `gets ${percentWords(traffic)} of the traffic`,
  ...(since === null ? [] : [`there since ${clockTime(since, now)}`]),
];

const because = (reasons: readonly string[]): PhrasingContent[] =>
  reasons.length === 0 ? [] : [text(': '), ...prose(listed(reasons), 600)];

const hows = { missing: 'missing', 'only-here': 'only here', 'other-value': 'another value' };

/** Names only: values are never in the record. */
function settingsLines({ target, like, compared, differ }: SettingsDiffer): PhrasingContent[][] {
  const among = `${plural(compared, 'setting')} of `;
  const same = differ.length === 0;
  return [
    [
      text(among),
      ...code(target, 150),
      text(' and '),
      ...code(like, 150),
      text(same ? ' are the same' : `, ${differ.length} of them not the same:`),
    ],
    ...differ.map(({ name, how, sticky }) => [
      ...code(name, 150),
      text(`: ${hows[how]}${sticky === null ? '' : sticky ? ', sticky' : ', not sticky'}`),
    ]),
  ];
}
