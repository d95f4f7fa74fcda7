// The wallet attesters that an operator believes, from a JWKS: each key with the `iss` of the attestations that it signs (RFC 7517, section 4, lets
// keys have members of other kinds).
import { z } from 'zod';
import { parseHolderKey } from '#formats/credential/index.ts';
import { HealthpassError, parseJson } from '#passport';
import { readTextFile } from '#server';
import type { WalletAttesters } from './attestation.ts';

const NAME = 'HEALTHPASS_ISSUER_WALLET_ATTESTERS';
// A secret has nothing to do here: who finds one in the file is told so, rather than served.
const keySchema = z.looseObject({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), iss: z.string().min(1).max(500), d: z.undefined().optional() });
const jwksSchema = z.looseObject({ keys: z.array(keySchema).min(1).max(1000) });

/** @throws HealthpassError `configuration-invalid` */
export function parseAttesters(text: string): WalletAttesters {
  try {
    const { keys } = jwksSchema.parse(parseJson(new TextEncoder().encode(text)));
    const attesters = new Map(keys.map(({ iss, kty, crv, x, y }) => [iss, { ...parseHolderKey({ kty, crv, x, y }) }]));
    if (attesters.size === keys.length) return attesters;
  } catch {
    // told below, without what is in the file
  }
  throw new HealthpassError('configuration-invalid', `${NAME} is no JWKS of public P-256 keys, each with an iss of its own`, { field: NAME });
}

/** Nobody's attestations are believed where no file is named. @throws HealthpassError `configuration-invalid` */
export const readAttesters = async (file: string | undefined): Promise<WalletAttesters> => (file === undefined ? new Map() : parseAttesters(await readTextFile(file, NAME)));
