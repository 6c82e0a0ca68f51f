import { graphql } from "../../lib/graphql.ts";

export const BOARD = graphql(`
  query Board($siteId: ID!) {
    board(siteId: $siteId) {
      asOf
      reading
      notAssessed
      criticalOpen
      criticalOverdue
      decisions {
        confirmed
        partly
        overridden
      }
      pending
      classes {
        urgency
        waiting
        overdue
        ceilingMinutes
        oldestSince
      }
      readers {
        userId
        name
        reading
        assigned
        signed
      }
      nextDue {
        caseId
        urgency
        arrivedAt
        dueAt
        assigneeName
      }
      hours {
        from
        arrived
        signed
        medianMinutes
        p90Minutes
      }
      days {
        from
        arrived
        signed
        medianMinutes
        p90Minutes
      }
      waitingOverDay {
        at
        critical
        urgent
        soon
        routine
      }
    }
  }
`);
