// Restoring a backup into a wallet, without taking anything from it: people are known by their secret, records by their id, and what is here stays
// as it is, for it may be newer. So an old backup brings back what was lost, and undoes nothing.
import type { BackedUpPerson, Backup } from './backup.ts';
import { CARE } from './care.ts';
import { FIRST_PERSON, PEOPLE, PEOPLE_MAX, recordOf, unusedId, type Person } from './people.ts';
import { CREDENTIALS, HISTORY, HOLDER, type Credentials, type Showing } from './records.ts';
import { HealthpassError } from '#passport';
import type { VaultChange } from '#vault/vault.ts';
import type { Wallet } from './wallet.ts';

export type RestorePlan = readonly { readonly name: string; readonly records: number; /** Records that are not in the wallet. */ readonly added: number; /** Whether the person is in the wallet. */ readonly isHere: boolean }[];

/** What restoring would do; without a wallet, what the backup holds. */
export async function planRestore(wallet: Wallet | undefined, { people }: Backup): Promise<RestorePlan> {
  if (!wallet) return people.map(({ name, credentials }) => ({ name, records: credentials.held.length, added: credentials.held.length, isHere: false }));
  return wallet.change(async (change) => {
    const plan = [];
    for (const person of people) {
      const id = await findPerson(change, person);
      const held = id === undefined ? [] : (await change.read(recordOf(CREDENTIALS, id))).held;
      const added = person.credentials.held.filter(({ issued }) => !held.some((known) => known.issued.id === issued.id)).length;
      plan.push({ name: person.name, records: person.credentials.held.length, added, isHere: id !== undefined });
    }
    return plan;
  });
}

/** @returns how many people and records were not here before. @throws HealthpassError `request-invalid` when there is no room for all people */
export const restoreBackup = (wallet: Wallet, { people }: Backup): Promise<{ readonly people: number; readonly records: number }> => wallet.change(async (change) => {
  const counts = { people: 0, records: 0 };
  // The first of them takes the place of somebody with whom nothing was done yet; the next must not take theirs.
  let isFree = await isUntouched(change);
  for (const person of people) {
    const known = await findPerson(change, person);
    const id = known ?? (await makePlace(change, person, isFree));
    isFree = false;
    if (known === undefined) counts.people++;
    const credentials = await change.read(recordOf(CREDENTIALS, id));
    const merged = mergeCredentials(credentials, person.credentials);
    counts.records += merged.held.length - credentials.held.length;
    change.write(recordOf(CREDENTIALS, id), merged);
    if (person.care && !(await change.read(recordOf(CARE, id)))) change.write(recordOf(CARE, id), person.care);
    change.write(recordOf(HISTORY, id), mergeHistory(await change.read(recordOf(HISTORY, id)), person.history));
  }
  return counts;
});

async function findPerson(change: Pick<VaultChange, 'read'>, { holder }: BackedUpPerson): Promise<string | undefined> {
  for (const { id } of await change.read(PEOPLE)) if ((await change.read(recordOf(HOLDER, id)))?.secret === holder.secret) return id;
  return undefined;
}

/** A new person, or the first one of a wallet. */
async function makePlace(change: VaultChange, { name, holder }: BackedUpPerson, isFree: boolean): Promise<string> {
  const people = await change.read(PEOPLE);
  if (!isFree && people.length >= PEOPLE_MAX) throw new HealthpassError('request-invalid', `a wallet holds at most ${PEOPLE_MAX} people`, { field: 'people' });
  const id = isFree ? FIRST_PERSON : unusedId(people);
  const person: Person = { id, name: nameBeside(name, isFree ? [] : people) };
  change.write(recordOf(HOLDER, id), holder);
  change.write(PEOPLE, isFree ? [person] : [...people, person]);
  return id;
}

async function isUntouched({ read }: VaultChange): Promise<boolean> {
  const people = await read(PEOPLE);
  if (people.length !== 1 || people[0]!.id !== FIRST_PERSON || people[0]!.name !== '') return false;
  const { held, pending } = await read(CREDENTIALS);
  return held.length === 0 && pending.length === 0 && (await read(HISTORY)).length === 0 && (await read(CARE)) === undefined;
}

function nameBeside(name: string, people: readonly Person[]): string {
  let [free, number] = [name, 2];
  while (free !== '' && people.some((person) => person.name === free)) free = `${name} ${number++}`;
  return free;
}

function mergeCredentials(here: Credentials, there: Credentials): Credentials {
  const held = [...here.held, ...there.held.filter(({ issued }) => !here.held.some((known) => known.issued.id === issued.id))];
  const isTaken = (commitment: bigint) => here.pending.some((known) => known.commitment === commitment) || held.some(({ issued }) => issued.claims.holder === commitment);
  return { held, pending: [...here.pending, ...there.pending.filter(({ commitment }) => !isTaken(commitment))] };
}

/** Showings have no names: the same one says the same. */
function mergeHistory(here: readonly Showing[], there: readonly Showing[]): Showing[] {
  const known = new Set(here.map((showing) => JSON.stringify(showing)));
  return [...there.filter((showing) => !known.has(JSON.stringify(showing))), ...here].toSorted((a, b) => a.at - b.at);
}
