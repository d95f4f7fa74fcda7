// The credential endpoint and the deferred one (OpenID4VCI 1.0, sections 8 and 9).
import { z } from 'zod';
import { ProtocolError, recordAudit } from '#server';
import { configurationById, FORMAT_ENTRIES, parseIdentifier } from './configurations.ts';
import { WALLET, type VciDeps } from './deps.ts';
import { useKeys } from './holder-keys.ts';
import { countCopies, datasetOf, denied, issueCredentials, knownAnswer, remember, requestDigest, toProtocol, type Ask, type CredentialAnswer } from './issuance.ts';
import { spend } from './nonces.ts';
import { stateAt, type Offer, type OfferItem } from './offer-book.ts';
import { verifyProofs, type Proven, type ProvenHolder } from './proofs.ts';
import { digestOf, newSecret } from './secrets.ts';
import type { Token } from './tokens.ts';

/** Seconds after which a wallet may ask again for what is not there yet. */
export const DEFERRED_INTERVAL = 15;

export const credentialBody = z.looseObject({
  credential_identifier: z.string().optional(), credential_configuration_id: z.string().optional(), proofs: z.unknown().optional(), credential_response_encryption: z.unknown().optional(),
});
export const deferredBody = z.looseObject({ transaction_id: z.string().min(1).max(200), credential_response_encryption: z.unknown().optional() });

/** @throws ProtocolError as section 8.3.1.2 names them */
export async function requestCredential(deps: VciDeps, token: Token, body: z.infer<typeof credentialBody>): Promise<CredentialAnswer> {
  assertPlain(body);
  const identifier = readWhich(body, token);
  const ask: Ask = { token, identifier, request: requestDigest(token, body) };
  const known = await knownAnswer(deps, ask.request);
  if (known) return known;
  const { configuration: { format }, position } = parseIdentifier(identifier)!; // of a grant
  const proven = await verifyProofs(body.proofs, { ...deps, now: deps.now(), format, client: token.grants.client });
  const { offer, item } = await offered(deps, token, position);
  const alongside = useUp(ask, proven, position);
  return sameAnswer(deps, ask.request, () => (item.issuance === null
    ? defer(deps, ask, proven, alongside)
    : issueCredentials(deps, { ...ask, offer, issuance: item.issuance, holders: proven.holders, alongside, notifiable: true })));
}

/** The same request may have come twice at once, and the other one won: then this one is answered like it. */
async function sameAnswer(deps: VciDeps, request: Uint8Array, make: () => Promise<CredentialAnswer>): Promise<CredentialAnswer> {
  try {
    return await make();
  } catch (error) {
    const isUsed = error instanceof ProtocolError && ['invalid_nonce', 'invalid_transaction_id'].includes(error.error);
    const answered = isUsed ? await knownAnswer(deps, request) : undefined;
    if (answered) return answered;
    throw toProtocol(error);
  }
}

/** Encryption on top of TLS is not offered in the metadata. */
function assertPlain({ credential_response_encryption: encryption }: { readonly credential_response_encryption?: unknown }): void {
  if (encryption !== undefined) throw new ProtocolError('invalid_encryption_parameters', 'responses are not encrypted here');
}

function readWhich({ credential_identifier: identifier, credential_configuration_id: configuration }: z.infer<typeof credentialBody>, { grants }: Token): string {
  if ((identifier === undefined) === (configuration === undefined)) throw new ProtocolError('invalid_credential_request', 'a request needs either credential_identifier or credential_configuration_id');
  if (identifier !== undefined) {
    if (!grants.named || !grants.identifiers.includes(identifier)) throw new ProtocolError('unknown_credential_identifier', 'the token does not give this credential_identifier');
    return identifier;
  }
  if (!configurationById(configuration!)) throw new ProtocolError('unknown_credential_configuration', 'there is no such credential configuration');
  if (grants.named) throw new ProtocolError('invalid_credential_request', 'the token response gave credential_identifiers, one of which has to be used');
  const granted = grants.identifiers.find((name) => parseIdentifier(name)!.configuration.id === configuration); // of a grant
  if (granted === undefined) throw new ProtocolError('insufficient_scope', 'the token does not give this credential', { status: 403, headers: { 'WWW-Authenticate': 'DPoP error="insufficient_scope"' } });
  return granted;
}

