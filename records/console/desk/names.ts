// Members by name, as the directory has them; asked for once while the page is open.
import type { Membership } from '#records/client/membership.ts';
import { isAddress } from '#records/model/members.ts';

export function createNames({ member }: Pick<Membership, 'member'>) {
  const asked = new Map<string, Promise<string | undefined>>();
  /** Undefined for whoever is not in the directory, or while there is no network. */
  return (address: string): Promise<string | undefined> => {
    const known = asked.get(address) ?? (isAddress(address) ? member(address).then(({ name }) => name, () => void asked.delete(address)) : Promise.resolve(undefined));
    asked.set(address, known);
    return known;
  };
}
