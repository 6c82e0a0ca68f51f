/** A new value; `null` where the field was emptied; nothing where left out. */
export function given<Value, Key extends string>(
  value: Value | undefined,
  input: unknown,
  key: Key,
): Partial<Record<Key, Value | null>> {
  if (value === undefined) return emptied(input, key);
  // A computed key widens to string; the one key here is `key`.
  return { [key]: value } as Partial<Record<Key, Value>>;
}

function emptied<Key extends string>(
  input: unknown,
  key: Key,
): Partial<Record<Key, null>> {
  // The same as above: the one key of the object is `key`.
  return isEmptied(input)
    ? ({ [key]: null } as Partial<Record<Key, null>>)
    : {};
}

/** Whether a field was sent to take back what stands there. */
export function isEmptied(input: unknown): boolean {
  return input === null || (typeof input === "string" && input.trim() === "");
}
