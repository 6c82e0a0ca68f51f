import type { NamedFile } from "../uploads/upload-manager.ts";

/** Files chosen in a dialog; folders arrive flattened, with their paths. */
export function namedFiles(files: readonly File[]): NamedFile[] {
  return files.map((file) => ({
    file,
    path: file.webkitRelativePath || file.name,
  }));
}

/** Everything that was dropped, folders walked to their ends, in order. */
export async function readDroppedFiles(
  items: DataTransferItemList,
): Promise<NamedFile[]> {
  // The list empties when the event is over, so entries are taken at once.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found = await Promise.all(entries.map((entry) => walk(entry)));
  return found.flat();
}

async function walk(entry: FileSystemEntry): Promise<NamedFile[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) =>
      entry.file(resolve, reject),
    );
    return [{ file, path }];
  }
  if (!isDirectory(entry)) return [];
  const children = await readAll(entry.createReader());
  const found: NamedFile[] = [];
  for (const child of children) found.push(...(await walk(child)));
  return found;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(
  entry: FileSystemEntry,
): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A reader hands out a hundred names at a time until it has none left. */
async function readAll(
  reader: FileSystemDirectoryReader,
): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    all.push(...some);
  }
  return all.sort((a, b) => a.name.localeCompare(b.name));
}
