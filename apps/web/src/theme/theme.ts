import {
  Button,
  Checkbox,
  Chip,
  type CSSVariablesResolver,
  Input,
  type MantineColorsTuple,
  createTheme,
} from "@mantine/core";
import { darkTokens, lightTokens, type Tokens } from "./tokens.ts";

/**
 * Colours are written here and in tokens.ts only. Components use the `--li-*`
 * variables below or Mantine's own; both follow the light and dark schemes.
 *
 * Two hues carry a meaning of their own and are used for nothing else: teal is
 * the action a person takes, violet is what the AI says. They stay apart for
 * people without green cones (deuteranopia: beige and blue).
 */
const teal: MantineColorsTuple = [
  "#e3faf6",
  "#c8f1ea",
  "#9be4d8",
  "#6cd5c5",
  "#49c8b5",
  "#35b9a5",
  "#249c8b",
  "#16806f",
  "#0c6a5e",
  "#06544a",
];

const violet: MantineColorsTuple = [
  "#f5edff",
  "#e6d6fd",
  "#d6bdfb",
  "#c4a1f8",
  "#b78cf5",
  "#a974f0",
  "#9058dc",
  "#7541c0",
  "#60339f",
  "#4b267e",
];

/** Mantine's dark scale: 0 is text, 4 borders, 6 fields, 7 the page. */
const dark: MantineColorsTuple = [
  "#dfe2e6",
  "#c3c8cf",
  "#9da5af",
  "#8a929d",
  "#2b323c",
  "#212730",
  "#171c23",
  "#0d1014",
  "#0a0c10",
  "#06080b",
];

/** Dialogs stand one step above the page. */
const PANEL_STYLES = {
  content: {
    background: "var(--li-panel)",
    border: "1px solid var(--li-line)",
  },
  header: { background: "var(--li-panel)" },
  title: { fontSize: "1rem", fontWeight: 600 },
};

/** A dialog that is still closing has the keys: a quick reader's would be lost. */
const AT_ONCE = { duration: 0 };

/** A dialog's heading is no second banner of the page. */
const PANEL_ATTRIBUTES = { header: { role: "presentation" } };

export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  colors: { teal, violet, dark },
  black: "#1a1e24",
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Roboto Mono", "DejaVu Sans Mono", monospace',
  fontSizes: {
    xs: "0.75rem",
    sm: "0.8125rem",
    md: "0.875rem",
    lg: "1rem",
    xl: "1.25rem",
  },
  lineHeights: { xs: "1.35", sm: "1.4", md: "1.45", lg: "1.45", xl: "1.4" },
  spacing: {
    xs: "0.25rem",
    sm: "0.5rem",
    md: "1rem",
    lg: "1.5rem",
    xl: "2rem",
  },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.3" },
      h2: { fontSize: "1rem", lineHeight: "1.4" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  components: {
    Button: Button.extend({
      defaultProps: { size: "sm", fw: 500 },
      vars: (_theme, props) => ({
        root: {
          ...(props.size === "sm"
            ? {
                "--button-height": "2rem",
                "--button-padding-x": "0.75rem",
                "--button-fz": "0.8125rem",
              }
            : {}),
          // Mantine weighs the contrast of one scheme and uses it for both.
          ...(props.color === undefined &&
          (props.variant ?? "filled") === "filled"
            ? { "--button-color": "var(--li-on-accent)" }
            : {}),
        },
      }),
    }),
    Checkbox: Checkbox.extend({
      vars: () => ({
        root: { "--checkbox-icon-color": "var(--li-on-accent)" },
      }),
    }),
    Chip: Chip.extend({
      vars: (_theme, props) => ({
        root:
          (props.variant ?? "filled") === "filled"
            ? { "--chip-color": "var(--li-on-accent)" }
            : {},
      }),
    }),
    Input: Input.extend({
      vars: (_theme, props) => ({
        wrapper:
          props.size === undefined || props.size === "sm"
            ? { "--input-height": "2rem", "--input-fz": "0.8125rem" }
            : {},
      }),
    }),
    ActionIcon: {
      defaultProps: { size: "md", variant: "subtle", color: "gray" },
    },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { blur: 0 },
        transitionProps: AT_ONCE,
        attributes: PANEL_ATTRIBUTES,
      },
      styles: PANEL_STYLES,
    },
    Drawer: {
      defaultProps: {
        position: "right",
        transitionProps: AT_ONCE,
        attributes: PANEL_ATTRIBUTES,
      },
      styles: PANEL_STYLES,
    },
    Menu: {
      defaultProps: {
        shadow: "md",
        position: "bottom-start",
        // A focusable child without a role is not allowed inside a menu.
        withInitialFocusPlaceholder: false,
      },
    },
    Badge: { defaultProps: { variant: "light", tt: "none", fw: 500 } },
    Anchor: { defaultProps: { underline: "hover" } },
    Skeleton: { defaultProps: { animate: true } },
  },
});

/** `aiFill` becomes `--li-ai-fill`. */
function asVariables(tokens: Tokens): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tokens).map(([name, value]) => [
      `--li-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      String(value),
    ]),
  );
}

/** Puts the tokens, and Mantine's own surfaces, into both schemes. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: { "--li-header-height": "3rem" },
  dark: {
    ...asVariables(darkTokens),
    "--mantine-color-body": darkTokens.page,
    "--mantine-color-text": darkTokens.text,
    "--mantine-color-dimmed": darkTokens.textDim,
    "--mantine-color-error": darkTokens.bad,
    "--mantine-primary-color-contrast": darkTokens.onAccent,
    "--mantine-color-default-border": darkTokens.line,
  },
  light: {
    ...asVariables(lightTokens),
    "--mantine-color-body": lightTokens.page,
    "--mantine-color-text": lightTokens.text,
    "--mantine-color-dimmed": lightTokens.textDim,
    "--mantine-color-error": lightTokens.bad,
    "--mantine-primary-color-contrast": lightTokens.onAccent,
    "--mantine-color-default-border": lightTokens.line,
    "--mantine-color-placeholder": "#6a727d",
  },
});
