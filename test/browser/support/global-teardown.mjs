import { rm } from "node:fs/promises";

/** Ends the browser and removes what was built. */
export default async function tearDown() {
  await globalThis.backlogCardsBrowser.close();
  await rm(process.env.BACKLOG_CARDS_BUILD, { recursive: true });
}
