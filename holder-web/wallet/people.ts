// Several people in one wallet (children, parents in care): each with a secret, records and passes of their own, so that nothing that is shown
// for one leads to another. The first person's records have the names they had when a wallet held one person only; the others' end with an id.
import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HealthpassError, type UnixSeconds } from '#passport';
import type { VaultRecord } from '#vault/record-store.ts';
import { CARE, RECOVERY } from './care.ts';
import { CREDENTIALS, HISTORY, HOLDER, PASSES, type Holder } from './records.ts';
import { randomField, type Wallet } from './wallet.ts';

export type Person = {
  /** 8 hex digits. */
  readonly id: string;
  /** Empty until one is given. */
  readonly name: string;
};

export const FIRST_PERSON = '00000000';
export const PEOPLE_MAX = 16;
const NAME_MAX = 80;
/** Controls, and what turns the direction of the text around it; joiners stay, which names in several scripts need. */
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

const personSchema = z.strictObject({ id: z.string().regex(/^[0-9a-f]{8}$/), name: z.string().max(NAME_MAX) });
export const PEOPLE: VaultRecord<readonly Person[]> = {
  name: 'people', empty: [{ id: FIRST_PERSON, name: '' }], encode: (people) => people, parse: (json) => z.array(personSchema).min(1).max(PEOPLE_MAX).parse(json),
};
/** Everything that is kept for one person. */
const OF_A_PERSON = [HOLDER, CREDENTIALS, PASSES, HISTORY, CARE, RECOVERY] as const;

/** In the order in which they were added; at least one. */
export const peopleOf = (wallet: Wallet): Promise<readonly Person[]> => wallet.read(PEOPLE);

/** @throws HealthpassError `request-invalid` for a name that is empty, too long or there already, or too many people */
export async function addPerson(wallet: Wallet, name: string, now: UnixSeconds, secret = randomField()): Promise<Person> {
  return wallet.change(async (change) => {
    const people = await change.read(PEOPLE);
    if (people.length >= PEOPLE_MAX) throw invalid('people', `a wallet holds at most ${PEOPLE_MAX} people`);
    const person = { id: unusedId(people), name: readName(name, people) };
    const holder: Holder = { secret, createdAt: now };
    change.write(recordOf(HOLDER, person.id), holder);
    change.write(PEOPLE, [...people, person]);
    return person;
  });
}

/** @throws HealthpassError `person-unknown`, `request-invalid` */
export const renamePerson = (wallet: Wallet, id: string, name: string): Promise<void> => wallet.change(async (change) => {
  const people = await change.read(PEOPLE);
  assertKnown(people, id);
  const others = people.filter((person) => person.id !== id);
  change.write(PEOPLE, people.map((person) => (person.id === id ? { id, name: readName(name, others) } : person)));
});

/** With everything that is kept for them. @throws HealthpassError `person-unknown`, `request-invalid` for the last one */
export const removePerson = (wallet: Wallet, id: string): Promise<void> => wallet.change(async (change) => {
  const people = await change.read(PEOPLE);
  assertKnown(people, id);
  if (people.length === 1) throw invalid('people', 'the last person of a wallet cannot be removed');
  for (const record of OF_A_PERSON) change.remove(recordOf<unknown>(record as VaultRecord<unknown>, id)); // only its name counts
  change.write(PEOPLE, people.filter((person) => person.id !== id));
});

/** The wallet as it is for one person: every verb of the wallet works on it. What is done for somebody who was removed meanwhile ends with `person-unknown`. */
export function walletOf(wallet: Wallet, id: string): Wallet {
  return {
    ...wallet,
    read: (record) => wallet.read(recordOf(record, id)),
    change: (task) => wallet.change(async (change) => {
      assertKnown(await change.read(PEOPLE), id);
      return task({
        read: (record) => change.read(recordOf(record, id)),
        write: (record, value) => change.write(recordOf(record, id), value),
        remove: (record) => change.remove(recordOf(record as VaultRecord<unknown>, id)), // only its name counts
      });
    }),
  };
}

/** A record of one person, by the name that it has in the vault. */
export const recordOf = <T>(record: VaultRecord<T>, id: string): VaultRecord<T> => (id === FIRST_PERSON ? record : { ...record, name: `${record.name}-${id}` });

export function unusedId(people: readonly Person[]): string {
  for (;;) {
    const id = bytesToHex(randomBytes(4));
    if (id !== FIRST_PERSON && people.every((person) => person.id !== id)) return id;
  }
}

function assertKnown(people: readonly Person[], id: string): void {
  if (!people.some((person) => person.id === id)) throw new HealthpassError('person-unknown', 'there is no such person in the wallet', { field: 'person' });
}

function readName(text: string, others: readonly Person[]): string {
  const name = text.normalize('NFC').trim();
  if (name === '' || name.length > NAME_MAX || INVISIBLE.test(name)) throw invalid('name', 'the name is empty, too long or holds something invisible');
  if (others.some((person) => person.name === name)) throw invalid('name', 'somebody of this name is there already');
  return name;
}

const invalid = (field: string, message: string) => new HealthpassError('request-invalid', message, { field });
