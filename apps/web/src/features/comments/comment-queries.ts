import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment CommentFields on CaseComment {
    id
    createdAt
    viewerCanEdit
    author {
      id
      name
    }
    versions {
      id
      number
      text
      createdAt
    }
  }
`);

export const CASE_COMMENTS = graphql(`
  query CaseComments($id: ID!) {
    case(id: $id) {
      id
      commentsKept
      comments {
        ...CommentFields
      }
    }
  }
`);

export const MENTIONABLE = graphql(`
  query Mentionable($siteId: ID!) {
    mentionableUsers(siteId: $siteId) {
      id
      name
    }
  }
`);

export const ADD_COMMENT = graphql(`
  mutation AddComment($caseId: ID!, $text: String!, $mentionIds: [ID!]!) {
    addComment(caseId: $caseId, text: $text, mentionIds: $mentionIds) {
      ...CommentFields
    }
  }
`);

export const EDIT_COMMENT = graphql(`
  mutation EditComment($id: ID!, $text: String!, $mentionIds: [ID!]!) {
    editComment(id: $id, text: $text, mentionIds: $mentionIds) {
      ...CommentFields
    }
  }
`);

export const ESCALATE_CASE = graphql(`
  mutation EscalateCase($caseId: ID!, $reason: EscalateReason!) {
    escalateCase(caseId: $caseId, reason: $reason) {
      ...CaseStateFields
    }
  }
`);
