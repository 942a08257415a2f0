/**
 * The one word of `words` that is nearest to `word`, at most `maxDistance` slips away: a letter too many, missing, wrong,
 * or two neighbours swapped. Null where none is that near or two are equally near. Case counts.
 */
export function closestWord(word: string, words: readonly string[], maxDistance: number): string | null {
  let closest: string | null = null;
  let least = maxDistance + 1;
  for (const candidate of words) {
    if (Math.abs(candidate.length - word.length) > maxDistance) continue;
    const slips = countSlips(word, candidate, maxDistance);
    if (slips < least) {
      closest = candidate;
      least = slips;
    } else if (slips === least) {
      closest = null;
    }
  }
  return closest;
}

/** Infinity where it takes more than `limit`. Branches three or four ways for each slip: for small limits only. */
function countSlips(a: string, b: string, limit: number): number {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const one = a.slice(same);
  const two = b.slice(same);
  if (one === "" || two === "") {
    const rest = one.length + two.length;
    return rest <= limit ? rest : Infinity;
  }
  if (limit === 0) return Infinity;
  const swapped = one[0] === two[1] && one[1] === two[0];
  return (
    1 +
    Math.min(
      countSlips(one.slice(1), two.slice(1), limit - 1),
      countSlips(one.slice(1), two, limit - 1),
      countSlips(one, two.slice(1), limit - 1),
      swapped ? countSlips(one.slice(2), two.slice(2), limit - 1) : Infinity,
    )
  );
}
