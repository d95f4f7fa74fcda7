// What an issuer needs to issue: its keys, and a registry that says they are its own.
import { standingOf, type TrustState } from '#passport';
import type { Checks } from '#server';
import { isWhole } from './free-entries.ts';
import type { IssuerStore } from './store.ts';
import type { ClaimsKeys } from './rotate.ts';

export type IssuerCheckDeps = {
  readonly did: string;
  readonly claimsKeys: Pick<ClaimsKeys, 'current'>;
  readonly trust: () => TrustState | undefined;
  readonly store: Pick<IssuerStore, 'knowsAnchors'>;
};

export const issuerChecks = ({ did, claimsKeys, trust, store }: IssuerCheckDeps): Checks => ({
  keys: async () => (await claimsKeys.current()).publicKey !== undefined,
  async accreditation() {
    const record = trust()?.issuers.find((issuer) => issuer.did === did);
    const { publicKey } = await claimsKeys.current();
    return record !== undefined && standingOf(record) === 'active' && record.claimsKey.x === publicKey.x && record.claimsKey.y === publicKey.y;
  },
  /** Not put back from an older copy, or another list has been assigned since. */
  async history() {
    const known = trust();
    const record = known?.issuers.find((issuer) => issuer.did === did);
    for (const list of record?.lists ?? []) if (await isWhole({ store, trust: known! }, list)) return true; // found in it
    return false;
  },
});
