import type { CaseRowFragment } from "../../gql/graphql.ts";

/** One row of an invented patient, for tests. */
export function aRow(over: Partial<CaseRowFragment> = {}): CaseRowFragment {
  return {
    id: "c1",
    version: 1,
    state: "WAITING",
    assessment: "ASSESSED",
    notAssessedReason: null,
    urgency: "URGENT",
    urgencyReasons: ["ai:91"],
    probability: 0.91,
    threshold: 0.6,
    decidedLabel: null,
    agreesWithAi: null,
    arrivedAt: "2026-11-23T11:48:00.000Z",
    signedAt: null,
    claimExpiresAt: null,
    claimedBy: null,
    assignee: null,
    viewerCanClaim: true,
    viewerCanRelease: false,
    viewerCanSign: false,
    viewerCanAmend: false,
    viewerCanEditStudy: true,
    viewerCanReassess: true,
    viewerCanAssign: true,
    site: { id: "s1", code: "HN", name: "Hanoi" },
    patient: {
      id: "p1",
      mrn: "MRN-1",
      name: "NGUYỄN, Văn A",
      birthDate: "1963-04-01",
      sex: "FEMALE",
    },
    study: {
      id: "st1",
      accessionNumber: "ACC-77",
      description: "Chest",
      viewPosition: "PA",
      patientAgeYears: 63,
      clinicalFlags: [],
      studiedAt: "2026-11-23T11:40:00.000Z",
    },
    ...over,
  };
}
