import { describe, expect, it } from "vitest";
import { theme } from "./theme.ts";

describe("dialogs and drawers", () => {
  it.each(["Modal", "Drawer"])(
    "are whole at once, and gone at once (%s)",
    (name) => {
      const props = theme.components?.[name]?.defaultProps as {
        transitionProps?: { duration?: number };
      };
      expect(props.transitionProps?.duration).toBe(0);
    },
  );
});
