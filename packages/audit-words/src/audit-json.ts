export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export type JsonObject = Readonly<Record<string, JsonValue>>;

/**
 * The object in a JSON text of an event; empty when there is none or it is
 * not an object, because one unreadable event must not hide the others.
 */
export function parseObject(text: string | null | undefined): JsonObject {
  if (!text) return {};
  try {
    // JSON.parse gives nothing but JSON.
    const value = JSON.parse(text) as JsonValue;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isArray(value);
}

export function isArray(
  value: JsonValue | undefined,
): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The first of the names that holds a text with something in it. */
export function readText(
  object: JsonObject,
  ...names: readonly string[]
): string | null {
  for (const name of names) {
    const value = object[name];
    if (typeof value === "string" && value.trim() !== "") return value;
  }
  return null;
}

/** The first of the names that holds a number. */
export function readNumber(
  object: JsonObject,
  ...names: readonly string[]
): number | null {
  for (const name of names) {
    const value = object[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return null;
}

/** The object under a name; empty when there is none. */
export function readObject(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}
