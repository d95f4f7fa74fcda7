// The desk of a member: its parts, put together.
import { HealthpassError } from '#passport';
import { createGatewayClient } from '#records/client/http.ts';
import { createDoor, type Session } from './door.ts';
import { createGateway } from './gateway.ts';
import { encodeKeyFile, openKeyFile } from '#records/client/key-file.ts';
import { createMembership } from '#records/client/membership.ts';
import { createKept } from './kept.ts';
import { createNames } from './names.ts';
import { createOpenMember } from './open-member.ts';
import { createPatients } from './patients.ts';
import type { DeskPlatform } from './platform.ts';
import { createReadings } from './reading.ts';
import { SETTINGS } from './records.ts';
import { createUrgent } from './urgent.ts';
import { createWays } from './ways.ts';

export type Desk = Awaited<ReturnType<typeof createDesk>>;

export async function createDesk(platform: DeskPlatform) {
  const door = createDoor(platform);
  const gateway = createGateway(createGatewayClient({ url: platform.gatewayUrl, fetch: platform.fetch }), door);
  const inside = (): Session => {
    const session = door.session.get();
    if (!session) throw new HealthpassError('wallet-locked', 'the keys are locked');
    return session;
  };
  const { fetch, now } = platform;
  const membership = createMembership(gateway, now);
  const kept = createKept(() => inside().vault, now);
  const patients = createPatients({ gateway, kept, openMember: createOpenMember({ gateway, membership, fetch, now }) });
  await door.look();
  return {
    door, gateway, membership, names: createNames(membership), kept, patients, readings: createReadings({ gateway, patients, kept, now }), urgent: createUrgent({ gateway, membership, patients, fetch, now }),
    ways: createWays(platform, () => inside().vault),
    settings: async () => inside().vault.read(SETTINGS),
    /** The bytes of a key file that this passphrase opens. */
    async makeKeyFile(passphrase: string): Promise<Uint8Array> {
      const { vault, root } = inside();
      const file = await encodeKeyFile(root, passphrase, platform.passphraseCost);
      await vault.change(async ({ read, write }) => write(SETTINGS, { ...(await read(SETTINGS)), backedUpAt: platform.now() }));
      return file;
    },
    /** none -> open, with the keys of a file, which its passphrase then opens here too. @throws HealthpassError `backup-invalid`, `wallet-locked` */
    async restore(file: Uint8Array, passphrase: string): Promise<void> {
      await door.create({ way: 'passphrase', passphrase }, await openKeyFile(file, passphrase));
    },
  };
}
