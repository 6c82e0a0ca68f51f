import { parseArgs } from "node:util";
import { UsageError } from "../import/import-options.ts";

export interface DatasetOptions {
  out: string;
  url: string | null;
  site: string | null;
  email: string | null;
  name: string | null;
  /** Of the API's DatasetFilter, without the site. */
  filter: Record<string, unknown>;
  /** Of the API's DatasetFormat. */
  format: Record<string, unknown>;
}

export const USAGE = `Usage: npm run dataset -- --out FILE.zip [filters] [options]

Makes a dataset of signed cases through the API, as the page Export does, waits
for it and brings it here, checked against its SHA-256.

  --from DAY --to DAY     signed on these days, 2026-11-23, both included
  --label L[,L]           NORMAL, PNEUMONIA, OTHER
  --grade G[,G]           ADJUDICATED, TWO_AGREE, ONE_BLIND, ONE_AFTER_AI
  --finding CODE          readers said that it is there
  --agreement A           agree or disagree: reader and AI
  --age-from N --age-to N whole years, both included
  --sex S[,S]             FEMALE, MALE, OTHER, UNKNOWN
  --view V[,V]            PA, AP, LATERAL, OTHER
  --model ID              looked at by this model
  --reader ID[,ID]        signed by these users
  --without-notes         no films with a note on their quality

  --picture-text WHAT     films with letters in the picture: leave-out (when left
                          out) or blank
  --dicom WHAT            DICOM files beside the PNG: none (when left out),
                          removed (without dates) or shifted (dates by days of
                          the patient's own)

  --name NAME      what the desk calls it (the name of the file)
  --site SITE      code or id of the site, where the user has several
  --url URL        address of the API (http://127.0.0.1:4000)
  --email EMAIL    who exports; the password comes from LUNG_IRIS_PASSWORD

Without LUNG_IRIS_EMAIL and LUNG_IRIS_PASSWORD the demo's login is used, if
the desk is a demo. A file that is there already is never overwritten.
`;

/** Reads the command line. Throws `UsageError` with one sentence. */
export function parseDatasetOptions(args: readonly string[]): DatasetOptions {
  const values = parse(args);
  const { out } = values;
  if (out === undefined || out === "") {
    throw new UsageError("Say where it goes with --out FILE.zip.");
  }
  const lists = {
    labels: listOf(values.label),
    grades: listOf(values.grade),
    sexes: listOf(values.sex),
    views: listOf(values.view),
  };
  const filter = {
    ...lists,
    signedAfter: midnight("--from", values.from, 0),
    signedBefore: midnight("--to", values.to, 1),
    finding: values.finding,
    modelVersionId: values.model,
    agreement: agreementOf(values.agreement),
    ageFrom: yearsOf("--age-from", values["age-from"]),
    ageTo: yearsOf("--age-to", values["age-to"]),
    readers: values.reader?.split(",").map((id) => id.trim()),
    withoutNotes: values["without-notes"],
  };
  const format = {
    pictureText: oneOf("--picture-text", values["picture-text"], [
      "leave-out",
      "blank",
    ]),
    dicom: oneOf("--dicom", values.dicom, ["none", "removed", "shifted"]),
  };
  return {
    out,
    url: values.url ?? null,
    site: values.site ?? null,
    email: values.email ?? null,
    name: values.name ?? null,
    filter: withoutGaps(filter),
    format: withoutGaps(format),
  };
}

function withoutGaps(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  );
}

/** One of some words, as the API writes it: `leave-out` is LEAVE_OUT. */
function oneOf(
  name: string,
  text: string | undefined,
  words: readonly string[],
): string | undefined {
  if (text === undefined) return undefined;
  if (words.includes(text)) return text.toUpperCase().replace("-", "_");
  throw new UsageError(`${name} is ${words.join(" or ")}.`);
}

function listOf(text: string | undefined): string[] | undefined {
  return text?.split(",").map((word) => word.trim().toUpperCase());
}

function agreementOf(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === "agree") return true;
  if (text === "disagree") return false;
  throw new UsageError("--agreement is agree or disagree.");
}

function yearsOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new UsageError(`${name} takes whole years.`);
}

/** Midnight on this machine's clock at the start of a day, some days later. */
function midnight(
  name: string,
  text: string | undefined,
  daysLater: number,
): string | undefined {
  if (text === undefined) return undefined;
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const at = new Date(Number(year), Number(month) - 1, Number(day));
  if (at.getMonth() !== Number(month) - 1) {
    throw new UsageError(`${name} takes a day like 2026-11-23.`);
  }
  at.setDate(at.getDate() + daysLater);
  return at.toISOString();
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        out: text,
        url: text,
        site: text,
        email: text,
        name: text,
        from: text,
        to: text,
        label: text,
        grade: text,
        finding: text,
        agreement: text,
        "age-from": text,
        "age-to": text,
        sex: text,
        view: text,
        model: text,
        reader: text,
        "without-notes": { type: "boolean" },
        "picture-text": text,
        dicom: text,
      },
    }).values;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new UsageError(detail.split(". ")[0] ?? detail);
  }
}
