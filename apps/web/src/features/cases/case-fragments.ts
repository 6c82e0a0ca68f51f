import { graphql } from "../../lib/graphql.ts";

/** A case as a line of the worklist. */
graphql(`
  fragment CaseRow on Case {
    ...CaseStateFields
    probability
    threshold
    arrivedAt
    signature {
      signer {
        id
        name
      }
      signedAt
      firstSignedAt
      version
      isAmended
    }
    viewerCanAssign
    site {
      id
      code
      name
    }
    patient {
      id
      mrn
      name
      birthDate
      sex
      identityState
    }
    study {
      id
      accessionNumber
      description
      viewPosition
      patientAgeYears
      clinicalFlags
      studyDate
      studyTime
    }
  }
`);
