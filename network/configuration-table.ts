// The table of all variables, from the schemas that read them; docs/configuration.md holds it between its heading and the next.
import type { z } from 'zod';
import { OTHER_VARIABLES, PROGRAMS } from './config.ts';

type Row = { readonly by: string[]; readonly description: string; readonly otherwise: string };

/** Lines of a Markdown table, one a variable, in the order in which programs name them. */
export function configurationTable(): string {
  const rows = new Map<string, Row>();
  for (const [program, { config, secrets }] of Object.entries(PROGRAMS)) {
    for (const [name, schema] of [...Object.entries(config.shape), ...Object.entries(secrets.shape)]) {
      const { description = '', otherwise = '' } = (schema as z.ZodType).meta() ?? {};
      const secret = name in secrets.shape ? ` *Secret*: may stand in a file that \`${name}_FILE\` names.` : '';
      const row = rows.get(name) ?? { by: [], description: `${description}${secret}`, otherwise: String(otherwise) };
      row.by.push(`\`${program}\``);
      rows.set(name, row);
    }
  }
  for (const [name, { by, description, otherwise }] of Object.entries(OTHER_VARIABLES)) rows.set(name, { by: [...(rows.get(name)?.by ?? []), by], description, otherwise });
  const lines = [...rows].map(([name, { by, description, otherwise }]) => `| \`${name}\` | ${by.join(', ')} | ${description} | ${otherwise} |`);
  return ['| variable | read by | meaning | otherwise |', '|---|---|---|---|', ...lines].join('\n');
}

const TABLE = /^\| variable \| read by \|[^]*?(?=\n\n)/m;

/** The table as a document has it. */
export const tableIn = (document: string): string => TABLE.exec(document)?.[0] ?? '';
export const withTable = (document: string): string => document.replace(TABLE, () => configurationTable());
