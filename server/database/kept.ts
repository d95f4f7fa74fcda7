// Which statements are kept parsed, by their names: each is parsed once on a connection instead of each time it runs.

/** They stand in the source, so there are some hundreds. Those beyond are parsed each time. */
const MOST_KEPT = 1000;

/** A statement whose conditions are optional is planned for those that are given: one plan for all would find by none of them. */
const hasOptional = (sql: string): boolean => sql.includes('IS NULL OR');

/** @returns the name of a statement; undefined for one that is parsed each time */
export function createNames(): (sql: string) => string | undefined {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= MOST_KEPT || hasOptional(sql)) return known;
    const name = `kept${names.size}`;
    names.set(sql, name);
    return name;
  };
}
