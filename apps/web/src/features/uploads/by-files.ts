/** What lies beside films on CDs and in folders and is never one. */
export type ByFile = "cd-index" | "system" | "program" | "document" | "preview";

/** Bytes at a file's start by which it is told what it is. */
export const HEAD_BYTES = 1024;

/** Media storage directory (PS3.4 annex I.4), the class of a DICOMDIR. */
const DIRECTORY_CLASS = "1.2.840.10008.1.3.10";
const DIRECTORY_NAME = /^dicomdir\.?(?:;\d+)?$/iu;
const SYSTEM = /^(?:\..*|e?h?thumbs(?:_.*)?\.db|desktop\.ini|icon\r|~\$.*)$/iu;
const SYSTEM_FOLDER =
  /^(?:__MACOSX|\$recycle\.bin|system volume information|\.trashes|lost\+found)$/iu;
/** First bytes of what macOS keeps beside a file on foreign disks. */
const APPLE_DOUBLE = "\u0000\u0005\u0016\u0007";
const PROGRAM =
  /\.(?:exe|dll|ocx|sys|so(?:\.\d+)*|dylib|msi|bat|cmd|com|jar|class|app|sh|command|vbs|ps1|py)$/iu;
/** Folders of viewers that come with films: nothing but DICOM in them is one. */
const PROGRAM_FOLDER =
  /^(?:.*viewer.*|weasis.*|radiant.*|microdicom.*|osirix.*|horos.*|mricro.*|efilm.*|.*\.app|jre.*|java|program(?:s|me)?|bin|plugins?)$/iu;
const ALWAYS_DOCUMENT =
  /^(?:autorun|readme|read_me|licen[cs]e|liesmich|lisezmoi|leeme|copying|lockfile)(?:\.[a-z]{1,4})?$|\.inf$/iu;
const FOLDER_DOCUMENT =
  /\.(?:html?|xhtml|css|js|json|xml|xslt?|xsd|dtd|ini|cfg|conf|properties|log|txt|nfo|chm|hlp|rtf|docx?|pdf|md|md5|sha\d*|url|lnk|tt[fc]|otf|woff2?|zip|cab|7z|rar|iso|wav|mp3|mp4|avi|mov|db|dat|bin|bak|mf|gif|ico|cur|svg)$/iu;
const PREVIEW =
  /(?:^|[/._-])(?:thumb(?:nail)?s?|tn|icons?|previews?|albumart.*)(?:[/._-]|$)/iu;

/** Who calls a file so means a film: then it is refused, not set aside. */
const CALLED_A_FILM = /\.(?:dcm|dicom|ima|img|png|jpe?g|tiff?|bmp|jp2)$/iu;

/** What is known of where a file lies. */
export interface FilePlace {
  /** A DICOMDIR lies in its folder or one above: the films are DICOM files. */
  isOnCd?: boolean;
}

/** True for the name of a CD's index, as discs and copies of them write it. */
export function isCdIndex(name: string): boolean {
  return DIRECTORY_NAME.test(name);
}

/**
 * What a file is that lies beside films, or null for what may be a film. The
 * first bytes go before the name: a film called `report.pdf` is a film.
 *
 * @param path with the folders in which it was found; without any, somebody
 *   chose this very file, and only what is sure is set aside.
 */
export function byFileOf(
  path: string,
  head: Uint8Array,
  { isOnCd = false }: FilePlace = {},
): ByFile | null {
  const parts = path.replaceAll("\\", "/").split("/");
  const name = parts.at(-1) ?? "";
  const folders = parts.slice(0, -1);
  if (hasText(head, 0, APPLE_DOUBLE) || name.startsWith("._")) return "system";
  if (folders.some((folder) => SYSTEM_FOLDER.test(folder))) return "system";
  if (hasText(head, 128, "DICM")) {
    return latin1(head).includes(DIRECTORY_CLASS) ? "cd-index" : null;
  }
  if (SYSTEM.test(name)) return "system";
  if (isCdIndex(name)) return "cd-index";
  // What the outermost folder is called says nothing of what is in it.
  const inner = folders.slice(1);
  const isOfProgram = inner.some((folder) => PROGRAM_FOLDER.test(folder));
  if (isPicture(head)) {
    if (isOfProgram) return "program";
    const isPreview = PREVIEW.test([...inner, name].join("/"));
    return folders.length > 0 && (isOnCd || isPreview) ? "preview" : null;
  }
  const isProgram =
    isOfProgram || hasText(head, 0, "MZ") || hasText(head, 0, "\u007fELF");
  if (isProgram || PROGRAM.test(name)) return "program";
  const isDocument =
    ALWAYS_DOCUMENT.test(name) ||
    (folders.length > 0 &&
      (FOLDER_DOCUMENT.test(name) ||
        (isText(head) && !CALLED_A_FILM.test(name))));
  return isDocument ? "document" : null;
}

/** Printed letters from the first to the last: never a film. */
function isText(head: Uint8Array): boolean {
  return (
    head.length > 0 &&
    head.every((byte) => byte >= 0x20 || (byte >= 9 && byte <= 13))
  );
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
