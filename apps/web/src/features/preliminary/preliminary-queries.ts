import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment PreliminaryFields on PreliminaryReport {
    id
    number
    label
    issuedAt
    reader {
      id
      name
    }
    report {
      ...SignedReport
    }
  }
`);

export const ISSUE_PRELIMINARY = graphql(`
  mutation IssuePreliminary($input: IssuePreliminaryInput!) {
    issuePreliminary(input: $input) {
      ...PreliminaryFields
    }
  }
`);
