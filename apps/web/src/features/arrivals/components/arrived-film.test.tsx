import { MantineProvider } from "@mantine/core";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { messages } from "../../../i18n/messages.ts";
import { aRow } from "../../worklist-query/worklist-fixtures.ts";
import type { UploadFilm } from "../../uploads/upload-state.ts";
import type { UploadedCase } from "../use-uploaded-cases.ts";
import { FilmOutcome } from "./film-outcome.tsx";
import { PlacedPatient } from "./placed-patient.tsx";

const html = (part: ReactNode) =>
  renderToStaticMarkup(
    <MantineProvider env="test">
      <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages.en}>
        {part}
      </NextIntlClientProvider>
    </MantineProvider>,
  );

type Patient = UploadedCase["patient"];

/** A case as the page of arrivals asks for it. */
function placed(
  over: Partial<UploadedCase> = {},
  patient: Partial<Patient> = {},
): UploadedCase {
  const row = aRow();
  return {
    ...row,
    keptTexts: [],
    study: {
      ...row.study,
      patientWeightKg: null,
      clinicalNote: null,
      ward: null,
    },
    ...over,
    patient: { ...row.patient, claims: null, ...patient },
  };
}

const film: UploadFilm = {
  id: "f1",
  name: "film.dcm",
  bytes: 1,
  kind: "dicom",
  details: {},
  status: {
    step: "done",
    result: {
      outcome: "accepted",
      caseId: "c1",
      imageId: "i1",
      code: null,
      message: null,
      canBeTaken: false,
      modality: null,
    },
  },
};

describe("a film that came onto the worklist", () => {
  it("says how urgent its case is, once the AI has spoken", () => {
    const shown = (over: Partial<UploadedCase>) =>
      html(<FilmOutcome film={film} placed={placed(over)} />);
    const mark = 'data-urgency="CRITICAL"';
    expect(shown({ urgency: "CRITICAL" })).toContain(mark);
    const pending = { urgency: "CRITICAL", assessment: "PENDING" } as const;
    expect(shown(pending)).not.toContain(mark);
  });

  it("says whose it is, and whose the number is that it claims", () => {
    const other = {
      ...{ id: "p2", mrn: "MRN-1", name: "TRẦN, Thị B" },
      birthDate: null,
    };
    const text = html(
      <PlacedPatient
        placed={placed({}, { identityState: "CHECK", claims: other })}
        onCorrected={() => undefined}
      />,
    );
    expect(text).toContain("NGUYỄN, Văn A · MRN-1");
    expect(text).toContain("the number is TRẦN, Thị B’s");
  });

  it("can be put right from its row where nobody knows whose it is", () => {
    const row = (one: UploadedCase) =>
      html(<PlacedPatient placed={one} onCorrected={() => undefined} />);
    const { fix } = messages.en.upload;
    const unknown = { identityState: "UNKNOWN", mrn: null } as const;
    expect(row(placed({}, unknown))).toContain(fix);
    expect(row(placed())).not.toContain(fix);
    expect(row(placed({ viewerCanEditStudy: false }, unknown))).not.toContain(
      fix,
    );
  });
});
