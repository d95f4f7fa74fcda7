// The client by which a member reads and writes, fetched when it is first needed: it brings the cryptography of records and FHIR with it.
import type { MemberClient } from '#records/client/member.ts';
import type { Fetch } from '#records/client/fetch.ts';
import { accountKey, readingKeys } from '#records/model/keys/derive.ts';
import type { UnixSeconds } from '#passport';
import type { Gateway, Signed } from './gateway.ts';
import type { Membership } from '#records/client/membership.ts';

export type OpenMember = (signed: Signed) => Promise<MemberClient>;

/** Opens with the member's own key, and with that of its organisation where this was handed over. */
export const createOpenMember = ({ gateway, membership, fetch, now }: { readonly gateway: Gateway; readonly membership: Membership; readonly fetch: Fetch; readonly now: () => UnixSeconds }): OpenMember => async ({ root, config, organisation }) => {
  const [{ createMember }, { createStorage }, received] = await Promise.all([import('#records/client/member.ts'), import('#records/client/storage.ts'), membership.receivedKeys()]);
  return createMember({
    gateway: gateway.client, storage: createStorage({ url: config.storage, fetch }), config, account: accountKey(root), readingKeys: [readingKeys(root), ...received.map(({ keys }) => keys)],
    ...(organisation && { organisation }), now,
  });
};
