// A patient's side of emergencies: lays ready what hospitals can open together and none alone, sees who did, ends it, and locks it anew afterwards.
import { HealthpassError, isHealthpassError, type UnixSeconds } from '#passport';
import type { CareViews } from '#contracts/care/index.ts';
import { cardCode, finderOfCode, finderOfIdentifier, subjectOf, type EmergencyIdentifier, type Finder } from '#records/model/emergency/finder.ts';
import { splitEmergencyKey } from '#records/model/emergency/shares.ts';
import type { EmergencyAccessOf, KeptSetting, NewSetting } from '#records/model/emergency/wire.ts';
import { openAbout, sealAbout, type EmergencyAbout } from '#records/model/emergency/wraps.ts';
import { emergencyKeys } from '#records/model/keys/derive.ts';
import type { Address } from '#records/model/members.ts';
import type { Category } from '#records/model/record.ts';
import type { PatientCard } from '../card.ts';
import type { PublicConfig } from '../config.ts';
import { findMember } from '../members.ts';
import { openPatient, type PatientDeps } from '../patient.ts';
import { createEmergencyKeeping, epochsIn, fetchAccesses, isRunning, wrapEpochs } from './keeping.ts';
import { fetchSetting, markOf, ownSetting } from './own-setting.ts';

export type EmergencySetting = {
  readonly categories: readonly Category[];
  readonly custodians: readonly Address[];
  /** How many of them open it together. */
  readonly threshold: number;
  /** Of the card, in groups of letters: there is no name in it. */
  readonly code: string;
  /** What the QR code of the card holds. The code stands behind the #: no server sees it by being opened. */
  readonly link: string;
  readonly identifiable: boolean;
  readonly since: UnixSeconds;
  /** It was opened: `catchUp` makes new keys when the access is over. */
  readonly renewDue: boolean;
};
export type NewEmergencySetting = {
  readonly categories: readonly Category[];
  /** Hospitals of the directory: as many as the contract's quorum, or more. */
  readonly custodians: readonly Address[];
  /** By what hospitals may find the patient besides the card. `keep`: as it was. */
  readonly identifier?: EmergencyIdentifier | 'keep' | undefined;
  /** Who the patient is, told to a hospital that opened the records. */
  readonly card?: PatientCard | undefined;
};
export type PatientEmergency = {
  /** Undefined: nothing is laid ready. */
  readonly setting: () => Promise<EmergencySetting | undefined>;
  /** Also to change it; a running access ends. @throws HealthpassError `share-invalid` for too few custodians, `member-unknown` */
  readonly turnOn: (input: NewEmergencySetting) => Promise<EmergencySetting>;
  readonly turnOff: () => Promise<void>;
  /** The old card finds nobody any more. @throws HealthpassError `record-unknown` where nothing is laid ready */
  readonly newCard: () => Promise<EmergencySetting>;
  readonly accesses: () => Promise<readonly EmergencyAccessOf[]>;
  readonly stop: (id: string) => Promise<void>;
  /**
   * When the wallet opens, and on a notice: adds keys of new epochs, and after an access that is over makes new keys for everything that was open.
   * `turnedOff`: too few of the hospitals that were chosen are hospitals still; the patient chooses others.
   */
  readonly catchUp: () => Promise<{ readonly wraps: number; readonly renewed: boolean; readonly turnedOff: boolean }>;
};
export type PatientEmergencyDeps = PatientDeps & { readonly config: Pick<PublicConfig, 'quorum'>; readonly chain?: Pick<CareViews, 'quorum'> | undefined };

