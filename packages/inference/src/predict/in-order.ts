/**
 * Works on items side by side and yields results in the order of the items,
 * each as soon as it and all before it are there. At most `width` are started
 * and not yet taken, so memory stays the same however many items there are.
 */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const started: Promise<R>[] = [];
  for (const item of items) {
    const result = work(item);
    // A later failure must not count as unhandled while earlier ones are awaited.
    result.catch(() => undefined);
    started.push(result);
    const first = started.length >= width ? started.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const result of started) yield await result;
}
