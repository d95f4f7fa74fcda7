// Moving to another doctor: the new one is let in, the old one is out at once and for all that is written later, also with the keys that were kept; and
// the account of it all is complete by the chain's word, in the wallet and in a terminal.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { validateResource } from '#records/model/fhir/index.ts';
import { violationsOf } from '../browser/accessibility.ts';
import { shot } from '../browser/screenshot.ts';
import { entriesOf, keptBy, readPlain, type Kept } from './care-members.ts';
import { CARE_CANARIES as C, type CareStage } from './care-stage.browser.ts';

export const describeMoving = (of: () => CareStage) => describe('moving to another doctor', () => {
  let kept: Kept;

  test('the new doctor is let in and finds all there is; the patient may also hand over a summary as a file', async () => {
    const { person, desk, program } = of();
    kept = await keptBy(await program('physician')); // everything the old one was ever given, kept on a disk
    const newcomer = await desk('family-doctor');
    await person.openLink(await newcomer.ask({ period: 'year' }));
    await person.confirm();
    await newcomer.answered();
    expect(await newcomer.timeline()).toEqual(expect.arrayContaining([C.allergy, C.encounter, C.referral, C.report]));
    await shot(newcomer.page, 'records/care-newcomer');
    const summary = await person.saveSummary();
    expect(validateResource(summary).filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(JSON.stringify(summary)).toContain(C.allergy);
  });

  test('the old doctor is out: the page closes, nothing is read any more, and the keys that were kept open nothing that is written later', async () => {
    const { person, desk, program } = of();
    const [physician, newcomer] = [await desk('physician'), await desk('family-doctor')];
    await physician.timeline();
    await person.revoke('Dr. Sample Physician');
    await physician.ended();
    await newcomer.write('condition', { what: C.later });
    const old = await program('physician');
    await expect(old.client.readAll(kept.relationship.id, { purpose: 'TREAT' })).rejects.toMatchObject({ code: 'record-unknown' });
    await expect(readPlain(old, kept.relationship.id)).rejects.toMatchObject({ code: 'record-unknown' });
    // Even whoever gets hold of the wrapped key and of the ciphertext.
    const entries = await entriesOf(await program('family-doctor'));
    const [before, after] = [entries.find(({ meta }) => meta.category === 'allergies')!, entries.find(({ meta }) => meta.category === 'conditions')!];
    expect([await kept.opens(before), await kept.opens(after)]).toEqual([true, false]);
  });

  test('the account tells all of it, and is complete by the chain’s word', async () => {
    const { person, phone, system } = of();
    await person.looked();
    await phone.page.locator('.access-line', { hasText: person.r.looked.tones.refused }).first().waitFor(); // the page is told as it happens
    const lines = (await person.looked()).join('\n');
    for (const name of ['Sample General Hospital', 'Dr. Sample Physician', 'Dr. Sample Cardiologist', 'Sample Laboratory', 'Dr. Sample Newcomer']) expect(lines).toContain(name);
    expect(await person.check()).toMatch(/complete/);
    await shot(phone.page, 'wallet/care-checked');
    expect(await violationsOf(phone.page)).toEqual([]);

    const file = await person.saveAccount();
    expect(await verify(system.folder.root, file)).toMatchObject({ code: 0, outcome: 'complete' });
    const account = JSON.parse(await readFile(file, 'utf8')) as { entries: unknown[] };
    const shorter = join(system.folder.root, 'shorter.json');
    await writeFile(shorter, JSON.stringify({ ...account, entries: account.entries.toSpliced(3, 1) }));
    expect(await verify(system.folder.root, shorter)).toMatchObject({ code: 1, outcome: 'broken' });
  });
});

/** `healthpass audit verify`, as it is called in a terminal. */
async function verify(data: string, file: string): Promise<{ readonly code: number; readonly outcome: unknown }> {
  let printed = '';
  const stream = (write: (text: string) => void) => ({ write: (text: string) => (write(text), true), isTTY: false });
  const code = await run(['audit', 'verify', file, '--data', data, '--json'], { stdout: stream((text) => (printed += text)), stderr: stream(() => {}), stdin: process.stdin } as never);
  return { code, outcome: (JSON.parse(printed) as { outcome: unknown }).outcome };
}
