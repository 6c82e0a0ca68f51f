/** A list of listeners to one kind of news. */
export interface Listeners<T> {
  readonly add: (listener: (value: T) => void) => () => void;
  readonly tell: (value: T) => void;
  readonly clear: () => void;
}

/** @returns an empty list; `add` returns the way to leave it. */
export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    add: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: (value) => listeners.forEach((listener) => listener(value)),
    clear: () => listeners.clear(),
  };
}
