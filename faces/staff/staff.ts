// Who is signed in at a service, and every request made in that name. When a session has ended, or a touch is wanted for what is dangerous, the
// request waits while the person is asked, and goes out again: nothing typed is lost by it.
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { Problem, problemFrom, problemOf } from './problem.ts';

export type Me = {
  readonly id: string;
  readonly organisation: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly session: string;
  readonly verifiedUntil: number;
  /** URL of the console of records, where there is one. */
  readonly records?: string;
};
export type StaffState =
  | { readonly name: 'starting' }
  | { readonly name: 'unreachable' }
  | { readonly name: 'signed-out'; readonly failure?: Problem | undefined }
  | { readonly name: 'signed-in'; readonly me: Me; readonly asks?: 'sign-in' | 'step-up' | undefined; readonly failure?: Problem | undefined };

export type Sending = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};
export type Staff = ReturnType<typeof createStaff>;

/** Milliseconds after which the service ends a session that nobody used. */
const IDLE = 30 * 60_000;
const CHANNEL = 'staff';

export function createStaff({ onLeave = async () => {} }: { readonly onLeave?: () => Promise<void> } = {}) {
  let state: StaffState = { name: 'starting' };
  const listeners = new Set<(state: StaffState) => void>();
  const others = new BroadcastChannel(CHANNEL);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origin to name
  const tellOthers = (what: 'signed-in' | 'signed-out') => others.postMessage(what);
  let asked: { readonly promise: Promise<void>; readonly resolve: () => void; readonly reject: (problem: Problem) => void } | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;

  const set = (next: StaffState) => {
    state = next;
    for (const listener of listeners) listener(next);
  };

  async function send(method: string, path: string, { body, headers, signal }: Sending = {}): Promise<Response> {
    const isFile = body instanceof Blob;
    const response = await fetch(path, {
      method, cache: 'no-store', credentials: 'same-origin', ...(signal && { signal }),
      headers: { 'healthpass-csrf': '1', ...(body === undefined || isFile ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw new Problem(0, 'offline');
    });
    if (!response.ok) throw await problemOf(response);
    return response;
  }
  const plain = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await send(method, path, body === undefined ? {} : { body });
    return response.status === 204 ? undefined : response.json();
  };

  /** One question at a time, however many requests wait for its answer. */
  function ask(what: 'sign-in' | 'step-up'): Promise<void> {
    if (state.name !== 'signed-in') return Promise.reject(new Problem(401, 'not-authorised'));
    if (!asked) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      asked = { promise, resolve, reject };
      promise.catch(() => {}); // whoever waits is told; without anybody it is no error
      set({ ...state, asks: what, failure: undefined });
    }
    return asked.promise;
  }
  const answered = (problem?: Problem) => {
    const waiting = asked;
    asked = undefined;
    if (problem) waiting?.reject(problem);
    else waiting?.resolve();
  };

  const isHere = () => {
    clearTimeout(idle);
    idle = setTimeout(() => void ask('sign-in').catch(() => {}), IDLE);
  };

  async function call(method: string, path: string, sending?: Sending): Promise<Response> {
    try {
      const response = await send(method, path, sending);
      isHere();
      return response;
    } catch (error) {
      const problem = error instanceof Problem ? error : undefined;
      if (problem?.status === 401) await ask('sign-in');
      else if (problem?.code === 'forbidden' && problem.field === 'userVerification') await ask('step-up');
      else throw error;
      return send(method, path, sending);
    }
  }

  async function load(): Promise<void> {
    try {
      const me = (await plain('GET', '/staff/me')) as Me;
      const before = state.name === 'signed-in' ? state.me : undefined;
      if (before && before.id !== me.id) return startAnew();
      isHere();
      set({ name: 'signed-in', me });
      answered();
    } catch (error) {
      const problem = problemFrom(error);
      if (problem.status === 401 || problem.status === 403) set({ name: 'signed-out' });
      else set(state.name === 'signed-in' ? { ...state, failure: problem } : { name: 'unreachable' });
    }
  }

  /** Somebody else, or nobody: what the page holds is not theirs to see. */
  async function startAnew(): Promise<void> {
    await onLeave();
    location.reload();
  }

  const failed = (error: unknown) => {
    const problem = error instanceof Problem ? error : new Problem(0, 'passkey-refused'); // the browser does not say whether it was cancelled, timed out or is not there
    if (state.name === 'signed-in') set({ ...state, failure: problem });
    else set({ name: 'signed-out', failure: problem });
  };

  async function signIn(): Promise<void> {
    try {
      const optionsJSON = (await plain('POST', '/staff/sign-in/options')) as Parameters<typeof startAuthentication>[0]['optionsJSON'];
      await plain('POST', '/staff/sign-in', { credential: await startAuthentication({ optionsJSON }) });
      await load();
      tellOthers('signed-in');
    } catch (error) {
      failed(error);
    }
  }

  async function stepUp(): Promise<void> {
    try {
      const optionsJSON = (await plain('POST', '/staff/step-up/options')) as Parameters<typeof startAuthentication>[0]['optionsJSON'];
      await plain('POST', '/staff/step-up', { credential: await startAuthentication({ optionsJSON }) });
      await load();
    } catch (error) {
      if (error instanceof Problem && error.status === 401 && state.name === 'signed-in') set({ ...state, asks: 'sign-in', failure: undefined });
      else failed(error);
    }
  }

  /** Another passkey of the person who is signed in. @throws Problem */
  async function addPasskey(): Promise<void> {
    const response = await call('POST', '/staff/passkeys/options');
    const optionsJSON = (await response.json()) as Parameters<typeof startRegistration>[0]['optionsJSON'];
    const credential = await startRegistration({ optionsJSON }).catch(() => { throw new Problem(0, 'passkey-refused'); });
    await call('POST', '/staff/passkeys', { body: { credential } });
  }

  async function signOut(): Promise<void> {
    await plain('POST', '/staff/sign-out').catch(() => {}); // who is out already is out
    tellOthers('signed-out');
    await startAnew();
  }

  others.addEventListener('message', ({ data }) => {
    if (data === 'signed-out') void startAnew();
    else if (state.name !== 'signed-in' || state.asks !== undefined) void load();
  });
  void load();

  return {
    get: () => state,
    subscribe: (listener: (state: StaffState) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    isSupported: browserSupportsWebAuthn,
    load, signIn, stepUp, signOut, addPasskey, call,
    /** Leaves the question unanswered: what waited for it is told. */
    leave: () => {
      if (state.name === 'signed-in') set({ name: 'signed-in', me: state.me });
      answered(new Problem(403, 'not-confirmed'));
    },
    /** @throws Problem */
    json: async <T,>(method: string, path: string, sending?: Sending): Promise<T> => {
      const response = await call(method, path, sending);
      return (response.status === 204 ? undefined : await response.json()) as T; // the service keeps to its description
    },
  };
}
