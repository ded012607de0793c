/** The shapes are those of the page: what counts is what becomes of an answer that is not as it says. */
import { expect } from 'vitest';
import { type Contract, fromPage, type Responder } from './harness.js';

const traffic =
  (body: unknown, more: { status?: number; headers?: Record<string, string> } = {}): Responder =>
  (request) => {
    expect(request).toMatchObject({ method: 'GET', path: '/checkout/traffic', body: '' });
    expect(request.headers).toMatchObject({
      authorization: 'Bearer a-secret-LB_TOKEN',
      'cache-control': 'no-cache',
    });
    return { ...more, body };
  };

const good = {
  weights: { blue: 95, green: 5 },
  versions: { blue: '1.2.9', green: '1.3.0' },
  ready: { blue: true, green: true },
  reloading: false,
};

const page = fromPage('http-traffic', 'both sides are there');
/** The stand-in's address stands in `read`; every variable of the contract's environment is no key, and a gate signs nothing. */
const source: Contract['source'] = (url) => {
  const { url: _, secret: __, read, ...rest } = page.source(url);
  return { ...rest, read: { ...(read as object), url: `${url}/checkout/traffic` } };
};

const broken = {
  empty: {
    'an empty object': traffic({}),
    'no targets': traffic({ ...good, weights: {} }),
    'a null': traffic({ ...good, weights: null }),
    'an empty body': traffic(''),
  },
  partial: {
    'an error inside 200': traffic({ error: 'the balancer is down', weights: null }),
    'an error beside the weights': traffic({ ...good, weights: { blue: 'n/a', green: 5 } }),
    'weights that do not come to 100': traffic({ ...good, weights: { blue: 90, green: 5 } }),
    'shares in place of percent': traffic({ ...good, weights: { blue: 0.95, green: 0.05 } }),
    'weights as texts': traffic({ ...good, weights: { blue: '95', green: '5' } }),
    'a page in place of JSON': traffic('<html>log in</html>'),
    'no word on whether it is busy': traffic({ ...good, reloading: undefined }),
  },
  stale: { 'out of a cache': traffic(good, { headers: { age: '600' } }) },
  unauthorised: {
    '401': traffic(good, { status: 401 }),
    '403': traffic(good, { status: 403 }),
  },
} as const;

export const contracts: readonly Contract[] = [
  {
    what: 'what runs at both sides',
    source,
    gate: page.gate,
    good: traffic(good),
    bad: {
      'the old version': traffic({ ...good, versions: { blue: '1.2.9', green: '1.2.9' } }),
      'not ready': traffic({ ...good, ready: { blue: true, green: false } }),
      'one side is not there': traffic({ ...good, weights: { blue: 100 } }),
    },
    ...broken,
    partial: {
      ...broken.partial,
      'no versions': traffic({ ...good, versions: { blue: '1.2.9' } }),
      'nobody is known to be ready': traffic({ ...good, ready: { blue: true } }),
      'a readiness in words': traffic({ ...good, ready: { blue: 'yes', green: 'yes' } }),
      'in the middle of a reload': traffic({ ...good, reloading: true }),
    },
  },
  {
    what: 'shares of the traffic',
    source,
    gate: { type: 'deployment', expect: { green: { traffic: '= 5%' } } },
    good: traffic(good),
    bad: {
      'less than that': traffic({ ...good, weights: { blue: 96, green: 4 } }),
      'more than that': traffic({ ...good, weights: { blue: 0, green: 100 } }),
      'not there': traffic({ ...good, weights: { blue: 100 } }),
    },
    ...broken,
  },
];
