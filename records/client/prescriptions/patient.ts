// A patient's prescriptions: what prescribers left, how often each was used by the chain's word, and handing one use to a pharmacy of one's own choice.
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { HealthpassError, isHealthpassError, parseJson, type UnixSeconds } from '#passport';
import { createCareViews } from '#contracts/care/index.ts';
import { titleOf, type FhirResource } from '#records/model/fhir/index.ts';
import { readingKeys, sealingKeys } from '#records/model/keys/derive.ts';
import { openWith, sealTo } from '#records/model/keys/hpke.ts';
import type { Address } from '#records/model/members.ts';
import type { FhirDay } from '#records/model/record.ts';
import { readPrescription } from '#records/model/prescription/credential.ts';
import { nullifierOf, useCommitment, useSecret } from '#records/model/prescription/secret.ts';
import { BINDINGS, deskSchema, deskTerms, mailSchema, patientPartSchema, prescriptionsSchema, replyPartSchema, type DeskReply, type OpenDesk } from '#records/model/prescription/wire.ts';
import { recoverSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import { z } from 'zod';
import { read } from '../answer.ts';
import type { PublicConfig } from '../config.ts';
import { readingKeyOf } from '../directory.ts';
import { openPatient, type PatientDeps } from '../patient.ts';
import { LOOK_EVERY, seenUse } from './seen.ts';

type Hex = `0x${string}`;
export type UseState = { readonly number: number; readonly state: 'unused' | 'dispensed' | 'void' };
export type OpenPrescription = {
  readonly id: string;
  readonly title: string;
  /** MedicationRequest */
  readonly resource: FhirResource;
  readonly prescriber: Address;
  readonly issuedAt: UnixSeconds;
  readonly validFrom: UnixSeconds;
  readonly validUntil: UnixSeconds;
  readonly relationship: string;
  readonly uses: readonly UseState[];
  readonly state: 'open' | 'used-up' | 'void' | 'expired';
};
export type HeldPrescription = OpenPrescription | { readonly id: string; readonly relationship: string; readonly problem: string };
export type PharmacyDesk = { readonly id: string; readonly pharmacy: Address; readonly expires: UnixSeconds };
/** May be kept while the wallet is closed; `secret` opens the reply. */
export type HandedOver = { readonly desk: PharmacyDesk; readonly prescription: string; readonly number: number; readonly nullifier: string; readonly secret: string };
export type PatientPrescriptions = {
  readonly list: () => Promise<readonly HeldPrescription[]>;
  /** @throws HealthpassError `request-invalid`, `offer-untrusted` (another gateway), `record-unknown` (closed), `signature-invalid` */
  readonly readDesk: (link: string) => Promise<PharmacyDesk>;
  /** The next use. @throws HealthpassError `record-unknown` (no such prescription, nothing left of it, or somebody was faster at that desk) */
  readonly handOver: (id: string, desk: PharmacyDesk, card?: { readonly name: string; readonly birthDate?: FhirDay }) => Promise<HandedOver>;
  /** Waits for the pharmacy. A `dispensed` is believed when the chain says it too. @throws HealthpassError `cancelled` */
  readonly outcome: (handed: HandedOver, signal?: AbortSignal) => Promise<DeskReply | { readonly outcome: 'expired' }>;
  readonly remove: (id: string) => Promise<void>;
};
export type PrescriptionDeps = PatientDeps & { readonly config: Pick<PublicConfig, 'rpc' | 'block'> };

export function createPatientPrescriptions(deps: PrescriptionDeps): PatientPrescriptions {
  const { gateway, config, root, now } = deps;
  const { consents } = openPatient(deps);
  const views = createCareViews({ endpoints: config.rpc, deployment: config });
  const place = { chainId: config.chainId, registry: config.contracts.DispenseRegistry };

  async function opened({ id, relationship, sealed }: { readonly id: string; readonly relationship: string; readonly sealed: string }) {
    const part = read(patientPartSchema, parseJson(await openWith(readingKeys(root), sealed, BINDINGS.patient(relationship, id))));
    const prescription = readPrescription(part.prescription);
    if (prescription.uses.some((commitment, number) => commitment !== useCommitment(useSecret(part.secret, number)))) throw new HealthpassError('signature-invalid', 'the prescriber signed another secret', { field: 'secret' });
    return { ...part, read: prescription };
  }
  type Opened = Awaited<ReturnType<typeof opened>>;
  const nullifier = ({ secret, read: { prescriber } }: Opened, number: number): Hex => nullifierOf(useSecret(secret, number), prescriber, place);
  const usesOf = (one: Opened): Promise<UseState[]> =>
    Promise.all(one.read.uses.map(async (_, number) => ({ number, state: (await views.useOf(nullifier(one, number)))?.use ?? 'unused' })));
  const fetchAll = async () => read(prescriptionsSchema, await gateway.get('/prescriptions')).prescriptions;

  async function view(kept: Awaited<ReturnType<typeof fetchAll>>[number]): Promise<HeldPrescription> {
    const { id, relationship, at } = kept;
    try {
      const one = await opened(kept);
      const [uses, { resource, prescriber, validFrom, validUntil }] = [await usesOf(one), one.read];
      const isOpen = uses.some(({ state }) => state === 'unused');
      const state = isOpen ? (now() >= validUntil ? 'expired' : 'open') : uses.some((use) => use.state === 'void') ? 'void' : 'used-up';
      return { id, title: titleOf(resource), resource, prescriber, issuedAt: at as UnixSeconds, validFrom, validUntil, relationship, uses, state };
    } catch (error) {
      if (!isHealthpassError(error) || error.code === 'chain-unavailable' || error.code === 'chain-inconsistent') throw error;
      return { id, relationship, problem: error.code };
    }
  }

  /** Where the pharmacy may write by itself that it dispensed. */
  async function writableBy(pharmacy: Address): Promise<string | undefined> {
    const { live } = await consents.state();
    return live.find(({ recipient, policy }) => recipient === pharmacy && policy.effect === 'permit' && policy.actions.includes('write') && (policy.categories ?? ['medications']).includes('medications'))?.id;
  }

  return {
    list: async () => Promise.all((await fetchAll()).map(view)),
    async readDesk(link) {
      const { request, gateway: url } = parseDeskLink(link);
      if (url.replace(/\/+$/, '') !== gateway.url) throw new HealthpassError('offer-untrusted', 'the link is of another gateway than the one that is known', { field: 'gateway' });
      const desk = read(deskSchema, await gateway.get(`/pharmacy-desks/${request}`));
      assertDesk(desk, request, config.chainId);
      return { id: desk.id, pharmacy: desk.pharmacy, expires: desk.expires as UnixSeconds };
    },
    async handOver(id, desk, card) {
      const kept = (await fetchAll()).find((other) => other.id === id);
      if (!kept) throw new HealthpassError('record-unknown', 'there is no such prescription', { field: 'id' });
      const one = await opened(kept);
      const { secret, prescription } = one;
      const next = (await usesOf(one)).find(({ state }) => state === 'unused');
      if (!next) throw new HealthpassError('record-unknown', 'nothing is left of this prescription', { field: 'id' });
      const reply = randomBytes(32);
      const relationship = await writableBy(desk.pharmacy);
      const part = { prescription, number: next.number, secret: useSecret(secret, next.number), reply: sealingKeys(reply).publicKey, ...(relationship !== undefined && { relationship }), ...(card && { card }) };
      const sealed = await sealTo(await readingKeyOf(gateway, config.chainId, desk.pharmacy), utf8ToBytes(JSON.stringify(part)), BINDINGS.handed(desk));
      await gateway.as(undefined).post(`/pharmacy-desks/${desk.id}/letter`, { sealed }); // not signed in: the gateway does not learn whose it is
      return { desk, prescription: id, number: next.number, nullifier: nullifier(one, next.number), secret: bytesToHex(reply) };
    },
    async outcome({ desk, nullifier: used, secret }, signal) {
      for (;;) {
        if (signal?.aborted) throw new HealthpassError('cancelled', 'nobody waits any more', { field: 'desk' });
        const letter = await gateway.as(undefined).get(`/pharmacy-desks/${desk.id}/reply`).then((answer) => read(mailSchema, answer), closed);
        if (!letter) return { outcome: 'expired' };
        if (letter.sealed) {
          const reply = read(replyPartSchema, parseJson(await openWith(sealingKeys(hexToBytes(secret)), letter.sealed, BINDINGS.reply(desk.id))));
          if (reply.outcome === 'dispensed' && (await seenUse(() => views.useOf(used as Hex)))?.by !== desk.pharmacy) throw new HealthpassError('chain-inconsistent', 'the pharmacy says that it dispensed, and the chain does not', { field: 'reply' });
          return reply;
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
      }
    },
    remove: async (id) => void (await gateway.delete(`/prescriptions/${id}`)),
  };
}

const linkSchema = z.object({ request: z.string().regex(/^0x[0-9a-f]{64}$/), gateway: z.url({ protocol: /^https?$/ }) });

function parseDeskLink(link: string): { readonly request: string; readonly gateway: string } {
  const parsed = linkSchema.safeParse(Object.fromEntries(new URLSearchParams(/#\/prescription\?(.*)$/s.exec(link)?.[1] ?? '')));
  if (!parsed.success) throw new HealthpassError('request-invalid', 'the link is of no pharmacy’s desk', { field: 'link' });
  return parsed.data;
}

function assertDesk({ id, pharmacy, expires, signature }: OpenDesk, expected: string, chainId: number): void {
  if (id !== expected || recoverSigner(offChain(chainId), 'AccessRequest', { id, member: pharmacy, terms: deskTerms(pharmacy), expires }, signature) !== pharmacy) {
    throw new HealthpassError('signature-invalid', 'the desk is not signed by whom it names', { field: 'desk' });
  }
}

/** A desk that is closed says nothing any more. */
const closed = (error: unknown): undefined => {
  if (!isHealthpassError(error) || error.code !== 'record-unknown') throw error;
};
