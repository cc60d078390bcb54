/** What the environment says of proxies: URLs, and the hosts to reach without one. */
export interface Proxies {
  readonly https?: string;
  readonly http?: string;
  /** Comma-separated: `*`, a host, a domain with or without its leading dot, each perhaps with a port. */
  readonly none?: string;
}

/** The proxy for a URL, if there is one. The same rules as in curl. */
export function proxyFor({ protocol, hostname, port }: URL, proxies: Proxies): URL | undefined {
  const proxy = protocol === 'https:' ? proxies.https : proxies.http;
  if (!proxy || isExempt(hostname, port || (protocol === 'https:' ? '443' : '80'), proxies.none ?? ''))
    return undefined;
  return new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
}

function isExempt(hostname: string, port: string, none: string): boolean {
  const entries = none
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  return entries.some((entry) => {
    const [, host = '', only] = /^(.*?)(?::(\d+))?$/.exec(entry)!;
    if (only && only !== port) return false;
    const domain = host.replace(/^\*?\./, '');
    return host === '*' || hostname === domain || hostname.endsWith(`.${domain}`);
  });
}
