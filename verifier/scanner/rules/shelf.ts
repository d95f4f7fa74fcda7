// Rules that were passed on to this device, and the signers that its staff have said they know. Kept as they were signed, and verified again
// whenever they are read: what somebody put into the browser's storage is no rule for that.
import { z } from 'zod';
import { verifySignedRule, type VerifiedRule } from '#formats/rule/index.ts';
import { createValue, type Followed } from '#faces/value.ts';

const KEPT_AS = 'scanner-rules';
const MOST = 200;

const shelfSchema = z.object({ rules: z.array(z.string().max(60_000)).max(MOST).catch([]), signers: z.array(z.string().max(300)).max(MOST).catch([]) });
type Kept = z.infer<typeof shelfSchema>;

export type ShelfDeps = {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Names and authority of the service that this app came from. */
  readonly own: () => Promise<{ readonly clientIds: readonly string[]; readonly root: string | undefined }>;
  readonly now: () => number;
};
export type Shelf = Followed<readonly VerifiedRule[]> & {
  /** @throws HealthpassError as verifySignedRule */
  readonly read: (text: string) => Promise<VerifiedRule>;
  readonly isOwn: (rule: VerifiedRule) => Promise<boolean>;
  readonly take: (rule: VerifiedRule) => Promise<void>;
  readonly remove: (rule: VerifiedRule) => Promise<void>;
  readonly know: (clientId: string) => Promise<void>;
};

/** A name belongs to who came with it first, and a version stays what it was. */
const withNext = (before: readonly VerifiedRule[], next: VerifiedRule): readonly VerifiedRule[] =>
  (before.some(({ policy, signer }) => policy.id === next.policy.id && (signer.clientId !== next.signer.clientId || policy.version === next.policy.version)) ? before : [...before, next]);

export function createShelf({ storage, own, now }: ShelfDeps): Shelf {
  const rules = createValue<readonly VerifiedRule[]>([]);
  const kept = (): Kept => {
    try {
      return shelfSchema.parse(JSON.parse(storage.getItem(KEPT_AS) ?? '{}'));
    } catch {
      return { rules: [], signers: [] };
    }
  };
  const keep = (next: Kept) => {
    try {
      storage.setItem(KEPT_AS, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing: the rules last until it is closed.
    }
  };
  const read = async (text: string): Promise<VerifiedRule> => {
    const { clientIds, root } = await own();
    return verifySignedRule(text, { now: now(), roots: root === undefined ? [] : [root], knownSigners: [...kept().signers, ...clientIds] });
  };
  const refresh = async (): Promise<void> => {
    const found = await Promise.all(kept().rules.map((jws) => read(jws).catch(() => undefined)));
    rules.set(found.filter((rule) => rule !== undefined).reduce(withNext, []));
  };
  void refresh();
  return {
    get: rules.get, subscribe: rules.subscribe, read,
    isOwn: async ({ signer }) => (await own()).clientIds.includes(signer.clientId),
    async take({ jws }) {
      const { rules: before, signers } = kept();
      keep({ signers, rules: [...before.filter((other) => other !== jws), jws].slice(-MOST) });
      await refresh();
    },
    async remove({ jws }) {
      const { rules: before, signers } = kept();
      keep({ signers, rules: before.filter((other) => other !== jws) });
      await refresh();
    },
    async know(clientId) {
      const { rules: before, signers } = kept();
      keep({ rules: before, signers: [...new Set([...signers, clientId])].slice(-MOST) });
      await refresh();
    },
  };
}
