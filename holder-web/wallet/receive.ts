// Receiving a credential: nothing is kept that would not hold when it is shown. All three securings are verified, and all three must say
// the same, be by the same accredited issuer, under the same status entry, and bound to keys that this wallet made.
import { createHolderSigner, didOfHolder, type OpenClaims } from '#formats/credential/index.ts';
import { readJws } from '#formats/credential/jws.ts';
import { parseSdJwtPayload, readSdJwt, openDisclosures, ID_CLAIM } from '#formats/sd-jwt-vc/text.ts';
import { verifySdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import { verifyVcJwt, type VcContext } from '#formats/vc-jwt/index.ts';
import { parseVcPayload } from '#formats/vc-jwt/payload.ts';
import { VC_JWT_FORM } from '#formats/vc-jwt/verify.ts';
import {
  encodeClaims, entryStatus, hashClaims, HealthpassError, standingOf, toUnixSeconds, verifyClaimsSignature,
  type IssuedCredential, type Shown, type Verdict,
} from '#passport';
import { CREDENTIALS, type Credentials, type HeldCredential, type PendingBinding } from './records.ts';
import { differingClaim, saySame } from './same-event.ts';
import { isSignedBy, issuerOfList } from './standing.ts';
import type { Wallet } from './wallet.ts';

/** Trust data, the time, and how old the data may be: a wallet that received against stale data would hold what no verifier takes. */
export type ReceivingContext = Pick<VcContext, 'now' | 'maxTrustAge' | 'anchorProof'> & { readonly trust: NonNullable<VcContext['trust']> };

/**
 * Checks a credential and keeps it. Receiving the same one again changes nothing.
 * @throws HealthpassError `credential-rejected`, the field naming what does not fit; as the readers of the two texts
 */
export async function receiveCredential(wallet: Wallet, issued: IssuedCredential, context: ReceivingContext): Promise<HeldCredential> {
  return wallet.change(async (change) => {
    const credentials = await change.read(CREDENTIALS);
    const { known, binding } = checkAgainst(credentials, issued, context);
    if (known) return known;
    const { blinding, holderSecret } = binding;
    const held: HeldCredential = { issued, blinding, holderSecret, receivedAt: context.now };
    change.write(CREDENTIALS, { pending: credentials.pending.filter((pending) => pending !== binding), held: [...credentials.held, held] });
    return held;
  });
}

/** The same checks, and nothing is kept. Throws as {@link receiveCredential}. @returns whether it is held already */
export const checkCredential = async (wallet: Wallet, issued: IssuedCredential, context: ReceivingContext): Promise<boolean> =>
  checkAgainst(await wallet.read(CREDENTIALS), issued, context).known !== undefined;

type Checked = { readonly known: HeldCredential; readonly binding?: never } | { readonly known?: never; readonly binding: PendingBinding };

function checkAgainst(credentials: Credentials, issued: IssuedCredential, context: ReceivingContext): Checked {
  const known = credentials.held.find((held) => held.issued.id === issued.id);
  if (known) return isSameCredential(known.issued, issued) ? { known } : reject('id', 'another credential of this id is held already');
  const binding = bindingOf(credentials, issued);
  checkIssuer(issued, context);
  checkClaims(issued, context);
  const texts = [checkVc(issued, binding, context), checkSd(issued, binding, context)];
  if (!saySame(texts[0]!, texts[1]!)) reject('sdJwtVc', 'the two texts state different things');
  return { binding };
}

/** The texts and claims are the same; the signature over the claims may have been renewed since. */
const isSameCredential = (a: IssuedCredential, b: IssuedCredential): boolean =>
  a.vcJwt === b.vcJwt && a.sdJwtVc === b.sdJwtVc && encodeClaims(a.claims).join() === encodeClaims(b.claims).join();

function bindingOf({ pending }: Credentials, { claims }: IssuedCredential): PendingBinding {
  const binding = pending.find(({ commitment }) => commitment === claims.holder);
  return binding ?? reject('claims.holder', 'the credential is not for a binding that this wallet waits for');
}

function checkIssuer(issued: IssuedCredential, { trust }: ReceivingContext): void {
  const issuer = trust.issuers.find(({ did }) => did === issued.issuer);
  if (!issuer) return reject('issuer', 'the issuer is not accredited');
  if (standingOf(issuer) !== 'active') return reject('issuer', 'the accreditation of the issuer is not active');
  if (issuerOfList(trust, issued.claims.list)?.id !== issuer.id) return reject('claims.list', 'the status list is not one of the issuer');
  if (!isSignedBy(issued, issuer)) return reject('claimsKey', 'the claims key is not the one that the registry has');
}

function checkClaims({ claims, claimsKey, signature }: IssuedCredential, { trust, now }: ReceivingContext): void {
  if (!verifyClaimsSignature(hashClaims(claims), signature, claimsKey)) return reject('signature', 'the signature over the claims does not hold');
  if (now >= toUnixSeconds(claims.validUntil)) return reject('claims.validUntil', 'the credential has expired');
  const status = entryStatus(trust, claims.list, claims.index);
  if (status !== 'valid') return reject('status', `the credential is ${status} already`);
}

function checkVc(issued: IssuedCredential, { holderSecret }: PendingBinding, context: ReceivingContext): OpenClaims {
  const holder = didOfHolder(createHolderSigner(holderSecret).key);
  accepted(verifyVcJwt(issued.vcJwt, { ...context, holder }), 'vcJwt');
  const payload = parseVcPayload(readJws(issued.vcJwt, VC_JWT_FORM).payload) ?? reject('vcJwt', 'the VC-JWT cannot be read');
  if (payload.id !== issued.id) return reject('vcJwt.jti', 'the VC-JWT has another id');
  checkSame(issued, payload, 'vcJwt', context);
  return payload.claims;
}

function checkSd(issued: IssuedCredential, { holderSecret }: PendingBinding, context: ReceivingContext): OpenClaims {
  const { key } = createHolderSigner(holderSecret);
  const { issuer } = accepted(verifySdJwtVc(issued.sdJwtVc, { ...context, requireKeyBinding: false, holderKey: key }), 'sdJwtVc');
  const { jws, disclosures } = readSdJwt(issued.sdJwtVc);
  const payload = parseSdJwtPayload(jws.payload) ?? reject('sdJwtVc', 'the SD-JWT VC cannot be read');
  const claims = openDisclosures(payload, disclosures) ?? reject('sdJwtVc', 'the SD-JWT VC cannot be read');
  if (disclosures.find(({ name }) => name === ID_CLAIM)?.value !== issued.id) return reject('sdJwtVc.jti', 'the SD-JWT VC has another id');
  checkSame(issued, { ...payload, issuer, claims }, 'sdJwtVc', context); // its `iss` may be a URL, which was held to the DID
  return claims;
}

type OpenText = Pick<NonNullable<ReturnType<typeof parseVcPayload>>, 'issuer' | 'status' | 'claims'> & { readonly validity: { readonly exp: number } };

/** That a text says what the claims say, under the same issuer, entry and expiry. */
function checkSame({ issuer, claims }: IssuedCredential, text: OpenText, field: string, { now }: ReceivingContext): void {
  if (text.issuer !== issuer) return reject(`${field}.iss`, 'the text is by another issuer');
  const { list, index } = text.status.statusRegistry;
  if (list !== claims.list || index !== claims.index) return reject(`${field}.credentialStatus`, 'the text has another status entry than the claims');
  if (text.validity.exp !== toUnixSeconds(claims.validUntil)) return reject(`${field}.exp`, 'the text expires at another time than the claims');
  const differing = differingClaim(text.claims, claims, now);
  if (differing) return reject(`${field}.${differing}`, 'the text states another event than the claims');
}

function accepted(verdict: Verdict, field: string): Extract<Shown, { form: 'vc-jwt' | 'sd-jwt-vc' }> {
  if (verdict.outcome !== 'accepted') return reject(field, `the text does not hold: ${verdict.reason}`);
  return verdict.shown as Extract<Shown, { form: 'vc-jwt' | 'sd-jwt-vc' }>; // of one credential, shown openly
}

function reject(field: string, message: string): never {
  throw new HealthpassError('credential-rejected', message, { field });
}
