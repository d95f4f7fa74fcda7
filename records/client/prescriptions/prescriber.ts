// A prescriber: signs a prescription, writes it to the patient's records, leaves it for the patient's wallet, and can withdraw what was not dispensed.
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HealthpassError, parseJson, type UnixSeconds } from '#passport';
import { createCareViews, domainOf } from '#contracts/care/index.ts';
import { createAuthor, titleOf } from '#records/model/fhir/index.ts';
import { openWith, sealTo } from '#records/model/keys/hpke.ts';
import { createPrescription, readPrescription } from '#records/model/prescription/credential.ts';
import { createMedicationRequest, type PrescriptionDraft } from '#records/model/prescription/request.ts';
import { createPrescriptionSecret, innerOf, nullifierOf, useSecret } from '#records/model/prescription/secret.ts';
import { BINDINGS, issuedSchema, ownPartSchema, usedSchema } from '#records/model/prescription/wire.ts';
import { createSigner } from '#records/model/signing.ts';
import { read } from '../answer.ts';
import type { InstitutionDeps } from '../emergency/institution.ts';
import type { MemberClient } from '../member.ts';
import { carryInTurn } from './in-turn.ts';
import type { UseState } from './patient.ts';

type Hex = `0x${string}`;
export type PrescriberDeps = InstitutionDeps & { readonly member: MemberClient };
export type IssuedPrescription = {
  readonly id: string;
  readonly title: string;
  readonly relationship: string;
  readonly issuedAt: UnixSeconds;
  readonly validUntil: UnixSeconds;
  readonly uses: readonly UseState[];
};
export type Prescriber = {
  /** @throws HealthpassError `fhir-invalid`, `record-unknown` (the patient does not let the caller write medications), `key-unknown` (the patient’s wallet takes no prescriptions) */
  readonly prescribe: (relationship: string, draft: PrescriptionDraft) => Promise<{ readonly id: string; readonly record: string }>;
  /** Whatever is good still, and the newest of the rest. */
  readonly issued: () => Promise<readonly IssuedPrescription[]>;
  /** Every use that was not dispensed. @returns how many were withdrawn */
  readonly withdraw: (id: string) => Promise<number>;
};

/** Seconds for a statement to be carried to the chain. */
const CARRY_WITHIN = 600;
/** Of what was prescribed: a gateway could go on for ever; shown although it is over. */
const [MOST_PAGES, MOST_SHOWN] = [200, 500];
export const random32 = (): Hex => `0x${bytesToHex(randomBytes(32))}`;

export function createPrescriber({ gateway, config, account, readingKeys, member, now }: PrescriberDeps): Prescriber {
  const views = createCareViews({ endpoints: config.rpc, deployment: config });
  const author = createAuthor(hexToBytes(account.secretKey.slice(2)), config.chainId);
  const place = { chainId: config.chainId, registry: config.contracts.DispenseRegistry };
  const own = readingKeys[0]!; // there is one

  /** The newest first. */
  async function fetchIssued(): Promise<z.infer<typeof issuedSchema>['issued']> {
    const all: z.infer<typeof issuedSchema>['issued'] = [];
    let after: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = read(issuedSchema, await gateway.get('/prescriptions/issued', { after }));
      all.push(...page.issued);
      if (page.next === undefined) break;
      after = page.next;
    }
    return all;
  }
  const opened = async ({ id, own: sealed, at }: z.infer<typeof issuedSchema>['issued'][number]): Promise<z.infer<typeof ownPartSchema> & { readonly id: Hex; readonly at: number }> =>
    ({ ...read(ownPartSchema, parseJson(await openWith(own, sealed, BINDINGS.prescriber(id)))), id, at });
  const usesOf = ({ secret, uses }: { readonly secret: Hex; readonly uses: number }) => Promise.all(Array.from({ length: uses }, async (_, number) => {
    const ofUse = useSecret(secret, number);
    return { number, secret: ofUse, state: (await views.useOf(nullifierOf(ofUse, account.address, place)))?.use ?? 'unused' } as const;
  }));

  async function carry(inner: Hex): Promise<void> {
    const value = { inner, prescriber: account.address, nonce: await views.nonceOf('DispenseRegistry', account.address), deadline: now() + CARRY_WITHIN };
    const signature = createSigner(hexToBytes(account.secretKey.slice(2))).sign(domainOf(config, 'VoidPrescription'), 'VoidPrescription', value);
    read(usedSchema, await gateway.post('/prescriptions/voids', { inner, attempt: random32(), statement: { nonce: value.nonce, deadline: value.deadline, signature } }));
  }
  /** False for one that was dispensed meanwhile. */
  const withdrawOne = async (secret: Hex): Promise<boolean> =>
    (await carryInTurn(() => carry(innerOf(secret, place)), () => views.useOf(nullifierOf(secret, account.address, place)))) === undefined;

  return {
    async prescribe(relationship, draft) {
      const one = (await member.relationships(relationship)).find(({ id }) => id === relationship);
      if (!one) throw new HealthpassError('record-unknown', 'there is nothing of this kind for this account', { field: 'relationship' });
      if (!one.card?.reading) throw new HealthpassError('key-unknown', 'the patient’s wallet takes no prescriptions', { field: 'card' });
      const resource = createMedicationRequest(draft, author.did, now());
      const [id, secret] = [random32(), createPrescriptionSecret()];
      const prescription = await createPrescription(resource, secret, author);
      const { id: urn, uses, validUntil } = readPrescription(prescription);
      const written = await member.write(relationship, resource);
      const sealed = await sealTo(one.card.reading, utf8ToBytes(JSON.stringify({ prescription, secret })), BINDINGS.patient(relationship, id));
      const kept = { secret, uses: uses.length, title: titleOf(resource).slice(0, 200), relationship, validUntil, prescription: urn };
      await gateway.post(`/relationships/${relationship}/prescriptions`, { id, sealed, own: await sealTo(own.publicKey, utf8ToBytes(JSON.stringify(kept)), BINDINGS.prescriber(id)) });
      return { id, record: written.id };
    },
    async issued() {
      const all = await Promise.all((await fetchIssued()).map(opened));
      return Promise.all(all.filter(({ validUntil }, i) => i < MOST_SHOWN || now() < validUntil).map(async (one) => ({
        id: one.id, title: one.title, relationship: one.relationship, issuedAt: one.at as UnixSeconds, validUntil: one.validUntil as UnixSeconds, uses: (await usesOf(one)).map(({ number, state }) => ({ number, state })),
      })));
    },
    async withdraw(id) {
      const kept = (await fetchIssued()).find((other) => other.id === id);
      if (!kept) throw new HealthpassError('record-unknown', 'there is no such prescription', { field: 'id' });
      const open = (await usesOf(await opened(kept))).filter(({ state }) => state === 'unused');
      let count = 0;
      for (const { secret } of open) if (await withdrawOne(secret)) count++; // one after the other: their nonces count up
      return count;
    },
  };
}
