// What a patient laid ready for emergencies, marked under the patient's root: a gateway that shows another key, other hospitals or more categories than the
// patient chose would have the wallet wrap for them.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { HealthpassError } from '#passport';
import { settingAnswerSchema, type KeptSetting } from '#records/model/emergency/wire.ts';
import { derive } from '#records/model/keys/derive.ts';
import type { Root } from '#records/model/keys/root.ts';
import { read } from '../answer.ts';
import type { GatewayClient } from '../http.ts';

export type Chosen = Pick<KeptSetting, 'number' | 'card' | 'categories' | 'head' | 'custodians' | 'identifier'>;

export function markOf(root: Root, { number, card, categories, head, custodians, identifier }: Chosen): KeptSetting['mark'] {
  const chosen = canonicalize({ number, card, categories, head, custodians, ...(identifier !== undefined && { identifier }) })!; // an object has a text
  return `0x${bytesToHex(hmac(sha256, derive(root, 'emergency-setting'), utf8ToBytes(chosen)))}`;
}

/** @throws HealthpassError `not-authorised` for a setting that is not the patient's own */
export const ownSetting = (root: Root, answer: unknown): KeptSetting | undefined => {
  const { setting } = read(settingAnswerSchema, answer);
  if (setting && setting.mark !== markOf(root, setting)) throw new HealthpassError('not-authorised', 'the gateway shows another setting for emergencies than the patient made', { field: 'setting' });
  return setting;
};

export const fetchSetting = async (gateway: GatewayClient, root: Root): Promise<KeptSetting | undefined> => ownSetting(root, await gateway.get('/emergency-setting'));
