import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/** The difference of two texts as a unified diff under these names, three lines around each change. */
export function writeUnifiedDiff(from: string, to: string, before: string, after: string): string {
  return createTwoFilesPatch(from, to, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
