/** Films of three made-up people, assessed and signed: what exports take. */
import { chestDicom, uploadOne } from "../../testkit/films.ts";
import type { TestServer } from "../../testkit/server.ts";
import { asStaff, type SignedIn } from "../../testkit/viewers.ts";
import { untilAssessed } from "../../testkit/worker.ts";

export interface SignedFilm {
  caseId: string;
  imageId: string;
  /** The DICOM file that was uploaded. */
  bytes: Buffer;
}

/** Whose names and numbers must not leave the house. */
export const PEOPLE = [
  {
    familyName: "Geheim",
    givenName: "Anna",
    id: "MRN-77001",
    sex: "F",
    birthDate: "19300405",
    ageYears: 95,
  },
  {
    familyName: "Verborgen",
    givenName: "Bert",
    id: "MRN-77002",
    sex: "M",
    birthDate: "19800101",
    ageYears: 46,
  },
  {
    familyName: "Tajny",
    givenName: "Cyril",
    id: "MRN-77003",
    sex: "M",
    birthDate: "20150101",
    ageYears: 11,
  },
] as const;

/** Uploads a film of each, waits for a running worker, signs two as pneumonia. */
export async function signedFilms(
  server: TestServer,
  siteId: string,
  reader: SignedIn,
): Promise<SignedFilm[]> {
  const staff = await asStaff(server, siteId);
  // All are drawn first: drawing holds the event loop up, and with it the
  // connection that the server here shares with the client.
  const drawn = PEOPLE.map((person, at) =>
    chestDicom(at + 1, person, {
      study: {
        date: "20260228",
        time: "120000",
        accessionNumber: `ACC-9900${String(at)}`,
        description: "=cmd()",
      },
      bitsStored: 12,
    }),
  );
  const films: SignedFilm[] = [];
  for (const bytes of drawn) {
    films.push({ ...(await uploadOne(staff, bytes)), bytes });
  }
  await untilAssessed(server);
  for (const [at, { caseId, imageId }] of films.entries()) {
    await sign(
      server,
      reader,
      caseId,
      imageId,
      at === 2 ? "OTHER" : "PNEUMONIA",
    );
  }
  return films;
}

/** Signs as the reader would, with whatever decision fits the AI's opinion. */
export async function sign(
  server: TestServer,
  reader: SignedIn,
  caseId: string,
  imageId: string,
  label: string,
): Promise<void> {
  await reader.execute(`mutation { claimCase(caseId: "${caseId}") { id } }`);
  const row = await server.database.client.case.findUniqueOrThrow({
    where: { id: caseId },
  });
  await reader.execute(
    `mutation { revealPrediction(caseId: "${caseId}") { id } }`,
  );
  const isAssessed = row.probability !== null;
  const isPositive = (row.probability ?? 0) >= (row.threshold ?? 1);
  const agrees = (label === "PNEUMONIA") === isPositive;
  const decision = !isAssessed
    ? "INDEPENDENT"
    : agrees
      ? "CONFIRM"
      : "OVERRIDE";
  const overrideReason =
    decision !== "OVERRIDE"
      ? null
      : label === "PNEUMONIA"
        ? "FALSE_NEGATIVE"
        : "FALSE_POSITIVE";
  const answer = await reader.execute(
    `mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }`,
    {
      input: {
        caseId,
        caseVersion: row.version,
        label,
        decision,
        overrideReason,
        comment: "Spoke with Frau Geheim on the phone.",
        marks: [
          {
            imageId,
            finding: "pneumonia",
            x: 10,
            y: 20,
            width: 30,
            height: 40,
          },
        ],
      },
    },
  );
  answer.anyData();
}
