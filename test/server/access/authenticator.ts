// A software authenticator as WebAuthn Level 3 describes one: P-256, attestation none, discoverable; and the browser before it, which fills in
// the origin. Every part can be told to misbehave.
import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

export type Misbehaviour = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly userVerified?: boolean;
  readonly counter?: number;
  readonly crossOrigin?: boolean;
  readonly type?: string;
  readonly userHandle?: string;
  /** Signs with another key. */
  readonly forged?: boolean;
  readonly fmt?: string;
};
type Creation = { readonly challenge: string; readonly rp: { readonly id?: string }; readonly user: { readonly id: string } };
type Request = { readonly challenge: string; readonly rpId?: string };

const [USER_PRESENT, USER_VERIFIED, ATTESTED] = [0x01, 0x04, 0x40];
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest();
const uint = (value: number, bytes: number) => { const buffer = Buffer.alloc(bytes); buffer.writeUIntBE(value, 0, bytes); return buffer; };

export function createAuthenticator(origin: string) {
  const id = randomBytes(16);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let counter = 0;
  let user = '';

  const clientData = (type: string, challenge: string, bad: Misbehaviour) =>
    Buffer.from(JSON.stringify({ type: bad.type ?? type, challenge: bad.challenge ?? challenge, origin: bad.origin ?? origin, crossOrigin: bad.crossOrigin ?? false }));
  const authenticatorData = (rpId: string, bad: Misbehaviour, attested: Buffer = Buffer.alloc(0)) => Buffer.concat([
    sha256(bad.rpId ?? rpId), uint(USER_PRESENT | (bad.userVerified === false ? 0 : USER_VERIFIED) | (attested.length > 0 ? ATTESTED : 0), 1), uint(bad.counter ?? ++counter, 4), attested,
  ]);
  const response = (parts: Record<string, Buffer | string | string[]>) => ({
    id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key', clientExtensionResults: {},
    response: Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString('base64url') : value])),
  });

  return {
    id: id.toString('base64url'),
    /** `navigator.credentials.create()` */
    create(options: Creation, bad: Misbehaviour = {}) {
      user = options.user.id;
      const attested = Buffer.concat([Buffer.alloc(16), uint(id.length, 2), id, coseKey(publicKey)]);
      const authData = authenticatorData(options.rp.id!, bad, attested);
      const attestationObject = Buffer.from(isoCBOR.encode(new Map<string, string | Uint8Array | Map<string, Uint8Array[]>>([
        ['fmt', bad.fmt ?? 'none'], ['attStmt', bad.fmt === undefined ? new Map() : new Map([['x5c', [new Uint8Array(randomBytes(64))]]])], ['authData', new Uint8Array(authData)],
      ])));
      return response({ clientDataJSON: clientData('webauthn.create', options.challenge, bad), attestationObject, transports: ['internal'] });
    },
    /** `navigator.credentials.get()` */
    get(options: Request, bad: Misbehaviour = {}) {
      const clientDataJSON = clientData('webauthn.get', options.challenge, bad);
      const authData = authenticatorData(options.rpId!, bad);
      const key = bad.forged ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : privateKey;
      const signature = createSign('sha256').update(Buffer.concat([authData, sha256(clientDataJSON)])).sign(key);
      return response({ clientDataJSON, authenticatorData: authData, signature, userHandle: bad.userHandle ?? user });
    },
  };
}
export type Authenticator = ReturnType<typeof createAuthenticator>;

/** COSE_Key of RFC 9053: EC2, ES256, P-256. */
function coseKey(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: 'jwk' });
  const bytes = (value: string) => new Uint8Array(Buffer.from(value, 'base64url'));
  return Buffer.from(isoCBOR.encode(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, bytes(x!)], [-3, bytes(y!)]])));
}
