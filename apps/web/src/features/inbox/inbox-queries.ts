import { graphql } from "../../gql/gql.ts";

export const UNREAD_INBOX = graphql(`
  query UnreadInbox {
    unreadInbox
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
          actorName
          createdAt
          readAt
          case {
            id
            patient {
              id
              name
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
