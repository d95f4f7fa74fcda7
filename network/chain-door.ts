// What pages may ask of a chain that only this machine reaches: to read it. The node itself takes calls of no page, since any page that is open in a
// browser could write with its accounts.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { route, type Route } from '#server';

/** What reading takes; nothing of it changes the chain or signs with an account of the node. */
const READING = ['eth_chainId', 'eth_blockNumber', 'eth_getBlockByNumber', 'eth_getBlockByHash', 'eth_getLogs', 'eth_call', 'eth_getCode'] as const;

const request = z.strictObject({ jsonrpc: z.literal('2.0'), id: z.union([z.int(), z.string().max(100), z.null()]), method: z.enum(READING), params: z.array(z.unknown()).max(4) });
const PATIENCE = 20_000;

/** @param rpc JSON-RPC URL of the node */
export const chainDoor = (rpc: string): Route => route({
  method: 'post', path: '/rpc', summary: 'Read the chain (JSON-RPC)', tag: 'wallet', permission: null, surface: 'wallet',
  body: { schema: z.union([request, z.array(request).min(1).max(20)]), maxBytes: 100_000 },
  answers: { 200: { description: 'What the node answered', schema: z.unknown() } }, problems: ['chain-unavailable'],
  async run({ body }) {
    const response = await fetch(rpc, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE) }).catch(() => undefined);
    if (!response?.ok) throw new HealthpassError('chain-unavailable', 'the chain does not answer', { field: 'chain' });
    return new Response(response.body, { headers: { 'content-type': 'application/json' } });
  },
});
