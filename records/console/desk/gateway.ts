// The gateway as the member who holds the keys: signed in when they open, signed in again when a session ends, and told plainly what is the matter.
import type { GatewayClient } from '#records/client/http.ts';
import { fetchConfig, type PublicConfig } from '#records/client/config.ts';
import { signIn, signOut, type Session as SignedIn } from '#records/client/session.ts';
import { derive, LABELS } from '#records/model/keys/derive.ts';
import { parseRoot, type Root } from '#records/model/keys/root.ts';
import type { Address } from '#records/model/members.ts';
import { createSigner, type Signer } from '#records/model/signing.ts';
import { HealthpassError, isHealthpassError } from '#passport/errors.ts';
import { createValue, type Followed } from '#faces/value.ts';
import type { Door } from './door.ts';
import { failureOf, type Failure } from './failure.ts';

/** What a member has while the keys are open and the gateway knows who they are. */
export type Signed = {
  readonly account: Address;
  readonly signer: Signer;
  readonly root: Root;
  readonly config: PublicConfig;
  readonly as: SignedIn['as'];
  readonly roles: SignedIn['membership']['roles'];
  /** Roles that it decides about, as a body. */
  readonly decides: SignedIn['membership']['decides'];
  readonly organisation: Address | undefined;
  /** Aborted when the keys are locked. */
  readonly ended: AbortSignal;
};

export type SignInState =
  | { readonly name: 'out' }
  | { readonly name: 'signing-in' }
  /** The membership was suspended; nothing is answered until it is reinstated. */
  | { readonly name: 'suspended'; readonly account: Address }
  | { readonly name: 'failed'; readonly failure: Failure }
  | { readonly name: 'in'; readonly signed: Signed };

export type Gateway = ReturnType<typeof createGateway>;

export function createGateway(open: GatewayClient, door: Door) {
  const state = createValue<SignInState>({ name: 'out' });
  let session: SignedIn | undefined;
  let signing: Promise<SignedIn> | undefined;

  /** One at a time, however many calls found the session over. */
  function begin(signer: Signer, config: PublicConfig): Promise<SignedIn> {
    signing ??= signIn(open, signer, config).finally(() => { signing = undefined; });
    return signing;
  }

  async function enter(): Promise<void> {
    const keys = door.session.get();
    if (!keys) return;
    state.set({ name: 'signing-in' });
    const root = parseRoot(keys.root);
    const signer = createSigner(derive(root, LABELS.account));
    try {
      const config = await fetchConfig(open);
      const begun = await begin(signer, config);
      if (keys.ended.aborted) return void signOut(begun);
      session = begun;
      const { as, membership: { roles, decides, organisation } } = begun;
      state.set({ name: 'in', signed: { account: signer.address, signer, root, config, as, roles, decides, organisation, ended: keys.ended } });
    } catch (error) {
      if (keys.ended.aborted) return;
      const failure = failureOf(error);
      state.set(failure.code === 'member-suspended' ? { name: 'suspended', account: signer.address } : { name: 'failed', failure });
    }
  }

  const inside = (): Signed => {
    const now = state.get();
    if (now.name !== 'in') throw new HealthpassError('not-authorised', 'nobody is signed in', { field: 'session' });
    return now.signed;
  };

  /** Runs with the session there is; where it has ended, with a new one, once. */
  async function within<T>(work: (client: GatewayClient) => Promise<T>): Promise<T> {
    const { signer, config } = inside();
    try {
      return await work((session ?? (session = await begin(signer, config))).client);
    } catch (error) {
      if (!isHealthpassError(error) || error.code !== 'not-authorised') throw error;
      session = await begin(signer, config).catch((cause: unknown) => {
        if (isHealthpassError(cause) && cause.code === 'member-suspended') state.set({ name: 'suspended', account: signer.address });
        throw cause;
      });
      return work(session.client);
    }
  }

  door.session.subscribe((keys) => {
    if (keys) return void enter();
    if (session) void signOut(session);
    session = undefined;
    state.set({ name: 'out' });
  });

  const client: GatewayClient = {
    url: open.url,
    get: (path, query, options) => within((own) => own.get(path, query, options)),
    post: (path, body, options) => within((own) => own.post(path, body, options)),
    put: (path, body, options) => within((own) => own.put(path, body, options)),
    delete: (path, options) => within((own) => own.delete(path, options)),
    async *stream(path, options) {
      const events = await within(async (own) => {
        const opened = own.stream(path, options);
        return { first: await opened.next(), opened }; // whether the session is over is known with the first
      });
      if (!events.first.done) yield events.first.value;
      yield* events.opened;
    },
    as: open.as,
  };
  return {
    state: state as Followed<SignInState>,
    /** Signs in anew: what the gateway says of this account may have changed. */
    enter,
    inside,
    /** Calls in the name of the member. */
    client,
  };
}
