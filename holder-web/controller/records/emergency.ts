// For an emergency: what is laid ready, for which hospitals together, the card by which they find it, and who opened it.
import { createPatientEmergency, type EmergencySetting, type NewEmergencySetting, type PatientEmergency } from '#records/client/emergency/patient.ts';
import { searchMembers, type Member } from '#records/client/members.ts';
import type { EmergencyAccessOf } from '#records/model/emergency/wire.ts';
import type { Address } from '#records/model/members.ts';
import { CARE, changeCare } from '#wallet/care.ts';
import type { Observable } from '../observable.ts';
import type { Connection } from './connection.ts';
import { createLoading } from './loading.ts';
import type { Members } from './members.ts';
import { opened } from './opened.ts';
import type { Loaded } from './states.ts';

export type EmergencyView = {
  readonly setting: EmergencySetting | undefined;
  /** The newest first. */
  readonly accesses: readonly EmergencyAccessOf[];
  readonly named: ReadonlyMap<Address, Member>;
  /** The wallet had to turn it off: too few of the chosen hospitals still stand. */
  readonly turnedOff: boolean;
  /** How many hospitals have to agree, at least. */
  readonly quorum: number;
};
/** Verbs reject with coded errors. */
export type EmergencyApp = Observable<Loaded<EmergencyView>> & {
  readonly reload: () => Promise<void>;
  /** Also to change it. The person's name and date of birth are told to whoever has opened it. */
  readonly turnOn: (input: Omit<NewEmergencySetting, 'card'>) => Promise<void>;
  readonly turnOff: () => Promise<void>;
  readonly newCard: () => Promise<void>;
  readonly stop: (id: string) => Promise<void>;
  readonly hospitals: () => Promise<readonly Member[]>;
};
type Here = { readonly connection: Connection; readonly members: Members };

export function createEmergency({ open }: { readonly open: () => Here | undefined }): EmergencyApp & { readonly clear: () => void; readonly catchUp: (connection: Connection) => Promise<void> } {
  const loading = createLoading<EmergencyView>(() => {
    const here = open();
    return here && readEmergency(here);
  });
  const here = () => opened(open());
  const doing = async (work: (client: PatientEmergency, connection: Connection) => Promise<unknown>): Promise<void> => {
    const { connection } = here();
    try {
      await work(createPatientEmergency(connection.deps), connection);
    } finally {
      await loading.reload();
    }
  };
  return {
    ...loading,
    turnOn: (input) => doing(async (client, { wallet, care: { card: { name, birthDate } } }) => {
      await client.turnOn({ ...input, card: { name, ...(birthDate !== undefined && { birthDate }) } });
      await note(wallet, false);
    }),
    turnOff: () => doing((client) => client.turnOff()),
    newCard: () => doing((client) => client.newCard()),
    stop: (id) => doing((client) => client.stop(id)),
    hospitals: () => searchMembers(here().connection.gateway, { role: 'hospital', limit: 50 }),
    async catchUp({ deps, wallet }) {
      const done = await createPatientEmergency(deps).catchUp();
      if (!done.turnedOff) return;
      await note(wallet, true);
      await loading.reload();
    },
  };
}

/** Told until it is on again, also when the wallet was locked meanwhile or another person chosen. */
const note = (wallet: Connection['wallet'], emergencyTurnedOff: boolean): Promise<void> => changeCare(wallet, () => ({ emergencyTurnedOff }));

async function readEmergency({ connection: { deps, wallet }, members }: Here): Promise<EmergencyView> {
  const client = createPatientEmergency(deps);
  const [setting, accesses] = [await client.setting(), await client.accesses()];
  const named = await members.named([...(setting?.custodians ?? []), ...accesses.flatMap(({ institution, approvals }) => [institution, ...approvals])]);
  const turnedOff = setting === undefined && (await wallet.read(CARE))?.emergencyTurnedOff === true;
  return { setting, accesses: accesses.toSorted((a, b) => b.askedAt - a.askedAt), named, quorum: deps.config.quorum, turnedOff };
}
