// Passkeys (WebAuthn Level 3): discoverable, with the user verified, bound to our name and origin. The library checks what the authenticator
// signed; challenges, counters and whose key it is are ours. What it throws may hold input, so none of it is passed on.
import {
  generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse,
  type AuthenticationResponseJSON, type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON, type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { cose, decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import type { Queryable } from '../database/database.ts';
import { CHALLENGE_LIFETIME, type Challenges, type Purpose } from './challenges.ts';
import type { RelyingParty } from './relying-party.ts';

const base64url = z.string().regex(/^[\w-]+$/).max(20_000);
const credential = { id: base64url, rawId: base64url, type: z.literal('public-key'), clientExtensionResults: z.looseObject({}).default({}) };
/** What `navigator.credentials.create()` gave, as its `toJSON()` writes it. */
export const registrationSchema = z.looseObject({
  ...credential, response: z.looseObject({ clientDataJSON: base64url, attestationObject: base64url, transports: z.array(z.string().max(32)).max(8).default([]) }),
}).meta({ id: 'PasskeyRegistration', description: 'RegistrationResponseJSON of WebAuthn' });
/** What `navigator.credentials.get()` gave. */
export const assertionSchema = z.looseObject({
  ...credential, response: z.looseObject({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: base64url }),
}).meta({ id: 'PasskeyAssertion', description: 'AuthenticationResponseJSON of WebAuthn, of a discoverable credential' });

const ALGORITHMS = [cose.COSEALG.EdDSA, cose.COSEALG.ES256, cose.COSEALG.RS256];
const TIMEOUT = CHALLENGE_LIFETIME * 1000;

export type Passkey = { readonly id: string; readonly member: string; readonly publicKey: Uint8Array; readonly counter: number; readonly transports: readonly string[]; readonly createdAt: number; readonly usedAt: number };
export type NewPasskey = Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'>;
export type Shown = { readonly passkey: Passkey; readonly counter: number };

export type PasskeyDeps = { readonly database: Queryable; readonly challenges: Challenges; readonly relyingParty: RelyingParty; readonly now: () => number };

const COLUMNS = 'id, member, public_key AS "publicKey", counter::int8 AS counter, transports, created_at::int8 AS "createdAt", used_at::int8 AS "usedAt"';

export function createPasskeys({ database, challenges, relyingParty, now }: PasskeyDeps) {
  const of = (member: string) => database.query<Passkey>(`SELECT ${COLUMNS} FROM access_passkey WHERE member = $1 ORDER BY created_at, id`, [member]);
  const expected = (purpose: Purpose, subject: string) => ({
    expectedChallenge: (challenge: string) => challenges.take(purpose, subject, challenge, now()), expectedOrigin: relyingParty.origin, expectedRPID: relyingParty.id, requireUserVerification: true,
  });
  return {
    of,

    async creationOptions(purpose: Purpose, subject: string, member: { readonly id: string; readonly displayName: string }): Promise<PublicKeyCredentialCreationOptionsJSON> {
      const options = await generateRegistrationOptions({
        rpName: relyingParty.name, rpID: relyingParty.id, userID: Uint8Array.from(Buffer.from(member.id)), userName: member.displayName, userDisplayName: member.displayName, timeout: TIMEOUT,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, attestationType: 'none', supportedAlgorithmIDs: ALGORITHMS,
        excludeCredentials: (await of(member.id)).map(({ id, transports }) => ({ id, transports: [...transports] })),
      });
      return { ...options, challenge: await challenges.create(purpose, subject, now()) };
    },

    async requestOptions(purpose: Purpose, subject: string, member?: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
      const known = member === undefined ? [] : await of(member);
      const options = await generateAuthenticationOptions({
        rpID: relyingParty.id, userVerification: 'required', timeout: TIMEOUT, allowCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
      });
      return { ...options, challenge: await challenges.create(purpose, subject, now()) };
    },

    /** @throws HealthpassError `not-authorised` */
    async verifyRegistration(purpose: Purpose, subject: string, response: z.infer<typeof registrationSchema>): Promise<NewPasskey> {
      const verified = await refusing(async () => {
        assertTopFrame(response.response.clientDataJSON);
        assertNoCertificates(response.response.attestationObject);
        return verifyRegistrationResponse({ response: response as RegistrationResponseJSON, supportedAlgorithmIDs: ALGORITHMS, ...expected(purpose, subject) }); // the schema is what of it is used
      });
      if (!verified.verified) throw refused();
      const { id, publicKey, counter } = verified.registrationInfo.credential;
      return { id, publicKey, counter, transports: response.response.transports };
    },

    /** Whose passkey it is that was used for that. @throws HealthpassError `not-authorised` */
    async verifyAssertion(purpose: Purpose, subject: string, response: z.infer<typeof assertionSchema>): Promise<Shown> {
      const [passkey] = await database.query<Passkey>(`SELECT ${COLUMNS} FROM access_passkey WHERE id = $1`, [response.id]);
      if (!passkey || Buffer.from(response.response.userHandle, 'base64url').toString() !== passkey.member) throw refused();
      const credential = { id: passkey.id, publicKey: Uint8Array.from(passkey.publicKey), counter: passkey.counter };
      const { verified, authenticationInfo } = await refusing(() => {
        assertTopFrame(response.response.clientDataJSON);
        return verifyAuthenticationResponse({ response: response as AuthenticationResponseJSON, credential, ...expected(purpose, subject) }); // as above
      });
      if (!verified) throw refused();
      return { passkey, counter: authenticationInfo.newCounter };
    },

    async add(tx: Queryable, member: string, { id, publicKey, counter, transports }: NewPasskey): Promise<void> {
      const added = await tx.query('INSERT INTO access_passkey (id, member, public_key, counter, transports, created_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT DO NOTHING RETURNING id',
        [id, member, publicKey, counter, transports, now()]);
      if (added.length === 0) throw new HealthpassError('status-conflict', 'this passkey is registered already', { field: 'credential' });
    },

    /** The last one stays: without it nobody could sign in to register another. @throws HealthpassError `status-conflict`, `request-invalid` */
    async remove(tx: Queryable, member: string, id: string): Promise<void> {
      const held = await tx.query<{ id: string }>('SELECT id FROM access_passkey WHERE member = $1 FOR UPDATE', [member]);
      if (!held.some((passkey) => passkey.id === id)) throw new HealthpassError('request-invalid', 'there is no such passkey', { field: 'id' });
      if (held.length === 1) throw new HealthpassError('status-conflict', 'this is the last passkey', { field: 'id' });
      await tx.query('DELETE FROM access_passkey WHERE member = $1 AND id = $2', [member, id]);
    },

    /** Notes the use; of two at once that show the same counter one is a copy. @throws HealthpassError `not-authorised` */
    async use(tx: Queryable, { passkey, counter }: Shown): Promise<void> {
      const used = await tx.query('UPDATE access_passkey SET counter = $2, used_at = $3 WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0)) RETURNING id', [passkey.id, counter, now()]);
      if (used.length === 0) throw refused();
    },
  };
}
export type Passkeys = ReturnType<typeof createPasskeys>;

/** The library takes assertions made in a frame of another page where the browser does not name that page. */
function assertTopFrame(clientDataJSON: string): void {
  const { crossOrigin } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as { crossOrigin?: unknown };
  if (crossOrigin !== undefined && crossOrigin !== false) throw refused();
}

/** We ask for no attestation. Certificates would be parsed, and the library fetches revocation lists from addresses that stand in them. */
function assertNoCertificates(attestationObject: string): void {
  const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  const fmt = decoded.get('fmt');
  if (fmt !== 'none' && !(fmt === 'packed' && decoded.get('attStmt').get('x5c') === undefined)) throw refused();
}

async function refusing<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch {
    throw refused();
  }
}

const refused = () => new HealthpassError('not-authorised', 'the passkey does not prove who this is', { field: 'credential' });
