import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment RecordFields on Patient {
    id
    name
    identityState
    birthDate
    sex
    identifiers {
      value
      issuer
    }
    studies(first: 1) {
      edges {
        node {
          id
          studyDate
        }
      }
    }
  }
`);

export const PATIENT_PAIRS = graphql(`
  query PatientPairs($notSame: Boolean!, $after: String) {
    patientPairs(notSame: $notSame, first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          reasons
          notSameAt
          notSameByName
          notSameReason
          first {
            ...RecordFields
          }
          second {
            ...RecordFields
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

export const PATIENT_MERGES = graphql(`
  query PatientMerges($after: String) {
    patientMerges(first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          reason
          byName
          mergedAt
          undoneAt
          undoneByName
          undoReason
          survivor {
            ...RecordFields
          }
          merged {
            ...RecordFields
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

export const MERGE_PREVIEW = graphql(`
  query MergePreview($survivorId: ID!, $mergedId: ID!) {
    mergePreview(survivorId: $survivorId, mergedId: $mergedId) {
      conflicts
      studies
      films
      openCases
      beingRead
      signedCases
      labels
      datasets
      isSurvivorWithdrawn
      isMergedWithdrawn
      filmsAskedAgain
      isAllowed
    }
  }
`);

export const UNDO_PREVIEW = graphql(`
  query MergeUndoPreview($id: ID!) {
    mergeUndoPreview(id: $id) {
      studies
      studiesGone
      signedCases
      isAllowed
      since {
        id
        studyDate
        description
      }
    }
  }
`);

export const MERGE_PATIENTS = graphql(`
  mutation MergePatients($survivorId: ID!, $mergedId: ID!, $reason: String!) {
    mergePatients(
      survivorId: $survivorId
      mergedId: $mergedId
      reason: $reason
    ) {
      id
    }
  }
`);

export const UNDO_MERGE = graphql(`
  mutation UndoMerge(
    $id: ID!
    $reason: String!
    $giveBack: [ID!]!
    $keep: [ID!]!
  ) {
    undoMerge(id: $id, reason: $reason, giveBack: $giveBack, keep: $keep) {
      id
      undoneAt
      undoneByName
      undoReason
    }
  }
`);

export const DENY_SAME = graphql(`
  mutation DenySamePatient($patientId: ID!, $otherId: ID!, $reason: String!) {
    denySamePatient(patientId: $patientId, otherId: $otherId, reason: $reason) {
      id
    }
  }
`);

export const TAKE_BACK_DENIAL = graphql(`
  mutation TakeBackDenial($id: ID!, $reason: String!) {
    takeBackDenial(id: $id, reason: $reason) {
      id
    }
  }
`);
