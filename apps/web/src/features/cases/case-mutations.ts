import { graphql } from "../../lib/graphql.ts";

export const CLAIM_CASE = graphql(`
  mutation ClaimCase($caseId: ID!) {
    claimCase(caseId: $caseId) {
      ...CaseStateFields
      givenDrafts {
        ...GivenDraft
      }
    }
  }
`);

export const CLAIM_NEXT_CASE = graphql(`
  mutation ClaimNextCase(
    $siteId: ID
    $passed: [ID!]!
    $leaving: ID
    $secondReads: Boolean!
  ) {
    claimNextCase(
      siteId: $siteId
      passed: $passed
      leaving: $leaving
      secondReads: $secondReads
    ) {
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

export const TAKE_OVER_CASE = graphql(`
  mutation TakeOverCase($caseId: ID!, $reason: String!) {
    takeOverCase(caseId: $caseId, reason: $reason) {
      ...CaseStateFields
      viewerReading {
        ...OwnReading
      }
      givenDrafts {
        ...GivenDraft
      }
    }
  }
`);

export const ACKNOWLEDGE_NOTICE = graphql(`
  mutation AcknowledgeNotice($caseId: ID!) {
    acknowledgeNotice(caseId: $caseId) {
      id
      viewerNotice
      viewerIdentityChange {
        at
      }
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
