// npm run bench [-- --json FILE] [-- --only group,…]: measures what the project promises and prints it beside its target. Figures of one run
// are comparable with each other only. A missed target is shown, not a failure: the run fails when something breaks.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { auditRows } from './audit.ts';
import { campaignRows } from './campaigns.ts';
import { chainListRows } from './chain-list.ts';
import { consentRows } from './consent.ts';
import { exchangeRows } from './exchange.ts';
import { facesRows } from './faces.ts';
import { fhirRows } from './fhir.ts';
import { groth16Rows } from './groth16/duel.ts';
import { issuanceRows } from './issuance.ts';
import { listRows } from './list.ts';
import type { Row } from './measure.ts';
import { outboxRows } from './outbox.ts';
import { makePasses, type Passes } from './passes.ts';
import { presentRows } from './present.ts';
import { formatTable, reportOf } from './report.ts';
import { openScene, type Scene } from './scene.ts';
import { scannerRows } from './scanner.ts';
import { servicesRows } from './services.ts';
import { sizesRows } from './sizes.ts';
import { storageRows } from './storage.ts';
import { textRows } from './text.ts';
import { verifyRows } from './verify.ts';

/** What groups share, made when the first of them asks. */
type Shared = { readonly scene: () => Promise<Scene>; readonly passes: () => Promise<Passes> };

const GROUPS: Readonly<Record<string, (shared: Shared) => Promise<Row[]>>> = {
  verify: async ({ scene, passes }) => [...await verifyRows(await scene(), await passes()), ...await groth16Rows()],
  present: async ({ scene, passes }) => presentRows(await scene(), await passes()),
  text: async ({ scene, passes }) => textRows(await scene(), await passes()),
  issuance: async ({ scene }) => issuanceRows(await scene()),
  list: async ({ scene }) => [...await listRows(await scene()), ...await chainListRows(await scene())],
  services: servicesRows,
  campaign: campaignRows,
  sizes: sizesRows,
  outbox: () => outboxRows(),
  faces: facesRows,
  scanner: scannerRows,
  storage: storageRows,
  consent: consentRows,
  fhir: fhirRows,
  audit: auditRows,
  exchange: exchangeRows,
};

function share(): Shared & { readonly close: () => Promise<void> } {
  let scene: Promise<Scene> | undefined;
  let passes: Promise<Passes> | undefined;
  const open = () => (scene ??= (say('a chain, its contracts, an issuer, a wallet'), openScene()));
  return {
    scene: open,
    passes: () => (passes ??= open().then((opened) => (say('one pass of each kind'), makePasses(opened)))),
    close: async () => (await scene?.catch(() => undefined))?.close(),
  };
}

async function measure(names: readonly string[]): Promise<{ rows: Row[]; broken: boolean }> {
  const shared = share();
  const rows: Row[] = [];
  let broken = false;
  try {
    for (const name of names) {
      say(name);
      try {
        rows.push(...await GROUPS[name]!(shared));
      } catch (error) {
        broken = true;
        console.error(`${name} broke:`, error);
      }
    }
  } finally {
    await shared.close();
  }
  return { rows, broken };
}

const begun = performance.now();
const say = (text: string) => console.error(`${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${text}`);

const { values } = parseArgs({ options: { json: { type: 'string', default: '.build/bench.json' }, only: { type: 'string' } } });
const names = values.only?.split(',') ?? Object.keys(GROUPS);
const unknown = names.filter((name) => !(name in GROUPS));
if (unknown.length > 0) {
  console.error(`there is no group ${unknown.join(', ')}; there are ${Object.keys(GROUPS).join(', ')}`);
  process.exitCode = 2;
} else {
  const { rows, broken } = await measure(names);
  const report = reportOf(rows, new Date());
  await mkdir(dirname(values.json), { recursive: true });
  await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(formatTable(report));
  say(`written to ${values.json}`);
  process.exitCode = broken ? 1 : 0;
}
