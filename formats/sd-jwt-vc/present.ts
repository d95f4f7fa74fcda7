// Presenting an SD-JWT VC: the chosen claims and no others, and a key binding JWT for this verifier and this question.
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError } from '#passport/errors.ts';
import type { UnixSeconds } from '#passport/time.ts';
import type { HolderSigner } from '../credential/holder.ts';
import { encodeBase64url } from '../credential/jws.ts';
import { hashBytes } from './library.ts';
import { readSdJwt } from './text.ts';

export type PresentOptions = {
  /** Names of claims, as {@link disclosableClaims} gives them. */
  readonly disclose: readonly string[];
  readonly nonce: string;
  readonly audience: string;
  readonly holder: HolderSigner;
  readonly now: UnixSeconds;
};

/** The claims of a credential that the holder can choose from, with what they say. Nothing is verified. */
export const disclosableClaims = (text: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(readSdJwt(text).disclosures.map(({ name, value }) => [name, value]));

/** @throws HealthpassError `request-invalid` for a claim that the credential does not have, an empty nonce or audience; as readSdJwt */
export async function presentSdJwtVc(text: string, { disclose, nonce, audience, holder, now }: PresentOptions): Promise<string> {
  const { disclosures } = readSdJwt(text);
  for (const name of disclose) if (!disclosures.some((disclosure) => disclosure.name === name)) throw invalid('disclose');
  if (nonce === '') throw invalid('nonce');
  if (audience === '') throw invalid('audience');
  const instance = new SDJwtVcInstance({
    hasher: hashBytes,
    kbSigner: async (data) => encodeBase64url(await holder.sign(utf8ToBytes(data))),
    kbSignAlg: 'ES256',
  });
  const frame = Object.fromEntries(disclose.map((name) => [name, true]));
  const presented = await instance.present(text, frame, { kb: { payload: { iat: now, aud: audience, nonce } } });
  assertDisclosed(presented, disclose);
  return presented;
}

/** What leaves the wallet is read once more: a library that disclosed too much would be found out here. */
function assertDisclosed(presented: string, disclose: readonly string[]): void {
  const names = readSdJwt(presented).disclosures.map(({ name }) => name);
  if (names.length !== new Set(disclose).size || names.some((name) => !disclose.includes(name))) throw invalid('disclose');
}

const invalid = (field: string) => new HealthpassError('request-invalid', `the presentation cannot be made with this ${field}`, { field });
