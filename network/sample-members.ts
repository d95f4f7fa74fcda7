// Members for a development system, so that somebody is there to ask: a hospital with a specialist, physicians, pharmacies, a laboratory, and as many
// institutions as an emergency takes. They join as everybody does, by an application that the sample body decides. Their keys are new ones, in key files that the console of records takes.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { UnixSeconds } from '#passport';
import { fetchConfig } from '#records/client/config.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { encodeKeyFile, openKeyFile } from '#records/client/key-file.ts';
import { createMembership, type ApplyForm } from '#records/client/membership.ts';
import { signIn } from '#records/client/session.ts';
import { derive, LABELS } from '#records/model/keys/derive.ts';
import { createRoot, parseRoot, type Root } from '#records/model/keys/root.ts';
import { createSigner } from '#records/model/signing.ts';
import { readFileIfThere, secretFile, writeFileAtomic } from '#server';
import type { DataFolder } from './folder.ts';

type Sample = Omit<ApplyForm, 'organisation'> & { readonly file: string; /** Of the hospital. */ readonly isStaff?: boolean };
const SAMPLES: readonly Sample[] = [
  { file: 'hospital', role: 'hospital', name: 'Sample General Hospital', country: 'DE', licence: 'sample' },
  { file: 'physician', role: 'doctor', name: 'Dr. Sample Physician', country: 'DE', licence: 'sample' },
  { file: 'specialist', role: 'doctor', name: 'Dr. Sample Specialist', country: 'DE', licence: 'sample', isStaff: true },
  { file: 'cardiologist', role: 'doctor', name: 'Dr. Sample Cardiologist', country: 'DE', licence: 'sample' },
  { file: 'clinic', role: 'hospital', name: 'Sample Lakeside Clinic', country: 'DE', licence: 'sample' },
  { file: 'hill-hospital', role: 'hospital', name: 'Sample Hill Hospital', country: 'DE', licence: 'sample' },
  { file: 'family-doctor', role: 'doctor', name: 'Dr. Sample Newcomer', country: 'DE', licence: 'sample' },
  { file: 'pharmacy', role: 'pharmacy', name: 'Sample Pharmacy', country: 'DE', licence: 'sample' },
  { file: 'corner-pharmacy', role: 'pharmacy', name: 'Sample Corner Pharmacy', country: 'DE', licence: 'sample' },
  { file: 'laboratory', role: 'laboratory', name: 'Sample Laboratory', country: 'DE', licence: 'sample' },
];
/** Seconds: two years. */
const MEMBERSHIP = 2 * 365 * 86_400;
/** The files hold development keys: what a guess costs is the least that the format allows. */
const COST = { N: 2 ** 14, r: 8, p: 1 };

export type SampleMembers = {
  /** Folder of the key files. */
  readonly folder: string;
  /** Opens them all. Secret. */
  readonly passphrase: string;
};
type Deps = { readonly folder: DataFolder; /** Of the gateway. */ readonly url: string; readonly now: () => UnixSeconds };

/** Makes those that are missing; what an earlier start has begun is finished. */
export async function makeSampleMembers({ folder, url, now }: Deps): Promise<SampleMembers> {
  const passphrase = await passphraseOf(folder);
  const done = { folder: folder.sampleMembers, passphrase };
  const marker = join(folder.sampleMembers, 'complete');
  if (await readFileIfThere(marker)) return done;
  const body = await enter(url, now, await keptRoot(folder, 'body', passphrase, async () => parseRoot(await secretFile(folder.bodyKey))));
  let hospital: Awaited<ReturnType<typeof enter>> | undefined;
  for (const { file, isStaff = false, ...form } of SAMPLES) {
    const member = await enter(url, now, await keptRoot(folder, file, passphrase, async () => createRoot()));
    if (form.role === 'hospital') hospital = member;
    const { roles, open } = await member.overview();
    if (roles.length > 0) continue;
    if (!open) await member.apply({ ...form, organisation: isStaff ? hospital?.account : undefined });
    if (isStaff) for (const application of (await hospital!.staff()).waiting) await hospital!.confirm(application); // it is the first
    for (const application of await body.waiting()) if (application.account === member.account) await body.approve(application, now() + MEMBERSHIP);
    if (isStaff) for (const { member: person } of (await hospital!.staff()).colleagues) await hospital!.handOver(person);
  }
  await writeFileAtomic(marker, '');
  return done;
}

/** Signed in as whoever the root belongs to, as the gateway knows it at this moment. */
async function enter(url: string, now: () => UnixSeconds, root: Root) {
  const open = createGatewayClient({ url, fetch: (at, init) => fetch(at, init as RequestInit) }); // bytes of ours are never shared
  const [config, signer] = [await fetchConfig(open), createSigner(derive(root, LABELS.account))];
  const session = async () => {
    const { client, account, membership } = await signIn(open, signer, config);
    return { client, who: { account, signer, root, config, ...membership } };
  };
  const first = await session();
  let who = first.who;
  const membership = createMembership({ client: first.client, inside: () => who }, now);
  return {
    ...membership, account: who.account,
    /** What it has become since is what counts. */
    overview: async () => {
      ({ who } = await session());
      return membership.overview();
    },
  };
}

async function keptRoot(folder: DataFolder, name: string, passphrase: string, make: () => Promise<Root>): Promise<Root> {
  const path = join(folder.sampleMembers, `${name}.json`);
  const known = await readFileIfThere(path);
  if (known) return parseRoot(await openKeyFile(known, passphrase));
  const root = await make();
  await writeFileAtomic(path, await encodeKeyFile(root, passphrase, COST), 0o600);
  return root;
}

/** Random, and for people to type: five groups of four letters and digits. */
async function passphraseOf({ samplePassphrase }: DataFolder): Promise<string> {
  const known = await readFileIfThere(samplePassphrase);
  if (known) return Buffer.from(known).toString('utf8').trim();
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const passphrase = Array.from({ length: 5 }, () => [...randomBytes(4)].map((byte) => letters[byte % letters.length]).join('')).join('-'); // 98 bits, less what the remainder takes
  await writeFileAtomic(samplePassphrase, `${passphrase}\n`, 0o600);
  return passphrase;
}
