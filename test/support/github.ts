/** GitHub's ID tokens: what mints them for a run, and what a cloud reads in them. */
import type { Clock } from '../../src/train/clock.js';

export const subject = 'repo:acme/checkout:environment:production';

/** Mints an ID token for an audience; it is good for five minutes by the clock, and no two are alike. */
export type Mint = (audience: string) => Promise<string>;

export interface Claims {
  readonly aud: string;
  readonly sub: string;
  /** Seconds since the epoch. */
  readonly exp: number;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function minting(clock: Pick<Clock, 'now'>): Mint {
  let minted = 0;
  return async (aud) => {
    minted += 1;
    const iat = Math.floor(clock.now() / 1000);
    const iss = 'https://token.actions.githubusercontent.com';
    const claims = { iss, sub: subject, aud, iat, exp: iat + 300, jti: minted };
    return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.signature`;
  };
}

/** What a token says, without a look at its signature. */
export const claimsIn = (token: string): Claims =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
