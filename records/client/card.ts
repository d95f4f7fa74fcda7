// Who the patient is, told to one recipient alone: signed by the relationship's address, sealed to the recipient. An answer to a request carries a proof
// that whoever answered saw its code: the word in it never reached the gateway.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { HealthpassError, parseJson } from '#passport';
import { addressText, bytes32Text, dayText, publicKeyText, relationshipId, signatureText } from '#records/model/exchange/wire.ts';
import { openWith, sealTo, type PublicKey, type SealingKeys } from '#records/model/keys/hpke.ts';
import type { Address } from '#records/model/members.ts';
import { recoverSigner, type Signer } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';

type Hex = `0x${string}`;

const cardSchema = z.strictObject({
  name: z.string().min(1).max(200), birthDate: dayText.optional(), resource: z.looseObject({ resourceType: z.literal('Patient') }).optional().meta({ description: 'FHIR Patient, for summaries' }),
});
/** What a patient tells a recipient of the person. */
export type PatientCard = z.infer<typeof cardSchema>;

const wholeSchema = cardSchema.extend({
  relationship: relationshipId, account: addressText.meta({ description: 'Signs the patient’s own records' }),
  reading: publicKeyText.optional().meta({ description: 'What is for the patient alone is sealed to it: prescriptions' }), answers: z.strictObject({ request: bytes32Text, proof: bytes32Text }).optional(),
});
/** As the recipient opens it. */
export type OpenedCard = z.infer<typeof wholeSchema>;
const sealedSchema = z.strictObject({ card: z.string(), signature: signatureText });

export type CardPlace = { readonly chainId: number; readonly relationship: Hex; readonly owner: Address; readonly recipient: Address };
/** `word`: 32 random hexadecimal digits from the code. */
export type Answered = { readonly request: Hex; readonly word: string };

const infoOf = ({ chainId, relationship, owner, recipient }: CardPlace) => ({ kind: 'healthpass/patient-card/1', chainId, relationship, owner, recipient });
const digestOf = (text: string): Hex => `0x${bytesToHex(keccak_256(utf8ToBytes(text)))}`;

export async function sealCard(card: PatientCard, { account, reading, key, signer, answered, ...place }: CardPlace & { account: Address; reading: PublicKey; key: PublicKey; signer: Signer; answered?: Answered | undefined }): Promise<string> {
  const answers = answered && { request: answered.request, proof: proofOf(answered, place) };
  const text = canonicalize({ ...card, relationship: place.relationship, account, reading, ...(answers && { answers }) })!; // an object has a text
  const signature = signer.sign(offChain(place.chainId), 'PatientCard', { owner: place.owner, recipient: place.recipient, card: digestOf(text) });
  return sealTo(key, utf8ToBytes(JSON.stringify({ card: text, signature })), infoOf(place));
}

/** @throws HealthpassError `sealed-invalid` (not for this recipient or relationship), `not-authorised` (not signed by its address) */
export async function openCard(keys: SealingKeys, sealed: string, place: CardPlace): Promise<OpenedCard> {
  const { card: text, signature } = parse(sealedSchema, new TextDecoder().decode(await openWith(keys, sealed, infoOf(place))));
  const { owner, recipient, chainId } = place;
  if (recoverSigner(offChain(chainId), 'PatientCard', { owner, recipient, card: digestOf(text) }, signature) !== owner) throw new HealthpassError('not-authorised', 'the card is not signed by the patient', { field: 'card' });
  const card = parse(wholeSchema, text);
  if (card.relationship !== place.relationship) throw new HealthpassError('sealed-invalid', 'the card is of another relationship', { field: 'card' });
  return card;
}

/** Shows, to whoever made the word, that its holder answered with this address. */
export const proofOf = ({ request, word }: Answered, { owner, recipient, relationship }: CardPlace): Hex =>
  `0x${bytesToHex(hmac(sha256, hexToBytes(word), utf8ToBytes([request, owner, recipient, relationship].join('/'))))}`;

function parse<T extends z.ZodType>(schema: T, text: string): z.infer<T> {
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw new HealthpassError('sealed-invalid', 'the card has another form', { field: 'card' });
  return parsed.data;
}
