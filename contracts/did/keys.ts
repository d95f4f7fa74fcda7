// The verification keys of a DID over time, numbered as ethr-did-resolver numbers them, so that a `kid` means one key everywhere.
import { ZeroAddress } from 'ethers';
import type { UnixSeconds } from '#passport/time.ts';
import type { ListedKey } from '#passport/trust.ts';
import { parseDidEthr, type DidDeployment } from './did.ts';
import { readDidEvents, type ChainReader, type DidEvent } from './events.ts';
import { compressedKey, KEY_ATTRIBUTES } from './registry.ts';

type OpenKey = { -readonly [K in keyof ListedKey]: ListedKey[K] };
type Listing = { readonly key: OpenKey; readonly block: number };

/**
 * Every key that the document of a DID lists or listed, by the events up to a block. The controller's own key is none of them: it
 * signs transactions. Of attributes with one name and value the last one counts.
 * @throws HealthpassError `request-invalid` for a DID of another chain, `chain-unavailable`, `chain-inconsistent`
 */
export async function readIssuerKeys(
  provider: ChainReader, deployment: DidDeployment, did: string, { toBlock }: { toBlock: number },
): Promise<ListedKey[]> {
  const { address } = parseDidEthr(did, deployment.chainId);
  return listKeys(did, await readDidEvents(provider, deployment, address, toBlock));
}

/** Folds the events of a DID, oldest first, into its keys. */
export function listKeys(did: string, events: readonly DidEvent[]): ListedKey[] {
  const listings: Listing[] = [];
  const open = new Map<string, OpenKey>();
  let number = 0;
  let numbered = true;
  for (const event of events) {
    if (event.kind === 'owner') {
      if (event.owner !== ZeroAddress) continue;
      // Deactivated. On chain, control falls back to the original key here; whatever it does now lists nothing any more.
      for (const key of open.values()) endAt(key, event);
      break;
    }
    if (event.kind === 'delegate') {
      number++; // an address, no key: it takes a number and nothing else
      continue;
    }
    if (!event.name.startsWith('did/pub/')) continue;
    // Resolvers count such a name only once it has run out: later numbers move with time, so no later key has a name to go by.
    if (!PUBLIC_KEY_NAME.test(event.name)) numbered = false;
    number++;
    const before = open.get(attributeId(event));
    if (before) endAt(before, event);
    const key = numbered && keyOf(did, number, event);
    if (!key) continue;
    open.set(attributeId(event), key);
    listings.push({ key, block: event.block });
  }
  // What ended in the block that began it was in no document.
  return listings.filter(({ key, block }) => key.untilBlock !== block).map(({ key }) => key);
}

const PUBLIC_KEY_NAME = /^did\/pub\/\w+(?:\/\w+)?(?:\/\w+)?$/;
/** Times past this one are no times but "for ever". */
const TIME_LIMIT = 2n ** 33n;

type AttributeEvent = Extract<DidEvent, { kind: 'attribute' }>;
const attributeId = ({ name, value }: AttributeEvent) => `${name} ${value}`;

function keyOf(did: string, number: number, { name, value, validTo, time }: AttributeEvent): OpenKey | undefined {
  const row = KEY_ATTRIBUTES.find((candidate) => candidate.name === name);
  const publicKey = row && compressedKey(row.type, value);
  if (!publicKey || validTo < BigInt(time)) return undefined; // run out as it was set: a revocation
  const until = validTo < TIME_LIMIT ? Number(validTo) + 1 as UnixSeconds : null; // validTo itself is still listed
  return { kid: `${did}#delegate-${number}`, type: row.type, publicKey, since: time, until, untilBlock: null };
}

function endAt(key: OpenKey, { time, block }: DidEvent): void {
  if (key.untilBlock !== null || (key.until !== null && key.until <= time)) return;
  key.until = time;
  key.untilBlock = block;
}
