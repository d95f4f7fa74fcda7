// What a person of the wallet is called; the first one needs no name.
import type { Holdings, Person } from '#wallet-app/states.ts';

export const nameOf = (person: Person, { people }: Pick<Holdings, 'people'>, me: string, unnamed: string): string => person.name || (people[0]?.id === person.id ? me : unnamed);
