// healthpass rotate: the issuer changes its keys. What was issued before stays good.
import { HealthpassError } from '#passport';
import { text, type Command } from '../command.ts';
import { issuerClient } from '../issuer-client.ts';
import { folderOf } from '../surroundings.ts';

export const rotate: Command = {
  name: 'rotate', synopsis: 'rotate [--keys claims|did|all]', says: 'Change the issuer’s keys; everything issued before stays good.',
  least: 0, most: 0, takes: 'no words besides its options', options: { keys: { type: 'string' } }, about: { keys: 'claims (passes), did (VC-JWT and SD-JWT VC) or all, the default' },
  async run({ options, terminal }) {
    const keys = text(options, 'keys') ?? 'all';
    if (!['claims', 'did', 'all'].includes(keys)) throw new HealthpassError('usage', '--keys takes claims, did or all', { field: '--keys' });
    terminal.progress('anchoring, signing again and changing keys');
    const rotation = await (await issuerClient(folderOf(options))).post('/keys/rotate', { keys });
    terminal.result('The keys are changed. Wallets renew their signatures by themselves when they next make a pass.', rotation);
    return 0;
  },
};
