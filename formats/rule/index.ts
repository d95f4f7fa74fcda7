export {
  createSignedRule, encodeRuleText, RULE_PREFIX, RULE_TYPE, verifySignedRule, type RuleContext, type RuleSigner, type RuleSigning, type VerifiedRule,
} from './signed-rule.ts';
export { decodeRequestText, encodeRequestText, REQUEST_PREFIX } from './request-text.ts';
