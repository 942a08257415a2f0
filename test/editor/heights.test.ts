// Pins what height a figure is expected to have: its own, where it was drawn; else what figures of the same guess turned out
// to have. By this a note is as long as it seems, whatever the theme does to cards, and its cards do not jump when they come.
import fc from "fast-check";
import { NARROW_LETTERS } from "../../src/cards/letter-widths";
import { HeightMemory, type Measurable } from "../../src/editor/heights";

const figure = (source: string, guess: number, look = "closed", kind = "card"): Measurable => ({
  source,
  look,
  kind,
  guessHeight: () => guess,
});

test("a figure that was drawn is expected to be as high as it was", () => {
  const heights = new HeightMemory();
  heights.remember(figure("a", 100), 117);
  expect(heights.expect(figure("a", 100))).toBe(117);
});

test("nothing is known before a figure was drawn, and of other kinds: what is guessed is expected", () => {
  const heights = new HeightMemory();
  expect(heights.expect(figure("a", 100))).toBe(100);
  heights.remember(figure("a", 100), 117);
  expect(heights.expect(figure("b", 100, "band", "band"))).toBe(100);
});

test("a figure in another look is not as high as it was, but as others that were guessed like it", () => {
  const heights = new HeightMemory();
  heights.remember(figure("a", 100), 117);
  heights.remember(figure("b", 300, "open"), 350);
  expect(heights.expect(figure("a", 300, "open"))).toBe(350);
});

test("what most figures of a guess have is expected of the others: one that broke otherwise changes nothing", () => {
  const heights = new HeightMemory();
  for (const [source, height] of [
    ["a", 111],
    ["b", 111],
    ["c", 138],
  ] as const) {
    heights.remember(figure(source, 100), height);
  }
  expect(heights.expect(figure("d", 100))).toBe(111);
});

test("a guess that none was drawn of is as wrong as the nearest one, and never below nothing", () => {
  const heights = new HeightMemory();
  heights.remember(figure("a", 100), 110);
  heights.remember(figure("b", 200), 230);
  expect(heights.expect(figure("c", 120))).toBe(110 + 20);
  expect(heights.expect(figure("c", 180))).toBe(230 - 20);
  heights.remember(figure("d", 60), 10);
  expect(heights.expect(figure("c", 20))).toBe(0);
});

test("it tells when others are expected to be higher or lower than before, and not when they are as expected", () => {
  const heights = new HeightMemory();
  expect(heights.remember(figure("a", 100), 100.2)).toBe(false);
  expect(heights.remember(figure("b", 200), 230)).toBe(true);
  expect(heights.remember(figure("c", 200), 230)).toBe(false);
  expect(heights.remember(figure("b", 200), 230)).toBe(false);
  expect(heights.remember(figure("d", 200), 200)).toBe(false);
});

test("other sizes of the text: all is guessed anew, and at the former sizes what was measured holds again", () => {
  const heights = new HeightMemory();
  const sizes = { width: 700, lineHeight: 24, letters: NARROW_LETTERS };
  heights.remember(figure("a", 100), 117);
  expect(heights.resize({ ...sizes, width: 400 })).toBe(true);
  expect(heights.expect(figure("a", 150))).toBe(150);
  expect(heights.resize({ ...sizes, width: 400.5 })).toBe(false);
  expect(heights.resize(sizes)).toBe(true);
  expect(heights.expect(figure("a", 100))).toBe(117);
  expect(heights.resize({ ...sizes, letters: { ...NARROW_LETTERS } })).toBe(true);
  expect(heights.expect(figure("a", 100))).toBe(100);
});

test("however many are drawn in whatever order: what is expected of the last that was drawn is what it was", () => {
  const drawn = fc.array(fc.record({ source: fc.nat(20).map(String), guess: fc.nat(9), height: fc.nat(99) }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(drawn, (all) => {
      const heights = new HeightMemory();
      for (const { source, guess, height } of all) heights.remember(figure(source, guess), height);
      const last = all.at(-1);
      expect(last && heights.expect(figure(last.source, last.guess))).toBe(last?.height);
    }),
  );
});

test("a note of more cards than are remembered forgets those that were drawn first", () => {
  const heights = new HeightMemory();
  heights.remember(figure("first", 1), 500);
  for (let at = 0; at < 8000; at++) heights.remember(figure(`card ${at}`, 2), 20);
  expect(heights.expect(figure("first", 2))).toBe(20);
  expect(heights.expect(figure("card 0", 2))).toBe(20);
});
