// Imports that Vite understands: styles, and the addresses of workers and files.
declare module '*.css';
declare module '*?worker&url' { export const url: string; export default url; }
declare module '*?url' { export const url: string; export default url; }
