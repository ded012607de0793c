/** A host through which no secret passes: every text is masked on its way out, beside the platform's own masking. */
import type { Redactor } from '../record/redact.js';
import type { Draw, Host, ServiceConnection } from './host.js';

export function guarded(host: Host, redactor: Redactor): Host {
  const mask = (text: string): string => redactor.text(text);
  return {
    kind: host.kind,
    facts: host.facts,
    summaryFlavour: host.summaryFlavour,
    get columns() {
      return host.columns;
    },
    get colour() {
      return host.colour;
    },
    outputFolder: host.outputFolder,
    ...(host.longestJobMs === undefined ? {} : { longestJobMs: host.longestJobMs }),
    ...(host.idToken && {
      async idToken(audience: string) {
        const token = await host.idToken?.(audience);
        if (token === undefined) throw new Error('the platform gave no token');
        redactor.add(token);
        return token;
      },
    }),
    ...(host.serviceConnection && { serviceConnection: masked(host.serviceConnection, redactor) }),
    input: (name) => host.input(name),
    secret(value) {
      redactor.add(value);
      host.secret(value);
    },
    ...(host.group && { group: host.group }),
    log: (text) => host.log(mask(text)),
    progress: (percent, text) => host.progress(percent, mask(text)),
    ...(host.attest && { attest: host.attest }),
    get live() {
      const { live } = host;
      return live && ((draw: Draw | undefined) => live(draw && ((size) => draw(size).map(mask))));
    },
    annotate: (annotation) =>
      host.annotate({ ...annotation, title: mask(annotation.title), message: mask(annotation.message) }),
    output: (name, value) => host.output(name, mask(value)),
    summary: (path) => host.summary(path),
    finish: (result, message, exitCode) => host.finish(result, mask(message), exitCode),
  };
}

/** The agent masks them in the log; the record and the report are ours. */
const masked = (serviceConnection: () => ServiceConnection, redactor: Redactor) => (): ServiceConnection => {
  const connection = serviceConnection();
  for (const secret of [connection.secret, connection.systemToken]) if (secret) redactor.add(secret);
  return connection;
};
