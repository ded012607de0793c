/** All alerts of one repository, and what proves that the released commit was analysed. */
import { plural } from '../../../judge/number.js';
import type { Category } from '../../../record/scans.js';
import { iso } from '../../../train/clock.js';
import type { Result, RunFacts, ScanSink } from '../result.js';
import { categoriesOf } from '../tools.js';
import { type Alert, type AlertType, toolNames } from './alert.js';
import { type Analyses, analysesOf } from './analyses.js';
import { type Binding, bindingOf, relevant, type Wanted } from './binding.js';
import type { Client } from './client.js';
import { type Enablement, enablementOf, wasAnalysed } from './enablement.js';
import { type Listed, ofSecrets, onBranch } from './list.js';

export const alertTypes = ['code', 'dependency', 'secret'] as const;
export type WantedType = (typeof alertTypes)[number];

export interface Reading {
  readonly types: readonly WantedType[];
  /** Alerts of these are accepted though nothing says which commit was scanned. */
  readonly unbound: readonly WantedType[];
  /** Names or ids of the pipelines whose analyses must be of the commit; absent: all. */
  readonly pipelines?: readonly string[] | undefined;
}

const nothing: Listed = { alerts: [], malformed: 0, at: Number.NaN };

/**
 * Hands on all alerts, and as problems what is missing from the proof.
 *
 * @param commit what was released; undefined: the policy does not say
 * @throws {NotMeasured} as the client
 */
export async function readAlerts(
  client: Client,
  reading: Reading,
  commit: string | undefined,
  sink: ScanSink,
  signal: AbortSignal,
): Promise<void> {
  const { types } = reading;
  const branch = types.some((type) => type !== 'secret');
  const [enabled, here, secrets] = await Promise.all([
    enablementOf(client, signal),
    branch ? onBranch(client, client.target.ref, signal) : nothing,
    types.includes('secret') ? ofSecrets(client, signal) : nothing,
  ]);
  await new Reader(client, reading, commit, sink, signal).read(enabled, here, secrets);
}

class Reader {
  readonly #client: Client;
  readonly #reading: Reading;
  readonly #commit: string | undefined;
  readonly #sink: ScanSink;
  readonly #signal: AbortSignal;
  readonly #told = new Set<string>();

  constructor(client: Client, reading: Reading, commit: string | undefined, sink: ScanSink, signal: AbortSignal) {
    this.#client = client;
    this.#reading = reading;
    this.#commit = commit?.toLowerCase();
    this.#sink = sink;
    this.#signal = signal;
  }

