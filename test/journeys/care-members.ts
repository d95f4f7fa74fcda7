// Members of a network of records as programs: whoever has joined on its first start, with the client that the console uses, from the same key file.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSampleMembers, type SampleMembers } from '#network/sample-members.ts';
import { fetchConfig, type PublicConfig } from '#records/client/config.ts';
import { createGatewayClient, type GatewayClient } from '#records/client/http.ts';
import { openKeyFile } from '#records/client/key-file.ts';
import { createMember, type MemberClient, type MemberRelationship } from '#records/client/member.ts';
import { signIn } from '#records/client/session.ts';
import { createStorage } from '#records/client/storage.ts';
import { createRequestNumber } from '#records/model/audit/index.ts';
import { readAnswerSchema, type Entry } from '#records/model/exchange/wire.ts';
import { accountKey, readingKeys, type SigningKey } from '#records/model/keys/derive.ts';
import type { SealingKeys } from '#records/model/keys/hpke.ts';
import { parseRoot } from '#records/model/keys/root.ts';
import { openRecordKey, unwrapEpochKey } from '#records/model/keys/wraps.ts';
import type { Address } from '#records/model/members.ts';
import { createSigner } from '#records/model/signing.ts';
import { now, type Network } from './network.ts';

export const MEMBERS = ['hospital', 'clinic', 'hill-hospital', 'physician', 'family-doctor', 'specialist', 'cardiologist', 'pharmacy', 'corner-pharmacy', 'laboratory', 'body'] as const;
export type MemberName = (typeof MEMBERS)[number];

/** A session of a member, as a program of its own would have it. */
export type CareMember = { readonly address: Address; readonly client: MemberClient; readonly gateway: GatewayClient; readonly config: PublicConfig; readonly account: SigningKey; readonly readingKeys: SealingKeys };

export type CareMembers = SampleMembers & {
  readonly fileOf: (name: MemberName) => string;
  readonly open: (name: MemberName) => Promise<CareMember>;
};

export const plainFetch = (url: string, init?: unknown): Promise<Response> => fetch(url, init as RequestInit); // bytes of ours are never shared

export async function openCareMembers({ folder, endpoints: { records: url = '' } }: Network): Promise<CareMembers> {
  const samples = await makeSampleMembers({ folder, url, now });
  const fileOf = (name: MemberName) => join(samples.folder, `${name}.json`);
  return {
    ...samples, fileOf,
    async open(name) {
      const root = parseRoot(await openKeyFile(await readFile(fileOf(name)), samples.passphrase));
      const open = createGatewayClient({ url, fetch: plainFetch });
      const config = await fetchConfig(open);
      const [account, keys] = [accountKey(root), readingKeys(root)];
      const { client: gateway } = await signIn(open, createSigner(Buffer.from(account.secretKey.slice(2), 'hex')), config);
      const storage = createStorage({ url: config.storage, fetch: plainFetch });
      return { address: account.address, account, readingKeys: keys, config, gateway, client: createMember({ gateway, storage, config, account, readingKeys: [keys], now }) };
    },
  };
}

/** As the client reads, without what the client does with it. @throws HealthpassError `record-unknown` */
export const readPlain = async ({ gateway }: CareMember, relationship: string) => readAnswerSchema.parse(await gateway.post(`/relationships/${relationship}/read`, { purpose: 'TREAT', limit: 200, request: createRequestNumber() }));
const read = async (member: CareMember) => {
  const relationship = (await member.client.relationships())[0]!; // that of the one patient of the journeys
  return { relationship, answer: await readPlain(member, relationship.id) };
};
/** What may be read, as it stands at the gateway. */
export const entriesOf = async (member: CareMember): Promise<readonly Entry[]> => (await read(member)).answer.entries;

export type Kept = { readonly relationship: MemberRelationship; /** Whether any key opens it, whatever it was given for. */ readonly opens: (entry: Entry) => Promise<boolean> };

/** All keys of a member at this moment, as somebody keeps them who does not intend to let go. */
export async function keptBy(member: CareMember): Promise<Kept> {
  const { relationship, answer: { epochWraps } } = await read(member);
  const { config, readingKeys: keys } = member;
  const { owner, grant, word } = relationship;
  const secrets = await Promise.all(epochWraps.map(({ wrap, category, epoch, key }) => unwrapEpochKey(keys, wrap, { chainId: config.chainId, registry: config.contracts.ConsentRegistry, owner, grant, word, category, epoch }, key)));
  return {
    relationship,
    async opens({ meta: { id, category }, epoch, reference, sealedKey }) {
      const tried = await Promise.all(secrets.map((secret) => openRecordKey(secret, sealedKey, { record: id, category, epoch, reference }).then(() => true, () => false)));
      return tried.includes(true);
    },
  };
}
