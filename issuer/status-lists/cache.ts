// Signed lists are made when they are first asked for and kept until the chain says something else, or half of their time is over.
import { createHash } from 'node:crypto';
import type { ListRecord, TrustState } from '#passport';
import { STATUS_LIFETIME, type ListMoment } from './signed.ts';

/** A text as it goes out, and its strong ETag. */
export type KeptList = { readonly text: string; readonly etag: string };

export function createListCache({ trust }: { readonly trust: () => Promise<TrustState> }) {
  const kept = new Map<string, { readonly state: string; readonly at: number; readonly made: Promise<KeptList> }>();
  return {
    /** The list in one of its forms; undefined when there is none of that number. */
    async get(list: number, form: string, url: string, make: (moment: ListMoment) => Promise<string>): Promise<KeptList | undefined> {
      const { lists, syncedAt } = await trust();
      const record = lists.find(({ id }) => id === list);
      if (!record) return undefined;
      const name = `${form} ${list}`;
      const [known, state] = [kept.get(name), stateOf(record)];
      if (known?.state === state && syncedAt < known.at + STATUS_LIFETIME / 2) return known.made;
      const made = make({ record, url, at: syncedAt }).then((text) => ({ text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 32)}"` }));
      kept.set(name, { state, at: syncedAt, made });
      made.catch(() => kept.delete(name)); // what failed is tried again
      return made;
    },
  };
}

/** The root stands for the words of the final block; what the latest block says besides is little. */
function stateOf({ root, words, latestWords, suspended }: ListRecord): string {
  const hash = createHash('sha256').update(`${root}`);
  for (const [word, mask] of latestWords) if (words.get(word) !== mask) hash.update(`l${word}:${mask}`);
  for (const [word, mask] of words) if (!latestWords.has(word)) hash.update(`f${word}:${mask}`);
  for (const [word, mask] of suspended) hash.update(`s${word}:${mask}`);
  return hash.digest('hex');
}
