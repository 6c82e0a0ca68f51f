import { graphql } from "../../lib/graphql.ts";

export const WORKLIST = graphql(`
  query Worklist(
    $filter: WorklistFilter
    $sort: WorklistSort
    $first: Int!
    $after: String
  ) {
    worklist(filter: $filter, sort: $sort, first: $first, after: $after) {
      totalCount
      totalCountIsCapped
      edges {
        cursor
        node {
          ...CaseRow
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`);

/** Only names, to see after an interruption whether something has come. */
export const WORKLIST_HEAD = graphql(`
  query WorklistHead(
    $filter: WorklistFilter
    $sort: WorklistSort
    $first: Int!
  ) {
    worklist(filter: $filter, sort: $sort, first: $first) {
      edges {
        node {
          id
        }
      }
    }
  }
`);

export const WORKLIST_SUMMARY = graphql(`
  query WorklistSummary($siteId: ID) {
    worklistSummary(siteId: $siteId) {
      waiting
      waitingIsCapped
      reading
      notAssessed
      pending
      overdue
      retakes
      secondReads
      mine
      unassigned
      identity
      longestWaitSince
    }
  }
`);

export const WORKLIST_CHANGED = graphql(`
  subscription WorklistChanged($siteId: ID) {
    worklistChanged(siteId: $siteId) {
      kind
      caseId
      case {
        ...CaseRow
      }
    }
  }
`);

export const ASSIGNABLE_USERS = graphql(`
  query AssignableUsers($siteId: ID!) {
    assignableUsers(siteId: $siteId) {
      id
      name
    }
  }
`);

/** Whom a case can be given to, with what each has to do. */
export const RECEIVERS = graphql(`
  query Receivers($siteId: ID!) {
    readerLoads(siteId: $siteId) {
      user {
        id
        name
      }
      waiting
      reading
    }
    readerPools(siteId: $siteId) {
      id
      name
      waiting
    }
  }
`);

export const ASSIGN_CASE = graphql(`
  mutation AssignCase($caseId: ID!, $userId: ID, $poolId: ID) {
    assignCase(caseId: $caseId, userId: $userId, poolId: $poolId) {
      ...CaseStateFields
    }
  }
`);

/** How much the viewer holds or was given. */
export const IN_HAND = graphql(`
  query InHand {
    inHand {
      reading
      assigned
    }
  }
`);

export const HAND_OVER = graphql(`
  mutation HandOver($toUserId: ID, $toPoolId: ID, $withDrafts: Boolean!) {
    handOver(
      toUserId: $toUserId
      toPoolId: $toPoolId
      withDrafts: $withDrafts
    ) {
      reading
      assigned
    }
  }
`);

/** Cases that something befell after the viewer had signed them. */
export const SIGNER_NOTICES = graphql(`
  query SignerNotices($first: Int!) {
    signerNotices(first: $first) {
      edges {
        cursor
        node {
          id
          notice
          case {
            id
            patient {
              id
              name
              identityState
            }
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);
