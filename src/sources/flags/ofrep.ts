/**
 * Source `ofrep`: any service that speaks the OpenFeature Remote Evaluation Protocol (specification 0.3.0): one POST for one
 * flag and one context. It tells what is served, never how a flag is set up.
 */
import pLimit from 'p-limit';
import * as v from 'valibot';
import { authFields, authorization } from '../../net/auth/basic.js';
import type { HttpResponse } from '../../net/http.js';
import { parseJson, refuseDenied } from '../../net/json.js';
import { described, httpUrl, secret } from '../../policy/fields.js';
import type { Flag, FlagStates } from '../../record/evidence.js';
import { iso } from '../../train/clock.js';
import {
  defineSource,
  NotMeasured,
  type ServedQuestion,
  type Source,
  type SourceContext,
  type StatesQuestion,
  type Unnamed,
} from '../source.js';
import { oneLine } from '../text.js';
import { sampledState } from './sampled.js';
import { missingState, statesMeasured } from './state.js';

const fields = v.strictObject({
  url: described(httpUrl, 'Base URL of the service; `/ofrep/v1/evaluate/flags/…` is added to it.'),
  token: authFields.token,
  'api-key': described(v.optional(secret), 'Sent as `X-API-Key`.'),
  sample: described(
    v.optional(
      v.pipe(
        v.number(),
        v.check(
          (n) => n === 0 || (Number.isSafeInteger(n) && n >= 20 && n <= 2000),
          'a whole number from 20 to 2000, or 0',
        ),
      ),
      0,
    ),
    'How many made-up users a flag is evaluated for, to estimate its exposure, where the service does not say that all get the same. Default: `0`, none: then the exposure is not known.',
  ),
});

const schema = v.pipe(
  fields,
  v.check((c) => c.token === undefined || c['api-key'] === undefined, 'either `token` or `api-key`'),
);

type Config = v.InferOutput<typeof fields>;

/** Reasons of OpenFeature that hold for every context. */
const forEveryone: ReadonlySet<string> = new Set(['STATIC', 'DISABLED']);

async function ask(
  config: Config,
  question: ServedQuestion,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Unnamed<Flag>> {
  const { flag } = question;
  if (/^\.{1,2}$/.test(flag)) {
    throw new NotMeasured('bad-query', `a flag called ${flag} cannot be asked for: its name would change the address`, {
      permanent: true,
    });
  }
  const url = `${config.url}/ofrep/v1/evaluate/flags/${encodeURIComponent(flag)}`;
  const body = JSON.stringify({ context: question.context });
  const response = await context.http.send({
    url,
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      ...authorization({ token: config.token }),
      ...(config['api-key'] === undefined ? {} : { 'x-api-key': config['api-key'] }),
    },
    body,
    signal,
  });
  const common = {
    kind: 'flag' as const,
    subject: `flag ${flag}`,
    query: `POST ${url} ${body}`,
    at: iso(context.clock.now()),
    partial: false,
    flag,
    scope: 'context' as const,
    context: { ...question.context },
  };
  const answer = understand(response, flag, config);
  if (answer === 'unknown') {
    // 0 seen: whatever a gate makes of it, nothing is proven by a flag that is not there.
    const nothing = { exists: false, enabled: null, value: null, variant: null, reason: 'FLAG_NOT_FOUND' };
    return { ...common, ...nothing, seen: 0, notes: [] };
  }
  const reason = answer.reason ?? 'UNKNOWN';
  return {
    ...common,
    seen: 1,
    notes: [],
    exists: true,
    // The protocol has no word for the switch itself, except for the reason DISABLED.
    enabled: reason.toUpperCase() === 'DISABLED' ? false : null,
    // An absent value means that the caller's own default holds (ADR 0006 of the protocol).
    value: answer.value ?? null,
    variant: answer.variant ?? null,
    reason: oneLine(reason, 60),
    scope: forEveryone.has(reason.toUpperCase()) ? 'everyone' : 'context',
  };
}