  async read(enabled: Enablement, here: Listed, secrets: Listed): Promise<void> {
    const { types } = this.#reading;
    for (const { refused } of [here, secrets]) if (refused) this.#problem(refused.code, refused.message);
    this.#switchedOff(enabled);
    const wanted = this.#wanted(here, secrets);
    this.#malformed(here.malformed + secrets.malformed);
    const groups = [...grouped(wanted.filter(({ type }) => type !== 'secret'))];
    const proofs = await Promise.all(groups.map(([, alerts]) => analysesOf(this.#client, alerts, this.#signal)));
    for (const [i, [, alerts]] of groups.entries()) this.#tool(alerts, proofs[i] ?? { all: [] }, here.at);
    for (const type of ['code', 'dependency'] as const) {
      const found = wanted.some((alert) => alert.type === type);
      if (types.includes(type) && !found && !here.refused) await this.#neverFound(type);
    }
    if (types.includes('secret')) {
      const found = wanted.filter(({ type }) => type === 'secret');
      if (!secrets.refused) this.#looked(enabled);
      this.#secrets(found, secrets.refused === undefined);
    }
  }

  #problem(code: string, message: string, tool?: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#sink.problem({ code, message, file: this.#client.target.name, ...(tool === undefined ? {} : { tool }) });
  }

  #switchedOff({ code, secrets }: Enablement): void {
    const { types } = this.#reading;
    const { name } = this.#client.target;
    if (code === false && types.some((type) => type !== 'secret')) {
      this.#problem('NOT_ENABLED', `Code Security of Advanced Security is switched off for ${name}`);
    }
    if (secrets === false && types.includes('secret')) {
      this.#problem('NOT_ENABLED', `Secret Protection of Advanced Security is switched off for ${name}`);
    }
  }

  /** Each alert once, of the types that the policy wants; one of a type that nobody knows is wanted always. */
  #wanted(here: Listed, secrets: Listed): Alert[] {
    const all = new Map([...here.alerts, ...secrets.alerts].map((alert) => [alert.id, alert]));
    const { types } = this.#reading;
    const wanted = [...all.values()].filter(
      ({ type }) => type === 'unknown' || (type !== 'license' && types.includes(wordFor(type))),
    );
    const left = all.size - wanted.length;
    if (left > 0) {
      this.#sink.note(
        `${plural(left, 'alert')} of other types than ${types.join(', ')} ${left === 1 ? 'is' : 'are'} left out`,
      );
    }
    return wanted;
  }

  #malformed(n: number): void {
    if (n === 0) return;
    const run = this.#sink.begin(this.#facts(toolNames.unknown, []));
    for (let i = 0; i < n; i += 1) run.add(undefined);
  }

  #facts(tool: string, categories: readonly Category[], more: Partial<RunFacts> = {}): RunFacts {
    return {
      tool,
      categories,
      file: this.#client.target.name,
      sha256: null,
      revision: null,
      ended: null,
      execution: 'unknown',
      rules: null,
      ...more,
    };
  }

  /** Alerts of one tool and type, with the analyses that found them, asked for after the list. */
  #tool(alerts: readonly Alert[], proof: Analyses, listedAt: number): void {
    const [first] = alerts;
    if (!first) return;
    const { type, tool } = first;
    const wanted: Wanted = { commit: this.#commit, pipelines: this.#reading.pipelines, listedAt };
    const binding = bindingOf(proof, wanted);
    if (proof.refused) this.#problem(proof.refused.code, proof.refused.message);
    this.#unproven(tool, type, binding);
    const analyses = relevant(proof, wanted);
    const commits = new Set(analyses.map(({ commit }) => commit));
    const revision =
      binding.state === 'other'
        ? binding.analysis.commit
        : binding.state === 'bound' && commits.size === 1 && [...commits][0];
    const oldest = Math.min(...analyses.map(({ at }) => at));
    const version = analyses.find(({ toolVersion }) => toolVersion !== undefined)?.toolVersion;
    const facts = this.#facts(tool, categoriesFor(type, tool), {
      ...(version === undefined ? {} : { toolVersion: version }),
      revision: revision || null,
      ended: Number.isFinite(oldest) ? iso(oldest) : null,
      execution: analyses.length > 0 ? 'succeeded' : 'unknown',
    });
    this.#run(
      facts,
      alerts.map(({ result }) => result),
    );
  }

  #unproven(tool: string, type: AlertType, binding: Binding): void {
    const { ref } = this.#client.target;
    if (binding.state === 'other') {
      const { name, commit, at } = binding.analysis;
      const when = Number.isFinite(at) ? ` (${iso(at)})` : '';
      const message = `${name} has last analysed commit ${commit}${when} on ${ref}, not ${this.#commit}: has its pipeline run for this commit, and ended?`;
      this.#problem('NOT_ANALYSED', message, tool);
    }
    if (binding.state === 'fresh') {
      const message = `the results of ${binding.analysis.name} on ${ref} have only just come in; the next round looks again`;
      this.#problem('NOT_ANALYSED', message, tool);
    }
    if (binding.state === 'unknown' && !this.#accepts(type)) {
      const message = `nothing proves that ${tool} analysed commit ${this.#commit} on ${ref}: ${binding.why}; \`unbound: ${wordFor(type)}\` accepts that`;
      this.#problem('NOT_ANALYSED', message, tool);
    }
  }

  #accepts(type: AlertType): boolean {
    return this.#commit === undefined || this.#reading.unbound.includes(wordFor(type));
  }

  #run(facts: RunFacts, results: readonly Result[]): void {
    const run = this.#sink.begin(facts);
    for (const result of results) run.add(result);
  }

  /** A type of which there is no alert at all, not even a fixed one. */
  async #neverFound(type: 'code' | 'dependency'): Promise<void> {
    const { ref } = this.#client.target;
    const analysed = await wasAnalysed(this.#client, type, this.#signal);
    if ('refused' in analysed) return this.#problem(analysed.refused.code, analysed.refused.message);
    if (!analysed.got) {
      return this.#problem(
        'NOT_ANALYSED',
        `no ${type} scan has ever sent its results for ${ref}: has its pipeline run, and ended?`,
      );
    }
    if (!this.#accepts(type)) {
      const message = `there has never been a ${type} alert on ${ref}, so Advanced Security cannot say which commit was analysed: \`unbound: ${type}\` accepts that, and the SARIF file of the scan proves it`;
      return this.#problem('NOT_ANALYSED', message);
    }
    this.#sink.note(`no ${type} alert on ${ref}; which commit was analysed last is not known`);
    this.#run(this.#facts(toolNames[type], categoriesFor(type, '')), []);
  }

  /** Secrets are looked for in pushes, not in commits of a branch. */
  #looked(enabled: Enablement): void {
    if (!this.#accepts('secret')) {
      const message =
        'Advanced Security does not say up to which commit it has looked for secrets: `unbound: secret` accepts that';
      this.#problem('NOT_ANALYSED', message);
    } else if (enabled.secrets === undefined) {
      const why = enabled.hidden === undefined ? '' : `: ${enabled.hidden}`;
      this.#problem(
        'NOT_ANALYSED',
        `nobody knows whether Secret Protection is on for ${this.#client.target.name}${why}`,
      );
    }
  }

  /** @param listed there was a list, also where it is empty */
  #secrets(alerts: readonly Alert[], listed: boolean): void {
    const groups = [...grouped(alerts).values()];
    if (groups.length === 0 && listed) groups.push([]);
    for (const group of groups) {
      const facts = this.#facts(group[0]?.tool ?? toolNames.secret, ['secrets']);
      this.#run(
        facts,
        group.map(({ result }) => result),
      );
    }
  }
}

/** By tool and type, in the order in which they come. */
function grouped(alerts: readonly Alert[]): Map<string, Alert[]> {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const key = `${alert.type} ${alert.tool.toLowerCase()}`;
    const group = groups.get(key);
    if (group) group.push(alert);
    else groups.set(key, [alert]);
  }
  return groups;
}

/** The word that the policy has for it. */
const wordFor = (type: AlertType): WantedType => (type === 'dependency' || type === 'secret' ? type : 'code');

/** Alerts of code come from the SARIF of whatever scanner; what it looks for is told by its name, else by what Advanced Security calls it. */
function categoriesFor(type: AlertType, tool: string): readonly Category[] {
  if (type === 'dependency') return ['sca'];
  if (type === 'secret') return ['secrets'];
  const known = categoriesOf(tool);
  return known.length > 0 || type === 'unknown' ? known : ['sast'];
}
