import { graphql } from "../../lib/graphql.ts";

/** Patients by a number, with what tells them apart and their studies. */
export const PATIENTS_BY_NUMBER = graphql(`
  query PatientsByNumber($number: String!, $siteId: ID, $after: String) {
    patientsByNumber(
      number: $number
      siteId: $siteId
      first: 10
      after: $after
    ) {
      edges {
        cursor
        node {
          ...RecordFields
          mrn
          recent: studies(first: 20) {
            edges {
              node {
                id
                studyDate
                studyTime
                description
                viewPosition
                accessionNumber
              }
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
