// healthpass present: a pass for a policy, as text and as a code.
import { HealthpassError } from '#passport';
import { codeToSvg, codeToText, createCode, NothingFitsError, refreshSignatures, startPresentation, type PresentationRequest } from '#wallet';
import { text, type Command, type Invocation } from '../command.ts';
import { describeMiss } from '../describe.ts';
import { eventOf, noteEvent } from '../events.ts';
import { issuerClient } from '../issuer-client.ts';
import { folderOf, knownTrust, now, passphrase, policies, withProver, writeOutput } from '../surroundings.ts';
import { openWalletFolder } from '../wallet-folder.ts';
import { codeToPng } from '../write-image.ts';
import { walletOption } from './wallet.ts';

const STEPS = { prepare: 'preparing', witness: 'computing', proof: 'proving' } as const;

export const present: Command = {
  name: 'present', synopsis: 'present --wallet DIR --policy P [--scope S] [--png FILE]', says: 'Make a pass for a policy and print its text.',
  least: 0, most: 0, takes: 'no words besides its options',
  options: {
    wallet: { type: 'string' }, policy: { type: 'string' }, scope: { type: 'string' }, audience: { type: 'string' }, challenge: { type: 'string' },
    match: { type: 'boolean' }, png: { type: 'string' }, svg: { type: 'string' }, qr: { type: 'boolean' }, offline: { type: 'boolean' },
  },
  about: {
    wallet: 'folder of the wallet', policy: `one of ${policies.map(({ id }) => id).join(', ')}`, scope: 'name of an event that each person enters once',
    audience: 'who asks, as the request names it', challenge: 'hex of the verifier’s challenge, 16 to 64 bytes', match: 'let staff compare name and birth date with a document',
    png: 'write the code as a PNG image', svg: 'write the code as an SVG image', qr: 'draw the code in the terminal', offline: 'use what was kept of the chain',
  },
  async run({ options, terminal }) {
    const policy = text(options, 'policy');
    if (policy === undefined) throw new HealthpassError('usage', `for which policy? Give --policy with one of ${policies.map(({ id }) => id).join(', ')}`, { field: '--policy' });
    if (!policies.some(({ id, version }) => policy === id || policy === `${id}@${version}`)) {
      throw new HealthpassError('usage', `there is no such policy; known are ${policies.map(({ id }) => id).join(', ')}`, { field: '--policy' });
    }
    const request = requestOf(policy, options);
    const wallet = await openWalletFolder(walletOption(options), passphrase());
    const folder = folderOf(options);
    terminal.progress('reading the chain');
    const known = await knownTrust(folder, { offline: options['offline'] === true });
    if (!known) throw new HealthpassError('no-trust-data', 'there are no trust data; connect once to read the chain', { field: 'trust' });
    if (known.source === 'chain') await refreshSignatures(wallet, await issuerClient(folder), known.trust);
    try {
      const presentation = await withProver((prover) => startPresentation(wallet, request, {
        now: now(), policies, trust: known.trust, prover, onStep: (step) => terminal.progress(STEPS[step]),
      }));
      if (request.scope) await noteEvent(folder, { audience: request.audience!, event: request.scope.event });
      const pass = presentation.sign(now());
      const code = createCode(pass);
      const [png, svg] = [text(options, 'png'), text(options, 'svg')];
      if (png !== undefined) await writeOutput(png, await codeToPng(pass));
      if (svg !== undefined) await writeOutput(svg, codeToSvg(code));
      if (options['qr'] === true) terminal.note(codeToText(code));
      terminal.result(pass, { pass, policy: presentation.policy.id, version: presentation.policy.version, characters: pass.length, codeVersion: code.version, until: presentation.until, ...(png ? { png } : {}), ...(svg ? { svg } : {}) });
      return 0;
    } catch (error) {
      if (error instanceof NothingFitsError) terminal.note(describeMiss(error.report));
      throw error;
    }
  },
};

function requestOf(policy: string, options: Invocation['options']): PresentationRequest {
  const scope = text(options, 'scope');
  const event = scope === undefined ? undefined : eventOf(scope, text(options, 'audience'), now());
  return {
    policy, audience: event?.audience ?? text(options, 'audience'), challenge: challengeOf(text(options, 'challenge')),
    ...(event ? { scope: { event: event.event } } : {}), match: options['match'] === true,
  };
}

/** @throws HealthpassError `usage` */
export function challengeOf(hex: string | undefined): Uint8Array | undefined {
  if (hex === undefined) return undefined;
  if (!/^(?:[0-9a-fA-F]{2}){16,64}$/.test(hex)) throw new HealthpassError('usage', '--challenge takes 16 to 64 bytes in hex', { field: '--challenge' });
  return new Uint8Array(Buffer.from(hex, 'hex'));
}
