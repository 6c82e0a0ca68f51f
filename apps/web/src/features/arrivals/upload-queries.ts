import { graphql } from "../../lib/graphql.ts";

/** Whose the films of an upload turned out to be, and where they stand. */
export const UPLOADED_CASES = graphql(`
  query UploadedCases($filter: WorklistFilter!, $first: Int!) {
    worklist(filter: $filter, sort: ARRIVED_NEWEST, first: $first) {
      edges {
        node {
          id
          version
          state
          assessment
          urgency
          viewerCanEditStudy
          ...KeptTexts
          patient {
            id
            mrn
            name
            birthDate
            sex
            identityState
            claims {
              id
              mrn
              name
              birthDate
            }
          }
          study {
            id
            patientAgeYears
            patientWeightKg
            viewPosition
            accessionNumber
            clinicalFlags
            clinicalNote
            ward
            studyDate
            studyTime
          }
        }
      }
    }
  }
`);
