/**
 * Uploads that were begun from this tab, by the file that they are of and what
 * was said of it: with another patient's details it is another upload.
 */
export interface KnownUploads {
  find(file: File, metadata: string): string | null;
  remember(file: File, metadata: string, id: string): void;
  forget(file: File, metadata: string): void;
}

/** This tab's memory; it ends with the tab and at sign-out. */
const KEY = "lung-iris:upload-pieces";
/** More than can be open at once. */
const MOST = 100;

type Memory = Pick<Storage, "getItem" | "setItem">;

/**
 * A file that is chosen again, after a reload too, is known by its name, length
 * and time. Of what was said of it only a hash is kept. Ids of another person's are harmless: the API knows whose they are.
 */
export function knownUploads(memory: () => Memory): KnownUploads {
  const read = (): [string, string][] => {
    try {
      const list: unknown = JSON.parse(memory().getItem(KEY) ?? "[]");
      return Array.isArray(list) ? list.filter(isPair) : [];
    } catch {
      // Written by something else; as good as nothing.
      return [];
    }
  };
  const write = (pairs: [string, string][]) => {
    try {
      memory().setItem(KEY, JSON.stringify(pairs.slice(-MOST)));
    } catch {
      // No room: after a reload the film is sent from its beginning.
    }
  };
  const without = (name: string) => read().filter(([known]) => known !== name);
  return {
    find: (file, metadata) => {
      const name = nameOf(file, metadata);
      return read().find(([known]) => known === name)?.[1] ?? null;
    },
    remember: (file, metadata, id) => {
      const name = nameOf(file, metadata);
      write([...without(name), [name, id]]);
    },
    forget: (file, metadata) => write(without(nameOf(file, metadata))),
  };
}

function nameOf({ name, size, lastModified }: File, metadata: string): string {
  return `${name}/${size}/${lastModified}/${hashOf(metadata)}`;
}

/** FNV-1a, 32 bits: tells apart what one person types, and tells nothing of it. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16);
}

function isPair(value: unknown): value is [string, string] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((part) => typeof part === "string")
  );
}
