// CSV as spreadsheets write it, and as nobody should.
import { describe, expect, test } from 'vitest';
import { readCsv } from '#issuer/campaigns/csv.ts';
import { decodeText } from '#issuer/campaigns/text.ts';
import { all, bytesOf, csvFile, HEADER, textOf } from './fixture.ts';

const read = (text: string, mapping = {}, step = 7) => all(readCsv(textOf(text, step), mapping));

describe('readCsv', () => {
  test('gives cells by meaning, counted as a spreadsheet counts', async () => {
    const rows = await read(csvFile(3));
    expect(rows.map(({ row }) => row)).toEqual([2, 3, 4]);
    expect(rows[0]).toEqual({ row: 2, cells: { id: 'case-0', family: 'Meyer', given: 'Anna AAAA', birthDate: '1980-02-01', product: '208', dose: '1', doses: '2', date: '2026-01-10', lot: 'LOT-0', performer: 'Clinic', country: 'DE' } });
  });

  test.each([[1], [3], [64], [100_000]])('reads the same however the network cuts it (%i at a time)', async (step) => {
    const text = '\ufeff"Nachname";"Vorname";Datum;"Impf""stoff";Charge\r\n"Müller; geb. Öz";"Jürgen\nKarl";2026-01-02;208;"A""1"\r\n\r\nX;Y;2026-01-03;208;\r\n';
    expect(await all(readCsv(decodeText(bytesOf(text, step), 1e6), { product: 'Impf"stoff' }))).toEqual([
      { row: 2, refusal: { code: 'text-malformed', field: 'given' } }, { row: 3, cells: { family: 'X', given: 'Y', date: '2026-01-03', product: '208' } },
    ]);
  });

  test.each([[';'], ['\t'], [',']])('finds out that %j separates', async (separator) => {
    expect(await read(`family${separator}date${separator}cvx\nA${separator}2026-01-01${separator}208`)).toEqual([{ row: 2, cells: { family: 'A', date: '2026-01-01', product: '208' } }]);
  });

  test('takes lines that end in several ways', async () => {
    expect(await read('family,date,cvx\r\nA,2026-01-01,208\nB,2026-01-01,208\rC,2026-01-01,208\r\n', {}, 1)).toMatchObject([{ row: 2, cells: { family: 'A' } }, { row: 3, cells: { family: 'B' } }, { row: 4, cells: { family: 'C' } }]);
  });

  test('a key may begin with a minus', async () => {
    expect(await read('date,cvx,keyX,keyY\n2026-01-01,208,-a,-b')).toMatchObject([{ cells: { keyX: '-a', keyY: '-b' } }]);
  });

  test('a mapping goes before usual names', async () => {
    expect(await read('lot,Charge,datum,cvx\nx,y,2026-01-01,208', { lot: 'Charge' })).toEqual([{ row: 2, cells: { lot: 'y', date: '2026-01-01', product: '208' } }]);
  });

  test('takes the text that a spreadsheet keeps as a formula', async () => {
    expect(await read('cvx,date\n"=""08""",2026-01-01')).toEqual([{ row: 2, cells: { product: '08', date: '2026-01-01' } }]);
  });

  test.each([
    ['a formula', '=1+1'], ['a formula after a sign', '+1'], ['a formula that calls', '@SUM(A1)'], ['a formula with a minus', '-2+3'], ['a link in a text formula', '="a"&HYPERLINK("x")'],
    ['a NUL', 'A\0B'], ['a name turned round', 'A\u202eB'], ['an invisible space', 'A\u200bB'], ['a byte order mark within', 'A\ufeffB'], ['a replaced character', 'A\ufffdB'], ['an escape sequence', 'A\u001b[31m'],
  ])('refuses a cell with %s and takes the next row', async (_name, cell) => {
    expect(await read(`family,date,cvx\n"${cell.replaceAll('"', '""')}",2026-01-01,208\nB,2026-01-01,208`)).toEqual([
      { row: 2, refusal: { code: 'text-malformed', field: 'family' } }, { row: 3, cells: { family: 'B', date: '2026-01-01', product: '208' } },
    ]);
  });

  test('joiners of names stay', async () => {
    expect(await read('family,date,cvx\nA\u200cB,2026-01-01,208')).toMatchObject([{ cells: { family: 'A\u200cB' } }]);
  });

  test.each([['with a cell too few', 'A,2026-01-01'], ['with a cell too many', 'A,2026-01-01,208,more']])('refuses a row %s', async (_name, line) => {
    expect(await read(`family,date,cvx\n${line}\nB,2026-01-01,208`)).toMatchObject([{ row: 2, refusal: { code: 'request-invalid', field: 'columns' } }, { row: 3 }]);
  });

  test.each<[string, string, string, string, Record<string, string>?]>([
    ['an empty file', '', 'request-invalid', 'header'],
    ['two columns of one name', 'family,family,date,cvx\n', 'request-invalid', 'header'],
    ['two columns of one meaning', 'family,surname,date,cvx\n', 'request-invalid', 'header'],
    ['no date', 'family,cvx\n', 'request-invalid', 'header'],
    ['nothing that could be attested', 'family,date\n', 'request-invalid', 'header'],
    ['a mapping to a column that is not there', 'family,date,cvx\n', 'request-invalid', 'mapping.lot', { lot: 'Charge' }],
    ['a header with a NUL, as UTF-16 has it', 'f\0a\0m\0', 'request-invalid', 'header'],
    ['a first line without end', 'a'.repeat(70_000), 'request-invalid', 'header'],
    ['a quote that does not end', `${HEADER}\n"abc,def\n`, 'text-malformed', 'row'],
    ['a quote within a cell', `${HEADER}\nab"c,d\n`, 'text-malformed', 'row'],
    ['text after a quote', `${HEADER}\n"a"b,d\n`, 'text-malformed', 'row'],
    ['a cell of ten megabytes', `${HEADER}\n${'x'.repeat(10_000_000)},d\n`, 'text-too-long', 'row'],
  ])('refuses %s', async (_name, text, code, field, mapping = {}) => {
    const error = await read(text, mapping, 50_000).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code, field });
  });

  test.each([['Latin-1', Uint8Array.of(0x66, 0xfc, 0x72)], ['UTF-16', new Uint8Array(Buffer.from('\ufefffamily,date', 'utf16le'))], ['a cut character', new TextEncoder().encode('für').subarray(0, 2)]])('refuses %s', async (_name, bytes) => {
    await expect(all(readCsv(decodeText(bytesOf(bytes), 1e6)))).rejects.toMatchObject({ code: 'text-malformed', field: 'body' });
  });

  test('no message holds anything of the file', async () => {
    for (const text of [`${HEADER}\n"Kanarienvogel,x`, `${HEADER}\nKanarienvogel"x,y`, 'Kanarienvogel,Kanarienvogel']) {
      const error = await read(text).catch((caught: unknown) => caught) as Error;
      expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('Kanarien');
    }
  });
});
