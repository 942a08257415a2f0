import { MapMode, type ChangeDesc } from "@codemirror/state";

/** Where places stand after changes: with the character behind them, and gone with it. Ascending, like `places`. */
export function mapPlaces(places: readonly number[], changes: ChangeDesc): readonly number[] {
  if (places.length === 0) return places;
  const mapped = places.map((place) => changes.mapPos(place, 1, MapMode.TrackAfter));
  return [...new Set(mapped.filter((place) => place !== null))];
}

/** The places with `place`, or without it where they hold it. Ascending. */
export function togglePlace(places: readonly number[], place: number): readonly number[] {
  return places.includes(place) ? places.filter((other) => other !== place) : [...places, place].sort((a, b) => a - b);
}
