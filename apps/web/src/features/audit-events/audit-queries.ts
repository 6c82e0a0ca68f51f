import { graphql } from "../../lib/graphql.ts";

export const AUDIT_EVENTS = graphql(`
  query AuditEvents($filter: AuditFilter, $first: Int, $after: String) {
    auditEvents(filter: $filter, first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          seq
          at
          type
          actorId
          actorName
          actorRole
          subjectType
          subjectId
          subjectName
          patientId
          patientName
          origin
          before
          after
          details
          version
          problem
          previousHash
          hash
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const AUDIT_SEAL = graphql(`
  query AuditSeal {
    auditSeal {
      verifiedAt
      verifiedThrough
      ok
      brokenAt
      problem
      headSeq
      headHash
      checkpoints
    }
  }
`);

export const VERIFY_AUDIT = graphql(`
  mutation VerifyAudit {
    verifyAudit {
      verifiedAt
      verifiedThrough
      ok
      brokenAt
      problem
      headSeq
      headHash
      checkpoints
    }
  }
`);

export const AUDIT_PEOPLE = graphql(`
  query AuditPeople($search: String) {
    users(search: $search, first: 20) {
      edges {
        node {
          id
          name
          email
        }
      }
    }
  }
`);

export const AUDIT_EXPORT = graphql(`
  query AuditExport($filter: AuditFilter) {
    auditExport(filter: $filter) {
      eventsPath
      chainPath
    }
  }
`);
