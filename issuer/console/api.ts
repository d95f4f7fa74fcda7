// What the console asks of its issuer, and what comes back. docs/api.md
import type { Staff } from '#faces/staff/staff.ts';

export type Person = { readonly family: string; readonly given: readonly string[]; readonly birthDate?: string | undefined };
export type Patient = { readonly id: string; readonly recordedAt: number; readonly issuances: number; readonly person?: Person };
export type Kind = 'vaccination' | 'test' | 'recovery';
export type Status = 'valid' | 'suspended' | 'revoked' | 'expired' | 'waiting' | 'unknown';
export type StatusAction = 'revoke' | 'suspend' | 'reinstate';
export type Change = { readonly action: StatusAction; readonly at: number; readonly state: 'pending' | 'done' | 'refused'; readonly reason?: string; readonly note?: string; readonly count?: number };
export type Issuance = {
  readonly id: string; readonly source: string; readonly recordedAt: number; readonly patient: string | null; readonly kind?: Kind;
  readonly status?: Status; readonly statusAt?: number; readonly reason?: string; readonly pending?: StatusAction; readonly validUntil?: number;
  readonly credentials: readonly { readonly id: string; readonly list: number; readonly index: number; readonly issuedAt: number }[];
  readonly event?: unknown;
};
export type IssuanceDetail = Issuance & { readonly history?: readonly Change[]; readonly offers?: readonly { readonly id: string; readonly state: OfferState; readonly expiresAt: number }[] };
export type IssuanceSearch = {
  readonly patient?: string; readonly kind?: Kind; readonly status?: Status; readonly text?: string; readonly lot?: string; readonly from?: number; readonly to?: number; readonly cursor?: string; readonly limit?: number;
};
export type OfferState = 'created' | 'fetched' | 'redeemed' | 'accepted' | 'failed' | 'deleted' | 'cancelled' | 'locked' | 'expired';
export type Offer = {
  readonly id: string; readonly state: OfferState; readonly createdAt: number; readonly expiresAt: number; readonly attempts: number; readonly items: readonly { readonly kind: Kind; readonly ready: boolean }[];
  readonly issuances?: readonly string[]; readonly patient?: string | null; readonly person?: Person;
};
export type MadeOffer = {
  readonly id: string; readonly link: string; readonly httpsLink: string; readonly txCode?: string; readonly expiresAt: number; readonly issuances?: readonly string[];
  readonly refused?: readonly { readonly path: string; readonly code: string; readonly field?: string }[];
};
export type Paper = { readonly id: string; readonly text: string; readonly validUntil: number };
export type Suggestions = {
  readonly products: readonly { readonly product: number; readonly lot?: string; readonly country?: string; readonly performer?: string; readonly usedAt: number }[];
  readonly tests: readonly { readonly test: number; readonly disease: string; readonly country?: string; readonly performer?: string; readonly usedAt: number }[];
  readonly next: readonly { readonly disease: string; readonly product: number; readonly dose: number; readonly series: number; readonly lastAt: number }[];
};
export type CampaignState = 'uploading' | 'checking' | 'draft' | 'running' | 'paused' | 'done' | 'cancelled';
export type Campaign = {
  readonly id: string; readonly kind: 'issue' | StatusAction; readonly format: string; readonly state: CampaignState; readonly reason: string | null; readonly sameAs: string | null;
  readonly createdAt: number; readonly startedAt: number | null; readonly finishedAt: number | null; readonly erasedAt: number | null;
  readonly total: number; readonly checked: number; readonly ready: number; readonly done: number; readonly refused: number; readonly rate: number | null; readonly eta: number | null;
};
export type Point = { readonly at: number; readonly issued: number; readonly revoked: number; readonly suspended: number; readonly reinstated: number; readonly offered: number; readonly accepted: number; readonly outstanding: number };
export type Gas = { readonly balance: string; readonly perWrite?: string | number; readonly writes?: number };
export type Statistics = {
  readonly from: number; readonly to: number; readonly step: 'hour' | 'day'; readonly series: readonly Point[];
  readonly now: { readonly issued: number; readonly revoked: number; readonly suspended: number; readonly outstanding: number; readonly patients: number };
  readonly chain: { readonly head?: number; readonly finalized?: number; readonly readAt?: number; readonly headAt?: number; readonly pending: number; readonly oldestSeconds: number; readonly unfinal?: number; readonly writer: string; /** A code, and a field where one is to blame. */ readonly trouble?: string };
  readonly gas?: Gas;
};
export type RotationStage = 'preparing' | 'prepared' | 'switching' | 'switched' | 'confirming' | 'going-back' | 'confirmed' | 'withdrawn';
export type RotationKeys = 'claims' | 'did' | 'all';
export type Rotation = { readonly id: string; readonly keys: RotationKeys; readonly stage: RotationStage; readonly preparedAt: number; readonly switchedAt?: number; readonly backUntil?: number; readonly signedAhead?: number; /** What going back would mean; absent where it is not possible. */ readonly back?: 'nothing-happened' | 'document-keys' | 'document-keys-only'; /** A code. */ readonly trouble?: string };
export type KeyState = {
  readonly did: string; readonly account: string; readonly accreditation?: { readonly issuer: number | string; readonly name: string; readonly accreditedBy: string; readonly standing: string; readonly latestStatus: string };
  readonly claimsKey?: { readonly x: string; readonly y: string; readonly onChain: boolean };
  readonly keys: readonly { readonly kid: string; readonly type: string; readonly since?: number; readonly until?: number | null; readonly current: boolean }[];
  readonly lists: readonly { readonly id: number; readonly used: number; readonly revoked: number; readonly suspended: number; readonly capacity: number }[];
  readonly anchors: { readonly count: number; readonly last?: { readonly at: number; readonly list: number; readonly root: string } }; readonly unanchored: number;
  readonly gas?: Gas;
};
export type RotationPlan = { readonly claims?: { readonly signatures: number; readonly transactions: number; readonly seconds?: number }; readonly did?: { readonly transactions: number } };
export type AccreditedIssuer = { readonly id: number | string; readonly did: string; readonly name: string; readonly accreditedBy: string; readonly status: string; readonly latestStatus: string; readonly lists: number | readonly unknown[]; readonly own: boolean };
export type OperatorAction = { readonly id: number; readonly action: string; readonly issuer?: number | string; readonly identity?: string; readonly reason?: string; readonly state: 'pending' | 'done' | 'refused'; readonly code?: string; readonly createdAt: number; readonly doneAt?: number };
export type Network = { readonly governance: { readonly address: string; /** Wei. */ readonly balance: string }; readonly issuers: readonly AccreditedIssuer[]; readonly actions: readonly OperatorAction[] };
export type Member = { readonly id: string; readonly displayName: string; readonly roles: readonly string[]; readonly status: 'invited' | 'active' | 'suspended'; readonly createdAt: number };
export type Invitation = { readonly member: string; readonly link: string; readonly expiresAt: number };
export type Client = { readonly id: string; readonly name: string; readonly permissions: readonly string[]; readonly method: string; readonly status: string; readonly createdAt: number };
export type AuditEntry = { readonly id: number; readonly at: number; readonly actorKind: string; readonly actor: string; readonly action: string; readonly target: string; readonly outcome: string; readonly detail: unknown };
export type AuditCheck = { readonly intact: true; readonly entries: number; readonly digest: string } | { readonly intact: false; readonly at: number; readonly what: string };
export type UploadSettings = { readonly format: 'csv' | 'ndjson' | 'bundle'; readonly mapping?: Readonly<Record<string, string>>; readonly dates?: string; readonly make?: string; readonly pin?: boolean; readonly again?: boolean };

