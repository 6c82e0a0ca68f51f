import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment ErasureCountsFields on ErasureCounts {
    records
    studies
    films
    bytes
    cases
    signedCases
    readings
    reports
    predictions
    labels
    comments
    keptTexts
    criticalResults
    notes
    corrections
    filmsShared
    events
    eventsNaming
  }
`);

graphql(`
  fragment ErasureExportFields on ErasureExport {
    datasetId
    name
    films
    hadFile
    downloads
    sha256
    models
  }
`);

export const ERASURES = graphql(`
  query Erasures($after: String) {
    erasures(first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          pseudonym
          cause
          state
          reason
          policyVersion
          proposedByName
          proposedAt
          decidedByName
          decidedAt
          decisionReason
          emptiedAt
          objectsLeft
          viewerCanApprove
          counts {
            ...ErasureCountsFields
          }
          exports {
            ...ErasureExportFields
          }
          patient {
            id
            name
            identityState
            mrn
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

export const ERASURE_PREVIEW = graphql(`
  query ErasurePreview($patientId: ID!) {
    erasurePreview(patientId: $patientId) {
      patientId
      obstacles
      counts {
        ...ErasureCountsFields
      }
      exports {
        ...ErasureExportFields
      }
    }
  }
`);

export const PROPOSE_ERASURE = graphql(`
  mutation ProposeErasure($patientId: ID!, $reason: String!) {
    proposeErasure(patientId: $patientId, reason: $reason) {
      id
      state
    }
  }
`);

export const APPROVE_ERASURE = graphql(`
  mutation ApproveErasure($id: ID!, $reason: String!) {
    approveErasure(id: $id, reason: $reason) {
      id
      state
    }
  }
`);

export const REJECT_ERASURE = graphql(`
  mutation RejectErasure($id: ID!, $reason: String!) {
    rejectErasure(id: $id, reason: $reason) {
      id
      state
    }
  }
`);

export const RETENTION = graphql(`
  query Retention($siteId: ID!) {
    retentionVersions(siteId: $siteId, first: 10) {
      edges {
        node {
          id
          version
          keepDays
          reason
          byName
          createdAt
        }
      }
    }
  }
`);

export const RETENTION_PREVIEW = graphql(`
  query RetentionPreview($siteId: ID!, $keepDays: Int!) {
    retentionPreview(siteId: $siteId, keepDays: $keepDays) {
      patients
      films
      bytes
      oldest
    }
  }
`);

export const SAVE_RETENTION = graphql(`
  mutation SaveRetention($input: SaveRetentionInput!) {
    saveRetention(input: $input) {
      id
    }
  }
`);
