import { graphql } from "../../lib/graphql.ts";

export const UNREAD_INBOX = graphql(`
  query UnreadInbox {
    unreadInbox
    unreadUrgentInbox
    quietHours {
      fromMinute
      toMinute
    }
  }
`);

export const INBOX = graphql(`
  query Inbox($after: String) {
    inbox(first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          kind
          isUrgent
          actorName
          createdAt
          readAt
          modelVersionId
          trainingRunId
          case {
            id
            patient {
              id
              name
              mrn
              identityState
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

export const READ_INBOX = graphql(`
  mutation ReadInbox($ids: [ID!]) {
    readInbox(ids: $ids)
  }
`);

export const SET_QUIET_HOURS = graphql(`
  mutation SetQuietHours($fromMinute: Int, $toMinute: Int) {
    setQuietHours(fromMinute: $fromMinute, toMinute: $toMinute) {
      fromMinute
      toMinute
    }
  }
`);
