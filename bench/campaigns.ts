// Rows a second that a campaign takes through HTTP: taken in and checked, made into offers, or issued at once under bindings that came with them.
import { createHolderSigner } from '#formats/credential/index.ts';
import type { Row } from './measure.ts';
import type { Services } from './services-process.ts';
import { withServices } from './with-services.ts';

const OFFERS = 3_000;
const ISSUED = 1_000;

type Campaign = { readonly id: string; readonly state: string; readonly total: number; readonly done: number; readonly refused: number };

export const campaignRows = (): Promise<Row[]> => withServices(async (services) => [
  ...await measure(services, 'rows that become offers', OFFERS, ''),
  ...await measure(services, 'rows that are issued at once, in three securings', ISSUED, ',commitment,keyX,keyY'),
]);

async function measure(services: Services, name: string, rows: number, bound: string): Promise<Row[]> {
  const campaign = clientOf(services);
  const begun = performance.now();
  const { id } = await campaign('POST', '/campaigns?format=csv', fileOf(rows, bound !== ''));
  await until(campaign, id, 'draft');
  const checked = performance.now();
  await campaign('POST', `/campaigns/${id}/start`);
  const { done, refused } = await until(campaign, id, 'done');
  const ended = performance.now();
  if (done !== rows || refused !== 0) throw new Error(`${name}: ${done} of ${rows} rows done`);
  const row = (what: string, from: number, to: number): Row => ({ group: 'campaign', name: `${name}: ${what}`, value: rows / ((to - from) / 1000), unit: 'rows/s', note: `${rows} rows` });
  return [row('taken in and checked', begun, checked), row('made', checked, ended)];
}

function fileOf(rows: number, bound: boolean): string {
  const header = `id,family,given,birthDate,product,dose,doses,date,lot${bound ? ',commitment,keyX,keyY' : ''}`;
  const lines = Array.from({ length: rows }, (_, i) => [
    `${bound ? 'b' : 'o'}${i}`, 'Sample', `Person ${letters(i)}`, `${1930 + (i % 80)}-0${1 + (i % 9)}-1${i % 10}`, '208', '2', '2', '2026-09-01', `LOT${i % 50}`, ...(bound ? bindingOfNobody() : []),
  ].join(','));
  return [header, ...lines].join('\n');
}

const letters = (n: number): string => [...n.toString(26)].map((digit) => String.fromCharCode(65 + Number.parseInt(digit, 26))).join('');

function bindingOfNobody(): string[] {
  const { x, y } = createHolderSigner().key;
  return [BigInt(`0x${Buffer.from(crypto.getRandomValues(new Uint8Array(30))).toString('hex')}`).toString(), x, y];
}

type Client = (method: 'GET' | 'POST', path: string, body?: string) => Promise<Campaign>;

function clientOf({ issuer, token }: Services): Client {
  return async (method, path, body) => {
    const response = await fetch(issuer + path, { method, headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'text/csv' }) }, ...(body !== undefined && { body }) });
    if (!response.ok) throw new Error(`${path.split('?')[0]} answered ${response.status}`);
    return await response.json() as Campaign; // the service describes it so
  };
}

async function until(campaign: Client, id: string, state: string): Promise<Campaign> {
  for (;;) {
    const seen = await campaign('GET', `/campaigns/${id}`);
    if (seen.state === state) return seen;
    if (['failed', 'paused', 'cancelled'].includes(seen.state)) throw new Error(`the campaign is ${seen.state}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
