declare module 'proxy-from-env' {
  /** @returns the URL of the proxy for `url` by the environment's `*_proxy` and `no_proxy`, or an empty text */
  export function getProxyForUrl(url: string): string;
}
