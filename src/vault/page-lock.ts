/** Names that are held where the page has no locks of its own. */
const held = new Set<string>();

/**
 * Takes a lock that one page or worker of this app has at a time, also across reloads of the plugin; it goes with the page when
 * that is closed or crashes. Resolves at once: with the way to release it, or with null where it is held.
 */
export function takePageLock(name: string): Promise<(() => void) | null> {
  // A page that is no secure context has none; there the plugin is alone with itself.
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined) return Promise.resolve(takeName(name));
  return new Promise((resolve, reject) => {
    const options = { mode: "exclusive", ifAvailable: true } as const;
    const request = locks.request(name, options, (lock) => {
      if (lock === null) {
        resolve(null);
        return;
      }
      return new Promise<void>((release) => {
        resolve(release);
      });
    });
    request.catch(reject);
  });
}

function takeName(name: string): (() => void) | null {
  if (held.has(name)) return null;
  held.add(name);
  return () => held.delete(name);
}
