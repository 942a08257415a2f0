import type * as api from "obsidian";

type Callback = (...values: unknown[]) => unknown;

/** One subscription, as `offref` takes it back. */
class Subscription implements api.EventRef {
  constructor(
    readonly source: Events,
    readonly name: string,
    readonly callback: Callback,
    readonly context: unknown,
  ) {}
}

/**
 * Named events. A callback that throws does not keep the others from being called: its error is thrown later, where it
 * becomes an error of the page. Callbacks are called in the order of their subscription, and one that is added while an event
 * is on its way waits for the next one.
 */
export class Events implements api.Events {
  readonly #subscriptions = new Map<string, readonly Subscription[]>();

  on(name: string, callback: (...values: never[]) => unknown, context?: unknown): api.EventRef {
    const subscription = new Subscription(this, name, callback as Callback, context);
    this.#subscriptions.set(name, [...(this.#subscriptions.get(name) ?? []), subscription]);
    return subscription;
  }

  off(name: string, callback: (...values: never[]) => unknown): void {
    this.#keep(name, (subscription) => subscription.callback !== callback);
  }

  offref(ref: api.EventRef): void {
    if (ref instanceof Subscription) this.#keep(ref.name, (subscription) => subscription !== ref);
  }

  trigger(name: string, ...values: unknown[]): void {
    for (const subscription of this.#subscriptions.get(name) ?? []) this.tryTrigger(subscription, values);
  }

  tryTrigger(ref: api.EventRef, values: unknown[]): void {
    if (!(ref instanceof Subscription)) return;
    try {
      ref.callback.apply(ref.context, values);
    } catch (error) {
      window.setTimeout(() => {
        throw error;
      });
    }
  }

  /** How many subscriptions there are, of all names: what a test compares before a load and after an unload. */
  countSubscriptions(): number {
    return [...this.#subscriptions.values()].reduce((sum, those) => sum + those.length, 0);
  }

  #keep(name: string, test: (subscription: Subscription) => boolean): void {
    const left = (this.#subscriptions.get(name) ?? []).filter(test);
    if (left.length > 0) this.#subscriptions.set(name, left);
    else this.#subscriptions.delete(name);
  }
}

/** Takes a subscription back from whatever it was made at. A reference of another make is left alone. */
export function detachEvent(ref: api.EventRef): void {
  if (ref instanceof Subscription) ref.source.offref(ref);
}
