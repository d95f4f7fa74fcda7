// A person whom nobody knows is a patient of the hospital's own making: records are written and read as for anybody. When it is known who it is, and
// that person allows the hospital to write, what was written goes over, signed anew by whoever hands it over, and the makeshift patient ends.
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError, parseJson } from '#passport';
import { createCareViews } from '#contracts/care/index.ts';
import { accountKey } from '#records/model/keys/derive.ts';
import { sealTo, type Binding } from '#records/model/keys/hpke.ts';
import { createRoot, parseRoot, type Root } from '#records/model/keys/root.ts';
import type { Address } from '#records/model/members.ts';
import { CATEGORIES } from '#records/model/record.ts';
import { createSigner } from '#records/model/signing.ts';
import { z } from 'zod';
import { read } from '../answer.ts';
import type { GatewayClient } from '../http.ts';
import type { MemberClient } from '../member.ts';
import { isRead } from '../open-record.ts';
import { createPatient } from '../patient.ts';
import { signIn } from '../session.ts';
import { openWithAny, type InstitutionDeps } from './institution.ts';

type Hex = `0x${string}`;
const keptSchema = z.strictObject({ root: z.string().regex(/^[0-9a-f]{64}$/), label: z.string().min(1).max(200), relationship: z.string() });
const listSchema = z.object({ unknown: z.array(z.object({ id: z.string(), sealed: z.string(), since: z.int() })) });

/** `label`: what the hospital calls the person; `relationship`: where its staff writes and reads. */
export type UnknownPatient = { readonly id: string; readonly label: string; readonly relationship: string; readonly since: number };
export type UnknownPatients = {
  readonly add: (label: string) => Promise<UnknownPatient>;
  readonly list: () => Promise<readonly UnknownPatient[]>;
  /** Writes everything for the patient of another relationship, and forgets the makeshift one. @returns how many records @throws HealthpassError of reading and writing: nothing is forgotten then, and it can be done again */
  readonly handOver: (id: string, relationship: string) => Promise<number>;
};

const DAY = 86_400;
const LASTS = 90 * DAY;

export function createUnknownPatients(deps: InstitutionDeps & { readonly member: MemberClient; readonly hospital: Address }): UnknownPatients {
  const { gateway, config, readingKeys, member, hospital, now } = deps;
  const chain = createCareViews({ endpoints: config.rpc, deployment: config });

  /** Its own account: the hospital's session says nothing about it. */
  async function enter(root: Root): Promise<GatewayClient> {
    const { client } = await signIn(gateway, createSigner(hexToBytes(accountKey(root).secretKey.slice(2))), { gateway: config.gateway, chainId: config.chainId });
    return client;
  }
  async function opened({ id, sealed }: { readonly id: string; readonly sealed: string }): Promise<z.infer<typeof keptSchema>> {
    const parsed = keptSchema.safeParse(parseJson(await openWithAny(readingKeys, sealed, keptBinding(id, hospital))));
    if (!parsed.success) throw new HealthpassError('sealed-invalid', 'what was kept has another form', { field: 'unknown' });
    return parsed.data;
  }
  const fetchList = async () => read(listSchema, await gateway.get('/unknown-patients')).unknown;

  return {
    async add(label) {
      const root = createRoot();
      const client = await enter(root);
      await client.post('/patients', {});
      const patient = createPatient({ ...deps, chain, gateway: client, root });
      const consent = { actions: ['read', 'write'], categories: CATEGORIES, purposes: ['TREAT', 'ETREAT'], until: now() + LASTS } as const;
      // Asked for by the hospital: nobody takes it for one of those whom nobody knows, of whom a gateway carries few in a day.
      const asked = await patient.readAsked((await member.ask({ ...consent, actions: [...consent.actions], purposes: [...consent.purposes], categories: [...consent.categories] })).link);
      const { id: relationship } = await patient.createRelationship({ recipient: hospital, consent: consent as never, card: { name: label }, asked });
      const id: Hex = `0x${bytesToHex(randomBytes(32))}`;
      const kept = JSON.stringify({ root: bytesToHex(root), label, relationship });
      await gateway.post('/unknown-patients', { id, sealed: await sealTo(readingKeys[0]!.publicKey, utf8ToBytes(kept), keptBinding(id, hospital)) }); // there is one
      await patient.untilActive(relationship);
      return { id, label, relationship, since: now() };
    },
    list: async () => Promise.all((await fetchList()).map(async (one) => {
      const { label, relationship } = await opened(one);
      return { id: one.id, label, relationship, since: one.since };
    })),
    async handOver(id, to) {
      const one = (await fetchList()).find((other) => other.id === id);
      if (!one) throw new HealthpassError('record-unknown', 'there is no such patient', { field: 'id' });
      const { root, relationship } = await opened(one);
      const records = await member.readAll(relationship, { purpose: 'TREAT' });
      const unread = records.find((record) => !isRead(record));
      if (unread && 'problem' in unread) throw new HealthpassError('sealed-invalid', 'a record does not open, so that it cannot be handed over', { field: unread.meta.id });
      for (const record of records) if (isRead(record)) await member.write(to, record.content.text);
      const client = await enter(parseRoot(hexToBytes(root)));
      await createPatient({ ...deps, chain, gateway: client, root: parseRoot(hexToBytes(root)) }).revoke(relationship);
      await client.delete('/patients');
      await gateway.delete(`/unknown-patients/${id}`);
      return records.length;
    },
  };
}

const keptBinding = (id: string, hospital: Address): Binding => ({ kind: 'healthpass/unknown-patient/1', id, hospital });
