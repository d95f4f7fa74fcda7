// The address that a request counts for. What a client writes into X-Forwarded-For is believed only as far as our own proxies have written it.
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { isIPv6 } from 'node:net';

/** @param trustedProxies how many proxies of ours stand before the service, each of which appends the address it saw */
export function addressOf(context: Context, trustedProxies: number): string {
  const forwarded = (context.req.header('x-forwarded-for') ?? '').split(',').map((one) => one.trim()).filter(Boolean);
  const seen = [...forwarded, peerOf(context)];
  return networkOf(seen[Math.max(0, seen.length - 1 - trustedProxies)]!);
}

/** Without a socket (an app that is called in its own process) all are one. */
const peerOf = (context: Context): string => ((context.env as { incoming?: unknown } | undefined)?.incoming ? getConnInfo(context).remote.address : undefined) ?? 'local';

/** One household or server has a whole /64 of IPv6. */
function networkOf(address: string): string {
  const plain = address.replace(/^\[|\](:\d+)?$/g, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1').slice(0, 64);
  const [head = '', tail] = plain.split('%')[0]!.toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const groups = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
  return `${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
