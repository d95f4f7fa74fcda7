// Every way in which a gateway may lie about a log, and what the patient's own check says to it.
import { describe, expect, test } from 'vitest';
import { ANCHOR_PATIENCE, encodeLogProof, entryHash, eventDigest, FINDINGS, FIRST_PREVIOUS, verifyLog, type AnchorProof, type FindingCode, type LogEntry, type LogToVerify } from '#records/model/audit/index.ts';
import { offChain } from '#records/model/typed-data.ts';
import { at, CHAIN, createLedger, documentOf, newLog, newSigner, RELATIONSHIP, REQUEST, signEntry } from './ledger.ts';

/** Seven entries of one patient, two of another; three anchors, the last entry after them. */
async function honest() {
  const ledger = createLedger();
  const [log, other] = [newLog(), newLog()];
  for (let i = 0; i < 2; i++) ledger.append(log, at(10 * i));
  ledger.append(other, at(25));
  ledger.anchor(at(60));
  for (let i = 0; i < 4; i++) ledger.append(log, at(70 + i));
  ledger.anchor(at(120));
  ledger.append(other, at(121));
  ledger.anchor(at(180));
  ledger.append(log, at(181));
  return { ledger, log, other, given: await ledger.given(log, at(200)) };
}
/** For tests that change nothing of it. */
const shared = honest();
const found = (given: LogToVerify): FindingCode[] => {
  const verdict = verifyLog(given);
  return verdict.outcome === 'broken' ? [...new Set(verdict.findings.map(({ code }) => code))] : [];
};
const change = <T>(list: readonly T[], index: number, to: (item: T) => T): T[] => list.map((item, i) => (i === index ? to(item) : item));
const seen = new Set<FindingCode>();
const expectFound = (given: LogToVerify, ...codes: FindingCode[]) => {
  const codesFound = found(given);
  expect(codesFound).toEqual(expect.arrayContaining(codes));
  codes.forEach((code) => seen.add(code));
};

