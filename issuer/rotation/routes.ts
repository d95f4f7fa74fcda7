// Rotating keys step by step, for the pages of staff: what would happen, and each step when somebody decides it.
import { z } from 'zod';
import { route, type Route } from '#server';
import type { Gas } from '../figures/now.ts';
import { BACK_FOR, type Guide } from './guided.ts';
import { ROTATABLE, STAGES } from './table.ts';

export type RotationDeps = {
  readonly guide: Guide;
  readonly gas: () => Promise<Gas | undefined>;
  /** Signatures that a new claims key makes again, and lists whose leaves change. */
  readonly countMessages: () => Promise<number>;
  readonly lists: number;
};

/** Gas: a claims key with one list and with each further one (contracts/gas.md); an attribute of a DID document, of which two are listed and two revoked. */
const GAS = { claims: 500_000, list: 293_000, attribute: 60_000 };
/** What cannot be undone, and who has to do something, by part. A page has words for each. */
const IRREVERSIBLE = { claims: ['claims-key-once', 'old-claims-key-erased'], did: ['old-document-keys-erased-on-confirming'] } as const;
const UPDATES = { claims: ['wallets-fetch-signatures', 'verifiers-read-the-chain'], did: ['verifiers-read-the-chain', 'older-credentials-need-anchors'] } as const;

const rotation = z.object({
  id: z.string(), keys: z.enum(ROTATABLE), stage: z.enum(STAGES), preparedAt: z.int(), switchedAt: z.int().optional(), endedAt: z.int().optional(), backUntil: z.int().optional(),
  back: z.enum(['nothing-happened', 'document-keys-only', 'document-keys']).optional().meta({ description: 'What going back means now; absent where it is too late, or on its way' }),
  signedAhead: z.int().optional(), trouble: z.string().optional().meta({ description: 'Code of what holds a step up; it goes on by itself' }),
}).meta({ id: 'Rotation' });
const part = z.object({ transactions: z.int(), gas: z.int(), signatures: z.int().optional(), irreversible: z.array(z.string()), updates: z.array(z.string()) });
const plan = z.object({ claims: part, did: part, backFor: z.int(), gas: z.object({ balance: z.string(), perWrite: z.string(), writes: z.int() }).optional() });
const body = z.strictObject({ keys: z.enum(ROTATABLE) });
const STEP = { tag: 'keys', permission: 'keys:rotate', answers: { 202: { description: 'Written down, and on its way', schema: rotation } }, problems: ['status-conflict'] } as const;

export const rotationRoutes = ({ guide, gas, countMessages, lists }: RotationDeps): Route[] => [
  route({
    method: 'get', path: '/keys/rotation', summary: 'Say where a rotation stands, and what one would do', tag: 'keys', permission: 'audit:read',
    answers: { 200: { description: 'The newest rotation, and the plan of another', schema: z.object({ rotation: rotation.nullable(), plan }) } },
    async run() {
      const money = await gas();
      return {
        rotation: (await guide.state()) ?? null,
        plan: {
          claims: { transactions: 1 + lists, gas: GAS.claims + GAS.list * Math.max(0, lists - 1), signatures: await countMessages(), irreversible: [...IRREVERSIBLE.claims], updates: [...UPDATES.claims] },
          did: { transactions: 4 + lists, gas: 4 * GAS.attribute, irreversible: [...IRREVERSIBLE.did], updates: [...UPDATES.did] },
          backFor: BACK_FOR, ...(money && { gas: money }),
        },
      };
    },
  }),
  route({ ...STEP, method: 'post', path: '/keys/rotation', summary: 'Prepare new keys, of which nobody learns yet', body: { schema: body }, run: ({ body: { keys }, principal }) => guide.prepare(keys, principal) }),
  route({ ...STEP, method: 'post', path: '/keys/rotation/switch', summary: 'Switch to the prepared keys', run: ({ principal }) => guide.switch(principal) }),
  route({ ...STEP, method: 'post', path: '/keys/rotation/confirm', summary: 'Retire the old keys of the DID document', run: ({ principal }) => guide.confirm(principal) }),
  route({ ...STEP, method: 'post', path: '/keys/rotation/back', summary: 'Go back as far as one can', run: ({ principal }) => guide.back(principal) }),
];
