// Showing a credential openly, for verifiers that read W3C credentials: an SD-JWT VC with exactly the chosen claims, or a whole VC-JWT in a
// presentation. Unlike a pass, two showings of one credential can be recognised as such; the history says what went to whom.
import { createHolderSigner } from '#formats/credential/index.ts';
import { disclosableClaims, presentSdJwtVc as presentText } from '#formats/sd-jwt-vc/index.ts';
import { createVpJwt } from '#formats/vc-jwt/index.ts';
import { HealthpassError, type UnixSeconds } from '#passport';
import { remember } from './history.ts';
import type { Showing } from './records.ts';
import { heldCredential, type Wallet } from './wallet.ts';

/** Who asks, with which random text, and when. */
export type OpenRequest = { readonly audience: string; readonly nonce: string; readonly now: UnixSeconds; /** What people call who asks, for the history; the audience without it. */ readonly shownTo?: string | undefined };

/** The claims that the holder can choose from, with what they say. @throws HealthpassError `credential-unknown` */
export const claimsToDisclose = async (wallet: Wallet, credential: string): Promise<Readonly<Record<string, unknown>>> =>
  disclosableClaims((await heldCredential(wallet, credential)).issued.sdJwtVc);

/**
 * An SD-JWT VC with key binding that discloses the chosen claims and no others.
 * @throws HealthpassError `credential-unknown`, `request-invalid` for a claim that it does not have, an empty nonce or audience
 */
export async function presentSdJwtVc(wallet: Wallet, credential: string, request: OpenRequest & { readonly disclose: readonly string[] }): Promise<string> {
  const { issued, holderSecret } = await heldCredential(wallet, credential);
  const { disclose, nonce, audience, now } = request;
  const text = await presentText(issued.sdJwtVc, { disclose, nonce, audience, now, holder: createHolderSigner(holderSecret) });
  await record(wallet, { ...request, form: 'sd-jwt-vc', disclosed: [...new Set(disclose)], credential });
  return text;
}

/**
 * A VP-JWT over one VC-JWT, which discloses all of it. Each credential has a key of its own, so a presentation holds one.
 * @throws HealthpassError `credential-unknown`, `request-invalid`
 */
export async function presentVcJwt(wallet: Wallet, credential: string, request: OpenRequest): Promise<string> {
  const { issued, holderSecret } = await heldCredential(wallet, credential);
  const { nonce, audience, now } = request;
  if (nonce === '' || audience === '') throw new HealthpassError('request-invalid', 'a presentation needs an audience and a nonce', { field: nonce === '' ? 'nonce' : 'audience' });
  const text = await createVpJwt(createHolderSigner(holderSecret), { credentials: [issued.vcJwt], challenge: nonce, audience, now });
  await record(wallet, { ...request, form: 'vp-jwt', disclosed: Object.keys(disclosableClaims(issued.sdJwtVc)), credential });
  return text;
}

type Shown = OpenRequest & Pick<Showing, 'form' | 'disclosed'> & { readonly credential: string };

/** Written down before the text leaves the wallet. */
const record = (wallet: Wallet, { now, form, audience, shownTo = audience, disclosed, credential }: Shown): Promise<void> =>
  wallet.change((change) => remember(change, {
    at: now, form, audience: shownTo, policy: undefined, event: undefined, match: false, disclosed, credentials: [credential],
  }));
