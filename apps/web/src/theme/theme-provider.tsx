"use client";

import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { resolveVariables, theme } from "./theme.ts";

/**
 * Below the header of the page and the line that says whose case it is: what
 * is told in passing covers neither the patient's name nor the bar that signs.
 */
const BELOW_HEADERS = "calc(var(--li-header-height) + 2.5rem)";

/** Dark unless this machine was switched to light. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="dark"
    >
      <ModalsProvider>
        <Notifications
          position="top-center"
          limit={4}
          style={{ marginTop: BELOW_HEADERS }}
        />
        {children}
      </ModalsProvider>
    </MantineProvider>
  );
}