export function createPatientEmergency(deps: PatientEmergencyDeps): PatientEmergency {
  const { gateway, config, root, chain } = deps;
  const { account, keyOf, wrapping, consents } = openPatient(deps);
  const { keep } = createEmergencyKeeping(deps, wrapping);

  const shown = (setting: KeptSetting): EmergencySetting => {
    const code = cardCode(root, setting.card);
    return {
      categories: setting.categories, custodians: setting.custodians, threshold: setting.head.threshold, code, link: `${gateway.url}/console/#/emergency/ask?card=${code}`,
      identifiable: setting.isIdentifiable, since: setting.since as UnixSeconds, renewDue: setting.isUsed,
    };
  };

  /** Under a key that was never used: numbers are random, so that what was turned off and on again has another. */
  async function replace({ categories, custodians, about, card, identifier, renews }: { categories: readonly Category[]; custodians: readonly Address[]; about: Omit<EmergencyAbout, 'account'>; card: number; identifier: Finder | undefined; renews?: KeptSetting['head']['id'] }): Promise<EmergencySetting> {
    const number = randomNumber();
    const finders = [finderOfCode(cardCode(root, card)), ...(identifier ? [identifier] : [])];
    const keyed = await Promise.all(custodians.map(async (custodian) => ({ custodian, key: await keyOf(custodian) })));
    const threshold = (await chain?.quorum()) ?? config.quorum; // a gateway that says fewer would have the key in fewer hands
    const { head, shares } = await splitEmergencyKey(emergencyKeys(root, number), keyed, { threshold, subjects: finders.map(subjectOf) });
    const { consents: state } = await consents.state();
    const setting: NewSetting = {
      ...(renews !== undefined && { renews }), number, card, categories: [...categories], head, mark: markOf(root, { number, card, categories: [...categories], head, custodians: [...custodians], identifier: identifier?.digest }), shares: [...shares], finders, about: await sealAbout(head, { ...about, account: account.address }), wraps: await wrapEpochs(wrapping, head, epochsIn(categories, state)),
    };
    return shown(ownSetting(root, await gateway.put('/emergency-setting', setting))!); // it stands now
  }

  const kept = ({ identifier }: KeptSetting): Finder | undefined => (identifier === undefined ? undefined : { by: 'identifier', digest: identifier });
  async function aboutOf({ number, about, head }: KeptSetting): Promise<Omit<EmergencyAbout, 'account'>> {
    const { account: _, ...rest } = await openAbout(emergencyKeys(root, number), about, head.id);
    return rest;
  }
  async function standing(): Promise<KeptSetting> {
    const setting = await fetchSetting(gateway, root);
    if (!setting) throw new HealthpassError('record-unknown', 'nothing is laid ready for an emergency', { field: 'setting' });
    return setting;
  }

  /** What was opened under the old key gets new epochs, which are not wrapped for it; if something breaks after that, it is done again. */
  async function closeOpened(before: KeptSetting | undefined): Promise<void> {
    if (!before?.isUsed) return;
    const { consents: { epochs } } = await consents.state();
    const opened = before.categories.filter((category) => epochs.some((epoch) => epoch.category === category));
    if (opened.length > 0) await consents.publish(opened);
  }
  async function standingOf(custodians: readonly Address[]): Promise<Address[]> {
    const isHospital = await Promise.all(custodians.map(async (custodian) => {
      const { roles } = await findMember(gateway, custodian);
      return roles.some(({ role, standing: now }) => role === 'hospital' && now === 'active');
    }));
    return custodians.filter((_, index) => isHospital[index]);
  }

  return {
    async setting() {
      const setting = await fetchSetting(gateway, root);
      return setting && shown(setting);
    },
    async turnOn({ categories, custodians, identifier, card }) {
      const before = await fetchSetting(gateway, root);
      await closeOpened(before);
      const finder = identifier === 'keep' ? before && kept(before) : identifier && (await finderOfIdentifier(identifier, config.chainId));
      return replace({ categories, custodians, about: card ?? (before ? await aboutOf(before) : {}), card: before?.card ?? randomNumber(), identifier: finder });
    },
    async turnOff() {
      await closeOpened(await fetchSetting(gateway, root));
      await gateway.delete('/emergency-setting');
    },
    async newCard() {
      const before = await standing();
      await closeOpened(before);
      return replace({ ...before, about: await aboutOf(before), card: randomNumber(), identifier: kept(before) });
    },
    accesses: () => fetchAccesses(gateway),
    stop: async (id) => void (await gateway.post(`/emergency-accesses/${id}/end`, {})),
    async catchUp() {
      const before = await fetchSetting(gateway, root);
      if (!before?.isUsed || (await fetchAccesses(gateway)).some(isRunning)) return { wraps: await keep(), renewed: false, turnedOff: false };
      await closeOpened(before);
      const custodians = await standingOf(before.custodians);
      if (custodians.length < before.head.threshold) {
        await gateway.delete('/emergency-setting');
        return { wraps: 0, renewed: false, turnedOff: true };
      }
      try {
        await replace({ ...before, custodians, about: await aboutOf(before), identifier: kept(before), renews: before.head.id });
        return { wraps: 0, renewed: true, turnedOff: false };
      } catch (error) {
        if (!isHealthpassError(error) || error.code !== 'consent-conflict') throw error;
        return { wraps: await keep(), renewed: false, turnedOff: false }; // a hospital has asked just now: the keys are renewed after that
      }
    },
  };
}

const randomNumber = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1;
