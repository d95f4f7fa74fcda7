import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '#cli/run.ts';

let folder: string;
const ended = async (name: string, ...options: string[]) => {
  let [out, err] = ['', ''];
  const code = await run(['records', 'validate', join(folder, name), ...options], { stdout: { write: (text: string) => (out += text) }, stderr: { write: (text: string) => (err += text) } });
  return { code, out, err };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'healthpass-records-'));
  const patient = { resourceType: 'Patient', gender: 'female' };
  await writeFile(join(folder, 'valid.json'), JSON.stringify(patient));
  await writeFile(join(folder, 'wrong.json'), JSON.stringify({ ...patient, gender: 'canary', birthDate: '1980-02-30' }));
  await writeFile(join(folder, 'bundle.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Claim' } }, { resource: patient }] }));
  await writeFile(join(folder, 'twice.json'), '{"resourceType":"Patient","gender":"male","gender":"female"}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('healthpass records validate', () => {
  test('says that a resource is valid', async () => expect(await ended('valid.json')).toEqual({ code: 0, out: 'VALID\n', err: '' }));
  test('names element and rule, and no value', async () => {
    const { code, out } = await ended('wrong.json');
    expect(code).toBe(1);
    expect(out).toBe('error    Patient.gender  is no code of the required value set administrative-gender (binding)\nerror    Patient.birthDate  is not in the form of a date (format)\nNOT VALID\n');
  });
  test('gives the same as JSON', async () => {
    const { code, out } = await ended('wrong.json', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ valid: false, issues: [{ severity: 'error', element: 'Patient.gender', rule: 'binding' }, { rule: 'format' }] });
  });
  test('warns of what it did not check', async () => expect(await ended('bundle.json')).toMatchObject({ code: 0, out: expect.stringMatching(/^warning {2}Bundle\.entry\[0\]\.resource\.resourceType .*\nVALID\n$/) }));
  test('exits 3 for what is no strict JSON, 64 for a file that is not there', async () => {
    expect(await ended('twice.json')).toMatchObject({ code: 3, err: expect.stringContaining('json-duplicate-key') });
    expect(await ended('none.json')).toMatchObject({ code: 64 });
  });
});
