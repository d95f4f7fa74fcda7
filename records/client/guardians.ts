// Guardians of a root: chosen by the patient, asked by a new device. The gateway keeps what passes between them and can open none of it.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { askedRecoverySchema, entrustedSchema, guardiansSchema, recoverySchema, type Entrusted, type Guardians, type RecoveryState } from '#records/model/exchange/guardians.ts';
import { bytes32Text } from '#records/model/exchange/wire.ts';
import { forwardShare, joinRoot, openShare, receiveShare, splitRoot, type Backup, type Guardian } from '#records/model/keys/guardians.ts';
import { openWith, sealTo, type PublicKey, type SealingKeys } from '#records/model/keys/hpke.ts';
import type { Root } from '#records/model/keys/root.ts';
import type { Address } from '#records/model/members.ts';
import { read } from './answer.ts';
import type { GatewayClient } from './http.ts';

type Hex = `0x${string}`;

const noteInfo = (backup: string, guardian: Address) => ({ kind: 'healthpass/guardian-note/1', backup, guardian });

/** For the patient. */
export const createGuardianship = (gateway: GatewayClient, root: Root) => ({
  view: async (): Promise<Guardians> => read(guardiansSchema, await gateway.get('/guardians')),
  /** `name`: what guardians are told whose share it is. An earlier choice ends. @throws HealthpassError `share-invalid` */
  async choose(guardians: readonly Guardian[], threshold: number, name: string): Promise<void> {
    const backup = await splitRoot(root, guardians, threshold);
    const notes = await Promise.all(guardians.map(async ({ guardian, key }) => ({ guardian, note: await sealTo(key, utf8ToBytes(name.slice(0, 200)), noteInfo(backup.id, guardian)) })));
    await gateway.post('/guardian-shares', { backup, notes });
  },
  /** To a recovery that is not the patient's own. */
  object: async (recovery: string): Promise<void> => void (await gateway.delete(`/recoveries/${recovery}`)),
});

/** 20 digits: guardian and person compare them, so that nobody slips in another key; fewer could be hit by trying keys. */
export const checkCodeOf = (key: PublicKey): string =>
  (BigInt(`0x${bytesToHex(sha256(hexToBytes(key.slice(2))).subarray(0, 16))}`) % 10n ** 20n).toString().padStart(20, '0').replace(/(\d{4})(?=\d)/g, '$1 ');

export type Ward = { readonly backup: string; readonly threshold: number; /** Whose share it is, as the patient said. */ readonly name: string | undefined };

/** For a guardian: any account with sealing keys. */
export function createGuardian(gateway: GatewayClient, account: Address, keys: SealingKeys) {
  const shares = async (): Promise<readonly Entrusted[]> => read(z.object({ shares: z.array(entrustedSchema) }), await gateway.get('/guardian-shares')).shares;
  return {
    wards: async (): Promise<readonly Ward[]> => Promise.all((await shares()).map(async ({ backup, threshold, note }) =>
      ({ backup, threshold, name: note === undefined ? undefined : await openWith(keys, note, noteInfo(backup, account)).then((bytes) => new TextDecoder().decode(bytes), () => undefined) }))),
    /** What the link of a recovery asks: compare its code with that on the person's screen. */
    async readRecovery(link: string): Promise<{ readonly recovery: Hex; readonly code: string; readonly isOpen: boolean }> {
      const { id, key, isOpen } = read(askedRecoverySchema, await gateway.get(`/recoveries/${parseRecoveryLink(link)}/asked`));
      return { recovery: id, code: checkCodeOf(key), isOpen };
    },
    /** After the guardian made sure who asks. `code` is what was compared: the gateway cannot show another key meanwhile. @throws HealthpassError `offer-untrusted`, `share-invalid` */
    async release(recovery: Hex, backup: string, code: string): Promise<void> {
      const { key } = read(askedRecoverySchema, await gateway.get(`/recoveries/${recovery}/asked`));
      if (checkCodeOf(key) !== code) throw new HealthpassError('offer-untrusted', 'the key of the recovery is not the one that was compared', { field: 'code' });
      const own = (await shares()).find((one) => one.backup === backup);
      if (!own) throw new HealthpassError('record-unknown', 'there is no such share', { field: 'backup' });
      // Only its own share is shown to a guardian; the rest of the backup is not needed to open it.
      const alone = { version: 1, id: backup, threshold: own.threshold, digest: own.digest, shares: [{ guardian: account, digest: own.digest, sealed: own.sealed }] } as Backup;
      await gateway.post(`/recoveries/${recovery}/shares`, { backup, sealed: await forwardShare(await openShare(keys, alone, account), key, { id: backup }, account) });
    },
  };
}

/** For a new device, signed in with an account of its own. `keys` are kept until the end: who loses them begins anew. */
export const createRecovery = (gateway: GatewayClient, keys: SealingKeys) => ({
  /** @returns the link that guardians are shown, and the code to compare */
  async ask(): Promise<{ readonly recovery: Hex; readonly link: string; readonly code: string }> {
    const recovery = `0x${bytesToHex(randomBytes(32))}` as const;
    await gateway.post('/recoveries', { id: recovery, key: keys.publicKey });
    return { recovery, link: `#/guard?${new URLSearchParams({ recovery, gateway: gateway.url }).toString()}`, code: checkCodeOf(keys.publicKey) };
  },
  progress: async (recovery: Hex): Promise<RecoveryState> => read(recoverySchema, await gateway.get(`/recoveries/${recovery}`)),
  /** The root, once it is ready. @throws HealthpassError `share-invalid`, naming nothing that helps whoever forges; `status-conflict` before */
  async finish(recovery: Hex): Promise<Root> {
    const { state, backup, shares = [] } = read(recoverySchema, await gateway.get(`/recoveries/${recovery}`));
    if (state !== 'ready' || !backup) throw new HealthpassError('status-conflict', 'the recovery is not ready', { field: 'recovery' });
    const opened: Uint8Array[] = [];
    for (const { guardian, sealed } of shares) {
      const share = await receiveShare(keys, sealed, backup, guardian).catch(() => undefined); // a guardian may have sent something else
      if (share) opened.push(share);
    }
    return joinRoot(backup, opened);
  },
});

/** @throws HealthpassError `request-invalid` */
export function parseRecoveryLink(link: string): Hex {
  const { success, data } = bytes32Text.safeParse(new URLSearchParams(/#\/guard\?(.*)$/s.exec(link)?.[1] ?? '').get('recovery'));
  if (!success) throw new HealthpassError('request-invalid', 'the link asks no guardian for anything', { field: 'link' });
  return data;
}
