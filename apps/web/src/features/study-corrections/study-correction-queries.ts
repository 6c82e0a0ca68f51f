import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment PatientThenFields on PatientThen {
    patientId
    mrn
    name
    identityState
    birthDate
    sex
  }
`);

graphql(`
  fragment StudyAhead on StudyCorrectionPreview {
    before {
      ...PatientThenFields
    }
    after {
      ...PatientThenFields
    }
    isIdentity
    isOtherRecord
    isNewRecord
    studiesLeft
    otherCases
    films
    beingRead
    signedCases
    signed {
      signerName
      signedAt
    }
    labels
    datasets
    filmsAskedAgain
    isWithdrawnBefore
    isWithdrawnAfter
    needsReason
    isAllowed
  }
`);

export const STUDY_CORRECTION_PREVIEW = graphql(`
  query StudyCorrectionPreview($input: StudyDetailsInput!) {
    studyCorrectionPreview(input: $input) {
      ...StudyAhead
    }
  }
`);

export const STUDY_UNDO_PREVIEW = graphql(`
  query StudyCorrectionUndoPreview($id: ID!) {
    studyCorrectionUndoPreview(id: $id) {
      ...StudyAhead
    }
  }
`);

export const STUDY_CORRECTIONS = graphql(`
  query StudyCorrections($caseId: ID!, $after: String) {
    studyCorrections(caseId: $caseId, first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          isOtherRecord
          reason
          byName
          correctedAt
          undoneAt
          undoneByName
          undoReason
          viewerCanUndo
          before {
            ...PatientThenFields
          }
          after {
            ...PatientThenFields
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

export const UNDO_STUDY_CORRECTION = graphql(`
  mutation UndoStudyCorrection($id: ID!, $reason: String!) {
    undoStudyCorrection(id: $id, reason: $reason) {
      id
    }
  }
`);

/** Longest reason for undoing that the API takes, in characters. */
export const MAX_REASON = 1_000;
