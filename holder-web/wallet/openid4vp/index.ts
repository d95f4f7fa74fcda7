// Answering verifiers that ask by OpenID4VP: read the link, fetch and verify the request, show who asks what, let the holder choose, answer.
export { answerRequest, declineRequest, type AnsweringDeps, type AnswerTaken } from './answer.ts';
export { choicesFor, type Choice, type ChoosingDeps } from './choices.ts';
export { createKeyResolver, type DidSource } from './did-key.ts';
export { parsePresentationLink, type PresentationLink } from './link.ts';
export type { Fetch } from './platform.ts';
export { fetchRequest, verifyRequest, type Asker, type RequestDeps, type VerifiedRequest } from './request-object.ts';
