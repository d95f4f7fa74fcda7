// The rules of this installation beside those that ship with the project: made, changed (a changed rule is a new version), retired. A version
// is never changed: passes and signatures rest on it.
import { HealthpassError, parsePolicy, type Policy, type PolicyDocument, type UnixSeconds } from '#passport';
import { createSignedRule, type RuleSigning } from '#formats/rule/index.ts';
import { recordAudit, type Database, type Migration, type Principal, type Queryable } from '#server';

export const RULE_MIGRATION: Migration = {
  name: 'rules',
  sql: `CREATE TABLE rule (
     id text NOT NULL, version integer NOT NULL, organisation text NOT NULL, document text NOT NULL, created_at bigint NOT NULL, retired_at bigint,
     PRIMARY KEY (id, version)
   );`,
};
const MOST_RULES = 500;

export type KeptRule = {
  readonly id: string;
  readonly version: number;
  readonly organisation: string;
  readonly document: PolicyDocument;
  readonly createdAt: UnixSeconds;
  readonly retiredAt: UnixSeconds | null;
};
type Row = { readonly id: string; readonly version: number; readonly organisation: string; readonly document: string; readonly created_at: number; readonly retired_at: number | null };

const COLUMNS = 'id, version, organisation, document, created_at::int8 AS created_at, retired_at::int8 AS retired_at';

export type RuleBookDeps = {
  readonly database: Database;
  /** Rules that ship with the project; their names are taken. */
  readonly shipped: readonly Policy[];
  readonly now: () => UnixSeconds;
};
export type RuleBook = Awaited<ReturnType<typeof openRuleBook>>;

export async function openRuleBook({ database, shipped, now }: RuleBookDeps) {
  // One array for the life of the service: whoever holds it sees the rules of this moment.
  const live: Policy[] = [...shipped];
  const list = async (db: Queryable = database): Promise<KeptRule[]> => (await db.query<Row>(`SELECT ${COLUMNS} FROM rule ORDER BY id, version`)).map(toRule);
  const refresh = async (): Promise<void> => {
    const rules = await list();
    live.splice(0, live.length, ...shipped, ...rules.filter(({ retiredAt }) => retiredAt === null).map(({ document }) => parsePolicy(document)));
  };
  await refresh();

  return {
    shipped,
    /** Shipped and own rules that are in use; what it holds changes with them. */
    policies: live as readonly Policy[],
    list: () => list(),
    /** What another process of this service has changed. */
    refresh,
    find: async (id: string, version?: number): Promise<KeptRule | undefined> => (await list()).filter((rule) => rule.id === id && (version === undefined || rule.version === version)).at(-1),
    /**
     * A new rule, or a new version of one: `replaces` is the version that its author saw.
     * @throws HealthpassError `policy-invalid`, `rule-conflict` (a name that is taken, or changed meanwhile), `rule-retired`, `service-unavailable` (too many)
     */
    async save(given: unknown, replaces: number | undefined, principal: Principal): Promise<KeptRule> {
      const version = (replaces ?? 0) + 1;
      const { document, id } = parsePolicy({ ...(given as object), version });
      if (shipped.some((policy) => policy.id === id)) throw conflict('the name is that of a rule that ships with the service');
      const saved = await database.transaction(async (tx) => {
        const known = (await list(tx)).filter((rule) => rule.id === id);
        const last = known.at(-1);
        if (last && last.organisation !== principal.organisation) throw conflict('the name is taken');
        if (last?.retiredAt) throw new HealthpassError('rule-retired', 'the rule was retired', { field: 'id' });
        if (last?.version !== replaces) throw conflict('the rule was changed meanwhile, or the name is taken');
        const inserted = await tx.query(
          `INSERT INTO rule (id, version, organisation, document, created_at) SELECT $1, $2, $3, $4, $5::bigint WHERE (SELECT count(*) FROM rule) < ${MOST_RULES}
           ON CONFLICT DO NOTHING RETURNING 1`,
          [id, version, principal.organisation, JSON.stringify(document), now()],
        );
        if (inserted.length === 0) {
          if ((await list(tx)).length >= MOST_RULES) throw new HealthpassError('service-unavailable', 'there are too many rules', { field: 'rules' });
          throw conflict('the rule was changed meanwhile');
        }
        await recordAudit(tx, principal, { action: version === 1 ? 'rule.create' : 'rule.change', target: `${id}@${version}` }, now());
        return { id, version, organisation: principal.organisation, document, createdAt: now(), retiredAt: null };
      });
      await refresh();
      return saved;
    },
    /** All versions of a rule: passes for it are not accepted any more. @throws HealthpassError `rule-unknown` */
    async retire(id: string, principal: Principal): Promise<void> {
      await database.transaction(async (tx) => {
        const rows = await tx.query('UPDATE rule SET retired_at = $3 WHERE id = $1 AND organisation = $2 AND retired_at IS NULL RETURNING 1', [id, principal.organisation, now()]);
        if (rows.length === 0) throw unknownRule();
        await recordAudit(tx, principal, { action: 'rule.retire', target: id }, now());
      });
      await refresh();
    },
  };
}

export const unknownRule = (): HealthpassError => new HealthpassError('rule-unknown', 'there is no such rule', { field: 'id' });
const conflict = (message: string) => new HealthpassError('rule-conflict', message, { field: 'id' });

const toRule = ({ id, version, organisation, document, created_at: createdAt, retired_at: retiredAt }: Row): KeptRule => ({
  id, version, organisation, document: parsePolicy(JSON.parse(document)).document, createdAt: createdAt as UnixSeconds, retiredAt: retiredAt as UnixSeconds | null,
});

export type SignedForms = { readonly did?: string; readonly certificate?: string };

/** A document under each name of the verifier; made anew for whoever asks, so that a rule always carries a certificate that is in time. */
export async function signRule(document: PolicyDocument, signers: Readonly<Record<'x509_hash' | 'decentralized_identifier', RuleSigning | undefined>>, now: UnixSeconds): Promise<SignedForms> {
  const { x509_hash: certificate, decentralized_identifier: did } = signers;
  return { ...(did && { did: await createSignedRule(document, did, now) }), ...(certificate && { certificate: await createSignedRule(document, certificate, now) }) };
}
