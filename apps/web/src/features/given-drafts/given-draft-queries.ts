import { graphql } from "../../lib/graphql.ts";

/** A colleague's draft that goes along with the case; his opinion is not told. */
graphql(`
  fragment GivenDraft on Reading {
    ...OwnReading
    reader {
      id
      name
    }
  }
`);

export const GIVE_DRAFT = graphql(`
  mutation GiveDraft($caseId: ID!, $toUserId: ID!) {
    giveDraft(caseId: $caseId, toUserId: $toUserId) {
      id
      viewerReading {
        id
        draftGivenTo {
          id
          name
        }
        draftIsLeft
      }
    }
  }
`);

export const TAKE_BACK_DRAFT = graphql(`
  mutation TakeBackDraft($caseId: ID!) {
    takeBackDraft(caseId: $caseId) {
      id
      viewerReading {
        id
        draftGivenTo {
          id
          name
        }
        draftIsLeft
      }
    }
  }
`);

export const LEAVE_GIVEN_DRAFT = graphql(`
  mutation LeaveGivenDraft($caseId: ID!, $fromUserId: ID!) {
    leaveGivenDraft(caseId: $caseId, fromUserId: $fromUserId) {
      id
      givenDrafts {
        ...GivenDraft
      }
    }
  }
`);

export const TAKE_GIVEN_DRAFT = graphql(`
  mutation TakeGivenDraft($caseId: ID!, $fromUserId: ID!) {
    takeGivenDraft(caseId: $caseId, fromUserId: $fromUserId) {
      id
      givenDrafts {
        ...GivenDraft
      }
    }
  }
`);
