import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment WaysFields on NotificationWays {
    siteId
    version
    emailIsOn
    smtpHost
    smtpPort
    smtpSecurity
    smtpUser
    hasSmtpPassword
    fromAddress
    webhookIsOn
    webhookUrl
    hasWebhookSecret
  }
`);

export const NOTIFICATION_WAYS = graphql(`
  query NotificationWays($siteId: ID!) {
    notificationWays(siteId: $siteId) {
      ...WaysFields
    }
  }
`);

export const SAVE_NOTIFICATION_WAYS = graphql(`
  mutation SaveNotificationWays($input: NotificationWaysInput!) {
    saveNotificationWays(input: $input) {
      ...WaysFields
    }
  }
`);

export const TEST_NOTIFICATION_WAY = graphql(`
  mutation TestNotificationWay($siteId: ID!, $way: NotificationWay!) {
    testNotificationWay(siteId: $siteId, way: $way) {
      isDelivered
      problem
    }
  }
`);

export const NOTIFICATION_DELIVERIES = graphql(`
  query NotificationDeliveries(
    $siteId: ID!
    $state: DeliveryState!
    $after: String
  ) {
    notificationDeliveries(siteId: $siteId, state: $state, after: $after) {
      edges {
        cursor
        node {
          id
          kind
          way
          state
          tries
          lastError
          createdAt
          dueAt
          endedAt
          userName
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const SEND_NOTIFICATION_AGAIN = graphql(`
  mutation SendNotificationAgain($id: ID!) {
    sendNotificationAgain(id: $id) {
      id
      state
    }
  }
`);

export const NOTIFICATION_CHOICES = graphql(`
  query NotificationChoices {
    notificationChoices {
      openWays
      kinds {
        kind
        ways
      }
    }
  }
`);

export const CHOOSE_NOTIFICATIONS = graphql(`
  mutation ChooseNotifications($choices: [KindChoiceInput!]!) {
    chooseNotifications(choices: $choices) {
      openWays
      kinds {
        kind
        ways
      }
    }
  }
`);
