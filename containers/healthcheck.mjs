// Ends with 0 if the URL that it is given answers well.
const url = process.argv[2] ?? '';
const isWell = await fetch(url, { signal: AbortSignal.timeout(4000) }).then(({ ok }) => ok, () => false);
process.exitCode = isWell ? 0 : 1;
