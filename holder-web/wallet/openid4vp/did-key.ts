// The key of a verifier that goes by a DID (client identifier prefix `decentralized_identifier`): the one that its document lists under the
// name in the request.
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { z } from 'zod';
import { decodeBase64url } from '#formats/credential/jws.ts';
import type { KeyType } from '#formats/credential/signature.ts';
import type { RequestDeps } from './request-object.ts';

const methodSchema = z.object({ id: z.string(), publicKeyHex: z.string().optional(), publicKeyJwk: z.object({ crv: z.string(), x: z.string(), y: z.string() }).optional(), type: z.string() });
const documentSchema = z.object({ verificationMethod: z.array(z.unknown()).max(200).default([]) });

export type DidSource = (did: string) => Promise<{ readonly document: unknown; readonly deactivated: boolean }>;

/** A resolver of key names over a resolver of DIDs, such as that of contracts/did-resolver.ts. */
export const createKeyResolver = (resolve: DidSource): NonNullable<RequestDeps['resolveKey']> => async (didUrl) => {
  const { document, deactivated } = await resolve(didUrl.slice(0, didUrl.indexOf('#')));
  const parsed = documentSchema.safeParse(document);
  if (deactivated || !parsed.success) return undefined;
  const named = parsed.data.verificationMethod.map((method) => methodSchema.safeParse(method)).filter(({ data }) => data?.id === didUrl);
  return named.length === 1 ? readKey(named[0]!.data!) : undefined; // it was found by its data
};

const CURVES = { secp256k1, 'P-256': p256 } as const satisfies Record<KeyType, unknown>;

function readKey({ type, publicKeyHex: hex, publicKeyJwk: jwk }: z.infer<typeof methodSchema>): { type: KeyType; publicKey: string } | undefined {
  const curve = jwk ? (['secp256k1', 'P-256'] as const).find((name) => name === jwk.crv) : type.startsWith('EcdsaSecp256k1') ? 'secp256k1' : type === 'Multikey' ? 'P-256' : undefined;
  if (!curve) return undefined;
  try {
    const bytes = jwk ? Uint8Array.from([4, ...decodeBase64url(jwk.x, 'point-invalid'), ...decodeBase64url(jwk.y, 'point-invalid')]) : hex;
    if (bytes === undefined) return undefined;
    return { type: curve, publicKey: (typeof bytes === 'string' ? CURVES[curve].Point.fromHex(bytes) : CURVES[curve].Point.fromBytes(bytes)).toHex(true) };
  } catch {
    return undefined; // no point of that curve
  }
}
