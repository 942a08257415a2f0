// Pins which characters count as double-encoded and what they decode to. 57 of 105 real notes hold some (FORMAT.md §2),
// and a fix that took ordinary accented text for it would destroy a person's words: so the second table is the longer.
import fc from "fast-check";
import { findDoubleEncoded, mendDoubleEncoded } from "../../src/core/double-encoding";

/** Windows-1252 at 0x80 to 0x9f, as WHATWG has it: what it leaves undefined stands for itself. */
const SPECIALS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** What a program shows that reads UTF-8 as Windows-1252. */
function doubleEncode(text: string): string {
  return readAsLatin1(text).replace(/[\u0080-\u009f]/g, (char) => SPECIALS.charAt(char.charCodeAt(0) - 0x80));
}

/** What a program shows that reads UTF-8 as Latin-1. */
function readAsLatin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

describe("what is found", () => {
  test.each([
    ["a dash", "â€”", "—"],
    ["an arrow", "â†’", "→"],
    ["an apostrophe", "â€™", "’"],
    ["a rocket", "ðŸš€", "🚀"],
    ["a check mark", "âœ…", "✅"],
    ["a shield with its variation selector", "ðŸ›¡ï¸\u008f", "🛡️"],
    ["a whale, whose bytes Windows-1252 leaves undefined", "ðŸ\u0090³", "🐳"],
    ["a guillemet", "Â«", "«"],
    ["an accented letter", "Ã©", "é"],
    ["bytes read as Latin-1", "\u00e2\u0080\u0094", "—"],
    ["bytes read half as Latin-1", "\u00e2\u0080”", "—"],
    ["a Cyrillic word", doubleEncode("Данные"), "Данные"],
    ["a Hebrew word", doubleEncode("שלום"), "שלום"],
    ["a Polish letter", doubleEncode("ł"), "ł"],
    [
      "the last code point of two, three and four bytes",
      doubleEncode("\u07ff\uffff\u{10ffff}"),
      "\u07ff\uffff\u{10ffff}",
    ],
    [
      "the first code point of three and four bytes",
      doubleEncode("\u0800\u{10000}\u{40000}"),
      "\u0800\u{10000}\u{40000}",
    ],
    ["a code point before the surrogates", doubleEncode("\ud7ff"), "\ud7ff"],
  ])("%s", (_, text, decoded) => {
    const note = `one ${text} two`;
    expect(findDoubleEncoded(note, 0, note.length)).toEqual([{ from: 4, to: 4 + text.length, decoded }]);
    expect(mendDoubleEncoded(note)).toBe(`one ${decoded} two`);
  });

  test("adjacent characters are one run, others are runs of their own", () => {
    const note = "a â€”âœ… b â†’ c";
    expect(findDoubleEncoded(note, 0, note.length)).toEqual([
      { from: 2, to: 8, decoded: "—✅" },
      { from: 11, to: 14, decoded: "→" },
    ]);
  });

  test("only what stands between the offsets", () => {
    const note = "â€” Ã© â€”";
    expect(findDoubleEncoded(note, 3, 7)).toEqual([{ from: 4, to: 6, decoded: "é" }]);
  });

  test("what was encoded twice or three times is decoded as often", () => {
    const thrice = doubleEncode(doubleEncode(doubleEncode("— 🚀")));
    expect(mendDoubleEncoded(thrice)).toBe("— 🚀");
    expect(mendDoubleEncoded(readAsLatin1(readAsLatin1(readAsLatin1("🐳 —"))))).toBe("🐳 —");
    const dash = doubleEncode(doubleEncode("—"));
    expect(findDoubleEncoded(dash, 0, dash.length)).toEqual([{ from: 0, to: dash.length, decoded: "—" }]);
  });

  test("a run of millions of characters, in parts", () => {
    const note = "Ã©".repeat(1_000_000);
    const found = findDoubleEncoded(note, 0, note.length);
    expect(found.map((run) => run.decoded).join("")).toBe("é".repeat(1_000_000));
    expect(findDoubleEncoded("É»".repeat(1_000_000), 0, 2_000_000)).toEqual([]);
  });
});

describe("what is not", () => {
  test.each([
    ["accented words", "naïve café, São Paulo, Ångström, Übergröße, piñata, Noël"],
    ["intact signs", "— → ✅ 🚀 🛡️ « »"],
    ["a word in French quotes with their no-break spaces", "«\u00a0café\u00a0» «\u00a0voilà\u00a0»"],
    ["a word in German quotes", "»Spaß« „Maß“ ”STRAẞE” »ß«"],
    ["a word in capitals before a quote, a dash, an ellipsis", "“CAFÉ” ‘CLICHÉ’ TABÚ… SPAẞ–Ü–Ö–Ä"],
    ["a trade mark", "NESCAFÉ® LANCÔME™"],
    ["a multiplication", "2×½ 3×²"],
    ["an overlong form", "\u00c0\u00af \u00c1\u00bf \u00e0\u0080\u00af \u00f0\u0080\u0080\u00af"],
    ["a surrogate", "\u00ed\u00a0\u0080"],
    ["a control character", "\u00c2\u0080 \u00c2\u009f Â…"],
    ["a code point above the last", "\u00f4\u0090\u0080\u0080 \u00f5\u0080\u0080\u0080"],
    ["a sequence cut short", "ðŸ” â€ Ã"],
    ["nothing", ""],
  ])("%s", (_, note) => {
    expect(findDoubleEncoded(note, 0, note.length)).toEqual([]);
    expect(mendDoubleEncoded(note)).toBe(note);
  });
});

test("whatever is decoded encodes to what was found, or to what that decodes to", () => {
  const text = fc.array(fc.constantFrom("â", "€", "”", "ð", "Ÿ", "š", "Ã", "©", "Â", " ", "—", "é", "×", "½"));
  fc.assert(
    fc.property(text, (chars) => {
      const note = chars.join("");
      let mended = note;
      for (const { from, to, decoded } of [...findDoubleEncoded(note, 0, note.length)].reverse()) {
        const run = note.slice(from, to);
        expect([run, mendDoubleEncoded(doubleEncode(decoded))]).toContain(
          run === doubleEncode(decoded) ? run : decoded,
        );
        mended = mended.slice(0, from) + decoded + mended.slice(to);
      }
      expect(mendDoubleEncoded(note)).toBe(mended);
    }),
    { seed: 20261123, numRuns: 2000 },
  );
});
