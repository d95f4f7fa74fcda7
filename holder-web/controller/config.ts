// What whoever hosts the wallet's pages says to them (`config.json` beside them): where trust data are fetched, and which authorities vouch for
// verifiers. Public; nothing in it is believed about a person.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { isAddress, type Address } from '#records/model/members.ts';
import { CARE_CONTRACTS } from '#records/model/typed-data.ts';
import { originOf } from '#wallet/openid4vp/platform.ts';

const schema = z.object({
  /** Services and mirrors that give `/trust-bundle`. */
  mirrors: z.array(z.string().max(2000)).min(1).max(8),
  /** Certificates, PEM. */
  verifierAuthorities: z.array(z.string().max(10_000)).max(50).default([]),
  /** The gateway of records, where there is one. */
  records: z.string().max(2000).optional(),
  /** JSON-RPC of the chain, and where the contracts of care are: by these the wallet checks the gateway, so that no gateway brings its own. */
  rpc: z.array(z.string().max(2000)).max(8).optional(),
  care: z.object({ chainId: z.int().min(1), block: z.int().min(0), contracts: z.record(z.enum(CARE_CONTRACTS), z.custom<Address>(isAddress)) }).optional(),
  /** Takes http addresses of this machine. */
  development: z.boolean().default(false),
});
export type WalletConfig = z.infer<typeof schema>;

/** @throws HealthpassError `configuration-invalid` */
export function parseWalletConfig(input: unknown): WalletConfig {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error.issues[0]!.path.join('.') || 'config');
  const { mirrors, records, rpc, development } = parsed.data;
  for (const url of rpc ?? []) assertOrigin(url, 'rpc', development);
  for (const url of mirrors) assertOrigin(url, 'mirrors', development);
  if (records !== undefined) assertOrigin(records, 'records', development);
  return parsed.data;
}

function assertOrigin(url: string, field: string, development: boolean): void {
  try {
    originOf(url, field, development);
  } catch {
    throw invalid(field);
  }
}

const invalid = (field: string) => new HealthpassError('configuration-invalid', 'the configuration of the wallet is not as it should be', { field });
