/**
 * The characters of an HTML reference as the browser knows them, `copy` for `&copy;`; false for a name that is none. Stands for
 * the package of this name in the plugin's bundle, whose table of all names is larger than our cards.
 */
export function decodeNamedCharacterReference(name: string): string | false {
  const written = `&${name};`;
  // In an explicit body white space at the start counts: `&Tab;` is some.
  const text = new DOMParser().parseFromString(`<body>${written}`, "text/html").body.textContent;
  // Of `&notit;` HTML takes the `&not`, which Markdown doesn't: the semicolon is left.
  return text.endsWith(";") && name !== "semi" ? false : text;
}
