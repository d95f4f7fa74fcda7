// Statements of the embedded database, parsed and planned once instead of each time. Each message goes by itself: after one at which the engine falls
// nothing may follow, as it would wait for ever.
import { parse, protocol, type messages, type PGlite } from '@electric-sql/pglite';
import type { Row } from './database.ts';
import { createNames } from './kept.ts';

const { serialize } = protocol;

/** Milliseconds for which plans hold. Nobody gathers statistics here, so that one that was made while a table was empty would hold for ever. */
const PLANS_HOLD = 1000;

type Prepared = { readonly name: string; readonly types: readonly number[]; readonly columns: messages.BackendMessage | undefined };

/** @param isLost whether nothing may be asked any more after this error */
export function createStatements(lite: PGlite, isLost: (error: unknown) => boolean) {
  const nameOf = createNames();
  const kept = new Map<string, Prepared>();
  let planned = performance.now();

  const send = (message: Uint8Array) => lite.execProtocolStream(message, { syncToFs: false }); // a folder needs none

  /** What fails is followed by a Sync too, as the protocol has it. */
  async function inOrder(...steps: readonly Uint8Array[]): Promise<messages.BackendMessage[]> {
    const answers: messages.BackendMessage[] = [];
    try {
      for (const step of steps) answers.push(...await send(step));
    } catch (error) {
      if (!isLost(error)) await send(serialize.sync());
      throw error;
    }
    await send(serialize.sync());
    return answers;
  }

  async function prepare(sql: string): Promise<Prepared> {
    const name = nameOf(sql) ?? '';
    const answers = await inOrder(serialize.parse({ name, text: sql }), serialize.describe({ type: 'S', name }));
    const prepared = { name, types: parse.parseDescribeStatementResults(answers), columns: answers.find((answer) => answer.name === 'rowDescription') };
    if (name !== '') kept.set(sql, prepared);
    return prepared;
  }

  /** Also within a transaction: a long one fills tables itself. */
  async function forgetOldPlans(): Promise<void> {
    if (performance.now() - planned < PLANS_HOLD) return;
    await send(serialize.query('DISCARD PLANS'));
    planned = performance.now();
  }

  return async (sql: string, parameters: readonly unknown[]): Promise<Row[]> => {
    await forgetOldPlans();
    const { name, types, columns } = kept.get(sql) ?? await prepare(sql);
    const values = parameters.map((value, i) => encode(value, lite.serializers[types[i]!])); // one too many the database refuses
    const answers = await inOrder(serialize.bind({ statement: name, values }), serialize.execute());
    return columns ? parse.parseResults([columns, ...answers], lite.parsers)[0]!.rows as Row[] : []; // a command was completed
  };
}

const encode = (value: unknown, serializer: ((value: unknown) => string) | undefined): string | null => (value === null || value === undefined ? null : serializer ? serializer(value) : String(value));
