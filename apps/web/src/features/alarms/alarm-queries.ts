import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment AlarmFields on Alarm {
    id
    kind
    subject
    since
    raisedAt
    figures {
      name
      number
      text
    }
    ownerId
    ownerName
    acknowledgedAt
    acknowledgedByName
    note
    endedAt
  }
`);

export const ALARMS = graphql(`
  query Alarms($siteId: ID!, $isOpen: Boolean!, $after: String) {
    alarms(siteId: $siteId, isOpen: $isOpen, first: 20, after: $after) {
      edges {
        cursor
        node {
          ...AlarmFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const ALARM_CHANGED = graphql(`
  subscription AlarmChanged($siteId: ID!) {
    alarmChanged(siteId: $siteId) {
      id
    }
  }
`);

export const TAKE_ALARM = graphql(`
  mutation TakeAlarm($id: ID!) {
    takeAlarm(id: $id) {
      ...AlarmFields
    }
  }
`);

export const ACKNOWLEDGE_ALARM = graphql(`
  mutation AcknowledgeAlarm($id: ID!, $note: String!) {
    acknowledgeAlarm(id: $id, note: $note) {
      ...AlarmFields
    }
  }
`);
