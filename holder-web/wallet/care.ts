// What a person of the wallet needs for records: the root of all keys, the gateway it is used at, and what the person tells those who treat them.
// Each person has a root of their own, so nothing ties the records of two people of one wallet together.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { UnixSeconds } from '#passport';
import type { Root } from '#records/model/keys/root.ts';
import type { Address } from '#records/model/members.ts';
import type { FhirDay } from '#records/model/record.ts';
import type { VaultRecord } from '#vault/record-store.ts';
import type { Wallet } from './wallet.ts';

/** As it was when the person began: whoever answers in its place later is not spoken to. */
export type KnownGateway = { readonly url: string; readonly address: Address; readonly chainId: number; /** Of the deployment: by them every statement is signed. */ readonly contracts: Readonly<Record<string, Address>> };
/** Up to where the account of accesses was found whole, and what was shown by then. */
export type CheckedLog = { readonly entries: number; readonly head: `0x${string}` };
export type Care = {
  readonly root: Root;
  readonly createdAt: UnixSeconds;
  readonly gateway: KnownGateway;
  /** As it stands in papers: told to each recipient, and to nobody else. */
  readonly card: { readonly name: string; readonly birthDate?: FhirDay | undefined };
  /** Last entry of the account that the person has looked at. */
  readonly seen: number;
  readonly checked?: CheckedLog | undefined;
  /** What the person calls those whom they trust, by address. */
  readonly names: Readonly<Record<string, string>>;
  /** How many addresses this person has used to act for others. */
  readonly delegates: number;
  /** The wallet had to turn off what was laid ready for an emergency, and the person has not laid it ready anew. */
  readonly emergencyTurnedOff?: boolean | undefined;
};
/** A recovery under way: a new key that asks guardians for the root of before. */
export type Recovery = { readonly root: Root; readonly gateway: KnownGateway; readonly id: `0x${string}`; readonly link: string; readonly code: string; readonly startedAt: UnixSeconds };

const hex = (bytes: number) => z.string().regex(new RegExp(`^0x[0-9a-f]{${2 * bytes}}$`)).transform((text) => text as `0x${string}`);
const address = hex(20).transform((text) => text as string as Address);
const count = z.int().min(0);
const root = z.string().regex(/^[0-9a-f]{64}$/).transform((text) => hexToBytes(text) as Root); // 32 bytes, by their digits
const gateway = z.strictObject({ url: z.string().max(500), address, chainId: count, contracts: z.record(z.string(), address) });
const schema = z.strictObject({
  root,
  createdAt: count.transform((time) => time as UnixSeconds),
  gateway,
  card: z.strictObject({ name: z.string().min(1).max(200), birthDate: z.iso.date().optional() }),
  seen: count,
  checked: z.strictObject({ entries: count, head: hex(32) }).optional(),
  names: z.record(z.string(), z.string().max(200)).default({}),
  delegates: count.default(0),
  emergencyTurnedOff: z.boolean().optional(),
});
const recoverySchema = z.strictObject({ root, gateway, id: hex(32), link: z.string().max(1000), code: z.string().max(60), startedAt: count.transform((time) => time as UnixSeconds) });

export const CARE: VaultRecord<Care | undefined> = {
  name: 'care', empty: undefined,
  encode: (care) => care && { ...care, root: bytesToHex(care.root) },
  parse: (json) => schema.parse(json),
};

/** Writes part of it, for whoever has records. */
export const changeCare = (wallet: Wallet, change: (care: Care) => Partial<Care>): Promise<void> => wallet.change(async ({ read, write }) => {
  const care = await read(CARE);
  if (care) write(CARE, { ...care, ...change(care) });
});

export const RECOVERY: VaultRecord<Recovery | undefined> = {
  name: 'recovery', empty: undefined,
  encode: (recovery) => recovery && { ...recovery, root: bytesToHex(recovery.root) },
  parse: (json) => recoverySchema.parse(json),
};
