export { openPatientBook, type PatientBook } from './book.ts';
export { patientRoutes } from './routes.ts';
export { PATIENTS_MIGRATION, type OnErase } from './schema.ts';
