import { graphql } from "../../lib/graphql.ts";

export const OWN_WINDOWS = graphql(`
  query OwnWindows {
    ownWindows {
      key
      shift
      width
    }
  }
`);

export const KEEP_OWN_WINDOW = graphql(`
  mutation KeepOwnWindow($key: Int!, $shift: Float!, $width: Float!) {
    keepOwnWindow(key: $key, shift: $shift, width: $width) {
      key
      shift
      width
    }
  }
`);

export const FORGET_OWN_WINDOW = graphql(`
  mutation ForgetOwnWindow($key: Int!) {
    forgetOwnWindow(key: $key) {
      key
      shift
      width
    }
  }
`);