describe('verifyLog', () => {
  test('an honest log is complete up to its last anchor, and what came after it is told', async () => {
    const { given, log } = await shared;
    expect(verifyLog(given)).toEqual({
      outcome: 'complete', upTo: 6, unanchored: 1,
      checkpoint: { entries: 7, head: entryHash({ log, ...given.entries[6]! }, CHAIN), time: at(181), anchor: 3, anchored: 6 },
    });
  });

  test('a log that is not there yet is proven absent, and an empty one is complete', async () => {
    const { ledger } = await shared;
    expect(verifyLog(await ledger.given(newLog(), at(200)))).toMatchObject({ outcome: 'complete', upTo: 0, unanchored: 0 });
  });

  test('what was verified once is where the next time begins', async () => {
    const { ledger, log, given } = await honest();
    const first = verifyLog(given);
    if (first.outcome !== 'complete') throw new Error('not complete');
    ledger.append(log, at(210));
    ledger.anchor(at(240));
    const next = await ledger.given(log, at(260));
    const rest = { ...next, from: first.checkpoint, entries: next.entries.slice(6), anchors: next.anchors.slice(3), proofs: next.proofs.slice(3) };
    expect(verifyLog(rest)).toMatchObject({ outcome: 'complete', upTo: 8, unanchored: 0 });
    expectFound({ ...rest, entries: [] }, 'gap');
    expectFound({ ...rest, entries: rest.entries.slice(1) }, 'gap');
    expectFound({ ...rest, from: { ...first.checkpoint, head: FIRST_PREVIOUS } }, 'fork');
    // Of the entry that was shown and not anchored, another history is anchored in the meantime.
    const { event, time, salt, document, previous } = rest.entries[0]!;
    const other = signEntry(ledger.signer, { log, sequence: 7, previous, event, time: (time + 1) as typeof time }, salt, document);
    expectFound({ ...rest, entries: [other, rest.entries[1]!] }, 'fork');
  });

  test('ATTACK: an entry whose words tell of another time than was signed', async () => {
    const { ledger, log, given } = await honest();
    const salt = given.entries[0]!.salt;
    const document = documentOf(ledger.signer.address, at(-86_400 * 365));
    const last = given.entries.at(-1)!;
    const dated = signEntry(ledger.signer, { log, sequence: 8, previous: entryHash({ log, ...last }, CHAIN), event: eventDigest(salt, document), time: at(190) }, salt, document);
    expect(found({ ...given, entries: [...given.entries, dated] })).toEqual(['time-wrong']);
  });

  test('an entry that is dropped leaves a gap, in the middle and at the end', async () => {
    const { given } = await shared;
    expectFound({ ...given, entries: given.entries.filter((_, i) => i !== 3) }, 'gap');
    expectFound({ ...given, entries: given.entries.slice(0, 4) }, 'gap');
    expectFound({ ...given, entries: [] }, 'gap');
    expect(found({ ...given, entries: given.entries.slice(0, 6) })).toEqual([]); // what no anchor has is known only by a receipt, or to who saw it
    expectFound({ ...given, entries: given.entries.slice(0, 6), seen: [{ sequence: 7, hash: entryHash({ log: given.log, ...given.entries[6]! }, CHAIN) }] }, 'gap');
  });

  test('entries in another order, as they are or signed anew, are noticed', async () => {
    const { given, ledger, log } = await shared;
    const [a, b, c, d, ...rest] = given.entries as [LogEntry, LogEntry, LogEntry, LogEntry, ...LogEntry[]];
    expectFound({ ...given, entries: [a, b, d, c, ...rest] }, 'reordered');
    const signAgain = (entry: LogEntry, sequence: number, previous: LogEntry['previous']) => signEntry(ledger.signer, { log, sequence, previous, event: entry.event, time: entry.time }, entry.salt, entry.document);
    const third = signAgain(d, 3, c.previous);
    expectFound({ ...given, entries: [a, b, third, signAgain(c, 4, entryHash({ log, ...third }, CHAIN)), ...rest] }, 'fork', 'time-wrong');
    const swapped = signAgain(d, 4, entryHash({ log, ...rest[0]! }, CHAIN));
    expectFound({ ...given, entries: [a, b, c, swapped, ...rest] }, 'reordered');
  });

  test('an event that was written anew does not have the digest that was signed', async () => {
    const { given } = await shared;
    expectFound({ ...given, entries: change(given.entries, 2, (entry) => ({ ...entry, document: entry.document.replace('Ada', 'Eve') })) }, 'event-changed');
    expectFound({ ...given, entries: change(given.entries, 2, (entry) => ({ ...entry, salt: `0x${'11'.repeat(32)}` })) }, 'event-changed');
  });

  test('a history written anew after an anchor, signed by the gateway itself, is another than the chain has', async () => {
    const { ledger, log, given } = await shared;
    const liar = createLedger(ledger.signer);
    for (const entry of given.entries) liar.append(log, entry.time, { ...JSON.parse('{"kind":"emergency","step":"asked"}'), actor: { kind: 'patient' }, emergency: newLog() });
    const rewritten = (await liar.given(log, at(200))).entries;
    expectFound({ ...given, entries: rewritten }, 'fork');
    expectFound({ ...given, entries: [...given.entries.slice(0, 6), rewritten[6]!] }, 'fork');
  });

  test('two entries of one number are a fork, whichever of them is anchored', async () => {
    const { ledger, log, given } = await shared;
    const document = documentOf(ledger.signer.address, at(73));
    const salt = `0x${'22'.repeat(32)}` as const;
    const twin = signEntry(ledger.signer, { log, sequence: 6, previous: given.entries[5]!.previous, event: eventDigest(salt, document), time: at(73) }, salt, document);
    expectFound({ ...given, entries: [...given.entries.slice(0, 6), twin, given.entries[6]!] }, 'fork');
    expectFound({ ...given, entries: [...given.entries.slice(0, 5), twin] }, 'fork');
    expectFound({ ...given, seen: [{ sequence: 6, hash: entryHash({ log, ...twin }, CHAIN) }] }, 'fork');
  });

  test('an entry that somebody else signed, or nobody, is none of the gateway’s', async () => {
    const { given, log } = await shared;
    const { salt, document, signature: _, ...head } = given.entries[2]!;
    expectFound({ ...given, entries: change(given.entries, 2, () => signEntry(newSigner(), { log, ...head }, salt, document)) }, 'signature-wrong');
    expectFound({ ...given, entries: change(given.entries, 2, (entry) => ({ ...entry, signature: given.entries[1]!.signature })) }, 'signature-wrong');
    expectFound({ ...given, entries: change(given.entries, 2, (entry) => ({ ...entry, signature: '0x' })) }, 'signature-wrong');
  });

  test('a gateway whose key has no role on chain, or had none then, vouches for nothing', async () => {
    const { given } = await shared;
    expectFound({ ...given, roles: [] }, 'gateway-without-role');
    expectFound({ ...given, roles: [{ from: at(-9000), until: at(-300) }, { from: at(700) }] }, 'gateway-without-role');
    expect(found({ ...given, roles: [{ from: at(-9000), until: at(0) }, { from: at(200) }] })).toEqual([]); // clocks differ a little
  });

  test('the newest anchor held back, or any other, is missing', async () => {
    const { given } = await shared;
    for (const held of [0, 1, 2]) expectFound({ ...given, proofs: given.proofs.filter((_, i) => i !== held) }, 'missing-from-anchor');
  });

  test('an old anchor shown in the place of a new one leads to another root', async () => {
    const { given } = await shared;
    expectFound({ ...given, proofs: change(given.proofs, 2, () => ({ ...given.proofs[0]!, anchor: 3 })) }, 'anchor-not-on-chain');
    expectFound({ ...given, proofs: change(given.proofs, 1, (proof) => ({ ...proof, entries: 5 })) }, 'anchor-not-on-chain');
    expectFound({ ...given, proofs: [...given.proofs, { ...given.proofs[2]!, anchor: 5 }] }, 'anchor-not-on-chain');
    expect(found({ ...given, proofs: [...given.proofs, { ...given.proofs[2]!, anchor: 4 }] })).toEqual([]); // on its way
  });

  test('an anchor that shows fewer entries than one before it was rolled back', async () => {
    const { ledger, log, given } = await honest();
    ledger.rewrite(log, given.entries.slice(0, 3));
    ledger.anchor(at(190));
    const rolledBack = await ledger.given(log, at(200));
    expectFound({ ...rolledBack, entries: given.entries }, 'rolled-back');
    expectFound(rolledBack, 'rolled-back');
    ledger.rewrite(log, []);
  });

  test('one patient’s place in the tree shows one history only: what another reader was shown beside it is not anchored', async () => {
    const { ledger, log, given } = await honest();
    // For one reader the gateway keeps a second log, and anchors that too: his receipt names an event that the patient never sees.
    const second = newLog();
    const hidden = ledger.append(second, at(182));
    ledger.anchor(at(190));
    const body = { relationship: newLog(), request: newLog(), event: hidden.event, time: at(182) };
    const receipt = { ...body, signature: ledger.signer.sign(offChain(CHAIN), 'AccessReceipt', body) };
    const shown = await ledger.given(log, at(200));
    expect(found(shown)).toEqual([]);
    expectFound({ ...shown, receipts: [receipt] }, 'receipt-unknown');
    const sign = (told: typeof body) => ({ ...told, signature: ledger.signer.sign(offChain(CHAIN), 'AccessReceipt', told) });
    const known = { relationship: RELATIONSHIP, request: REQUEST, event: given.entries[3]!.event, time: given.entries[3]!.time };
    expect(found({ ...shown, receipts: [sign(known)] })).toEqual([]);
    // The entry is there, and tells of another relationship than the one that the receipt was given for, of another of its reads, or of another time.
    expectFound({ ...shown, receipts: [sign({ ...known, relationship: newLog() })] }, 'receipt-unknown');
    expectFound({ ...shown, receipts: [sign({ ...known, request: newLog() })] }, 'receipt-unknown');
    expectFound({ ...shown, receipts: [sign({ ...known, time: at(100) })] }, 'receipt-unknown');
    expect(() => verifyLog({ ...shown, receipts: [{ ...body, signature: newSigner().sign(offChain(CHAIN), 'AccessReceipt', body) }] })).toThrow(expect.objectContaining({ code: 'receipt-invalid' }));
  });

  test('an entry that no anchor takes up in time, or that is dated back to before one, is overdue', async () => {
    const { ledger, log, given } = await honest();
    expectFound({ ...given, now: at(181 + ANCHOR_PATIENCE + 1) }, 'anchor-overdue');
    ledger.anchor(at(10_000));
    const late = ledger.append(log, at(190)); // written down hours after the keys were given out, with the time of then
    ledger.anchor(at(10_060));
    const verdict = verifyLog(await ledger.given(log, at(10_100)));
    expect(verdict).toEqual({ outcome: 'broken', findings: [{ code: 'anchor-overdue', entry: late.sequence, anchor: 4 }] });
  });

  test('an entry of the future, or later than the anchor that has it, has a wrong time', async () => {
    const { ledger, log, given } = await honest();
    ledger.append(log, at(100_000));
    ledger.anchor(at(240));
    expectFound(await ledger.given(log, at(250)), 'time-wrong');
    expectFound(await ledger.given(log, at(100_100)), 'time-wrong');
    expect(given.entries).toHaveLength(7);
  });

  test('a proof that is none leads nowhere', async () => {
    const { given } = await shared;
    expectFound({ ...given, proofs: change(given.proofs, 0, (proof): AnchorProof => ({ ...proof, proof: '0x05' })) }, 'anchor-not-on-chain');
    expectFound({ ...given, proofs: change(given.proofs, 0, (proof): AnchorProof => ({ ...proof, proof: encodeLogProof({ siblings: [] }) })) }, 'anchor-not-on-chain');
  });

  test('ATTACK: an entry that is shown twice, as if somebody had read twice', async () => {
    const { given } = await shared;
    expect(verifyLog({ ...given, entries: [...given.entries.slice(0, 2), ...given.entries.slice(1)] })).toEqual({ outcome: 'broken', findings: [{ code: 'reordered', entry: 2 }] });
  });

  test('ATTACK: a gateway that shows nothing for years of anchors, so that the findings are too many to be told', async () => {
    const { given } = await shared;
    const anchors = Array.from({ length: 200_000 }, (_, i) => ({ ...given.anchors[0]!, sequence: i + 1 }));
    const verdict = verifyLog({ ...given, anchors, proofs: [] });
    expect(verdict.outcome === 'broken' && verdict.findings.filter(({ code }) => code === 'missing-from-anchor')).toHaveLength(200_000);
  });

  test('these attacks show every finding that there is', () => {
    expect([...seen].toSorted()).toEqual([...FINDINGS].toSorted());
  });
});
