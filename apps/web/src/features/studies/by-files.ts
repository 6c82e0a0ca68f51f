/** What lies beside films on CDs and in folders and is never one. */
export type ByFile = "cd-index" | "system" | "program" | "document" | "preview";

/** Bytes at a file's start by which it is told what it is. */
export const HEAD_BYTES = 1024;

/** Media storage directory (PS3.4 annex I.4), the class of a DICOMDIR. */
const DIRECTORY_CLASS = "1.2.840.10008.1.3.10";
const SYSTEM = /^(?:\..*|e?h?thumbs(?:_.*)?\.db|desktop\.ini|icon\r)$/iu;
const PROGRAM =
  /\.(?:exe|dll|ocx|sys|so|dylib|msi|bat|cmd|com|jar|class|app)$/iu;
const ALWAYS_DOCUMENT =
  /^(?:autorun|readme|read_me|licen[cs]e|liesmich|lisezmoi|leeme|copying|lockfile)(?:\.[a-z]{1,4})?$|\.inf$/iu;
const FOLDER_DOCUMENT =
  /\.(?:html?|xhtml|css|js|json|xml|xslt?|xsd|dtd|ini|cfg|conf|properties|log|txt|nfo|chm|hlp|rtf|docx?|pdf|md|url|lnk|ttf|otf|woff2?|zip|cab|7z|rar|iso|wav|mp3|mp4|avi|mov|db|gif|ico|cur|svg)$/iu;
const PREVIEW =
  /(?:^|[/._-])(?:thumb(?:nail)?s?|icons?|previews?)(?:[/._-]|$)/iu;

/**
 * What a file is that lies beside films, or null for what may be a film. The
 * first bytes go before the name: a film called `report.pdf` is a film.
 *
 * @param path with the folders in which it was found; without any, somebody
 *   chose this very file, and only what is sure is set aside.
 */
export function byFileOf(path: string, head: Uint8Array): ByFile | null {
  const parts = path.replaceAll("\\", "/").split("/");
  const name = parts.at(-1) ?? "";
  const isInFolder = parts.length > 1;
  if (SYSTEM.test(name) || parts.includes("__MACOSX")) return "system";
  if (hasText(head, 128, "DICM")) {
    return latin1(head).includes(DIRECTORY_CLASS) ? "cd-index" : null;
  }
  if (/^dicomdir$/iu.test(name)) return "cd-index";
  if (isPicture(head)) {
    // What the outermost folder is called says nothing of what is in it.
    return isInFolder && PREVIEW.test(parts.slice(1).join("/"))
      ? "preview"
      : null;
  }
  const isProgram = hasText(head, 0, "MZ") || hasText(head, 0, "\u007fELF");
  if (isProgram || PROGRAM.test(name)) return "program";
  const isDocument =
    ALWAYS_DOCUMENT.test(name) || (isInFolder && FOLDER_DOCUMENT.test(name));
  return isDocument ? "document" : null;
}

function isPicture(head: Uint8Array): boolean {
  return (
    hasText(head, 0, "\u0089PNG") || hasText(head, 0, "\u00ff\u00d8\u00ff")
  );
}

function hasText(head: Uint8Array, at: number, text: string): boolean {
  return latin1(head.subarray(at, at + text.length)) === text;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
