/** Whether two values made of plain objects, lists, maps and primitives say the same; the order in a map does not count. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof Map || b instanceof Map) return a instanceof Map && b instanceof Map && equalMaps(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  return equalMaps(new Map(Object.entries(a)), new Map(Object.entries(b)));
}

function equalMaps(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (!b.has(key) || !equalValues(value, b.get(key))) return false;
  return true;
}
