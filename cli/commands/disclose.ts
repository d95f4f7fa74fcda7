// healthpass disclose: an SD-JWT VC presentation with key binding, showing exactly the chosen claims.
import { HealthpassError } from '#passport';
import { claimsToDisclose, presentSdJwtVc } from '#wallet';
import { text, type Command } from '../command.ts';
import { now, passphrase } from '../surroundings.ts';
import { openWalletFolder } from '../wallet-folder.ts';
import { walletOption } from './wallet.ts';

export const disclose: Command = {
  name: 'disclose', synopsis: 'disclose ID --wallet DIR [--claims A,B] [--audience A --challenge HEX]', says: 'Show chosen claims of one credential openly, as an SD-JWT VC. Without --claims, list them.',
  least: 1, most: 1, takes: 'the id of one credential',
  options: { wallet: { type: 'string' }, claims: { type: 'string' }, audience: { type: 'string' }, challenge: { type: 'string' } },
  about: { wallet: 'folder of the wallet', claims: 'names of claims, separated by commas', audience: 'who asks', challenge: 'hex of the verifier’s challenge' },
  async run({ positionals, options, terminal }) {
    const wallet = await openWalletFolder(walletOption(options), passphrase());
    const id = positionals[0]!;
    const claims = text(options, 'claims');
    if (claims === undefined) {
      const names = await claimsToDisclose(wallet, id);
      terminal.result(Object.entries(names).map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join('\n'), names);
      return 0;
    }
    const [audience, nonce] = [text(options, 'audience'), text(options, 'challenge')];
    if (audience === undefined || nonce === undefined) throw new HealthpassError('usage', 'claims are shown to somebody who asked: give --audience and --challenge', { field: '--audience' });
    const presentation = await presentSdJwtVc(wallet, id, { disclose: claims.split(',').filter(Boolean), audience, nonce: nonce.toLowerCase(), now: now() });
    terminal.result(presentation, { presentation });
    return 0;
  },
};
