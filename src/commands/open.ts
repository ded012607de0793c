/** Opens the policy's sources, each once for the whole run: what one has learnt (a token of consistency, a sign-in) holds for all who ask it. */
import type { Policy, SourceConfig } from '../policy/schema.js';
import { sourceTypeOf } from '../sources/index.js';
import type { AnySource, SourceContext } from '../sources/source.js';

const opened = new WeakMap<SourceContext, Map<string, AnySource>>();

/** @throws {Error} when there is no such type of source */
export function openSource(config: SourceConfig, context: SourceContext): AnySource {
  const ofRun = opened.get(context) ?? new Map<string, AnySource>();
  opened.set(context, ofRun);
  const key = JSON.stringify(config);
  const known = ofRun.get(key);
  if (known) return known;
  const type = sourceTypeOf(config.type);
  if (!type) throw new Error(`there is no source of type ${config.type}`);
  const source = type.open(config, context);
  ofRun.set(key, source);
  return source;
}

/** By its name in the policy. */
export function openNamed({ sources }: Policy, name: string, context: SourceContext): AnySource {
  const config = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (!config) throw new Error(`there is no source ${name}`);
  return openSource(config, context);
}