const success = v.object({
  key: v.string(),
  reason: v.nullish(v.string()),
  variant: v.nullish(v.string()),
  value: v.optional(v.unknown()),
});
const refusal = v.object({ errorCode: v.string(), errorDetails: v.nullish(v.string()) });

function understand(response: HttpResponse, flag: string, config: Config): v.InferOutput<typeof success> | 'unknown' {
  const { status } = response;
  const refused = v.safeParse(refusal, looseJson(response.text));
  const code = refused.success ? refused.output.errorCode : undefined;
  const said = refused.success ? `: ${clean(`${code} ${refused.output.errorDetails ?? ''}`, config)}` : '';
  if (status === 404 && code === 'FLAG_NOT_FOUND') return 'unknown';
  refuseDenied(response, config.url, 'the right to evaluate flags');
  if (refused.success) {
    // The definition may be mended while the train waits; the request will stay what it is.
    const permanent = code === 'INVALID_CONTEXT' || code === 'TARGETING_KEY_MISSING';
    throw new NotMeasured('evaluation-failed', `${flag} cannot be evaluated at ${config.url}${said}`, { permanent });
  }
  const bad = (what: string): NotMeasured => new NotMeasured('bad-answer', `${config.url} ${what}`);
  if (status !== 200) throw bad(`answered ${status}, expected 200`);
  const parsed = v.safeParse(success, parseJson(response, config.url));
  if (!parsed.success) throw bad('answered something that is not OFREP: is the URL right?');
  const answer = parsed.output;
  if (answer.key !== flag) throw bad(`answered for the flag ${oneLine(answer.key, 60)}, asked was ${flag}`);
  if (answer.reason?.toUpperCase() === 'ERROR') {
    throw new NotMeasured('evaluation-failed', `${flag} cannot be evaluated at ${config.url}: it gives no reason`);
  }
  return answer;
}

/** A service may repeat in its answer what was sent to it. */
function clean(text: string, config: Config): string {
  const secrets = [config.token, config['api-key']].filter((x) => x !== undefined);
  return oneLine(secrets.reduce((t, s) => t.replaceAll(s, '***'), text));
}

/** The body, when it is JSON; an error's body need not be. */
function looseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How many evaluations are under way at once. */
const atOnce = 8;

async function states(
  config: Config,
  question: StatesQuestion,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Unnamed<FlagStates>> {
  const { of } = question;
  if (!('flag' in of)) {
    throw new NotMeasured('bad-query', 'OFREP cannot list flags: name them one by one', { permanent: true });
  }
  const { flag } = of;
  const first = await ask(config, served(flag, 0), context, signal);
  const answers = [first];
  if (first.exists && first.scope !== 'everyone' && config.sample > 0) {
    const limit = pLimit(atOnce);
    const others = Array.from({ length: config.sample - 1 }, (_, i) =>
      limit(() => ask(config, served(flag, i + 1), context, signal)),
    );
    answers.push(...(await Promise.all(others)));
  }
  const { exists } = first;
  return statesMeasured(
    question,
    [exists ? sampledState(flag, answers, question.meaning) : missingState(flag)],
    context,
    {
      subject: `flag ${flag}`,
      query: first.query,
      notes: first.notes,
    },
  );
}

/** The same made-up users each time, so that two rounds do not differ by chance. */
const served = (flag: string, number: number): ServedQuestion => ({
  family: 'flags',
  ask: 'served',
  flag,
  context: { targetingKey: number === 0 ? 'signalbox' : `signalbox-${number}` },
});

export const ofrepSource = defineSource({
  type: 'ofrep',
  families: ['flags'],
  schema,
  open: (config, context): Source<'flags'> => ({
    flags: (question, signal) =>
      question.ask === 'served' ? ask(config, question, context, signal) : states(config, question, context, signal),
  }),
});
