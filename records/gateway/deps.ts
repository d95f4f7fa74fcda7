// What every part of the gateway is given. The gateway is blind: none of this opens a record.
import type { Provider, TransactionReceipt } from 'ethers';
import type { Call } from '#contracts';
import type { CareReader } from '#contracts/care/index.ts';
import type { UnixSeconds } from '#passport';
import type { BlindIndex, Database, Sealer, ServiceMetrics } from '#server';
import type { PublicConfig } from '#records/client/config.ts';
import type { Address } from '#records/model/members.ts';
import type { Signature } from '#records/model/signing.ts';
import type { Statement, StatementName } from '#records/model/typed-data.ts';
import type { Callers } from './caller.ts';
import type { PatientKeys } from './patient-keys.ts';
import type { Budget, Pot } from './relay/budget.ts';
import type { RoleBook } from './roles.ts';

/** The key under which the gateway makes statements of its own: receipts, role credentials. */
export type GatewaySigner = {
  readonly address: Address;
  /** did:ethr of it. */
  readonly did: string;
  /** A statement that no contract reads. */
  readonly sign: <Name extends StatementName>(name: Name, value: Statement<Name>) => Signature;
  /** A JWT (ES256K) of these claims, by the key that the DID names. */
  readonly jwt: (claims: Readonly<Record<string, unknown>>) => Promise<string>;
};

/**
 * Carries a call to the chain with the gateway's account. Under the same id it is sent once, also after a restart.
 * @throws HealthpassError `transaction-failed` (field: the contract's error), `chain-unavailable`, `rate-limited` (what may be spent in a day is spent)
 */
export type Relay = (call: Call, id: string, options?: {
  /** For whom; its calls in a day are counted. */
  readonly account?: Address | undefined;
  /** What it is paid from: what a budget was kept for already (consents) where nothing is said. What keeps others safe, such as a suspension, is always paid. */
  readonly pot?: Exclude<Pot, 'strangers'>;
}) => Promise<TransactionReceipt>;

export type CoreDeps = {
  readonly database: Database;
  /** Seals what belongs to no patient in particular. */
  readonly sealer: Sealer;
  /** Finds an account that stands nowhere: `blind('account/0x…')`. */
  readonly blind: BlindIndex;
  readonly patientKeys: PatientKeys;
  readonly roles: RoleBook;
  /** What the contracts of care say, as far as it was read. Whoever has sent something reads it by `sync`. */
  readonly careIndex: CareReader;
  readonly relay: Relay;
  readonly budget: Budget;
  readonly signer: GatewaySigner;
  /** For asking the chain what `chain` does not keep. */
  readonly provider: Provider;
  /** What `GET /config` says to everybody, besides what the chain says. */
  readonly config: Omit<PublicConfig, 'quorum' | 'bodies'>;
  readonly now: () => UnixSeconds;
  readonly metrics?: ServiceMetrics | undefined;
  /** Told what goes wrong, in words without values. */
  readonly onTrouble: (says: string, at?: readonly string[]) => void;
  /** Aborted when the service is told to end: streams close. */
  readonly stopping?: AbortSignal | undefined;
};

export type GatewayDeps = CoreDeps & Callers;
