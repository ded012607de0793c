/** Links into the Azure portal. */
import { promisify } from 'node:util';
import type { Window } from '../../source.js';
import { timespan } from './kql.js';

/** Longer ones do not survive all that a link goes through. */
const longest = 4000;

/**
 * The page that shows the query with its result, in the form that Azure's own alert mails use: the query as zlib, in base64; the
 * resource's page where that gets too long.
 *
 * @param tenant id of the directory to sign in to, where it is known
 */
export async function portalLink(
  portal: string,
  tenant: string | undefined,
  resource: string,
  query: string,
  window: Window,
): Promise<string> {
  const zlib = await import('node:zlib');
  const packed = await promisify(zlib.deflate)(Buffer.from(query));
  const directory = tenant === undefined ? '' : `@${encodeURIComponent(tenant)}`;
  const scope = encodeURIComponent(JSON.stringify({ resources: [{ resourceId: resource }] }));
  const link = [
    `${portal}/#${directory}/blade/Microsoft_Azure_Monitoring_Logs/LogsBlade/source/Alerts.EmailLinks`,
    `/scope/${scope}/q/${encodeURIComponent(packed.toString('base64'))}`,
    `/prettify/1/timespan/${encodeURIComponent(timespan(window))}`,
  ].join('');
  return link.length <= longest ? link : `${portal}/#${directory}/resource${encodeURI(resource)}/logs`;
}
