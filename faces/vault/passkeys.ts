// Passkeys that give keys (WebAuthn Level 3, the PRF extension): the authenticator derives 32 bytes from an input of ours, after it has made sure
// of the person. No server is asked, and nothing that the passkey signs is used.
import { HealthpassError, isHealthpassError } from '#passport/errors.ts';
import type { Passkey } from '#vault/key-slot.ts';
import type { PasskeyKey, Passkeys } from '#vault/passkeys.ts';

/** Milliseconds that a person may take. */
const TIMEOUT = 120_000;
/** ES256, RS256: what authenticators commonly have; the signature serves for nothing here. */
const ALGORITHMS = [-7, -257];

type Capable = { readonly getClientCapabilities?: () => Promise<Readonly<Record<string, boolean>>> };

export const createPasskeys = (): Passkeys => ({
  async isAvailable() {
    if (typeof PublicKeyCredential === 'undefined') return false;
    const capabilities = await (PublicKeyCredential as Capable).getClientCapabilities?.().catch(() => undefined);
    return capabilities?.['extension:prf'] !== false;
  },
  async create(label) {
    const input = random(32);
    const made = await asking(() => navigator.credentials.create({ publicKey: {
      rp: { id: location.hostname, name: 'healthpass' }, user: { id: random(16), name: label, displayName: label }, challenge: random(32), timeout: TIMEOUT, attestation: 'none',
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })), authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      extensions: { prf: { eval: { first: input } } },
    } }));
    const { prf } = made.getClientExtensionResults();
    if (!prf?.enabled && !prf?.results) throw unsupported();
    const passkey: Passkey = { credential: encode(new Uint8Array(made.rawId)), input };
    // Some say at once what they derive, others when they are asked.
    return prf.results ? { kind: 'passkey', ...passkey, key: bytesOf(prf.results.first) } : askFor([passkey]);
  },
  get: askFor,
});

async function askFor(known: readonly Passkey[]): Promise<PasskeyKey> {
  const found = await asking(() => navigator.credentials.get({ publicKey: {
    rpId: location.hostname, challenge: random(32), timeout: TIMEOUT, userVerification: 'required',
    allowCredentials: known.map(({ credential }) => ({ type: 'public-key' as const, id: decode(credential) })),
    extensions: { prf: { evalByCredential: Object.fromEntries(known.map(({ credential, input }) => [credential, { first: input.slice() }])) } },
  } }));
  const credential = encode(new Uint8Array(found.rawId));
  const passkey = known.find((candidate) => candidate.credential === credential);
  const result = found.getClientExtensionResults().prf?.results?.first;
  if (!passkey || !result) throw unsupported();
  return { kind: 'passkey', ...passkey, key: bytesOf(result) };
}

/** Browsers do not say whether a person refused, let the time run out, or has no such passkey any more. */
async function asking(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  if (typeof PublicKeyCredential === 'undefined') throw unsupported();
  try {
    const credential = await ask();
    if (credential instanceof PublicKeyCredential) return credential;
  } catch (error) {
    if (isHealthpassError(error)) throw error;
    if (['NotSupportedError', 'SecurityError', 'ConstraintError', 'TypeError'].includes((error as { name?: string }).name ?? '')) throw unsupported();
  }
  throw new HealthpassError('passkey-refused', 'the passkey was not used: refused, too late, or no longer there', { field: 'passkey' });
}

const bytesOf = (source: BufferSource): Uint8Array => (ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice() : new Uint8Array(source).slice());
const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));
const encode = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const decode = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
const unsupported = () => new HealthpassError('passkey-unsupported', 'this passkey gives no key', { field: 'passkey' });
