// healthpass records validate: whether a FHIR resource or Bundle is one, and what is wrong with it, by element and rule. No network is needed.
import type { Issue } from '#records/model/fhir/index.ts';
import { parseJson } from '#passport/json.ts';
import type { Command } from '../command.ts';
import { readInput } from '../surroundings.ts';

const INPUT_MAX_BYTES = 20_000_000;

const validate: Command = {
  name: 'records validate', synopsis: 'records validate FILE|-', says: 'Check a FHIR R4 resource or Bundle. Exit 0 valid, 1 not valid, 3 unreadable.',
  least: 1, most: 1, takes: 'one JSON file, or - for standard input', options: {}, about: {},
  async run({ positionals: [file], terminal }) {
    const resource = parseJson(await readInput(file!, INPUT_MAX_BYTES), { maxBytes: INPUT_MAX_BYTES });
    const { validateResource } = await import('#records/model/fhir/validate.ts'); // loads FHIRPath, which no other command needs
    const issues = validateResource(resource);
    const valid = issues.every(({ severity }) => severity !== 'error');
    terminal.result([...issues.map(say), valid ? 'VALID' : 'NOT VALID'].join('\n'), { valid, issues });
    return valid ? 0 : 1;
  },
};

const say = ({ severity, element, rule, message }: Issue): string => `${severity.padEnd(7)}  ${element}  ${message} (${rule})`;

export const recordsCommands: readonly Command[] = [validate];
