/** From the host's inputs to a policy: what `run`, `check` and the commands about flags begin with. */
import type { Host, Identity } from '../host/host.js';
import { inputs } from '../host/inputs.js';
import { type Loaded, loadPolicy } from '../policy/load.js';
import { withDocuments } from './documents.js';
import type { Settings } from './settings.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Tokens that came as inputs, before anything is done with them. */
export function maskInputs(host: Host): void {
  for (const input of inputs) {
    const value = 'secret' in input ? host.input(input.name) : undefined;
    if (value) host.secret(value);
  }
}

/** Loads the policy that the settings name, and the documents that it names. `lenient`: see `LoadOptions`. */
export async function load(settings: Settings, host: Host, env: Env, lenient = false): Promise<Loaded> {
  const { sha, environment } = host.facts;
  const loaded = await loadPolicy({
    ...(settings.text === undefined ? {} : { text: settings.text }),
    ...(settings.file === undefined ? {} : { file: settings.file }),
    overrides: settings.overrides,
    facts: { ...(sha === undefined ? {} : { sha }), ...(environment === undefined ? {} : { environment }) },
    env,
    observe: settings.observe,
    lenient,
    ...(host.longestJobMs === undefined ? {} : { longestJobMs: host.longestJobMs }),
  });
  if (!loaded.policy) return loaded;
  const { policy, problems } = await withDocuments(loaded.policy, process.cwd(), loaded.locate);
  const { policy: _, ...rest } = loaded;
  return problems.length > 0 ? { ...rest, problems } : { ...rest, policy };
}

export const identityOf = (host: Host, env: Env): Identity => ({
  env,
  ...(host.idToken && { idToken: host.idToken }),
  ...(host.serviceConnection && { serviceConnection: host.serviceConnection }),
  secret: (value) => host.secret(value),
});
