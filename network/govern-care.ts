// What governance does for records, from a terminal or a container: the contracts of care, bodies, and gateways.
import type { JsonRpcProvider, Wallet } from 'ethers';
import { z } from 'zod';
import { createFileJournal, createSender, deployCare } from '#contracts';
import { appointBody, grantRole, parseCareDeployment, type CareDeployment } from '#contracts/care/index.ts';
import { HealthpassError } from '#passport';
import { isAddress, ROLES_OF_BODIES, type Address, type Role } from '#records/model/members.ts';
import { readFileIfThere, readJsonFile, writeFileAtomic, type Log } from '#server';

/** Gateways keep their role until governance takes it. */
const FOREVER = 2 ** 40 - 1;

/** As a gateway writes it beside its keys. */
export const careRequestSchema = z.object({ address: z.custom<Address>(isAddress) });

type CareGovernanceDeps = {
  /** Where the deployment stands, or will; undefined where there are no records. */
  readonly file: string | undefined;
  readonly provider: JsonRpcProvider;
  readonly wallet: Wallet;
  readonly journal: string;
  /** Money for an account, on a development chain. */
  readonly pay: (address: string) => Promise<void>;
  readonly log: Log;
};

export function createCareGovernance({ file, provider, wallet, journal, pay, log }: CareGovernanceDeps) {
  async function deployment(): Promise<CareDeployment> {
    if (file === undefined) throw new HealthpassError('configuration-invalid', 'HEALTHPASS_CARE_DEPLOYMENT is needed and not set', { field: 'HEALTHPASS_CARE_DEPLOYMENT' });
    return parseCareDeployment(await readJsonFile(file));
  }
  const senderOf = (care: CareDeployment) => createSender({
    provider, chain: care.contracts.RoleRegistry, wallet: { address: wallet.address, signTransaction: (transaction) => wallet.signTransaction(transaction) }, journal: createFileJournal(journal),
  });

  return {
    async deploy(): Promise<void> {
      if (file === undefined || (await readFileIfThere(file))) return;
      await writeFileAtomic(file, `${JSON.stringify(await deployCare(wallet, { governance: wallet.address }), null, 2)}\n`);
      log.info('the contracts of care are deployed');
    },
    /** Each time it is told, as a body's roles may change more than once. */
    async appoint(body: string, words: string): Promise<void> {
      const address = body.toLowerCase();
      const names = words === 'none' ? [] : words.split(',').map((name) => name.trim());
      const isRole = (name: string): name is Role => (ROLES_OF_BODIES as readonly string[]).includes(name);
      if (!isAddress(address) || !names.every(isRole)) throw new HealthpassError('usage', `appoint BODY ROLES: an address, and some of ${ROLES_OF_BODIES.join(',')}, or none`, { field: 'command' });
      const care = await deployment();
      await senderOf(care).send(appointBody(care, address, names), { id: `appoint:${address}:${Date.now()}` });
      log.info('the body is appointed as said');
    },
    async admit({ address }: z.output<typeof careRequestSchema>): Promise<void> {
      const care = await deployment();
      await pay(address);
      await senderOf(care).send(grantRole(care, { member: address, role: 'gateway', until: FOREVER }), { id: `gateway:${address}` });
      log.info('the gateway has its role');
    },
  };
}
