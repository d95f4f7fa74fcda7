// The code tables: append-only numbers for vaccines and tests, and the code systems of the field that lead to them.
export { COUNTRIES, countryCode } from './countries.ts';
export { diseaseByCoding, diseaseBySnomed, DISEASES, snomedOf, type DiseaseId } from './diseases.ts';
export { OBSERVATION_CODES, observationByCoding, observationFor, type ObservationCode } from './observations.ts';
export { PRODUCT_GROUPS, productIndices } from './product-groups.ts';
export { productByCoding, productById, productByIndex, PRODUCTS, resolveProduct, type Product } from './products.ts';
export { codingOfResult, RESULT_CODES, resultByCoding, type AttestedResult } from './results.ts';
export {
  ATC, codingKey, CVX, EU_PRODUCT_NAME, EU_REGISTER, ICD11, LOINC, OBSERVATION_INTERPRETATION, SNOMED, WHO_PREQUAL, type Coding,
} from './systems.ts';
export { tablesDigest, tablesJson } from './tables.ts';
export { TEST_KINDS, testByIndex, testIndex, testIndices } from './tests.ts';
