// What a gateway says of its surroundings. Whoever does not trust it reads the chain by an endpoint of their own, and finds the same there or not.
import { z } from 'zod';
import { isAddress, ROLES, type Address, type Role } from '#records/model/members.ts';
import { CARE_CONTRACTS, type CareContract } from '#records/model/typed-data.ts';
import { read } from './answer.ts';
import type { GatewayClient } from './http.ts';

export type PublicConfig = {
  readonly chainId: number;
  readonly contracts: Readonly<Record<CareContract, Address>>;
  /** Block of the deployment; nothing on chain is older. */
  readonly block: number;
  /** Who signs receipts and is named in what accounts sign to it. */
  readonly gateway: Address;
  readonly did: string;
  /** The store of ciphertexts. */
  readonly storage: string;
  /** JSON-RPC URLs by which anybody checks what the gateway says. */
  readonly rpc: readonly string[];
  /** Where patients open their wallet. */
  readonly wallet?: string | undefined;
  /** Institutions that must agree to an emergency access. */
  readonly quorum: number;
  /** Who decides about applications, by role. */
  readonly bodies: readonly { readonly address: Address; readonly decides: readonly Role[] }[];
};

const address = z.custom<Address>(isAddress).meta({ type: 'string' });
const url = z.string().max(500);
export const configSchema = z.object({
  chainId: z.int(), contracts: z.record(z.enum(CARE_CONTRACTS), address).meta({ description: 'Addresses of the contracts of care' }), block: z.int().meta({ description: 'Nothing of them is older' }),
  gateway: address.meta({ description: 'Signs receipts; named in what accounts sign to it' }), did: z.string(), storage: url.meta({ description: 'The store of ciphertexts' }),
  rpc: z.array(url).meta({ description: 'JSON-RPC of the chain, for whoever checks what is said here' }), wallet: url.optional(), quorum: z.int().meta({ description: 'Institutions that must agree to an emergency access' }),
  bodies: z.array(z.object({ address, decides: z.array(z.enum(ROLES)) })).meta({ description: 'Who decides about applications, by role' }),
});

/** @throws HealthpassError `service-unavailable` */
export const fetchConfig = async (client: GatewayClient): Promise<PublicConfig> => read(configSchema, await client.get('/config'));
