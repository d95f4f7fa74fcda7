// healthpass campaign, and statuses by file, on a real system: from a spreadsheet to offers, and back.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '#cli/run.ts';
import { csvFile, HEADER } from '../issuer/campaigns/fixture.ts';
import { startNetwork, type Network } from '../journeys/network.ts';

let network: Network;
let folder: string;
const at = (name: string) => join(folder, name);

async function healthpass(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await run([...argv, '--data', network.folder.root], { stdout: { write: (text) => (out += text) }, stderr: { write: (text) => (err += text) } });
  return { code, out, err };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'healthpass-campaign-cli-'));
  network = await startNetwork();
});
afterAll(async () => {
  await network.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('healthpass campaign', () => {
  test('--dry-run says what could be issued, and why the rest could not', async () => {
    await writeFile(at('some.csv'), `${csvFile(3)}\nx,Meyer,Anna,1980-02-01,99999,1,2,2026-01-01,L,C,DE\ny,Meyer,Anna,1980-02-01,208,1,2,soon,L,C,DE\n`);
    const { code, out } = await healthpass('campaign', at('some.csv'), '--dry-run');
    expect([code, out.split('\n').slice(1)]).toEqual([0, ['3 of 5 rows can be issued', 'not done: 1 row: fhir-code-unknown, product', 'not done: 1 row: fhir-invalid, date', '']]);
  });

  test('makes offers, with links in the report and PINs in a file of their own; the report takes them back', async () => {
    await writeFile(at('people.csv'), csvFile(4));
    const { code, out } = await healthpass('campaign', at('people.csv'), '--report', at('report.csv'), '--pins', at('pins.csv'));
    expect([code, out]).toEqual([0, expect.stringContaining('4 of 4 rows issued')]);
    const lines = (await readFile(at('report.csv'), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toMatch(/^2,case-0,done,,,urn:uuid:[0-9a-f-]{36},[0-9a-f-]{36},openid-credential-offer:\/\/\?credential_offer_uri=/);
    const pins = (await readFile(at('pins.csv'), 'utf8')).trim().split('\r\n');
    expect(pins.slice(1).every((line) => /^\d+,case-\d,[0-9a-f-]{36},\d{6}$/.test(line))).toBe(true);
    expect(await healthpass('campaign', at('people.csv'), '--dry-run')).toMatchObject({ code: 0, out: expect.stringMatching(/the same file as campaign .*\n0 of 4 rows can be issued\nnot done: 4 rows: row-issued, id/) });
    expect(await healthpass('revoke', '--file', at('report.csv'), '--dry-run')).toMatchObject({ code: 0, out: expect.stringContaining('4 of 4 rows can be revoked') });
    expect(await healthpass('revoke', '--file', at('report.csv'))).toMatchObject({ code: 0, out: expect.stringContaining('4 of 4 rows revoked') });
    const [list] = (await network.trust()).lists;
    expect([...list!.latestWords.values()].reduce((sum, word) => sum + word.toString(2).replaceAll('0', '').length, 0)).toBe(4);
  });

  test.each<[string, string[], number, string]>([
    ['a file that is not there', ['campaign', '/nowhere/x.csv'], 64, 'usage'], ['a file of no known kind', ['campaign', '/nowhere/x.xlsx'], 64, 'usage'],
    ['both ids and a file', ['revoke', 'urn:uuid:1', '--file', 'x.csv'], 64, 'usage'], ['neither', ['suspend'], 64, 'usage'],
  ])('refuses %s', async (_name, argv, exit, code) => {
    const { code: ended, err } = await healthpass(...argv);
    expect([ended, err]).toEqual([exit, expect.stringContaining(`(${code}`)]);
  });

  test('a file that is none leaves nothing, and says what it is', async () => {
    await writeFile(at('broken.csv'), `${HEADER}\n"`);
    expect(await healthpass('campaign', at('broken.csv'))).toMatchObject({ code: 3, err: expect.stringContaining('text-malformed') });
  });
});
