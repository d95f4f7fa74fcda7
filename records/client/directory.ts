// The key that a member reads by: signed by the member's own address, so that no directory can slip in another.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { publicKeyText, signatureText, unixSeconds } from '#records/model/exchange/wire.ts';
import type { PublicKey } from '#records/model/keys/hpke.ts';
import type { Address } from '#records/model/members.ts';
import { recoverSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import { read } from './answer.ts';
import type { GatewayClient } from './http.ts';

const memberSchema = z.looseObject({ readingKey: z.looseObject({ key: publicKeyText, since: unixSeconds, signature: signatureText }) });

/** @throws HealthpassError `member-unknown`, `not-authorised` for a key that the member did not sign */
export async function readingKeyOf(gateway: GatewayClient, chainId: number, member: Address): Promise<PublicKey> {
  const { readingKey: { key, since, signature } } = read(memberSchema, await gateway.get(`/members/${member}`));
  if (recoverSigner(offChain(chainId), 'ReadingKey', { member, key: key as string as `0x${string}`, since }, signature) !== member) {
    throw new HealthpassError('not-authorised', 'the member did not sign the key that it is said to read by', { field: 'readingKey' });
  }
  return key;
}
