// healthpass issue: the provider's side and the patient's in one step: the record goes to the issuer, the credentials into the wallet.
import { resolve } from 'node:path';
import { z } from 'zod';
import { HealthpassError, encodeHolderBinding, parseIssuedCredential, parseJson, type TrustState } from '#passport';
import type { DataFolder } from '#network/folder.ts';
import { BINDINGS_MAX, createBindings, receiveCredential } from '#wallet';
import { text, type Command } from '../command.ts';
import { describeClaims } from '../describe.ts';
import { issuerClient } from '../issuer-client.ts';
import { folderOf, knownTrust, now, passphrase, readInput } from '../surroundings.ts';
import { openWalletFolder } from '../wallet-folder.ts';

const FHIR_MAX_BYTES = 4_500_000;
const DAY = 86_400;

const refusalSchema = z.object({ path: z.string(), code: z.string(), field: z.string().optional(), message: z.string() });
const previewSchema = z.object({ events: z.int(), refused: z.array(refusalSchema) });
const issuedSchema = z.object({ credentials: z.array(z.unknown()), refused: z.array(refusalSchema) });

export const issue: Command = {
  name: 'issue', synopsis: 'issue FHIR.json --to DIR [--patient FILE] [--days N]',
  says: 'Issue a credential for every vaccination, test and recovery of a FHIR record, into a wallet.',
  least: 1, most: 1, takes: 'one FHIR file, or - for standard input',
  options: { to: { type: 'string' }, patient: { type: 'string' }, days: { type: 'string' } },
  about: { to: 'folder of the wallet', patient: 'FHIR Patient, for a resource that comes without one', days: 'days of validity, fewer than the usual' },
  async run({ positionals, options, terminal }) {
    const to = text(options, 'to');
    if (to === undefined) throw new HealthpassError('usage', 'into which wallet? Give --to DIR', { field: '--to' });
    const fhir = parseJson(await readInput(positionals[0]!, FHIR_MAX_BYTES));
    const patientFile = text(options, 'patient');
    const patient = patientFile === undefined ? {} : { patient: parseJson(await readInput(patientFile, FHIR_MAX_BYTES)) };
    const lifetime = daysOf(text(options, 'days'));
    const wallet = await openWalletFolder(resolve(to), passphrase());
    const folder = folderOf(options);
    const issuer = await issuerClient(folder);

    // What was issued can only be checked against the chain: without it nothing is asked for.
    await chainTrust(folder);
    terminal.progress('reading the record');
    const { events } = previewSchema.parse(await issuer.post('/preview', { fhir, ...patient }));
    if (events > BINDINGS_MAX) throw new HealthpassError('request-invalid', `the record holds ${events} events; at most ${BINDINGS_MAX} go into a wallet at once`, { field: 'Bundle' });
    const bindings = (await createBindings(wallet, events, now())).map(encodeHolderBinding);
    terminal.progress(`issuing ${events} ${events === 1 ? 'credential' : 'credentials'}`);
    const answer = issuedSchema.parse(await issuer.post('/credentials', { fhir, ...patient, bindings, ...lifetime }));

    terminal.progress('checking what was received');
    const trust = await chainTrust(folder);
    const issued = answer.credentials.map(parseIssuedCredential);
    for (const credential of issued) await receiveCredential(wallet, credential, { trust, now: now(), maxTrustAge: DAY });

    const lines = issued.map(({ id, claims }) => `${describeClaims(claims)}\n    ${id}`);
    const refused = sayRefused(answer.refused);
    terminal.result([...lines, ...refused, '', `${issued.length} issued${refused.length > 0 ? `, ${answer.refused.length} not` : ''}.`].join('\n'), {
      credentials: issued.map(({ id, issuer: did, claims }) => ({ id, issuer: did, says: describeClaims(claims), list: claims.list, index: claims.index })), refused: answer.refused,
    });
    return 0;
  },
};

/** A record holds much that is no health event: what is refused for the same reason is told once. */
function sayRefused(refused: readonly z.infer<typeof refusalSchema>[]): string[] {
  const groups = Map.groupBy(refused, ({ message, code }) => `${message} (${code})`);
  return [...groups].map(([why, { length, 0: first }]) => `not issued: ${length === 1 ? first!.path : `${length} times`}: ${why}`);
}

async function chainTrust(folder: DataFolder): Promise<TrustState> {
  const known = await knownTrust(folder, { offline: false });
  if (known?.source === 'chain') return known.trust;
  throw new HealthpassError('chain-unavailable', 'the chain cannot be read, so the credentials could not be checked; is the network running? (npm start)', { field: 'chain' });
}

function daysOf(days: string | undefined): { lifetime?: number } {
  if (days === undefined) return {};
  if (!/^\d{1,4}$/.test(days) || Number(days) < 1) throw new HealthpassError('usage', '--days takes a whole number from 1 to 9999', { field: '--days' });
  return { lifetime: Number(days) * DAY };
}
