import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment CriticalFields on CriticalResult {
    id
    state
    finding
    reason
    markedByName
    markedAt
    dueAt
    escalatedAt
    toldTo
    way
    toldAt
    toldByName
    readBack
    readBackBy
    acknowledgedAt
    acknowledgedByName
    withdrawnAt
    withdrawReason
    viewerCanTell
    viewerCanAcknowledge
    viewerCanWithdraw
    isToldToViewer
  }
`);

export const CRITICAL_RESULTS = graphql(`
  query CriticalResults($siteId: ID, $closed: Boolean!, $after: String) {
    criticalResults(
      siteId: $siteId
      closed: $closed
      first: 50
      after: $after
    ) {
      edges {
        cursor
        node {
          ...CriticalFields
          case {
            ...KeptTexts
            site {
              id
            }
            patient {
              id
              name
              identityState
              mrn
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

/** Counts alone: no patient is in them, so a page may ask by itself. */
export const CRITICAL_SUMMARY = graphql(`
  query CriticalSummary {
    criticalSummary {
      open
      overdue
      toldToMe
    }
  }
`);

export const CRITICAL_NEWS = graphql(`
  subscription CriticalNews {
    worklistChanged {
      kind
      caseId
    }
  }
`);

export const CRITICAL_OF_CASE = graphql(`
  query CriticalOfCase($id: ID!) {
    case(id: $id) {
      id
      criticalFindings
      viewerCanMarkCritical
      criticalResults {
        ...CriticalFields
      }
    }
  }
`);

export const CRITICAL_RECIPIENTS = graphql(`
  query CriticalRecipients($siteId: ID!) {
    criticalRecipients(siteId: $siteId) {
      id
      name
    }
  }
`);

export const MARK_CRITICAL = graphql(`
  mutation MarkCritical($caseId: ID!, $input: CriticalMarkInput!) {
    markCritical(caseId: $caseId, input: $input) {
      ...CriticalFields
    }
  }
`);

export const TELL_CRITICAL = graphql(`
  mutation TellCritical($id: ID!, $input: TellCriticalInput!) {
    tellCritical(id: $id, input: $input) {
      ...CriticalFields
    }
  }
`);

export const ACKNOWLEDGE_CRITICAL = graphql(`
  mutation AcknowledgeCritical($id: ID!, $readBack: String, $finding: String) {
    acknowledgeCritical(id: $id, readBack: $readBack, finding: $finding) {
      ...CriticalFields
    }
  }
`);

export const WITHDRAW_CRITICAL = graphql(`
  mutation WithdrawCritical($id: ID!, $reason: String!) {
    withdrawCritical(id: $id, reason: $reason) {
      ...CriticalFields
    }
  }
`);
