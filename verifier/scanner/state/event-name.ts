// The name of an event that people enter once. Wallets refuse one that does not carry exactly one day of the calendar: by its day nobody can be
// followed to the next.

export function isEventWithDay(name: string): boolean {
  const days = name.match(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g) ?? [];
  const time = Date.parse(`${days[0]}T00:00:00Z`);
  return days.length === 1 && !Number.isNaN(time) && new Date(time).toISOString().startsWith(days[0]!) && name === name.trim() && /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(name);
}
