/** Asks a source of GitHub about a stand-in of it. */
import * as v from 'valibot';
import type { Triage } from '../../../../src/sources/security/question.js';
import type { SecurityQuestion, Source, SourceType } from '../../../../src/sources/source.js';
import { sourceContext } from '../../../support/context.js';
import { type Received, reply, standIn } from '../../../support/server.js';
import { triagePolicy } from '../support.js';

export type Json = Record<string, unknown>;

/** An answer by the path below the repository, and by what is asked for. */
export type Answers = (path: string, query: URLSearchParams, request: Received) => Answer | undefined;
export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

export const repository = 'acme/checkout';
export const sha = 'c0ffee'.repeat(7).slice(0, 40);
export const otherSha = 'ab'.repeat(20);

/** A stand-in whose addresses begin with `/api/v3`, as those of GitHub Enterprise Server do. What it has no answer for is 404. */
export function github(answers: Answers) {
  return standIn((request, response) => {
    const { pathname, searchParams } = new URL(request.path, 'http://x');
    const front = `/api/v3/repos/${repository}`;
    const below = pathname.toLowerCase().startsWith(front) ? pathname.slice(front.length) : `elsewhere: ${pathname}`;
    const { status = 200, headers = {}, body } = answers(below, searchParams, request) ?? { status: 404, body: {} };
    reply(response, status, body, headers);
  });
}

export async function ask(
  type: SourceType,
  answers: Answers,
  { config = {}, triage = {}, commit }: { config?: Json; triage?: Partial<Triage>; commit?: string } = {},
) {
  const server = await github(answers);
  const base = { repository, token: 'the-token', url: `${server.url}/api/v3/`, ...config };
  const source = type.open(v.parse(type.schema, base), sourceContext()) as Source<'security'>;
  const question: SecurityQuestion = {
    family: 'security',
    triage: triagePolicy(triage),
    ...(commit === undefined ? {} : { commit }),
  };
  return {
    measurement: source.security(question, AbortSignal.timeout(20_000)),
    received: server.received,
    url: `${server.url}/api/v3`,
  };
}

/** As `ask`, when it is known that there is an answer. */
export async function measured(...given: Parameters<typeof ask>) {
  const { measurement, ...rest } = await ask(...given);
  return { ...(await measurement), ...rest };
}

/** `fate reason severity` of all results, as the tally has them. */
export const talliesOf = ({ runs }: Awaited<ReturnType<typeof measured>>): string[] =>
  runs.flatMap(({ tally }) =>
    tally.map(({ fate, reason, severity, count }) => `${count} ${fate} ${reason} ${severity}`),
  );
