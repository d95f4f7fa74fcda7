// What the key of emergencies opens: the keys of the epochs of those categories that the patient chose, and who the patient is.
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HealthpassError, parseJson } from '#passport';
import { addressText, dayText } from '../exchange/wire.ts';
import { sealingKeys } from '../keys/derive.ts';
import { openWith, sealTo, type Binding, type PublicKey, type Sealed, type SealingKeys } from '../keys/hpke.ts';
import type { Category } from '../record.ts';
import type { KeyHead } from './shares.ts';

type Place = { readonly category: Category; readonly epoch: number };

export const wrapForEmergency = (head: Pick<KeyHead, 'id' | 'key'>, epoch: SealingKeys, place: Place): Promise<Sealed> => sealTo(head.key, epoch.secretKey, epochBinding(head.id, place));

/** @param published the key of that epoch as the patient published it @throws HealthpassError `sealed-invalid` */
export async function unwrapInEmergency(keys: SealingKeys, wrap: string, id: KeyHead['id'], place: Place, published: PublicKey): Promise<SealingKeys> {
  const epoch = sealingKeys(await openWith(keys, wrap, epochBinding(id, place)));
  if (epoch.publicKey !== published) throw new HealthpassError('sealed-invalid', 'what was wrapped is the key of something else', { field: 'wrap' });
  return epoch;
}

const aboutSchema = z.strictObject({
  account: addressText.meta({ description: 'Signs the patient’s own records' }), name: z.string().min(1).max(200).optional(), birthDate: dayText.optional(), resource: z.looseObject({ resourceType: z.literal('Patient') }).optional(),
});
/** Who the patient is, as far as it was told. */
export type EmergencyAbout = z.infer<typeof aboutSchema>;

export const sealAbout = (head: Pick<KeyHead, 'id' | 'key'>, about: EmergencyAbout): Promise<Sealed> => sealTo(head.key, utf8ToBytes(JSON.stringify(about)), aboutBinding(head.id));

/** @throws HealthpassError `sealed-invalid` */
export async function openAbout(keys: SealingKeys, sealed: string, id: KeyHead['id']): Promise<EmergencyAbout> {
  const parsed = aboutSchema.safeParse(parseJson(await openWith(keys, sealed, aboutBinding(id))));
  if (!parsed.success) throw new HealthpassError('sealed-invalid', 'what is told of the patient has another form', { field: 'about' });
  return parsed.data;
}

const epochBinding = (id: string, { category, epoch }: Place): Binding => ({ kind: 'healthpass/emergency-epoch/1', id, category, epoch });
const aboutBinding = (id: string): Binding => ({ kind: 'healthpass/emergency-about/1', id });
