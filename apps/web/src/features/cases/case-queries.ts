import { graphql } from "../../lib/graphql.ts";

/** What changes while a case is open: who holds it and how far it is. */
graphql(`
  fragment CaseStateFields on Case {
    id
    version
    state
    assessment
    notAssessedReason
    urgency
    urgencyReasons
    signedAt
    decidedLabel
    agreesWithAi
    claimExpiresAt
    claimedBy {
      id
      name
    }
    assignee {
      id
      name
    }
    pool {
      id
      name
    }
    assignmentRule
    escalatedAt
    viewerCanEscalate
    viewerCanClaim
    viewerCanRelease
    viewerCanSign
    viewerCanIssuePreliminary
    viewerCanAmend
    viewerCanEditStudy
    viewerCanReassess
    viewerCanTakeOver
    viewerSeesAi
    preliminaryAt
    reopenedAt
    retakeAskedAt
    retakeDoneAt
    retakeReason
    viewerCanEndRetake
    isControl
    policyVersion
    aiIsClosed
    secondRead
    secondReadReasons
    secondReadDueAt
    secondReadUntil
    secondReader {
      id
      name
    }
    firstIsKept
    awaitsFurtherReader
    viewerStage
  }
`);

/** One film without what the AI says of it. */
graphql(`
  fragment FilmFields on Image {
    id
    width
    height
    bitsStored
    quarterTurns
    isMirrored
    viewPosition
    windowCenter
    windowWidth
    pixelSpacing
    spacingKind
    warnings
    originalName
    format
    thumbnailPath
    pixelsPath
    drawingsPath
    areDrawingsKept
  }
`);

/**
 * A case as it is read: without the AI, which is asked for by itself once it
 * may be shown (CASE_PREDICTIONS, or revealPrediction before the decision).
 */
export const CASE = graphql(`
  query CaseToRead($id: ID!) {
    case(id: $id) {
      ...CaseStateFields
      ...KeptDrafts
      viewerNotice
      viewerIdentityChange {
        at
        byName
        isMove
        reason
        nameBefore
        nameAfter
        mrnBefore
        mrnAfter
      }
      restorableVersion {
        id
        label
        signedAt
      }
      viewerCanRequestSecond
      authorisation {
        at
        by {
          id
          name
        }
      }
      arrivedAt
      site {
        id
        name
        viewerReadsBlind
      }
      patient {
        id
        mrn
        name
        birthDate
        sex
        identityState
        claims {
          id
          mrn
          name
          birthDate
        }
      }
      study {
        id
        accessionNumber
        description
        modality
        viewPosition
        patientAgeYears
        patientWeightKg
        clinicalFlags
        clinicalNote
        ward
        studyDate
        studyTime
        referringPhysician
        requestedProcedure
        images {
          ...FilmFields
        }
      }
      priors {
        id
        description
        viewPosition
        studyDate
        studyTime
        images {
          ...FilmFields
        }
        case {
          id
          state
          decidedLabel
          signedVersions {
            id
            isCurrent
            report {
              ...SignedReport
            }
          }
        }
      }
      viewerReading {
        ...OwnReading
      }
      givenDrafts {
        ...GivenDraft
      }
      preliminaryReports {
        ...PreliminaryFields
      }
      signedVersions {
        ...SignedVersion
      }
    }
  }
`);

/** What a reader has claimed and not signed, the longest first: a handful. */
export const HELD_CASES = graphql(`
  query HeldCases($userId: ID!) {
    worklist(filter: { claimedById: $userId }, sort: ARRIVED_OLDEST, first: 5) {
      edges {
        cursor
        node {
          id
          patient {
            id
            name
            identityState
          }
        }
      }
    }
  }
`);

/** What a reader would be given next; nothing is claimed by asking. */
export const NEXT_CASE = graphql(`
  query NextCase($siteId: ID, $passed: [ID!]!, $secondReads: Boolean!) {
    nextCase(siteId: $siteId, passed: $passed, secondReads: $secondReads) {
      ...CaseRow
    }
  }
`);

export const CASE_PREDICTIONS = graphql(`
  query CasePredictions($id: ID!) {
    case(id: $id) {
      id
      shownPrediction {
        ...PredictionFields
      }
      study {
        id
        images {
          id
          drawingsPath
          areDrawingsKept
          prediction {
            ...PredictionFields
          }
        }
      }
    }
  }
`);

export const CASE_HISTORY = graphql(`
  query CaseHistory($id: ID!, $first: Int!, $after: String) {
    case(id: $id) {
      id
      history(first: $first, after: $after) {
        edges {
          cursor
          node {
            id
            at
            type
            actorId
            actorName
            actorRole
            subjectName
            patientName
            before
            after
            details
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export const CASE_CHANGED = graphql(`
  subscription CaseChanged($siteId: ID) {
    worklistChanged(siteId: $siteId) {
      kind
      caseId
      case {
        ...CaseStateFields
      }
    }
  }
`);
