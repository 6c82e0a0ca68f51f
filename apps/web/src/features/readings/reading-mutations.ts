import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment PredictionFields on Prediction {
    id
    assessed
    gateReason
    gateDetail
    engine
    milliseconds
    createdAt
    findings {
      code
      isLeading
      names {
        en
        vi
      }
      probability
      low
      high
      threshold
      positive
      unsure
      unsureFrom
      unsureTo
      group
      groupFrom
    }
    activationMaps {
      finding
      width
      height
      values
      rect {
        x
        y
        width
        height
      }
    }
    boxes {
      finding
      x
      y
      width
      height
      score
      chance
    }
    modelVersion {
      id
      name
      sha256
    }
  }
`);

graphql(`
  fragment SignedVersion on ReadingVersion {
    id
    stage
    version
    isCurrent
    label
    decision
    reading {
      id
      opinion
      opinionIsBlind
      revealedAt
    }
    overrideReason
    changeReason
    notDiagnosticReason
    retakeAsked
    confidence
    comment
    report {
      ...SignedReport
    }
    amendReason
    signedAt
    reader {
      id
      name
    }
    readerGrade
    findings {
      code
      presence
      side
      zones
      markIndexes
    }
    marks {
      imageId
      kind
      points
      finding
    }
    prediction {
      id
      modelVersion {
        id
        name
      }
    }
  }
`);

export const REVEAL_PREDICTION = graphql(`
  mutation RevealPrediction($caseId: ID!, $opinion: Label) {
    revealPrediction(caseId: $caseId, opinion: $opinion) {
      ...CaseStateFields
      viewerReading {
        ...OwnReading
      }
      givenDrafts {
        ...GivenDraft
      }
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

export const RECORD_OPINION = graphql(`
  mutation RecordOpinion($caseId: ID!, $opinion: Label!) {
    recordOpinion(caseId: $caseId, opinion: $opinion) {
      ...CaseStateFields
      viewerReading {
        ...OwnReading
      }
      givenDrafts {
        ...GivenDraft
      }
    }
  }
`);

export const SAVE_DRAFT = graphql(`
  mutation SaveReadingDraft($caseId: ID!, $input: ReadingDraftInput!) {
    saveReadingDraft(caseId: $caseId, input: $input) {
      ...CaseStateFields
      viewerReading {
        id
        state
        opinionAt
        draftSavedAt
      }
    }
  }
`);

/** One's own reading of a case as the server keeps it. */
graphql(`
  fragment OwnReading on Reading {
    id
    state
    opinion
    opinionAt
    opinionIsBlind
    opinionStands
    revealedAt
    draftSavedAt
    draftGivenTo {
      id
      name
    }
    draftIsLeft
    draft {
      ...DraftFields
    }
  }
`);

graphql(`
  fragment DraftFields on ReadingDraft {
    label
    decision
    overrideReason
    changeReason
    notDiagnosticReason
    retakeAsked
    confidence
    comment
    report {
      language
      indication
      technique
      comparison
      findings
      impression
      edited
    }
    findings {
      code
      presence
      side
      zones
      markIndexes
    }
    marks {
      imageId
      kind
      points
      finding
    }
  }
`);

export const END_RETAKE = graphql(`
  mutation EndRetake($caseId: ID!, $reason: RetakeEnd!, $note: String) {
    endRetake(caseId: $caseId, reason: $reason, note: $note) {
      ...CaseStateFields
    }
  }
`);

export const SIGN_READING = graphql(`
  mutation SignReading($input: SignReadingInput!) {
    signReading(input: $input) {
      ...SignedVersion
    }
  }
`);

export const RESTORE_SIGNATURE = graphql(`
  mutation RestoreSignature($caseId: ID!) {
    restoreSignature(caseId: $caseId) {
      ...SignedVersion
    }
  }
`);

export const AMEND_READING = graphql(`
  mutation AmendReading($input: AmendReadingInput!) {
    amendReading(input: $input) {
      ...SignedVersion
    }
  }
`);