async function offered({ offers, now }: VciDeps, token: Token, position: number): Promise<{ offer: Offer; item: OfferItem }> {
  const offer = (await offers.byId(token.offer))!; // of a foreign key
  const item = (await offers.items(token.offer)).find((candidate) => candidate.position === position);
  if (!item || ['cancelled', 'locked'].includes(stateAt(offer, now()))) throw denied();
  return { offer, item };
}

/** What a request uses up, once. */
const useUp = (ask: Ask, { holders, nonce, nonceExpiry }: Proven, position: number) => async (tx: Parameters<typeof spend>[0]): Promise<void> => {
  if (!(await spend(tx, 'c_nonce', nonce, nonceExpiry))) throw new ProtocolError('invalid_nonce', 'the nonce was used before');
  await countCopies(tx, ask, holders.length);
  const { configuration: { format } } = parseIdentifier(ask.identifier)!; // of a grant
  await useKeys(tx, { dataset: datasetOf(ask.token.offer, position), form: FORMAT_ENTRIES[format].securing }, holders);
};

const holdersContext = (transaction: string) => `deferred/${Buffer.from(digestOf(transaction)).toString('hex')}`;

async function defer(deps: VciDeps, ask: Ask, { holders }: Proven, alongside: ReturnType<typeof useUp>): Promise<CredentialAnswer> {
  const transaction = newSecret();
  const answer = notYet(transaction);
  const kept = holders.map(({ key, commitment }) => ({ key, ...(commitment !== undefined && { commitment: commitment.toString() }) }));
  await deps.database.transaction(async (tx) => {
    await alongside(tx);
    await tx.query('INSERT INTO deferred_credential (transaction, offer, identifier, holders) VALUES ($1, $2, $3, $4)',
      [digestOf(transaction), ask.token.offer, ask.identifier, await deps.sealer.seal(holdersContext(transaction), kept)]);
    await remember(deps, tx, ask, answer);
    await recordAudit(tx, WALLET, { action: 'credential.defer', target: ask.token.offer, detail: { copies: holders.length } }, deps.now());
  });
  return answer;
}

const notYet = (transaction: string): CredentialAnswer => ({ status: 202, body: { transaction_id: transaction, interval: DEFERRED_INTERVAL } });

/** @throws ProtocolError `invalid_transaction_id`, `credential_request_denied` */
export async function requestDeferred(deps: VciDeps, token: Token, body: z.infer<typeof deferredBody>): Promise<CredentialAnswer> {
  assertPlain(body);
  const request = requestDigest(token, body);
  return (await knownAnswer(deps, request)) ?? sameAnswer(deps, request, () => obtain(deps, { token, request }, body.transaction_id));
}

async function obtain(deps: VciDeps, { token, request }: Pick<Ask, 'token' | 'request'>, transaction: string): Promise<CredentialAnswer> {
  const [row] = await deps.database.query<{ offer: string; identifier: string; holders: Uint8Array | null; obtained: boolean }>(
    'SELECT offer, identifier, holders, obtained FROM deferred_credential WHERE transaction = $1', [digestOf(transaction)]);
  if (!row || row.offer !== token.offer || row.obtained || !row.holders) throw invalidTransaction();
  const { offer, item } = await offered(deps, token, parseIdentifier(row.identifier)!.position); // written by defer
  if (item.issuance === null) return notYet(transaction);
  const kept = await deps.sealer.open(holdersContext(transaction), row.holders) as { key: ProvenHolder['key']; commitment?: string }[]; // written by defer
  const holders = kept.map(({ key, commitment }): ProvenHolder => ({ key, ...(commitment !== undefined && { commitment: BigInt(commitment) as NonNullable<ProvenHolder['commitment']> }) }));
  return issueCredentials(deps, {
    token, request, identifier: row.identifier, offer, issuance: item.issuance, holders,
    // Wallets of @openid4vc up to 0.4.6 refuse a deferred response that has a notification_id, which it may and need not have.
    notifiable: false,
    async alongside(tx) {
      const rows = await tx.query('UPDATE deferred_credential SET obtained = true, holders = NULL WHERE transaction = $1 AND NOT obtained RETURNING offer', [digestOf(transaction)]);
      if (rows.length === 0) throw invalidTransaction();
    },
  });
}

const invalidTransaction = () => new ProtocolError('invalid_transaction_id', 'the transaction_id is unknown, or was used to obtain its credential');
