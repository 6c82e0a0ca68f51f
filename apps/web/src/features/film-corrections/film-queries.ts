import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment FilmAhead on FilmCorrectionPreview {
    filmsLeft
    signedCases
    beingRead
    marks
    labels
    datasets
    isAskedAgain
    isReadAgain
    isAllowed
  }
`);

graphql(`
  fragment FilmPoseFields on FilmPose {
    quarterTurns
    isMirrored
    viewPosition
    studyView
  }
`);

export const FILM_MOVE_PREVIEW = graphql(`
  query FilmMovePreview($imageId: ID!, $studyId: ID, $patientId: ID) {
    filmMovePreview(
      imageId: $imageId
      studyId: $studyId
      patientId: $patientId
    ) {
      ...FilmAhead
    }
  }
`);

export const FILM_REMOVAL_PREVIEW = graphql(`
  query FilmRemovalPreview($imageId: ID!) {
    filmRemovalPreview(imageId: $imageId) {
      ...FilmAhead
    }
  }
`);

export const FILM_TURN_PREVIEW = graphql(`
  query FilmTurnPreview(
    $imageId: ID!
    $quarterTurns: Int!
    $isMirrored: Boolean!
    $viewPosition: String
  ) {
    filmTurnPreview(
      imageId: $imageId
      quarterTurns: $quarterTurns
      isMirrored: $isMirrored
      viewPosition: $viewPosition
    ) {
      ...FilmAhead
    }
  }
`);

export const FILM_UNDO_PREVIEW = graphql(`
  query FilmCorrectionUndoPreview($id: ID!) {
    filmCorrectionUndoPreview(id: $id) {
      ...FilmAhead
    }
  }
`);

export const FILM_CORRECTIONS = graphql(`
  query FilmCorrections($caseId: ID!, $after: String) {
    filmCorrections(caseId: $caseId, first: 20, after: $after) {
      edges {
        cursor
        node {
          id
          kind
          fileName
          reason
          byName
          correctedAt
          undoneAt
          undoneByName
          undoReason
          viewerCanUndo
          study {
            id
            patient {
              id
              name
              mrn
              identityState
            }
            case {
              id
            }
          }
          before {
            ...FilmPoseFields
          }
          after {
            ...FilmPoseFields
          }
          toStudy {
            id
            patient {
              id
              name
              mrn
              identityState
            }
            case {
              id
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

export const MOVE_FILM = graphql(`
  mutation MoveFilm(
    $imageId: ID!
    $studyId: ID
    $patientId: ID
    $reason: String!
  ) {
    moveFilm(
      imageId: $imageId
      studyId: $studyId
      patientId: $patientId
      reason: $reason
    ) {
      id
    }
  }
`);

export const REMOVE_FILM = graphql(`
  mutation RemoveFilm($imageId: ID!, $reason: String!) {
    removeFilm(imageId: $imageId, reason: $reason) {
      id
    }
  }
`);

export const TURN_FILM = graphql(`
  mutation TurnFilm(
    $imageId: ID!
    $quarterTurns: Int!
    $isMirrored: Boolean!
    $viewPosition: String
    $reason: String!
  ) {
    turnFilm(
      imageId: $imageId
      quarterTurns: $quarterTurns
      isMirrored: $isMirrored
      viewPosition: $viewPosition
      reason: $reason
    ) {
      id
    }
  }
`);

export const UNDO_FILM_CORRECTION = graphql(`
  mutation UndoFilmCorrection($id: ID!, $reason: String!) {
    undoFilmCorrection(id: $id, reason: $reason) {
      id
    }
  }
`);

/** Longest reason that the API takes, in characters. */
export const MAX_REASON = 1_000;
