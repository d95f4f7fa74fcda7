// healthpass wallet …: make one, see what it holds, bring it up to date.
import { resolve } from 'node:path';
import { HealthpassError } from '#passport';
import { createWallet, heldCredentials, readyPasses, refreshSignatures, standingOfCredential } from '#wallet';
import { readOffer, receiveOffer } from '#wallet/openid4vci/index.ts';
import { text, type Command } from '../command.ts';
import { describeClaims } from '../describe.ts';
import { issuerClient } from '../issuer-client.ts';
import { folderOf, knownTrust, now, passphrase } from '../surroundings.ts';
import { ago, at } from '../terminal.ts';
import { createFolderStorage, newWalletKey, openWalletFolder } from '../wallet-folder.ts';

export const walletInit: Command = {
  name: 'wallet init', synopsis: 'wallet init DIR', says: 'Make a wallet in a folder. Its key is HEALTHPASS_PASSPHRASE, or a key file in the folder.',
  least: 1, most: 1, takes: 'the folder of the new wallet', options: {}, about: {},
  async run({ positionals, terminal }) {
    const folder = resolve(positionals[0]!);
    const storage = createFolderStorage(folder);
    if ((await storage.list()).length > 0) throw new HealthpassError('wallet-exists', `there is a wallet in ${folder} already`, { field: 'wallet' });
    const secret = passphrase();
    terminal.progress('making the wallet');
    await createWallet(storage, [await newWalletKey(folder, secret)], now());
    const protection = secret === undefined ? 'keyFile' : 'passphrase';
    terminal.result(
      `Wallet made in ${folder}.\nIt is encrypted; ${protection === 'passphrase' ? 'your passphrase opens it' : 'the file key.hex beside it opens it: who has the folder has the wallet (set HEALTHPASS_PASSPHRASE for a passphrase instead)'}.`,
      { wallet: folder, protection },
    );
    return 0;
  },
};

export const walletShow: Command = {
  name: 'wallet show', synopsis: 'wallet show DIR [--offline]', says: 'What a wallet holds, and how each credential stands.',
  least: 1, most: 1, takes: 'the folder of the wallet', options: { offline: { type: 'boolean' } }, about: { offline: 'use what was kept of the chain' },
  async run({ positionals, options, terminal }) {
    const wallet = await openWalletFolder(resolve(positionals[0]!), passphrase());
    const known = await knownTrust(folderOf(options), { offline: options['offline'] === true });
    const credentials = (await heldCredentials(wallet)).map(({ issued }) => ({
      id: issued.id, says: describeClaims(issued.claims), standing: standingOfCredential(issued, known?.trust, now()),
    }));
    const ready = (await readyPasses(wallet)).length;
    const lines = credentials.map(({ id, says, standing }) => `${says}\n    ${standing.status}, by ${standing.issuerName ?? 'an unknown issuer'} (${standing.issuer}), until ${at(standing.validUntil)}\n    ${id}`);
    const age = known ? `Trust data: ${ago(now() - known.trust.syncedAt)}${known.source === 'bundle' ? ', from what was kept' : ''}.` : 'No trust data: standing is not known.';
    terminal.result([...(lines.length > 0 ? lines : ['The wallet is empty.']), '', `${ready} ${ready === 1 ? 'pass' : 'passes'} ready. ${age}`].join('\n'), { credentials, ready, syncedAt: known?.trust.syncedAt });
    return 0;
  },
};

export const walletReceive: Command = {
  name: 'wallet receive', synopsis: 'wallet receive DIR LINK [--code NUMBER]', says: 'Receive what an issuer offers by a link or code (OpenID4VCI).',
  least: 2, most: 2, takes: 'the folder of the wallet, and the link', options: { code: { type: 'string' } }, about: { code: 'the number that was given with the offer' },
  async run({ positionals, options, terminal }) {
    const [dir, link] = positionals as [string, string]; // two at least
    const wallet = await openWalletFolder(resolve(dir), passphrase());
    const folder = folderOf(options);
    const deps = { fetch, development: true };
    terminal.progress('reading the offer');
    const offer = await readOffer(link, deps);
    terminal.progress(`receiving from ${offer.issuer}`);
    const context = async () => {
      const known = await knownTrust(folder, { offline: false });
      if (known?.source !== 'chain') throw new HealthpassError('chain-unavailable', 'the chain cannot be read, so the credentials could not be checked', { field: 'chain' });
      return { trust: known.trust, now: now(), maxTrustAge: 86_400 };
    };
    const held = await receiveOffer(wallet, offer, { txCode: text(options, 'code') }, { ...deps, context });
    const lines = held.map(({ issued }) => `${describeClaims(issued.claims)}\n    ${issued.id}`);
    terminal.result([...lines, '', `${held.length} received.`].join('\n'), { credentials: held.map(({ issued }) => ({ id: issued.id, issuer: issued.issuer, says: describeClaims(issued.claims) })) });
    return 0;
  },
};

export const walletRefresh: Command = {
  name: 'wallet refresh', synopsis: 'wallet refresh DIR', says: 'Fetch new signatures where an issuer has changed its key.',
  least: 1, most: 1, takes: 'the folder of the wallet', options: {}, about: {},
  async run({ positionals, options, terminal }) {
    const wallet = await openWalletFolder(resolve(positionals[0]!), passphrase());
    const folder = folderOf(options);
    const known = await knownTrust(folder, { offline: false });
    if (!known) throw new HealthpassError('no-trust-data', 'the chain cannot be read', { field: 'chain' });
    const { replaced, failed } = await refreshSignatures(wallet, await issuerClient(folder), known.trust);
    terminal.result(`${replaced.length} signatures renewed${failed.length > 0 ? `, ${failed.length} could not be had` : ''}.`, { replaced, failed });
    return failed.length > 0 ? 1 : 0;
  },
};

/** The folder given with --wallet. @throws HealthpassError `usage` */
export function walletOption(options: Readonly<Record<string, string | boolean | undefined>>): string {
  const folder = text(options, 'wallet');
  if (folder === undefined) throw new HealthpassError('usage', 'which wallet? Give --wallet DIR', { field: '--wallet' });
  return resolve(folder);
}
