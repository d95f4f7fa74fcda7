// What whoever hosts the wallet's pages says to them (`config.json` beside them): where trust data are fetched, and which authorities vouch for
// verifiers. Public; nothing in it is believed about a person.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { originOf } from '#wallet/openid4vp/platform.ts';

const schema = z.object({
  /** Services and mirrors that give `/trust-bundle`. */
  mirrors: z.array(z.string().max(2000)).min(1).max(8),
  /** Certificates, PEM. */
  verifierAuthorities: z.array(z.string().max(10_000)).max(50).default([]),
  /** Takes http addresses of this machine. */
  development: z.boolean().default(false),
});
export type WalletConfig = z.infer<typeof schema>;

/** @throws HealthpassError `configuration-invalid` */
export function parseWalletConfig(input: unknown): WalletConfig {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error.issues[0]!.path.join('.') || 'config');
  for (const url of parsed.data.mirrors) {
    try {
      originOf(url, 'mirrors', parsed.data.development);
    } catch {
      throw invalid('mirrors');
    }
  }
  return parsed.data;
}

const invalid = (field: string) => new HealthpassError('configuration-invalid', 'the configuration of the wallet is not as it should be', { field });
