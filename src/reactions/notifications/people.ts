/** What the notifications to people share. */
import * as v from 'valibot';

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** An https address; it is a secret, so the message must not repeat it. */
export const webhookAddress = v.check((text: string) => {
  try {
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
  } catch {
    return false;
  }
}, 'an https URL');
