import { graphql } from "../../lib/graphql.ts";

export const THRESHOLD_DESK = graphql(`
  query ThresholdDesk(
    $siteId: ID!
    $ageGroup: String!
    $harmWeight: Float!
    $grades: [LabelGrade!]!
  ) {
    thresholdDesk(
      siteId: $siteId
      ageGroup: $ageGroup
      harmWeight: $harmWeight
      grades: $grades
    ) {
      model {
        name
        fingerprint
      }
      policyVersion
      isByTwo
      today
      own
      grades {
        grade
        cases
        isCounted
      }
      cases
      positives
      patients
      fewest
      isTooFew
      suggested
      harmOfAll
      harmOfNone
      days
      casesADay
      points {
        threshold
        falsePositives
        falseNegatives
        sensitivity {
          ...Interval
        }
        specificity {
          ...Interval
        }
        ppv {
          ...Interval
        }
        npv {
          ...Interval
        }
        harm
        positivesADay
      }
    }
  }
`);

/** Only counts: no patient is asked for. */
export const PREVIEW_THRESHOLD = graphql(`
  query PreviewThreshold($siteId: ID!, $ageGroup: String!, $threshold: Float) {
    previewThreshold(
      siteId: $siteId
      ageGroup: $ageGroup
      threshold: $threshold
    ) {
      openCases
      isCapped
      moves
      overdueBefore
      overdueAfter
      steps {
        before
        after
        cases
      }
    }
  }
`);

graphql(`
  fragment ThresholdProposalFields on ThresholdProposal {
    id
    kind
    state
    ageGroup
    threshold
    reason
    modelName
    proposedByName
    proposedAt
    closedByName
    closedAt
    note
    madeVersion
    isStale
    isOwn
    evidence {
      cases
      patients
      before {
        ...ThresholdEvidenceFigures
      }
      after {
        ...ThresholdEvidenceFigures
      }
    }
  }

  fragment ThresholdEvidenceFigures on ThresholdFigures {
    threshold
    positivesADay
    sensitivity {
      ...Interval
    }
    specificity {
      ...Interval
    }
  }
`);

export const THRESHOLD_PROPOSALS = graphql(`
  query ThresholdProposals($siteId: ID!, $after: String) {
    thresholdProposals(siteId: $siteId, first: 10, after: $after) {
      edges {
        cursor
        node {
          ...ThresholdProposalFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const SAVE_THRESHOLD = graphql(`
  mutation SaveThreshold($input: ThresholdInput!) {
    saveThreshold(input: $input) {
      id
      version
    }
  }
`);

export const PROPOSE_THRESHOLD = graphql(`
  mutation ProposeThreshold($input: ThresholdInput!) {
    proposeThreshold(input: $input) {
      ...ThresholdProposalFields
    }
  }
`);

export const PROPOSE_SINGLE_APPROVAL = graphql(`
  mutation ProposeSingleApproval(
    $siteId: ID!
    $baseVersion: Int!
    $reason: String!
  ) {
    proposeSingleApproval(
      siteId: $siteId
      baseVersion: $baseVersion
      reason: $reason
    ) {
      ...ThresholdProposalFields
    }
  }
`);

export const APPROVE_THRESHOLD = graphql(`
  mutation ApproveThreshold($id: ID!) {
    approveThreshold(id: $id) {
      ...ThresholdProposalFields
    }
  }
`);

export const DECLINE_THRESHOLD = graphql(`
  mutation DeclineThreshold($id: ID!, $note: String!) {
    declineThreshold(id: $id, note: $note) {
      ...ThresholdProposalFields
    }
  }
`);

export const WITHDRAW_THRESHOLD = graphql(`
  mutation WithdrawThreshold($id: ID!) {
    withdrawThreshold(id: $id) {
      ...ThresholdProposalFields
    }
  }
`);
