import { graphql } from "../../gql/gql.ts";

export const CLAIM_CASE = graphql(`
  mutation ClaimCase($caseId: ID!) {
    claimCase(caseId: $caseId) {
      ...CaseStateFields
    }
  }
`);

export const RELEASE_CASE = graphql(`
  mutation ReleaseCase($caseId: ID!) {
    releaseCase(caseId: $caseId) {
      ...CaseStateFields
    }
  }
`);

export const REASSESS_CASE = graphql(`
  mutation ReassessCase($caseId: ID!) {
    reassessCase(caseId: $caseId) {
      ...CaseStateFields
    }
  }
`);
