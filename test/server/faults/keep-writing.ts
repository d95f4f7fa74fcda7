// A process that records people one after the other and says each time that it is done, until it is killed. Arguments: the place of the
// database as JSON; the secret of its keys, hex. Each round is one transaction: a patient, an issuance, a credential, an audit row.
import { writeSync } from 'node:fs';
import { randomInt, randomUUID } from 'node:crypto';
import { createIssuerStore, ISSUER_MIGRATIONS, openPatientBook } from '#issuer';
import { LIST_SIZE } from '#passport';
import { createLocalKeyProvider, openDatabase, OPERATOR, recordAudit, type DatabasePlace } from '#server';
import { NOW, vaccination } from '../../issuer/patients/people.ts';

const [place, secret] = process.argv.slice(2) as [string, string];
const database = await openDatabase((JSON.parse(place) as { place?: DatabasePlace }).place, ISSUER_MIGRATIONS);
const book = await openPatientBook({ database, provider: createLocalKeyProvider([Uint8Array.from(Buffer.from(secret, 'hex'))]), now: () => NOW });
const store = createIssuerStore(database);
for (let i = 0; ; i++) {
  const issuance = randomUUID();
  const person = { family: `Family ${randomUUID()}`, given: ['Given'], birthDate: '1980-01-01' };
  const written = await store.remember([{ id: randomUUID(), issuance, copy: 0, list: 1, index: randomInt(LIST_SIZE), issuedAt: NOW, securings: [{ form: 'claims', message: '1' }] }], async (tx) => {
    await book.record(tx, { event: vaccination(person), organisation: 'a', source: 'test', issuance });
    await recordAudit(tx, OPERATOR, { action: 'credential.issue', target: issuance }, NOW);
  });
  if (written) writeSync(1, `${issuance}\n`);
}
