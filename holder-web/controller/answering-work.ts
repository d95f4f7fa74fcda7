// What answering takes (certificates, encryption), loaded when it is first done: it stays out of the first load of the pages.
export { answerRequest, choicesFor, declineRequest, fetchRequest, parsePresentationLink } from '#wallet/openid4vp/index.ts';
export { alternativesOf, missingOf } from './alternatives.ts';
