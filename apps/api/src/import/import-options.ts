import { parseArgs } from "node:util";

export interface ImportOptions {
  paths: string[];
  url: string | null;
  /** Site by id or code; the user's only site where absent. */
  site: string | null;
  email: string | null;
  /** A JSON file with details, as the form of an upload takes them. */
  detailsFile: string | null;
  /** Films whose modality is doubtful are taken as chest films. */
  takeAsChest: boolean;
  /** Films on their way at once. */
  atOnce: number;
  /** Refused films make the command fail. */
  isStrict: boolean;
  /** Forget what an earlier run has done. */
  isFresh: boolean;
}

/** The command was called in a way that it does not know. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const USAGE = `Usage: npm run import -- PATH… [options]

Brings films (PNG, JPEG, DICOM), or folders of them, in through the API.

  --url URL        address of the API (http://127.0.0.1:4000)
  --site SITE      code or id of the site, where the user has several
  --email EMAIL    who imports; the password comes from LUNG_IRIS_PASSWORD
  --details FILE   JSON with patient and study data for films without a header
  --take-as-chest  take films of a doubtful modality (SC, RF…) as chest films
  --at-once N      films on their way at once, 1 to 16 (4)
  --strict         exit with 1 when a film was refused
  --fresh          start over instead of going on where the last run ended

Without LUNG_IRIS_EMAIL and LUNG_IRIS_PASSWORD the demo's login is used, if
the desk is a demo. The same film twice is recognised, so a run may be
repeated at any time.
`;

/** Reads the command line. Throws `UsageError` with one sentence. */
export function parseImportOptions(args: readonly string[]): ImportOptions {
  const { values, positionals } = parse(args);
  const atOnce = Number(values["at-once"] ?? "4");
  if (!Number.isInteger(atOnce) || atOnce < 1 || atOnce > 16) {
    throw new UsageError("--at-once takes a whole number from 1 to 16.");
  }
  if (positionals.length === 0) {
    throw new UsageError("Say which files or folders to import.");
  }
  return {
    paths: positionals,
    url: values.url ?? null,
    site: values.site ?? null,
    email: values.email ?? null,
    detailsFile: values.details ?? null,
    takeAsChest: values["take-as-chest"] ?? false,
    atOnce,
    isStrict: values.strict ?? false,
    isFresh: values.fresh ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: "string" },
        site: { type: "string" },
        email: { type: "string" },
        details: { type: "string" },
        "take-as-chest": { type: "boolean" },
        "at-once": { type: "string" },
        strict: { type: "boolean" },
        fresh: { type: "boolean" },
      },
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new UsageError(detail.split(". ")[0] ?? detail);
  }
}
