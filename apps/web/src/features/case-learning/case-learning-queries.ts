import { graphql } from "../../lib/graphql.ts";

export const CASE_LEARNING = graphql(`
  query CaseLearning($caseId: ID!) {
    caseLearning(caseId: $caseId) {
      caseId
      split
      labels {
        id
        version
        label
        grade
        present
        absent
        uncertain
        regionCount
        readerName
        since
        until
      }
    }
  }
`);
