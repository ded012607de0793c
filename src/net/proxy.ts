/** The way out of a network that has a proxy. Nothing is loaded unless the environment names one. */
import type { Agent } from 'node:http';
import { NotMeasured } from '../sources/source.js';
import { isLoopback } from './errors.js';

/** The way through one proxy. */
export interface Detour {
  readonly agent: Agent;
  /** Host and port, without the credential that its URL may hold. */
  readonly name: string;
}

/**
 * The proxy for `url` by the process's `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, or undefined for the direct way. This machine
 * is always reached directly. The agent tunnels (CONNECT) for http as for https.
 *
 * @param signal ends the connection to the proxy; a request that waits for its tunnel does not
 * @throws {NotMeasured} `proxy` when the variable holds no http or https URL
 */
export async function proxyFor(
  url: URL,
  signal: AbortSignal,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Detour | undefined> {
  const named = ['http_proxy', 'https_proxy', 'all_proxy'].some((name) => env[name] || env[name.toUpperCase()]);
  if (!named || isLoopback(url.hostname)) return undefined;
  const [{ getProxyForUrl }, { HttpsProxyAgent }] = await Promise.all([
    import('proxy-from-env'),
    import('https-proxy-agent'),
  ]);
  const proxy = getProxyForUrl(url.href);
  if (proxy === '') return undefined;
  const parsed = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.hostname === '') {
    const message = `the proxy that the environment names for ${url.origin} is no http or https URL`;
    throw new NotMeasured('proxy', message, { permanent: true });
  }
  return { agent: new HttpsProxyAgent(parsed, { signal }), name: parsed.host };
}

/** A proxy's refusal would otherwise be read as the answer of the server behind it. */
export function refusedByProxy(status: number, proxy: string, url: URL): NotMeasured | undefined {
  if (status === 200) return undefined;
  const hint =
    status === 407 ? 'are a user name and password in its URL, and right?' : 'does it know the host, and allow it?';
  const message = `the proxy ${proxy} does not let us through to ${url.host} (${status}): ${hint}`;
  return new NotMeasured('proxy', message, { permanent: status === 407 });
}
