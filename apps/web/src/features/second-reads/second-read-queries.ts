import { graphql } from "../../lib/graphql.ts";

export const REQUEST_SECOND_READING = graphql(`
  mutation RequestSecondReading($caseId: ID!, $reason: String!) {
    requestSecondReading(caseId: $caseId, reason: $reason) {
      ...CaseStateFields
      viewerCanRequestSecond
    }
  }
`);

/** Its answer says that nothing is kept any more; the case is asked anew. */
export const SHOW_FIRST_READING = graphql(`
  mutation ShowFirstReading($caseId: ID!) {
    showFirstReading(caseId: $caseId) {
      ...CaseStateFields
    }
  }
`);

/** The two readings that an adjudicator decides between, without names. */
export const UNNAMED_READINGS = graphql(`
  query UnnamedReadings($id: ID!) {
    case(id: $id) {
      id
      unnamedReadings {
        place
        label
        confidence
        comment
        contradicted
        findings {
          code
          presence
          side
          zones
          markIndexes
        }
        marks {
          imageId
          finding
          x
          y
          width
          height
        }
      }
    }
  }
`);
