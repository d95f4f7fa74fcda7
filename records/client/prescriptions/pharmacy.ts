// A pharmacy's desk: shows a code, takes one prescription, checks it against the chain, and hands out only after the chain has taken the use. What the
// gateway says of that is not believed: the chain is asked.
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { z } from 'zod';
import { HealthpassError, isHealthpassError, parseJson, type UnixSeconds } from '#passport';
import { createCareViews, domainOf } from '#contracts/care/index.ts';
import { createAuthor, type FhirResource } from '#records/model/fhir/index.ts';
import { sealTo } from '#records/model/keys/hpke.ts';
import { createMedicationDispense } from '#records/model/prescription/request.ts';
import { verifyPrescription, type PrescriptionRefusal, type PrescriptionVerdict, type VerifiedUse } from '#records/model/prescription/verify.ts';
import { BINDINGS, deskTerms, handedPartSchema, LONGEST_DESK, mailSchema, type DeskReply } from '#records/model/prescription/wire.ts';
import { createSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import { read } from '../answer.ts';
import { openWithAny } from '../emergency/institution.ts';
import { carryInTurn } from './in-turn.ts';
import { random32, type PrescriberDeps } from './prescriber.ts';
import { LOOK_EVERY, seenUse } from './seen.ts';

type Hex = `0x${string}`;
export type ShownDesk = { readonly id: Hex; /** To show as a code. */ readonly link: string; readonly expires: UnixSeconds };
/** What was handed over, and whether it may be dispensed. */
export type Handed = { readonly verdict: PrescriptionVerdict; readonly person?: { readonly name: string; readonly birthDate?: string | undefined } | undefined; readonly part: z.infer<typeof handedPartSchema> };
export type Dispensed =
  /** `isWritten`: it stands in the patient's records; else the wallet was given it. */
  | { readonly outcome: 'dispensed'; readonly isWritten: boolean; readonly dispense: FhirResource }
  | { readonly outcome: 'refused'; readonly reason: PrescriptionRefusal };
export type Pharmacy = {
  readonly show: () => Promise<ShownDesk>;
  /** Waits until something is handed over. @throws HealthpassError `cancelled`, `record-unknown` (the desk's time is over), `sealed-invalid` (not for this pharmacy) */
  readonly receive: (desk: ShownDesk, signal?: AbortSignal) => Promise<Handed>;
  /** Nothing may leave the counter before this says `dispensed`. @throws HealthpassError `chain-unavailable`, `service-unavailable`: nothing is known, and nothing handed out */
  readonly dispense: (desk: ShownDesk, handed: Handed) => Promise<Dispensed>;
  /** Tells the wallet that it was refused, and why. */
  readonly refuse: (desk: ShownDesk, handed: Handed) => Promise<void>;
  readonly close: (desk: ShownDesk) => Promise<void>;
};

export type PharmacyDeps = PrescriberDeps & { /** Until something may have been handed over; without it the desk is looked at over and over. */ readonly untilNews?: () => Promise<void> };

/** Seconds: that a desk is open; for a statement to be carried to the chain. */
const [OPEN_FOR, CARRY_WITHIN] = [900, 300];

export function createPharmacy({ gateway, config, account, readingKeys, member, now, untilNews = () => new Promise((resolve) => setTimeout(resolve, LOOK_EVERY)) }: PharmacyDeps): Pharmacy {
  const views = createCareViews({ endpoints: config.rpc, deployment: config });
  const signer = createSigner(hexToBytes(account.secretKey.slice(2)));
  const did = createAuthor(hexToBytes(account.secretKey.slice(2)), config.chainId).did;
  const verify = (shown: Handed['part']): Promise<PrescriptionVerdict> =>
    verifyPrescription(shown, { chainId: config.chainId, registry: config.contracts.DispenseRegistry, now: now(), hasRole: views.hasRole, useOf: views.useOf });

  const answer = async ({ id }: ShownDesk, { part: { reply } }: Handed, told: DeskReply): Promise<void> =>
    void (await gateway.post(`/pharmacy-desks/${id}/reply`, { sealed: await sealTo(reply, utf8ToBytes(JSON.stringify(told)), BINDINGS.reply(id)) }));
  /** What came of it stands, whoever hears of it: nobody waits at a desk that is closed, and the wallet sees on chain what was dispensed. */
  const tell = (desk: ShownDesk, handed: Handed, told: DeskReply): Promise<void> => answer(desk, handed, told).catch((error: unknown) => {
    if (!isHealthpassError(error)) throw error;
  });

  /** With the next nonce. */
  async function carry(nullifier: Hex): Promise<void> {
    const value = { nullifier, pharmacy: account.address, nonce: await views.nonceOf('DispenseRegistry', account.address), deadline: now() + CARRY_WITHIN };
    const request = { nullifier, attempt: random32(), statement: { nonce: value.nonce, deadline: value.deadline, signature: signer.sign(domainOf(config, 'Dispense'), 'Dispense', value) } };
    await gateway.post('/prescriptions/dispenses', request).catch((error: unknown) => {
      if (isHealthpassError(error) && error.code === 'service-unavailable') return gateway.post('/prescriptions/dispenses', request); // the same attempt: it is carried once
      throw error;
    });
  }

  /** Undefined once the chain has it, by this very call. */
  async function use(nullifier: Hex): Promise<PrescriptionRefusal | undefined> {
    const faster = await carryInTurn(() => carry(nullifier), () => views.useOf(nullifier));
    const taken = faster ?? (await seenUse(() => views.useOf(nullifier)));
    if (!taken) throw new HealthpassError('chain-inconsistent', 'the gateway says that it was dispensed, and the chain does not', { field: 'dispense' });
    if (!faster && taken.use === 'dispensed' && taken.by === account.address) return undefined;
    return taken.use === 'void' ? 'void' : 'already-dispensed';
  }

  /** Where the patient lets the pharmacy write. It was dispensed, whatever becomes of that. */
  async function write({ part: { relationship } }: Handed, dispense: FhirResource): Promise<boolean> {
    if (relationship === undefined) return false;
    return member.write(relationship, dispense).then(() => true, (error: unknown) => {
      if (!isHealthpassError(error)) throw error;
      return false;
    });
  }

  async function dispensed(desk: ShownDesk, handed: Handed, { prescription, number }: VerifiedUse): Promise<Dispensed> {
    const dispense = createMedicationDispense({ id: prescription.id, resource: prescription.resource, number }, did, now());
    const isWritten = await write(handed, dispense);
    await tell(desk, handed, { outcome: 'dispensed', ...(!isWritten && { dispense: dispense as never }) });
    return { outcome: 'dispensed', isWritten, dispense };
  }

  return {
    async show() {
      const [id, expires] = [`0x${bytesToHex(randomBytes(32))}` as const, now() + Math.min(OPEN_FOR, LONGEST_DESK)];
      const signature = signer.sign(offChain(config.chainId), 'AccessRequest', { id, member: account.address, terms: deskTerms(account.address), expires });
      await gateway.post('/pharmacy-desks', { id, pharmacy: account.address, expires, signature });
      return { id, expires: expires as UnixSeconds, link: `${(config.wallet ?? '').replace(/\/+$/, '')}/#/prescription?${new URLSearchParams({ request: id, gateway: gateway.url }).toString()}` };
    },
    async receive({ id, expires }, signal) {
      for (;;) {
        if (signal?.aborted) throw new HealthpassError('cancelled', 'nobody waits any more', { field: 'desk' });
        const news = untilNews(); // before looking: what comes meanwhile is not missed
        const { sealed } = read(mailSchema, await gateway.get(`/pharmacy-desks/${id}/letter`));
        if (sealed) {
          const part = handedPartSchema.safeParse(parseJson(await openWithAny(readingKeys, sealed, BINDINGS.handed({ id, pharmacy: account.address, expires }))));
          if (!part.success) throw new HealthpassError('sealed-invalid', 'what was handed over has another form', { field: 'letter' });
          return { verdict: await verify(part.data), person: part.data.card, part: part.data };
        }
        await news;
      }
    },
    async dispense(desk, handed) {
      const verdict = await verify(handed.part); // again: time has passed since it was shown
      const refused = verdict.outcome === 'refused' ? verdict.reason : await use(verdict.nullifier);
      if (refused === undefined && verdict.outcome === 'verified') return dispensed(desk, handed, verdict);
      const reason = refused!; // refused, or it was used
      await tell(desk, handed, { outcome: 'refused', reason });
      return { outcome: 'refused', reason };
    },
    async refuse(desk, handed) {
      if (handed.verdict.outcome === 'refused') await answer(desk, handed, { outcome: 'refused', reason: handed.verdict.reason });
    },
    close: async ({ id }) => void (await gateway.delete(`/pharmacy-desks/${id}`)),
  };
}
