import type { Host } from "./harness";

/** What the vault tells of while something is done, as `modify a.md`. The page is at rest before and after. */
export async function recordEvents(host: Host, act: () => Promise<unknown>): Promise<readonly string[]> {
  await host.settled();
  await host.page.evaluate(() => {
    const { vault } = window.host.app;
    const heard: string[] = [];
    const refs = [
      vault.on("create", (file) => void heard.push(`create ${file.path}`)),
      vault.on("modify", (file) => void heard.push(`modify ${file.path}`)),
      vault.on("delete", (file) => void heard.push(`delete ${file.path}`)),
      vault.on("rename", (file, from) => void heard.push(`rename ${from} to ${file.path}`)),
    ];
    Object.assign(window, {
      stopRecording: () => {
        for (const ref of refs) vault.offref(ref);
        return heard;
      },
    });
  });
  await act();
  await host.settled();
  return host.page.evaluate(() => (window as unknown as { stopRecording: () => string[] }).stopRecording());
}