export type Api = ReturnType<typeof createApi>;

const query = (values: Readonly<Record<string, string | number | boolean | undefined>>): string => {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [name, String(value)]);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
};
const given = <T extends object>(values: T): Partial<T> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as Partial<T>;
const part = encodeURIComponent;

export function createApi({ json, call }: Pick<Staff, 'json' | 'call'>) {
  const get = <T,>(path: string, signal?: AbortSignal) => json<T>('GET', path, signal ? { signal } : {});
  const post = <T,>(path: string, body?: unknown, headers?: Record<string, string>) => json<T>('POST', path, { ...(body === undefined ? {} : { body }), ...(headers && { headers }) });
  const remove = <T,>(path: string) => json<T>('DELETE', path);
  return {
    patients: {
      recent: (signal?: AbortSignal) => get<{ patients: Patient[] }>('/patients?order=recent&limit=8', signal),
      list: (cursor?: string) => get<{ patients: Patient[]; cursor?: string }>(`/patients${query({ cursor, limit: 50 })}`),
      search: (asked: { name?: string; birthDate?: string }, signal?: AbortSignal) => json<{ patients: Patient[] }>('POST', '/patients/search', { body: given(asked), ...(signal && { signal }) }),
      one: (id: string) => get<Patient>(`/patients/${part(id)}`),
      erase: (id: string) => remove<{ issuances: number }>(`/patients/${part(id)}`),
    },
    issuances: {
      search: (asked: IssuanceSearch, signal?: AbortSignal) => json<{ issuances: Issuance[]; cursor?: string; total?: number }>('POST', '/issuances/search', { body: given(asked), ...(signal && { signal }) }),
      one: (id: string) => get<IssuanceDetail>(`/issuances/${part(id)}`),
      change: (action: StatusAction, ids: readonly string[], reason: string, note: string | undefined, key: string) =>
        post<{ credentials: unknown[] }>(`/credentials/${action}`, given({ ids, reason, note }), { 'idempotency-key': key }),
      paper: (id: string) => post<Paper>(`/issuances/${part(id)}/paper`),
    },
    offers: {
      make: (fhir: unknown, expiresIn?: number) => post<MadeOffer>('/offers', given({ fhir, expiresIn })),
      list: (state: 'open' | 'all', cursor?: string) => get<{ offers: Offer[]; cursor?: string; open: number }>(`/offers${query({ state, cursor })}`),
      one: (id: string) => get<Offer>(`/offers/${part(id)}`),
      reissue: (id: string) => post<MadeOffer>(`/offers/${part(id)}/reissue`, {}),
      cancel: (id: string) => remove<void>(`/offers/${part(id)}`),
    },
    suggestions: (patient?: string, signal?: AbortSignal) => get<Suggestions>(`/suggestions${query({ patient })}`, signal),
    provider: async (signal?: AbortSignal) => (await get<{ display?: { name: string }[] }>('/.well-known/openid-credential-issuer', signal)).display?.[0]?.name ?? '',
    campaigns: {
      list: () => get<{ campaigns: Campaign[] }>('/campaigns'),
      one: (id: string) => get<Campaign>(`/campaigns/${part(id)}`),
      upload: ({ mapping, ...settings }: UploadSettings, file: Blob) => json<Campaign>('POST', `/campaigns${query({ ...settings, mapping: mapping && JSON.stringify(mapping) })}`, { body: file, headers: { 'content-type': 'application/octet-stream' } }),
      act: (action: 'start' | 'pause' | 'resume' | 'cancel' | 'erase', id: string) => post<Campaign>(`/campaigns/${part(id)}/${action}`),
      report: async (id: string) => (await call('GET', `/campaigns/${part(id)}/report?format=ndjson`)).text(),
      reportFile: async (id: string) => (await call('GET', `/campaigns/${part(id)}/report?format=csv`)).blob(),
      pinsFile: async (id: string) => (await call('POST', `/campaigns/${part(id)}/pins?format=csv`)).blob(),
      ofLot: (action: StatusAction, lot: string, reason: string) => post<Campaign>('/status-campaigns', { action, reason, of: { lot } }),
    },
    statistics: (from: number, to: number, step: 'hour' | 'day', signal?: AbortSignal) => get<Statistics>(`/statistics${query({ from, to, step })}`, signal),
    keys: {
      state: (signal?: AbortSignal) => get<KeyState>('/keys', signal),
      rotation: (signal?: AbortSignal) => get<{ rotation: Rotation | null; plan: RotationPlan }>('/keys/rotation', signal),
      prepare: (keys: RotationKeys) => post<Rotation>('/keys/rotation', { keys }),
      step: (step: 'switch' | 'confirm' | 'back') => post<Rotation>(`/keys/rotation/${step}`),
      anchor: () => post<{ anchors: number }>('/anchors'),
    },
    network: {
      state: (signal?: AbortSignal) => get<Network>('/issuers', signal),
      accredit: (asked: { request: unknown; name: string; accreditedBy: string; lists: number }) => post<OperatorAction>('/issuers', asked),
      act: (id: string, action: 'suspend' | 'reinstate' | 'remove', reason: string) => post<OperatorAction>(`/issuers/${part(id)}/${action}`, { reason }),
      lists: (id: string, count: number) => post<OperatorAction>(`/issuers/${part(id)}/lists`, { count }),
    },
    staff: {
      members: () => get<Member[]>('/staff/members'),
      invite: (displayName: string, roles: readonly string[]) => post<Invitation>('/staff/members', { displayName, roles }),
      inviteAgain: (id: string) => post<Invitation>(`/staff/members/${part(id)}/invitations`),
      roles: (id: string, roles: readonly string[]) => json<void>('PUT', `/staff/members/${part(id)}/roles`, { body: { roles } }),
      act: (id: string, action: 'suspend' | 'reinstate') => post<void>(`/staff/members/${part(id)}/${action}`),
      clients: () => get<Client[]>('/clients'),
      addClient: (name: string, permissions: readonly string[]) => post<{ id: string; secret?: string }>('/clients', { name, permissions }),
      newSecret: (id: string) => post<{ secret: string }>(`/clients/${part(id)}/secrets`, {}),
      removeClient: (id: string) => remove<void>(`/clients/${part(id)}`),
    },
    own: {
      sessions: () => get<{ id: string; createdAt: number; seenAt: number; current: boolean }[]>('/staff/sessions'),
      endSession: (id: string) => remove<void>(`/staff/sessions/${part(id)}`),
      passkeys: () => get<{ id: string; createdAt: number; usedAt: number }[]>('/staff/passkeys'),
      removePasskey: (id: string) => remove<void>(`/staff/passkeys/${part(id)}`),
    },
    audit: {
      list: (asked: { actor?: string; action?: string; target?: string; cursor?: string }, signal?: AbortSignal) => get<{ entries: AuditEntry[]; cursor?: string }>(`/audit${query(asked)}`, signal),
      check: () => get<AuditCheck>('/audit/verification'),
    },
  };
}
