export { passChallenge, type RequestBinding } from './binding.ts';
export { claimsFor, CREDENTIALS_NAMESPACE, documentOf, isAnswered, keepAsked, selectElements, typesOf, type OpenFormat } from './claims.ts';
export {
  JWT_VC_FORMAT, parseDcqlQuery, PASS_FORMAT, SD_JWT_FORMAT,
  type ClaimQuery, type CredentialQuery, type DcqlQuery, type JwtVcQuery, type OpenQuery, type PassQuery, type SdJwtQuery,
} from './dcql.ts';
