// Sentences about rules, misses, verdicts and errors, in six languages.
export { loadAllSentences, loadSentences } from './load.ts';
export { ruleInWords, titleOf, type RuleAsked, type RuleInWords } from './rule.ts';
export { factOf, wayOf } from './clause.ts';
export { missInWords, obstacleInWords, reportInWords, type MissInWords, type ToldMiss, type ToldObstacle, type ToldReport } from './miss.ts';
export { errorInWords, reasonInWords, thrownInWords, type ReasonInWords } from './verdict.ts';
export { diseaseName, kindName, resultName, testName, timeInWords } from './terms.ts';
export { vaccineName } from './vaccines.ts';
export type { Sentences } from './types.ts';
