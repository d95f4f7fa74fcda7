// The clients for emergencies and prescriptions, fetched when they are first needed.
import type { Fetch } from '#records/client/fetch.ts';
import type { Membership } from '#records/client/membership.ts';
import { accountKey, readingKeys } from '#records/model/keys/derive.ts';
import type { UnixSeconds } from '#passport';
import type { Gateway } from './gateway.ts';
import type { News, Patients } from './patients.ts';

/** Milliseconds after which a desk is looked at although nothing was told. */
const UNTOLD = 10_000;

export function createUrgent({ gateway, membership, patients, fetch, now }: { readonly gateway: Gateway; readonly membership: Membership; readonly patients: Patients; readonly fetch: Fetch; readonly now: () => UnixSeconds }) {
  /** `house`: what is kept is for everybody who acts for the organisation; else for this member alone. */
  async function deps(keptFor: 'house' | 'self') {
    const { root, config, organisation } = gateway.inside();
    const [{ createStorage }, received] = await Promise.all([import('#records/client/storage.ts'), membership.receivedKeys()]);
    const [own, house] = [readingKeys(root), received.map(({ keys }) => keys)];
    const account = accountKey(root);
    return {
      gateway: gateway.client, storage: createStorage({ url: config.storage, fetch }), config, now, account, readingKeys: keptFor === 'house' ? [...house, own] : [own, ...house], hospital: organisation ?? account.address,
    };
  }
  const withMember = async (keptFor: 'house' | 'self') => ({ ...(await deps(keptFor)), member: await patients.member() });
  /** A stream may be held up on its way without anybody noticing: then it is looked at after a while. */
  const untilNews = (kind: News) => new Promise<void>((resolve) => {
    const stop = patients.onNews((told) => { if (told === kind) done(); });
    const timer = setTimeout(done, UNTOLD);
    function done(): void {
      stop();
      clearTimeout(timer);
      resolve();
    }
  });
  return {
    hospital: async () => (await import('#records/client/emergency/institution.ts')).createEmergencyDesk(await deps('house')),
    custodian: async () => (await import('#records/client/emergency/custodian.ts')).createCustodianDesk(await deps('house')),
    reviews: async () => (await import('#records/client/emergency/review.ts')).createReviewDesk(await deps('self')),
    unknown: async () => (await import('#records/client/emergency/unknown.ts')).createUnknownPatients(await withMember('house')),
    prescriber: async () => (await import('#records/client/prescriptions/prescriber.ts')).createPrescriber(await withMember('self')),
    pharmacy: async () => (await import('#records/client/prescriptions/pharmacy.ts')).createPharmacy({ ...(await withMember('house')), untilNews: () => untilNews('letter') }),
  };
}
