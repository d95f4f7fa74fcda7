// What an issuer needs to issue: its keys, and a registry that says they are its own.
import { standingOf, type TrustState } from '#passport';
import type { Checks } from '#server';
import type { ClaimsKeys } from './rotate.ts';

export type IssuerCheckDeps = {
  readonly did: string;
  readonly claimsKeys: Pick<ClaimsKeys, 'current'>;
  readonly trust: () => TrustState | undefined;
};

export const issuerChecks = ({ did, claimsKeys, trust }: IssuerCheckDeps): Checks => ({
  keys: async () => (await claimsKeys.current()).publicKey !== undefined,
  async accreditation() {
    const record = trust()?.issuers.find((issuer) => issuer.did === did);
    const { publicKey } = await claimsKeys.current();
    return record !== undefined && standingOf(record) === 'active' && record.claimsKey.x === publicKey.x && record.claimsKey.y === publicKey.y;
  },
});
