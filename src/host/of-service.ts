/**
 * The host that one service of a train sees: it speaks through the real one, in its own name, and leaves to the train what a step says
 * once (outputs, summary, result). Logs of services that run side by side mix, so nothing here is folded or drawn over.
 */
import type { Annotation, Host, Result } from './host.js';
import type { InputName, OutputName } from './inputs.js';

export interface ServiceWiring {
  readonly name: string;
  /** What it is told in place of the step's own inputs; an input that is undefined here was not given. */
  readonly inputs: Readonly<Partial<Record<InputName, string | undefined>>>;
  readonly onAnnotation: (annotation: Annotation) => void;
  /** @param percent 0 to 100 */
  readonly onProgress: (percent: number, text: string) => void;
}

export interface ServiceHost extends Host {
  /** What it said at its end, by the name of the output. */
  readonly outputs: ReadonlyMap<OutputName, string>;
  /** Undefined until it has ended. */
  readonly end: { readonly result: Result; readonly exitCode: number } | undefined;
}

export const prefixOf = (name: string): string => `[${name}] `;

/** Narrower than this no report can be read. */
const leastColumns = 40;

export function hostOfService(host: Host, { name, inputs, onAnnotation, onProgress }: ServiceWiring): ServiceHost {
  const prefix = prefixOf(name);
  const outputs = new Map<OutputName, string>();
  let end: ServiceHost['end'];
  return {
    kind: host.kind,
    facts: host.facts,
    summaryFlavour: host.summaryFlavour,
    get columns() {
      return Math.max(leastColumns, host.columns - prefix.length);
    },
    get colour() {
      return host.colour;
    },
    outputFolder: host.outputFolder,
    ...(host.longestJobMs === undefined ? {} : { longestJobMs: host.longestJobMs }),
    ...(host.idToken && { idToken: host.idToken }),
    ...(host.serviceConnection && { serviceConnection: host.serviceConnection }),
    input: (input) => (Object.hasOwn(inputs, input) ? inputs[input] : host.input(input)),
    secret: (value) => host.secret(value),
    log: (text) => host.log(text.replaceAll(/^(?=.)/gm, prefix)),
    progress: onProgress,
    annotate: (annotation) => onAnnotation({ ...annotation, title: `${prefix}${annotation.title}` }),
    output: async (output, value) => void outputs.set(output, value),
    summary: async () => undefined,
    async finish(result, _message, exitCode) {
      end = { result, exitCode };
    },
    outputs,
    get end() {
      return end;
    },
  };
}
