// Builds the apps and says where they stand.
export { APP_NAMES, APPS, buildFolder, type AppName } from './apps.ts';
export { buildFaces } from './build.ts';
