// What a person is asked to show: a rule that they picked, a venue's code, or a rule that somebody signed and passed on.
import { decodeRequestText, RULE_PREFIX, verifySignedRule, type VerifiedRule } from '#formats/rule/index.ts';
import { HealthpassError, type Policy } from '#passport';
import { choosePolicy, parsePresentationRequest, ruleOfRequest, type PresentationRequest } from '#wallet/request.ts';
import type { WalletPlatform } from './platform.ts';
import { policiesOf, type KeptTrust } from './trust-record.ts';

export type Asked = {
  readonly request: PresentationRequest;
  readonly policy: Policy;
  /** Rules that the answer may be for: the one that came along, and then no other; else all that the wallet knows. */
  readonly policies: readonly Policy[];
  readonly rule: VerifiedRule | undefined;
};

/** A rule in a link of our pages. */
const LINK = /^https?:\/\/\S+#\/rule\?t=(\S+)$/;

/** @throws HealthpassError `request-invalid`, `policy-invalid`, `rule-malformed`, `rule-signature-invalid`, `text-too-long` */
export async function readAsked(asked: PresentationRequest | string, kept: KeptTrust | undefined, { now, config }: Pick<WalletPlatform, 'now' | 'config'>): Promise<Asked> {
  const request = typeof asked === 'string' ? await readText(asked.trim(), now()) : asked;
  const rule = request.rule === undefined ? undefined : await ruleOfRequest(request, { now: now(), roots: (await config()).verifierAuthorities });
  const policies = rule ? [rule.policy] : await policiesOf(kept);
  return { request, policies, rule, policy: choosePolicy(request.policy, policies) };
}

async function readText(text: string, now: number): Promise<PresentationRequest> {
  const linked = LINK.exec(text)?.[1];
  const signed = linked === undefined ? text : decodeLinked(linked);
  if (!signed.startsWith(RULE_PREFIX)) return parsePresentationRequest(await decodeRequestText(signed), now);
  const { policy: { id, version } } = await verifySignedRule(signed, { now });
  return { policy: `${id}@${version}`, rule: signed };
}

function decodeLinked(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new HealthpassError('request-invalid', 'the link is damaged', { field: 'link' });
  }
}
