export { openPatientBook, type PatientBook } from './book.ts';
export { patientRoutes } from './routes.ts';
export { LOT_MIGRATION } from './lot.ts';
export { PATIENTS_MIGRATION, type OnErase } from './schema.ts';
